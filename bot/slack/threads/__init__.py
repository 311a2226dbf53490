"""What stands in Slack already, read each time and kept nowhere: threads, and what was asked there.

Start at :class:`bot.slack.threads.conversations.Conversations`.
"""
