"""PDFium's view of a PDF: each character of a page with its position, and the page as a picture.

PDFium is not thread-safe and ends the process when it runs out of memory:
:mod:`ingest.readers.pdf.weight` decides whether it may read a page.
"""

import ctypes
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, Self

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingest.document.source import PageGlyphs
from ingest.readers.pdf.tables.rules import Rule, drawn_rules

DPI = 300
MOST_PIXELS = 8_000_000
_POINTS_AN_INCH = 72
_STEPS = 10_000
_SHARES = [step / _STEPS for step in range(_STEPS + 1)]
"""Edges are rounded to a ten-thousandth of the page, and each number is kept once: a book has
millions."""

_SOFT_HYPHEN = "\x02"
MOST_CHARACTERS = 300_000
"""Of a page: one with more is read by pypdf, without positions."""

_MOST_OBJECTS = 20_000
_ROUNDED = 0.998
"""The sides are rounded up to whole pixels."""


class Glyph(NamedTuple):
    """A character and its edges in points from the top left of the page as shown.

    ``before`` is the white space between it and the glyph drawn before it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    before: str


@dataclass(frozen=True, slots=True)
class PdfiumPage:
    """A page's glyphs in drawing order and the rules drawn on it; its size in points as shown."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()

    @property
    def text(self) -> str:
        """The text with PDFium's own blanks and line ends."""
        return "".join(glyph.before + glyph.text for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class PageGraphics:
    """Graphics of a page: the share of it covered by images, and the number of paths."""

    images: float
    paths: int


class PdfiumDocument:
    """A PDF opened by PDFium; a context manager.

    Raises ``pypdfium2.PdfiumError`` if PDFium cannot open it.
    """

    def __init__(self, content: bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(content, password="")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the document."""
        self._pdf.close()

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._pdf)

    def page(self, number: int) -> PdfiumPage:
        """Return page ``number`` (from 1). Raises ``PdfiumError`` if it cannot be loaded."""
        page = self._pdf[number - 1]
        try:
            text = page.get_textpage()
            try:
                if text.count_chars() > MOST_CHARACTERS:
                    message = "more characters than any page shows"
                    raise pypdfium2.PdfiumError(message)
                frame = _Frame.of(page)
                glyphs = tuple(_glyphs(text, frame))
                rules = drawn_rules(page, frame.shown) if glyphs else ()
                return PdfiumPage(number, frame.width, frame.height, glyphs, rules)
            finally:
                text.close()
        finally:
            page.close()

    def graphics(self, number: int) -> PageGraphics:
        """Return the graphics of page ``number``."""
        page = self._pdf[number - 1]
        try:
            return _graphics(page)
        finally:
            page.close()

    def picture(self, number: int, dpi: float = DPI) -> Image.Image:
        """Return page ``number`` in grey at ``dpi``, of 8 megapixels at most."""
        page = self._pdf[number - 1]
        try:
            width, height = (max(side, 1.0) for side in page.get_size())
            scale = min(dpi / _POINTS_AN_INCH, math.sqrt(_ROUNDED * MOST_PIXELS / (width * height)))
            # a very long and narrow page has few pixels, but too many in a row
            scale = min(scale, MOST_PIXELS / 100 / max(width, height))
            bitmap = page.render(scale=scale, grayscale=True, no_smoothtext=False)
            try:
                picture: Image.Image = bitmap.to_pil().convert("L")
                return picture
            finally:
                bitmap.close()
        finally:
            page.close()


def page_glyphs(page: PdfiumPage, glyphs: Sequence[Glyph]) -> PageGlyphs:
    """Return glyphs of a page, in the order given, with their boxes in shares of the page."""
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    across, down = _STEPS / page.width, _STEPS / page.height
    for word, left, top, right, bottom, _ in glyphs:
        box = (
            _SHARES[min(max(int(left * across + 0.5), 0), _STEPS)],
            _SHARES[min(max(int(top * down + 0.5), 0), _STEPS)],
            _SHARES[min(max(int(right * across + 0.5), 0), _STEPS)],
            _SHARES[min(max(int(bottom * down + 0.5), 0), _STEPS)],
        )
        text.append(word)
        boxes.append(box)
    return PageGlyphs(page.number, "".join(text), tuple(boxes))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The visible part of a page in page space (y upwards), and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Self:
        left, bottom, right, top = page.get_bbox()
        if right - left < 1 or top - bottom < 1:
            width, height = page.get_size()
            left, bottom, right, top = 0.0, 0.0, max(width, 1.0), max(height, 1.0)
        return cls(left, bottom, right, top, page.get_rotation() // 90)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def shown(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom (y downwards) of an area on the page as shown."""
        match self.turns:
            case 1:
                return (
                    bottom - self.bottom,
                    left - self.left,
                    top - self.bottom,
                    right - self.left,
                )
            case 2:
                return (
                    self.right - right,
                    bottom - self.bottom,
                    self.right - left,
                    top - self.bottom,
                )
            case 3:
                return (self.top - top, self.right - right, self.top - bottom, self.right - left)
            case _:
                return (left - self.left, self.top - top, right - self.left, self.top - bottom)


def _glyphs(page: pypdfium2.PdfTextPage, frame: _Frame) -> Iterator[Glyph]:
    area = pdfium.FS_RECTF()
    reference, measure, raw = ctypes.byref(area), pdfium.FPDFText_GetLooseCharBox, page.raw
    before = ""
    for place, text in enumerate(_characters(page)):
        if text.isspace() or text == "\x00":
            before += "\n" if text in "\r\n" else text
            continue
        if not measure(raw, place, reference):
            continue
        edges = frame.shown(area.left, area.bottom, area.right, area.top)
        yield Glyph("-" if text in (_SOFT_HYPHEN, "\ufffe") else text, *edges, before)
        before = ""


def _characters(page: pypdfium2.PdfTextPage) -> Sequence[str]:
    """Return the page's characters one by one; white space that PDFium puts in is among them."""
    count = page.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(page.raw, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count == written:
        return text
    codes = (pdfium.FPDFText_GetUnicode(page.raw, place) for place in range(count))
    return [chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes]


def _graphics(page: pypdfium2.PdfPage) -> PageGraphics:
    frame = _Frame.of(page)
    images, paths = 0.0, 0
    for item in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE or _holds_image(item):
                images += _area(item, frame)
            else:
                paths += max(pdfium.FPDFFormObj_CountObjects(item), 0)
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            paths += 1
    whole = (frame.right - frame.left) * (frame.top - frame.bottom)
    return PageGraphics(min(images / whole, 1.0), paths)


def _objects(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    for place in range(count):
        yield pdfium.FPDFPage_GetObject(page.raw, place)


def _holds_image(form: pdfium.FPDF_PAGEOBJECT, depth: int = 3) -> bool:
    if depth == 0:
        return False
    for place in range(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
        item = pdfium.FPDFFormObj_GetObject(form, place)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_image(item, depth - 1):
            return True
    return False


def _area(item: pdfium.FPDF_PAGEOBJECT, frame: _Frame) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    edges = (ctypes.byref(edge) for edge in (left, bottom, right, top))
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return 0.0
    wide = min(right.value, frame.right) - max(left.value, frame.left)
    high = min(top.value, frame.top) - max(bottom.value, frame.bottom)
    return max(wide, 0.0) * max(high, 0.0)
