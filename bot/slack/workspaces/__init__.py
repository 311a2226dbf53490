"""The workspaces that the bot is in: each has parts, files and lanes of its own.

Start at :class:`bot.slack.workspaces.workspaces.Workspaces`, which hands what Slack sends to the
workspace it is of. ``installing`` is how a workspace is added: an administrator installs the app.
"""
