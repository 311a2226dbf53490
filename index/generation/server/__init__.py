"""Generations on a PostgreSQL server: files and postings as rows, vectors scanned there.

Start with :mod:`index.generation.server.generations`. Imports what is above it in
:mod:`index.generation`, and :mod:`index.store`.
"""
