"""All that knows Slack: the connection, the inbox, the desk that answers, the posts and buttons.

Start at :func:`bot.slack.app.serve`; a question's way is inbox, desk, poster. May import all of
``bot``.
"""
