"""PowerPoint presentations (.pptx): slide by slide, shapes in reading order.

Start at :class:`ingest.readers.powerpoint.reader.PowerPointReader`.
"""
