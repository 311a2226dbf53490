"""One reader per format: from a file to a ``Source``, lines with their pages.

:mod:`ingest.readers.find` chooses by content. A format of several modules is a folder
with a module ``reader``. Readers may import ``ingest.ocr``, ``ingest.repair``,
``ingest.processes`` and ``ingest.document``, but nothing that interprets the text.
"""
