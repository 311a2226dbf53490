"""What Word, Excel and PowerPoint files have in common: a zip of XML parts, in bounds."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from lxml.etree import LxmlError

from index.errors import ReadingError

OFFICE_ERRORS = (
    LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    ArithmeticError,
    AssertionError,
    SyntaxError,
    OSError,
)
"""What zipfile, the XML parsers and the libraries that use them raise on broken files, such as
``SyntaxError`` of the standard library's XML parser. The file's bytes are read before, so that no
``OSError`` of the disk is among them."""

_ZIP = b"PK\x03\x04"
_MOST_ENTRIES = 10_000
_MOST_BYTES = 500_000_000
_RATIO = 200
_RATIO_FROM = 10_000_000
_PROLOGUE = 1024


def holds_part(path: Path, head: bytes, part: str, suffixes: tuple[str, ...]) -> bool:
    """Say whether the file is a zip with ``part`` in it; a broken one is judged by its suffix."""
    if not head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return part in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return path.suffix.lower() in suffixes


def check_size(content: io.BytesIO) -> None:
    """Refuse what unpacks to too much; zipfile itself reads no more than the declared sizes.

    Raises :class:`ReadingError`, and what zipfile raises on broken files.
    """
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    bomb = unpacked > _RATIO_FROM and unpacked > _RATIO * packed
    if bomb or unpacked > _MOST_BYTES or len(entries) > _MOST_ENTRIES:
        message = f"it unpacks to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts: not read"
        raise ReadingError(message)


def check_parts(content: io.BytesIO) -> None:
    """Refuse what unpacks to too much, and XML that defines entities.

    The parsers in use resolve no entities from outside; that none are defined is what the rules of
    the format demand (ECMA-376 part 2, 6.2.5). Raises as :func:`check_size`.
    """
    check_size(content)
    with zipfile.ZipFile(content) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")) and _defines_entities(archive, entry):
                message = "it defines entities (DTD), which no Office file does: not read"
                raise ReadingError(message)


def _defines_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as part:
        return b"<!DOCTYPE" in part.read(_PROLOGUE)
