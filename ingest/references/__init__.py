"""References to articles: found in the text, and resolved to what they refer to.

Start at :mod:`ingest.references.resolve`. May import ``ingest.document``.
"""
