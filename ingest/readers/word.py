"""Word (.docx): opened by python-docx, its XML walked by ourselves."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from lxml.etree import LxmlError

from index.errors import ReadingError
from ingest.readers.pdf import useful_title
from ingest.readers.word_numbering import W, read_numbering
from ingest.readers.word_styles import read_styles
from ingest.readers.word_text import WordText
from ingest.repair import repair_paragraphs
from ingest.source import Line, Source

_BROKEN = (
    OpcError,
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
)
"""What zipfile, lxml and python-docx raise on broken files."""

_ZIP = b"PK\x03\x04"
_MAIN_PART = "word/document.xml"
_MOST_ENTRIES = 10_000
_MOST_BYTES = 500_000_000
_RATIO = 200
_RATIO_FROM = 10_000_000


class WordReader:
    """Word files since 2007. Pages are told only where Word itself left them in the file."""

    name = "Word"
    suffixes: tuple[str, ...] = (".docx",)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is a zip with Word's main part in it, or is named as one."""
        if not head.startswith(_ZIP):
            return False
        try:
            with zipfile.ZipFile(path) as archive:
                return _MAIN_PART in archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
            return path.suffix.lower() in self.suffixes

    def read(self, path: Path) -> Source:
        """Read the file.

        Raises :class:`ReadingError` where it is broken, has a password or unpacks to too much.
        """
        try:
            # in memory, so that no seek of a broken archive is taken for a fault of the disk
            content = io.BytesIO(path.read_bytes())
            _check_size(content)
            document = docx.Document(content)
            if document.element.getroottree().docinfo.doctype:
                message = "it defines entities of its own (DTD), which no Word file does: not read"
                raise ReadingError(message)
            lines, pages = _read(document)
            title = useful_title(document.core_properties.title, path)
        except _BROKEN as error:
            message = "the Word file is broken: open it in Word and save it anew as .docx"
            raise ReadingError(message) from error
        if not lines:
            message = "there is no text in it"
            raise ReadingError(message)
        return Source(repair_paragraphs(lines), pages, title)


def _check_size(content: io.BytesIO) -> None:
    """Refuse what unpacks to too much; zipfile itself reads no more than the sizes told here."""
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    bomb = unpacked > _RATIO_FROM and unpacked > _RATIO * packed
    if bomb or unpacked > _MOST_BYTES or len(entries) > _MOST_ENTRIES:
        message = f"it unpacks to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts: not read"
        raise ReadingError(message)


def _read(document: Any) -> tuple[list[Line], int | None]:  # noqa: ANN401 (untyped)
    parts = {
        relation.reltype.rpartition("/")[2]: relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external
    }
    body = document.element
    text = WordText(
        styles=read_styles(_root(parts.get("styles"))),
        numbering=read_numbering(_root(parts.get("numbering"))),
        page_marks=_page_marks(body),
    )
    lines = list(text.lines(body))
    pages = text.page if text.page_marks else None
    lines += _notes(text, parts, pages)
    return lines, pages


def _root(part: Any | None) -> Any | None:  # noqa: ANN401 (untyped)
    if part is None:
        return None
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _page_marks(body: Any) -> frozenset[str]:  # noqa: ANN401 (untyped)
    """Believe where Word last put the page breaks; else the breaks that the author typed."""
    if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
        return frozenset({"rendered"})
    typed = (element for element in body.iter(f"{W}br") if element.get(f"{W}type") == "page")
    return frozenset({"page"}) if next(typed, None) is not None else frozenset()


def _notes(text: WordText, parts: Any, page: int | None) -> Iterator[Line]:  # noqa: ANN401
    """Footnotes and endnotes, after the text, in the order in which it refers to them."""
    wanted, text.notes = text.notes, []
    text.page_marks = frozenset()
    for kind in ("footnote", "endnote"):
        root = _root(parts.get(f"{kind}s"))
        if root is None:
            continue
        notes = {note.get(f"{W}id"): note for note in root.findall(f"{W}{kind}")}
        for wanted_kind, identity in wanted:
            if wanted_kind == kind and identity in notes:
                for line in text.lines(notes[identity]):
                    yield Line(line.text, page, page)
