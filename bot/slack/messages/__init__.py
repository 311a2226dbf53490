"""What the bot's messages and views look like: pure functions, no call to Slack.

Start at :func:`bot.slack.messages.reply.reply_message`.
"""
