"""From a file on disk to passages in the index.

Imports ``index`` only. Its packages, each importing only those above it in this list:

- ``limits``, ``faults``, ``decoding``: how much is read, what goes wrong, which encoding
- ``document``: what every document has: lines, title, date, headings, passages
- ``processes``: what programs that work on documents are given and held to
- ``repair``: undoing what a page layout does to text
- ``ocr``: text from pictures of pages
- ``readers``: one reader a format
- ``references``: references to articles, found and resolved
- ``minutes``, ``ordinances``, ``reports``: one parser a kind of document
- ``understand``: which kind it is, and all that is known of it
- ``intake``: which files there are, also packed ones and those on the web
- ``isolation``: files read in processes apart, ahead of time
- ``outcome``, ``progress``: what became of each file, and how that is told
- ``pipeline``: the way through all of these

Start at :func:`ingest.pipeline.ingest`.
"""
