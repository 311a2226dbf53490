"""Web pages: the main text without menus, as headings, paragraphs, lists and tables.

Start at :class:`ingest.readers.html.reader.HtmlReader`.
"""
