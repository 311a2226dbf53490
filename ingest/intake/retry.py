"""Is an unchanged file worth reading again? A program that it needs may be installed by now."""

from index.passage import Document
from ingest.ocr import page as ocr
from ingest.readers import libreoffice


def can_be_read_now(document: Document) -> bool:
    """Say whether a program that was missing for this document has been installed since."""
    return any(
        (ocr.INSTALL in told and ocr.installed_engines() is not None)
        or (libreoffice.INSTALL in told and libreoffice.find_program() is not None)
        for told in document.warnings
    )
