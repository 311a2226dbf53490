"""Which files there are: folders, zips, e-mails, addresses on the web; copies, names, hashes.

Start at :func:`ingest.intake.scan.scan`. May import ``ingest.readers`` for what a file is.
"""
