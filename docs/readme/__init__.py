"""What the README shows, made anew from what the bot says: ``python -m docs.readme``."""
