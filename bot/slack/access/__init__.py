"""What Slack knows of askers and channels, and the gate that every question passes.

``directory`` asks Slack, ``gate`` lets ``bot.access`` decide.
"""
