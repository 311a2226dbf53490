"""Who may see which collection, and the record of who was shown what. Knows nothing of Slack.

``rules`` reads ``access.toml``, ``visible`` decides, ``audit`` writes down. Imports ``index`` only.
"""
