"""Watching a folder: when it is to be ingested again, and what is to be ready before it is.

Start at :class:`cli.watching.runs.Runs`.
"""
