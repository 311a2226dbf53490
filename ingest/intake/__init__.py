"""Which files there are: in folders, zips and e-mails, on the web; copies, names, hashes.

Start at :func:`ingest.intake.scan.scan`. May import ``ingest.readers`` for what a file is.
"""
