"""From what was asked to what is told: who answers, from what, and the message that replies.

Start at :class:`bot.slack.answering.replies.Replies`.
"""
