"""PDF, page by page: pypdf's text, else PDFium's, else OCR; tables, columns, vertical pages.

Start at :class:`ingest.readers.pdf.reader.PdfFileReader`; ``pages`` decides for each page.
"""
