"""PDF: pypdf first, page by page; PDFium and OCR for pages whose text is unreliable."""

import contextlib
import io
import logging
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdfium2 import PdfiumError

from index.errors import ReadingError
from ingest.document.source import Line, Source
from ingest.limits import DEFAULT_LIMITS
from ingest.ocr.page import read_image
from ingest.ocr.text_quality import text_fault
from ingest.readers.pdf import metadata
from ingest.readers.pdf.errors import PYPDF_ERRORS
from ingest.readers.pdf.margins import lines_inside
from ingest.readers.pdf.page_warnings import check_readable, page_warnings
from ingest.readers.pdf.pages import Pages, ReadImage, ReadPage
from ingest.readers.pdf.pdfium import PdfiumDocument
from ingest.readers.pdf.salvage import salvage
from ingest.repair.repair import Repaired, repair_pages

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_MOST_PAGES = 5_000
_FILES = (
    ".doc",
    ".docx",
    ".pdf",
    ".jtd",
    ".jtdc",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".htm",
    ".html",
)
_OCR_SHARE = 0.8
"""Of the time that reading the file may take; the rest is for understanding it."""

_PASSWORD = "it needs a password: save a copy without one"  # noqa: S105 (it tells, and is none)
_ENCRYPTED = "its encryption is not supported: save a copy without a password"
_BROKEN = "the PDF is broken (its structure cannot be read): open it in a viewer and save it anew"
_CUT_SHORT = "the end of the file is missing, and with it the text: get the file anew"
_CUT_OFF = "the end of the file is missing; what is left of it was read: get the file anew"

# pypdf logs every oddity of a file; the warnings say what matters
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The file opened by both libraries, of which one may fail. ``cut``: its end is missing."""

    pdf: PdfReader | None
    drawn: PdfiumDocument | None
    count: int
    cut: bool = False


@dataclass(slots=True)
class _Additions:
    """What is outside the text: values of filled fields by page, and warnings."""

    values: dict[int, tuple[str, ...]] = field(default_factory=dict)
    notes: int = 0
    attached: int = 0
    warnings: list[str] = field(default_factory=list)


class PdfFileReader:
    """PDF files; pages count from 1 as a viewer does.

    ``read_image`` is the OCR for pages without reliable text.
    """

    name = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)

    def __init__(self, most_pages: int = _MOST_PAGES, read_image: ReadImage = read_image) -> None:
        self._most_pages = most_pages
        self._read_image = read_image

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the PDF mark is in the first 1,024 bytes, where viewers look for it."""
        del path
        return _MAGIC in head[:_MAGIC_WITHIN]

    def read(self, path: Path) -> Source:
        """Read the file page by page.

        Raises :class:`ReadingError` for a broken file, one with a password, one with too many pages
        and one whose pages mostly have no readable text.
        """
        began = time.monotonic()
        # in memory, so that a bad seek in a broken file is not taken for a disk error
        content = path.read_bytes()
        until = began + _OCR_SHARE * DEFAULT_LIMITS.seconds_for(len(content))
        opened = _open(content)
        with opened.drawn or contextlib.nullcontext():
            self._check_length(opened.count)
            pages = Pages(opened.pdf, opened.drawn, self._read_image, until).read(opened.count)
        more = _read_additions(opened)
        try:
            check_readable(pages, more.attached)
        except ReadingError as error:
            if opened.cut:
                raise ReadingError(_CUT_SHORT) from error
            raise
        read = _lines(opened, pages, more)
        return Source(
            read.lines,
            opened.count,
            _title(opened.pdf, path),
            (*([_CUT_OFF] if opened.cut else ()), *page_warnings(pages), *more.warnings),
            tuple(page.glyphs for page in pages if page.glyphs is not None and page.lines),
            metadata.labels(opened.pdf, opened.count) if opened.pdf is not None else (),
            read.running,
        )

    def _check_length(self, count: int) -> None:
        if count > self._most_pages:
            message = f"it has {count:,} pages, more than {self._most_pages:,}: split it"
            raise ReadingError(message)
        if count == 0:
            message = "the PDF has no pages"
            raise ReadingError(message)


