"""What was put to the vote and what became of it.

Start at :func:`ingest.minutes.votes.votes.read_votes`. May import ``speakers``.
"""
