"""PDF by pypdf, page by page, in plain mode: each page's text is judged before it is believed."""

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from index.errors import ReadingError
from ingest.characters import as_seen
from ingest.readers.page_judge import fault, private_use
from ingest.readers.pdf_rows import page_lines
from ingest.repair import repair
from ingest.source import Line, Source

BROKEN = (
    PyPdfError,
    RecursionError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    MemoryError,
)
"""What pypdf raises on files that break the rules of the format."""

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_MOST_PAGES = 5_000
_FILE_NAME = re.compile(r".+\.(?:docx?|pdf|jtdc?|xlsx?|pptx?|html?|txt|md)", re.IGNORECASE)
_BLANKS = str.maketrans({"\u2003": "\u3000", "\u2002": " ", "\u00a0": " "})
_SCAN_SIDE = 200
_FORM_DEPTH = 3

# pypdf logs every oddity of a file; what matters of them is said in the warnings
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's text, or why there is none. OCR would be tried where there is a ``fault``."""

    number: int
    text: str = ""
    fault: str | None = None


class PdfFileReader:
    """PDF files; pages count from 1 as a viewer does."""

    name = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)

    def __init__(self, most_pages: int = _MOST_PAGES) -> None:
        self._most_pages = most_pages

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the PDF mark stands in the first 1,024 bytes, where viewers look for it."""
        del path
        return _MAGIC in head[:_MAGIC_WITHIN]

    def read(self, path: Path) -> Source:
        """Read the file page by page.

        Raises :class:`ReadingError` for a broken file, one with a password, one of too many pages
        and one whose pages mostly hold no text that can be read.
        """
        # in memory, so that no seek of a broken file is taken for a fault of the disk
        content = io.BytesIO(path.read_bytes())
        try:
            pdf = PdfReader(content, strict=False)
            _unlock(pdf)
            count = len(pdf.pages)
        except BROKEN as error:
            message = (
                "the PDF is broken (its structure cannot be read): "
                "open it in a viewer and save it anew"
            )
            raise ReadingError(message) from error
        self._check_length(count)
        pages = list(_pages(pdf, count))
        title = _title(pdf, path)
        _check_readable(pages)
        return Source(_lines(pages), count, title, _warnings(pages))

    def _check_length(self, count: int) -> None:
        if count > self._most_pages:
            message = f"it has {count:,} pages, more than {self._most_pages:,}: split it"
            raise ReadingError(message)
        if count == 0:
            message = "the PDF has no pages"
            raise ReadingError(message)


def _unlock(pdf: PdfReader) -> None:
    if not pdf.is_encrypted:
        return
    message = "it needs a password: save a copy without one"
    try:
        opened = pdf.decrypt("")
    except (DependencyError, NotImplementedError) as error:
        message = "its encryption is not supported: save a copy without a password"
        raise ReadingError(message) from error
    except FileNotDecryptedError as error:
        raise ReadingError(message) from error
    if not opened:
        raise ReadingError(message)


def _pages(pdf: PdfReader, count: int) -> Iterator[_Page]:
    for number in range(1, count + 1):
        try:
            page = pdf.pages[number - 1]
            text = as_seen("\n".join(page_lines(page))).translate(_BLANKS)
            if text.strip():
                yield _Page(number, text, fault(text))
            else:
                yield _Page(number, fault="no text (scan)" if _holds_image(page) else None)
        except BROKEN:
            yield _Page(number, fault="the page is broken")


def _holds_image(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return _image_in(resources.get_object() if resources is not None else {}, _FORM_DEPTH)


def _image_in(resources: Any, depth: int) -> bool:  # noqa: ANN401 (pypdf's objects are untyped)
    objects = resources.get("/XObject")
    if objects is None or depth == 0:
        return False
    for reference in objects.get_object().values():
        entry = reference.get_object()
        if entry.get("/Subtype") == "/Image":
            if min(int(entry.get("/Width", 0)), int(entry.get("/Height", 0))) >= _SCAN_SIDE:
                return True
        elif "/Resources" in entry and _image_in(entry["/Resources"].get_object(), depth - 1):
            return True
    return False


def _check_readable(pages: list[_Page]) -> None:
    faulty = [page for page in pages if page.fault]
    if 2 * len(faulty) <= len(pages) and any(page.text for page in pages if not page.fault):
        return
    scans = sum(1 for page in faulty if "scan" in (page.fault or ""))
    if not faulty:
        message = "there is no text in it"
    elif 2 * scans >= len(faulty):
        message = (
            f"{scans} of its {len(pages)} pages are scanned images without text: "
            "run it through OCR and save it as a PDF with text"
        )
    else:
        message = (
            f"{len(faulty)} of its {len(pages)} pages cannot be read (page {faulty[0].number}: "
            f"{faulty[0].fault}): save it anew from the program that made it, fonts embedded"
        )
    raise ReadingError(message)


def _lines(pages: list[_Page]) -> tuple[Line, ...]:
    raw = [
        Line(text, page=page.number, last_page=page.number)
        for page in pages
        if not page.fault
        for text in page.text.splitlines()
    ]
    return repair(raw)


def _warnings(pages: list[_Page]) -> tuple[str, ...]:
    warnings = [f"page {page.number}: {page.fault}; not read" for page in pages if page.fault]
    own = sum(private_use(page.text) for page in pages if not page.fault)
    if own:
        warnings.append(f"{own} characters exist only in the document's own font (外字)")
    return tuple(warnings)


def _title(pdf: PdfReader, path: Path) -> str | None:
    try:
        title = pdf.metadata.title if pdf.metadata else None
    except BROKEN:
        return None
    return useful_title(title, path)


def useful_title(title: object, path: Path) -> str | None:
    """Return the metadata's title unless it is what programs put there by themselves."""
    text = title.strip() if isinstance(title, str) else ""
    made = ("untitled", "microsoft word", "anonymous", "(anonymous)", "文書", "無題")
    if not text or fault(text) or text.lower().startswith(made) or "\ufffd" in text:
        return None
    if unicodedata.normalize("NFC", path.stem) == unicodedata.normalize("NFC", text):
        return None
    if _FILE_NAME.fullmatch(text):
        return None
    return text
