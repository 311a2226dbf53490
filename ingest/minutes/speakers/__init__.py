"""Who speaks: marks and columns that open a turn, roles, full names, parties.

Start at :func:`ingest.minutes.speakers.turns.find_openings`. To add a layout of speaker marks, see
``marks``; a layout in columns, ``speaker_columns``.
"""
