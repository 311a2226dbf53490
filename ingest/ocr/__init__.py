"""OCR of pictures of pages, by whatever engine is installed. Start at :mod:`ingest.ocr.page`."""
