"""What a message says beside asking: courtesies, calls for help, several questions. Pure.

Start at :func:`bot.conversation.reading.read_message`. May import ``bot.question`` and the language
of the index, nothing that searches or that knows Slack.
"""
