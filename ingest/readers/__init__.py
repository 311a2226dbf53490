"""One reader a format: from a file to a ``Source``, lines with their pages.

:mod:`ingest.readers.find` chooses by what is in the file. A format of several modules is a folder
with a module ``reader``. Readers may import ``ingest.ocr``, ``ingest.repair``,
``ingest.processes`` and ``ingest.document``, and nothing that understands what is said in a
document.
"""
