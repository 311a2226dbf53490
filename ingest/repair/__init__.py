"""Undoing what a page layout does to text: wrapped lines, running heads, blanks between characters.

Start at :func:`ingest.repair.repair.repair`. May import ``ingest.document``.
"""
