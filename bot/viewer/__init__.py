"""The viewer: a small read-only web page that opens a cited passage where it stands.

Start at :mod:`bot.viewer.server`, which runs it beside the bot, and :mod:`bot.viewer.app`, which
says what is at which address. Nothing is shown without a signature (:mod:`bot.viewer.links`); what
a link leads to is found in the index (:mod:`bot.viewer.cited`), never joined to a path. Imports the
index and the bot's texts, and nothing of Slack.
"""
