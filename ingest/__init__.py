"""From a file on disk to passages in the index.

Imports ``index`` only. Its packages, each importing only those above it in this list:

- ``limits``, ``faults``, ``decoding``: how much is read, what goes wrong, which encoding
- ``document``: what every document has: lines, title, date, headings, passages
- ``processes``: environment and limits of the programs that work on documents
- ``repair``: undoing what a page layout does to text
- ``ocr``: text from pictures of pages
- ``readers``: one reader per format
- ``references``: references to articles, found and resolved
- ``minutes``, ``ordinances``, ``reports``: one parser per kind of document
- ``understand``: which kind a document is, and what it says of itself
- ``intake``: which files there are, on disk, in archives and on the web
- ``isolation``: files read in separate processes, ahead of time
- ``outcome``, ``progress``: what happened to each file, and how it is shown
- ``pipeline``: all of these in order

Start at :func:`ingest.pipeline.ingest`.
"""
