"""The files that a search maps into memory, built from the store: vectors, BM25, columns.

Start at :func:`index.generation.generation.build`. A generation is immutable once published; the
next one is built beside it. :mod:`index.generation.generations` keeps them in the data folder or on
a server. May import ``index.store``, ``index.council`` and ``index.language``.
"""
