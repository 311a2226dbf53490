"""Ordinances: the tree of 条・項・号, amendments, comparison tables, when a text is in force.

Start at :func:`ingest.ordinances.parser.parse_ordinance`. May import ``ingest.references`` and
``ingest.document``.
"""
