"""Versions of what reads a file: a document is read again only where one that read it has changed.

Raise the number of what was changed: of a reader by the suffix of its files, of a parser by the
kind of document, or of what all documents go through. Each raised number costs whoever updates a
reading of these documents again; passages whose words stay are not embedded anew.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from index.passage import Document, DocumentKind

ALL = 13
"""Intake, repair, and telling kinds of documents apart."""
READERS: Mapping[str, int] = {".md": 1, ".markdown": 1}
"""By suffix (``.pdf``), as far as a reader was changed since the last change of ``ALL``."""
PARSERS: Mapping[DocumentKind, int] = {DocumentKind.MINUTES: 3, DocumentKind.REPORT: 1}
"""By kind, likewise."""


def version_of(document: Document) -> str:
    """Return the version of all that reads a document."""
    suffix = PurePosixPath(document.document).suffix.lower()
    reader, parser = READERS.get(suffix, 0), PARSERS.get(document.kind, 0)
    return f"{ALL}.{reader}.{parser}" if reader or parser else f"{ALL}"
