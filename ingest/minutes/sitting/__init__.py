"""Facts of the sitting: session, hours, place, attendance, papers.

Start at :func:`ingest.minutes.sitting.header.read_header`. May import ``speakers``.
"""
