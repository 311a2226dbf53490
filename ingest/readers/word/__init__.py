"""Word documents (.docx): paragraphs with their numbers, tables, notes, without deleted text.

Start at :class:`ingest.readers.word.reader.WordReader`.
"""
