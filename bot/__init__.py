"""From a question to a cited answer, in Slack.

Imports ``index`` only. Its packages, each importing only those above it in this list:

- ``question``: what a question asks for, and how that is told to the asker
- ``lookup``: from a question to hits, searched for or looked up
- ``answer``: from hits to an answer or a decline
- ``history``: the prior discussions of a topic
- ``reply_frame``: a reply with all that every reply to its question carries
- ``answerer``: runs these in order; what Slack and the command line call
- ``united``: answers from several collections
- ``access``: who may see which collection, and the record of what was shown
- ``texts``: fixed texts of Slack and the terminal, dates and places, in two languages
- ``slack``: everything specific to Slack

Start at :class:`bot.answerer.Answerer`.
"""
