"""Grids of cells from any format: which parts are tables, and their lines.

Start at :func:`ingest.readers.sheets.lines.sheet_lines`; CSV files are read here too.
"""
