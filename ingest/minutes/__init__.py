"""Minutes: facts of the sitting, speakers, questions and answers, and decisions.

Start at :func:`ingest.minutes.parser.parse_minutes`. Its packages, each importing only those above
it: ``speakers``, ``sitting``, ``votes``, ``exchanges``, ``english``. May import
``ingest.document``.
"""
