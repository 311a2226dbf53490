"""一太郎 documents (.jtd): the text out of their streams.

Start at :class:`ingest.readers.ichitaro.reader.IchitaroReader`.
"""
