"""Office formats that LibreOffice converts to new ones: .doc, .xls, .ppt, OpenDocument and RTF."""

import io
import re
import struct
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import olefile

from index.errors import ReadingError
from ingest.document.source import Line, Reader, Source
from ingest.readers.excel.reader import ExcelReader
from ingest.readers.libreoffice import convert
from ingest.readers.powerpoint.reader import PowerPointReader
from ingest.readers.word.reader import WordReader

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_STREAMS: Mapping[str, tuple[str, str]] = {
    "WordDocument": (".doc", ".docx"),
    "Workbook": (".xls", ".xlsx"),
    "Book": (".xls", ".xlsx"),
    "PowerPoint Document": (".ppt", ".pptx"),
}
"""The main stream of each OLE2 format, its suffix, and the suffix that it is converted to."""

_NEW: Mapping[str, Reader] = {
    ".docx": WordReader(),
    ".xlsx": ExcelReader(),
    ".pptx": PowerPointReader(),
}

_ENCRYPTED = "EncryptedPackage"
_OPEN_DOCUMENT: Mapping[str, tuple[str, str]] = {
    "text": (".odt", ".docx"),
    "text-template": (".ott", ".docx"),
    "spreadsheet": (".ods", ".xlsx"),
    "spreadsheet-template": (".ots", ".xlsx"),
    "presentation": (".odp", ".pptx"),
    "presentation-template": (".otp", ".pptx"),
}
_MIME = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z\-]+)")
_KEPT_IN_ZIP = 30
_BROKEN_OLE = (OSError, ValueError, LookupError, struct.error, TypeError, AttributeError)
_REPEATED = 8
"""Characters; shorter repetitions are kept."""


class OldOfficeReader:
    """Converts a file with LibreOffice, if that is installed, and reads the result."""

    name = "old Office"
    suffixes: tuple[str, ...] = (
        *(".doc", ".dot", ".xls", ".xlt", ".ppt", ".pot", ".pps", ".rtf"),
        *(".odt", ".ott", ".ods", ".ots", ".odp", ".otp"),
    )

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether it is an OLE2 file with an Office document in it, OpenDocument or RTF."""
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF):
            return True
        if head.startswith(_ZIP):
            return _MIME.match(head, _KEPT_IN_ZIP + len(b"mimetype")) is not None
        if not head.startswith(OLE):
            return False
        streams = stream_names(path)
        known = any(name in streams for name in (*_STREAMS, _ENCRYPTED))
        return known or path.suffix.lower() in self.suffixes

    def read(self, path: Path) -> Source:
        """Read the file.

        Raises :class:`ReadingError` if LibreOffice is missing, takes too long or cannot read it,
        and if the file has a password.
        """
        old, new = _formats(path)
        with tempfile.TemporaryDirectory(prefix="kiroku-office-") as folder:
            try:
                source = _NEW[new].read(convert(path, Path(folder), old, new))
            except ReadingError as error:
                if "no text" in str(error):
                    raise
                message = f"what LibreOffice made of it is not read: {error}"
                raise ReadingError(message) from error
        # LibreOffice's pages are not the authors'
        lines = (replace(line, page=None, last_page=None) for line in _without_copies(source.lines))
        return replace(source, lines=tuple(lines), pages=None, glyphs=(), labels=())


def stream_names(path: Path) -> frozenset[str]:
    """Return the names of the streams at the root of an OLE2 file, none if it is broken."""
    try:
        with olefile.OleFileIO(io.BytesIO(path.read_bytes())) as ole:
            return frozenset(name for name, *below in ole.listdir() if not below)
    except _BROKEN_OLE:
        return frozenset()


def _formats(path: Path) -> tuple[str, str]:
    """Return the suffix that tells LibreOffice what the file is, and that of the new format."""
    with path.open("rb") as file:
        head = file.read(200)
    if not head.startswith((OLE, _ZIP)):
        return (".rtf", ".docx")
    if head.startswith(_ZIP):
        kind = _MIME.search(head)
        formats = _OPEN_DOCUMENT.get(kind[1].decode() if kind else "")
        if formats is None:
            message = "it is an OpenDocument file without text: save it as PDF"
            raise ReadingError(message)
        if _needs_password(path):
            raise ReadingError(_PASSWORD)
        return formats
    streams = stream_names(path)
    if _ENCRYPTED in streams:
        raise ReadingError(_PASSWORD)
    for stream, formats in _STREAMS.items():
        if stream in streams:
            return formats
    message = "the file is broken: open it in the program that made it and save it anew"
    raise ReadingError(message)


_PASSWORD = "it needs a password: save a copy without one"  # noqa: S105 (a sentence)


def _needs_password(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = archive.getinfo("META-INF/manifest.xml")
            if manifest.file_size > 10_000_000:  # noqa: PLR2004 (no manifest is)
                return False
            return b"encryption-data" in archive.read(manifest)
    except (zipfile.BadZipFile, LookupError, ValueError, RuntimeError, OSError):
        return False


def _without_copies(lines: Sequence[Line]) -> list[Line]:
    """Drop the copies that LibreOffice makes of paragraphs in content controls."""
    kept: list[Line] = []
    for line in lines:
        text = line.text if line.cells else _without_repetition(line.text)
        above = kept[-1] if kept and not line.cells else None
        twice = above is not None and text == above.text and line.level == above.level
        if not (twice and len(text) >= _REPEATED):
            kept.append(replace(line, text=text))
    return kept


def _without_repetition(text: str) -> str:
    """Return the text once if it consists of the same words again and again."""
    period = (text + text).find(text, 1)
    return text[:period] if _REPEATED <= period < len(text) else text
