"""What commands print: JSON for scripts, text for people.

May import ``bot`` and ``ingest`` for what is shown, and no command.
"""
