"""What is new in the index: what changed, what a meeting decided, who wants to know of what.

Start at :func:`bot.news.changes.changes_between`. Knows nothing of Slack; may import
``bot.history`` and what stands below it, and ``bot.private_file``.
"""
