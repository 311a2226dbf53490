"""Prior discussions of a topic, meeting by meeting.

Start at :func:`bot.history.prior_discussions.find_history`. May import ``bot.answer``,
``bot.lookup`` and ``bot.question``.
"""
