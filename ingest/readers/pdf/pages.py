"""Reading page by page, with the text of pypdf, PDFium or OCR.

pypdf comes first. PDFium's text is taken where pypdf's is missing, garbled or lacks much of what
PDFium finds; OCR where neither is good, or where the page is mostly a picture.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PIL import Image
from pypdf import PdfReader
from pypdfium2 import PdfiumError

from ingest.document.characters import replace_look_alikes
from ingest.document.source import Line, PageGlyphs
from ingest.ocr.page import OcrPage
from ingest.ocr.text_quality import lacks, text_fault
from ingest.processes.ocr_time import MoreTime
from ingest.readers.pdf.errors import PYPDF_ERRORS
from ingest.readers.pdf.pdfium import PageGraphics, PdfiumDocument, PdfiumPage, page_glyphs
from ingest.readers.pdf.pieces import page_pieces
from ingest.readers.pdf.reading_order import OrderedPage, reading_order
from ingest.readers.pdf.rows import join_pieces, page_lines
from ingest.readers.pdf.tables.page_tables import TABLE_ERRORS, with_tables
from ingest.readers.pdf.tables.side_by_side import Bands
from ingest.readers.pdf.tiers import Gutter
from ingest.readers.pdf.weight import Weights

ReadImage = Callable[[Image.Image, int], OcrPage | None]
"""OCR of a page's picture; ``None`` if no engine is installed."""

SCAN = "no text (scan)"
PICTURE = "mostly a picture (scan)"
NO_OCR = "no OCR"
_BROKEN_PAGE = "the page is broken"
_HEAVY = "its content is too large to be read"
_BLANKS = str.maketrans({"\u2003": "\u3000", "\u2002": " ", "\u00a0": " "})
_LITTLE = 120
"""Characters: a page with fewer is checked for pictures."""
_MOSTLY = 0.4
_MANY_PATHS = 200
"""Letters converted to outlines are paths, several per letter."""
_INK = 160
_INKED = 0.002
_INK_DPI = 36
_BETTER = 1.3
_SLOWER = 1.5
"""Factor by which the next page may take longer than the slowest so far."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The lines of a page, or the ``fault`` for which it has none.

    ``doubt`` is a reservation about a page that was read. ``by_machine``: by OCR, with
    the engine's ``confidence`` (0 to 1). ``rows`` are the rows of tables by their place among the
    lines.
    """

    number: int
    lines: tuple[str, ...] = ()
    fault: str | None = None
    doubt: str | None = None
    glyphs: PageGlyphs | None = None
    by_machine: bool = False
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    rows: Mapping[int, Line] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The lines, joined."""
        return "\n".join(self.lines)


@dataclass(slots=True)
class Pages:
    """Reads the pages of one file.

    ``pdf`` or ``drawn`` is ``None`` if that library could not open the file. After ``until`` (of
    ``time.monotonic``) no further page is given to OCR; OCR time itself is not counted.
    """

    pdf: PdfReader | None
    drawn: PdfiumDocument | None
    read_image: ReadImage
    until: float
    more_time: MoreTime = field(default_factory=MoreTime)
    _weights: Weights = field(default_factory=Weights, init=False)
    _gutters: list[Gutter] = field(default_factory=list, init=False)
    _vertical: list[int] = field(default_factory=list, init=False)
    _longest: float = field(default=0.0, init=False)
    _bands: Bands | None = field(default=None, init=False)

    def read(self, count: int) -> list[ReadPage]:
        """Read pages 1 to ``count``."""
        pages = [self._page(number) for number in range(1, count + 1)]
        for number in self._vertical if self._gutters else ():
            # a gutter that one page shows too little of may be known from other pages
            again = self._reread(number)
            if again is not None:
                pages[number - 1] = again
        return pages

    def _page(self, number: int) -> ReadPage:
        if self._is_heavy(number):
            page = self._with_plain(number)
            return page if page.text.strip() else replace(page, fault=_HEAVY)
        drawn = self._drawn(number)
        if drawn is None:
            return self._with_plain(number)
        page = self._with_text(drawn)
        try:
            return self._looked_at(page, drawn)
        except PdfiumError:
            return page

    def _is_heavy(self, number: int) -> bool:
        """Say whether the page is too heavy for PDFium."""
        if self.pdf is None:
            return False
        try:
            return self._weights.too_heavy(self.pdf.pages[number - 1])
        except PYPDF_ERRORS:
            return False

    def _drawn(self, number: int) -> PdfiumPage | None:
        if self.drawn is None:
            return None
        try:
            return self.drawn.page(number)
        except (PdfiumError, IndexError):
            return None

    def _plain(self, number: int) -> list[str] | None:
        """Return pypdf's lines, ``None`` if it cannot read the page."""
        if self.pdf is None:
            return None
        try:
            return _as_seen(page_lines(self.pdf.pages[number - 1]))
        except PYPDF_ERRORS:
            return None

    def _with_plain(self, number: int) -> ReadPage:
        """Return the page with pypdf's text, or with its fault."""
        plain = self._plain(number)
        reason = _BROKEN_PAGE if plain is None else text_fault("\n".join(plain))
        return ReadPage(number, () if reason else tuple(plain or ()), reason)

    def _with_text(self, drawn: PdfiumPage) -> ReadPage:
        """Return the page with pypdf's or PDFium's text, or with its fault."""
        if not drawn.glyphs or (reason := text_fault(replace_look_alikes(drawn.text))) is not None:
            page = self._with_plain(drawn.number)
            return replace(page, fault=reason) if page.fault and drawn.glyphs else page
        ordered = reading_order(drawn.glyphs, self._gutters)
        vertical = ordered is not None and ordered.vertical
        tabled, self._bands = (None, None) if vertical else _tabled_page(drawn, self._bands)
        if tabled is not None:
            return tabled
        if ordered is not None:
            return self._ordered_page(drawn, ordered)
        glyphs = page_glyphs(drawn, drawn.glyphs)
        plain = self._plain(drawn.number)
        text = "\n".join(plain or ())
        placed = _as_seen(join_pieces(page_pieces(drawn)))
        if plain is None or text_fault(text) or lacks(text, "\n".join(placed), glyphs.text):
            return ReadPage(drawn.number, tuple(placed), glyphs=glyphs)
        return ReadPage(drawn.number, tuple(plain), glyphs=glyphs)

    def _ordered_page(self, drawn: PdfiumPage, ordered: OrderedPage) -> ReadPage:
        if ordered.vertical:
            if ordered.gutters:
                self._gutters += [new for new in ordered.gutters if new not in self._gutters][:8]
            else:
                self._vertical.append(drawn.number)
        glyphs = page_glyphs(drawn, ordered.glyphs)
        return ReadPage(drawn.number, tuple(_as_seen(ordered.lines)), glyphs=glyphs)

    def _reread(self, number: int) -> ReadPage | None:
        drawn = self._drawn(number)
        ordered = reading_order(drawn.glyphs, self._gutters) if drawn is not None else None
        if drawn is None or ordered is None or not ordered.gutters:
            return None
        return self._ordered_page(drawn, ordered)

    def _looked_at(self, page: ReadPage, drawn: PdfiumPage) -> ReadPage:
        """Return the page read by OCR if that is better, else the page as it is."""
        length = _length(page.text)
        if self.drawn is None or (length >= _LITTLE and not page.fault):
            return page
        ground = self.drawn.graphics(drawn.number)
        pictured = ground.images >= _MOSTLY or ground.paths >= _MANY_PATHS
        if not page.fault and not pictured and (length or not self._has_ink(drawn, ground)):
            return page
        return self._by_ocr(page)

    def _has_ink(self, drawn: PdfiumPage, ground: PageGraphics) -> bool:
        """Say whether an empty page shows anything, such as letters drawn as outlines."""
        if ground.images == 0 and ground.paths == 0 and not drawn.glyphs:
            return self._ink(drawn.number) > _INKED
        return ground.images > 0 or self._ink(drawn.number) > _INKED

    def _ink(self, number: int) -> float:
        if self.drawn is None or self._too_heavy_to_draw(number):
            return 1.0
        shades = self.drawn.picture(number, _INK_DPI).histogram()
        return sum(shades[:_INK]) / max(sum(shades), 1)

    def _too_heavy_to_draw(self, number: int) -> bool:
        if self.pdf is None:
            return False
        try:
            return self._weights.too_heavy_to_draw(self.pdf.pages[number - 1])
        except PYPDF_ERRORS:
            return False

    def _by_ocr(self, page: ReadPage) -> ReadPage:
        empty = not page.text.strip()
        unread = replace(
            page,
            fault=page.fault or (SCAN if empty else None),
            doubt=None if empty or page.fault else f"{PICTURE}; only its text was read",
        )
        if self._too_heavy_to_draw(page.number):
            return _with_note(unread, "its image is too large for OCR")
        if time.monotonic() + _SLOWER * self._longest > self.until:
            return _with_note(unread, "no time left for OCR: split the file")
        seen = self._recognise(page.number)
        if seen is None:
            return _with_note(unread, NO_OCR)
        text = "\n".join(seen.lines)
        wrong = text_fault(text)
        if wrong or _length(text) < max(_BETTER * _length(page.text), 1):
            if empty or page.fault:
                return _with_note(replace(unread, notes=seen.warnings), "OCR found no words")
            return replace(page, notes=seen.warnings)
        return ReadPage(
            page.number,
            tuple(_as_seen(seen.lines)),
            glyphs=seen.glyphs,
            by_machine=True,
            confidence=seen.confidence,  # replaces the engine's own warning
        )

    def _recognise(self, number: int) -> OcrPage | None:
        if self.drawn is None:
            return None
        began = time.monotonic()
        with self.drawn.picture(number) as image:
            seen = self.read_image(image, number)
        spent = time.monotonic() - began
        self._longest = max(self._longest, spent)
        if seen is not None:
            self.until += self.more_time.for_ocr(spent)
        return seen


