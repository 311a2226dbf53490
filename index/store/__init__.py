"""Documents, passages and vectors in SQLite, the one source of truth.

Start at :class:`index.store.store.Store`. Every row holds the generations in which it was added
and removed.
"""
