"""Tables of a PDF page: the rules drawn on it, the cells between them, the rows in the cells.

Start at :func:`ingest.readers.pdf.tables.page_tables.with_tables`. The cells are found by
pdfplumber, from the rules and characters that PDFium gives: it need not read the page once more.
"""
