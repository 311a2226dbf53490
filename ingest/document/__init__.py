"""What every document has, whatever its kind: lines, title, date, headings, articles, passages.

Start at :class:`ingest.document.source.Source`, what a reader gives, and
:class:`ingest.document.parsed_document.ParsedDocument`, what a parser makes of it.
"""
