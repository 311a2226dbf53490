"""Is a file worth reading anew though its bytes are the same? What it needs may be there now."""

from index.passage import Document
from ingest.ocr import page as ocr
from ingest.readers import libreoffice


def can_be_read_now(document: Document) -> bool:
    """Say whether a program that reading this document missed has been installed since."""
    return any(
        (ocr.INSTALL in told and ocr.installed_engines() is not None)
        or (libreoffice.INSTALL in told and libreoffice.find_program() is not None)
        for told in document.warnings
    )
