"""Documents, passages and vectors in SQLite, the one source of truth.

Start at :class:`index.store.store.Store`. Every row knows the generation in which it was born and
the one in which it died.
"""