def _open(content: bytes) -> _Opened:
    told = None
    try:
        return _open_whole(content)
    except ReadingError as error:
        told = error
    except PYPDF_ERRORS:
        told = None
    drawn = _open_pdfium(content)
    if drawn is not None:
        # PDFium forgives what pypdf does not
        return _Opened(None, drawn, len(drawn))
    if told is not None:
        raise told
    for repaired in salvage(content):
        with contextlib.suppress(ReadingError, *PYPDF_ERRORS):
            opened = _open_whole(repaired)
            if opened.count:
                return replace(opened, cut=True)
    raise ReadingError(_BROKEN)


def _open_whole(content: bytes) -> _Opened:
    """Open the file by pypdf and PDFium. Raises what pypdf raises, and :class:`ReadingError`."""
    pdf = PdfReader(io.BytesIO(content), strict=False)
    _unlock(pdf)
    return _Opened(pdf, _open_pdfium(content), len(pdf.pages))


def _open_pdfium(content: bytes) -> PdfiumDocument | None:
    try:
        return PdfiumDocument(content)
    except PdfiumError:
        return None


def _unlock(pdf: PdfReader) -> None:
    if not pdf.is_encrypted:
        return
    try:
        opened = pdf.decrypt("")
    except (DependencyError, NotImplementedError) as error:
        raise ReadingError(_ENCRYPTED) from error
    except FileNotDecryptedError as error:
        raise ReadingError(_PASSWORD) from error
    if not opened:
        raise ReadingError(_PASSWORD)


def _read_additions(opened: _Opened) -> _Additions:
    more = _Additions()
    if opened.pdf is None:
        return more
    for number in range(1, opened.count + 1):
        try:
            found = metadata.extras(opened.pdf.pages[number - 1])
        except PYPDF_ERRORS:
            continue
        more.notes += found.notes
        if found.values:
            more.values[number] = found.values
    more.attached = metadata.attached_files(opened.pdf)
    if more.values:
        count = sum(map(len, more.values.values()))
        more.warnings.append(f"{count} filled fields of its form stand at the end of their pages")
    if more.notes:
        more.warnings.append(f"{more.notes} notes (annotations) on its pages were not read")
    if more.attached:
        kind = "it is a portfolio: " if metadata.is_portfolio(opened.pdf) else ""
        more.warnings.append(
            f"{kind}{more.attached} files attached to it were not read: save and ingest them"
        )
    if metadata.is_dynamic_form(opened.pdf):
        more.warnings.append("its form (XFA) is drawn by Adobe Reader only: print it to a PDF")
    return more


def _lines(opened: _Opened, pages: list[ReadPage], more: _Additions) -> Repaired:
    raw = [
        line
        for page in pages
        if not page.fault or page.number in more.values
        for line in (*_page_lines(page), *_lines_of(more.values.get(page.number, ()), page))
    ]
    titles = metadata.outline_titles(opened.pdf) if opened.pdf is not None else {}
    glyphs = {page.number: page.glyphs for page in pages if page.glyphs is not None}
    return repair_pages(metadata.with_levels(raw, titles), lines_inside(raw, glyphs))


def _page_lines(page: ReadPage) -> Iterator[Line]:
    for place, line in enumerate(_lines_of(() if page.fault else page.lines, page)):
        row = page.rows.get(place)
        yield replace(line, cells=row.cells, header=row.header) if row else line


def _lines_of(texts: Sequence[str], page: ReadPage) -> Iterator[Line]:
    for text in texts:
        yield Line(text, page=page.number, last_page=page.number, by_machine=page.by_machine)


def _title(pdf: PdfReader | None, path: Path) -> str | None:
    try:
        title = pdf.metadata.title if pdf is not None and pdf.metadata else None
    except PYPDF_ERRORS:
        return None
    return useful_title(title, path)


def useful_title(title: object, path: Path) -> str | None:
    """Return the metadata's title unless a program made it up."""
    text = title.strip() if isinstance(title, str) else ""
    made = ("untitled", "microsoft word", "anonymous", "(anonymous)", "文書", "無題")
    if not text or text_fault(text) or text.lower().startswith(made) or "\ufffd" in text:
        return None
    if unicodedata.normalize("NFC", path.stem) == unicodedata.normalize("NFC", text):
        return None
    if text.lower().endswith((*_FILES, ".txt", ".md")):
        return None
    return text