def _tabled_page(drawn: PdfiumPage, known: Bands | None) -> tuple[ReadPage | None, Bands | None]:
    """Return the page with the rows of its tables, ``None`` if it has none.

    With it the bands between columns that may go on on the next page; ``known`` are such ones.
    """
    try:
        found = with_tables(drawn, _untabled_lines, known)
    except TABLE_ERRORS:
        return None, None
    if found is None:
        return None, None
    rows = {place: line for place, line in enumerate(found.lines) if line.cells}
    texts = tuple(line.text for line in found.lines)
    glyphs = page_glyphs(drawn, found.glyphs)
    return ReadPage(drawn.number, texts, glyphs=glyphs, rows=rows), found.bands


def _untabled_lines(drawn: PdfiumPage) -> list[str]:
    ordered = reading_order(drawn.glyphs)
    return _as_seen(ordered.lines if ordered else join_pieces(page_pieces(drawn)))


def _with_note(page: ReadPage, note: str) -> ReadPage:
    if page.fault:
        return replace(page, lines=(), fault=f"{page.fault}; {note}")
    return replace(page, doubt=f"{page.doubt}; {note}") if page.doubt else page


def _as_seen(lines: Sequence[str]) -> list[str]:
    return replace_look_alikes("\n".join(lines)).translate(_BLANKS).splitlines()


def _length(text: str) -> int:
    return sum(not character.isspace() for character in text)
