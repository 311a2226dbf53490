"""Matters put to the vote, and the results.

Start at :func:`ingest.minutes.votes.votes.read_votes`. May import ``speakers``.
"""
