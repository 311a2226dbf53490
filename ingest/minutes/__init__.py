"""Minutes: what is known of the sitting, who speaks, who answers whom, what was decided.

Start at :func:`ingest.minutes.parser.parse_minutes`. Its packages, each importing only those above
it: ``speakers``, ``sitting``, ``votes``, ``exchanges``, ``english``. May import
``ingest.document``.
"""
