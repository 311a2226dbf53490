"""Reading pictures of pages: OCR by whatever engine is installed; :mod:`ingest.ocr.page` begins."""
