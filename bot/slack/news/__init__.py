"""What Slack is told unasked: reports, digests of meetings, what is new on followed topics.

Start at :class:`bot.slack.news.newsroom.Newsroom`. ``looking`` finds what is new, ``making`` makes
messages of it past the gate, ``sending`` puts them into Slack once, ``orders`` hears who follows
what.
"""
