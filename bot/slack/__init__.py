"""Everything specific to Slack: connection, inbox, the desk that answers, posts and buttons.

Start at :func:`bot.slack.app.serve`; a question goes through inbox, desk and poster. May import all
of ``bot``.
"""
