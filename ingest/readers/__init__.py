"""One reader per file format; :mod:`ingest.readers.find` says which one reads a file."""
