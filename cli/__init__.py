"""The ``kiroku`` command: the one place that imports both the bot and ingest.

``main`` finds the command's module in ``commands`` and imports no other. ``output`` says what is
printed, ``evaluation`` how good the answers are.
"""
