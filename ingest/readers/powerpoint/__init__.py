"""PowerPoint presentations (.pptx): slide by slide, shapes in the order in which they are read.

Start at :class:`ingest.readers.powerpoint.reader.PowerPointReader`.
"""
