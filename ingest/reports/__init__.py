"""Reports, budgets, notices: sections by heading, tables, footnotes.

Start at :func:`ingest.reports.parser.parse_report`. May import ``ingest.document``.
"""
