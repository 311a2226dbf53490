"""The ``kiroku`` command: the one place that imports both the bot and ingest."""
