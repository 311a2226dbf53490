"""Excel workbooks (.xlsx): each sheet's tables, with numbers and dates as Excel shows them.

Start at :class:`ingest.readers.excel.reader.ExcelReader`.
"""
