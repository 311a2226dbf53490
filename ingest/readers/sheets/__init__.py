"""Grids of cells, wherever they come from: which of them are tables, and their lines.

Start at :func:`ingest.readers.sheets.lines.sheet_lines`; CSV files are read here too.
"""
