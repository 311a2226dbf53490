"""From the picture of a page to its lines: the entry to OCR for the readers.

It needs an OCR engine installed besides Kiroku; without one nothing fails here, and the readers say
what to install.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

from ingest.document.source import PageGlyphs
from ingest.ocr.blocks import middle_of_text, runs_vertically
from ingest.ocr.preprocessing import Prepared, prepare
from ingest.ocr.rapid import RapidOcr
from ingest.ocr.recognizer import OcrReading, Recognizer, RecognizerError
from ingest.ocr.rows import row_texts
from ingest.ocr.tesseract import Tesseract
from ingest.ocr.text_quality import text_fault

INSTALL = (
    "install an OCR engine (apt-get install tesseract-ocr tesseract-ocr-jpn "
    "tesseract-ocr-jpn-vert, or pip install 'kiroku-council[ocr]')"
)
"""Advice of the readers if there is no engine."""

PAGE_S = 60.0
"""Seconds after which a page is given up."""

DOUBTFUL = 0.75
"""Below this confidence many characters of a page are wrong."""

_ENGINES: tuple[Recognizer, ...] = (Tesseract(), RapidOcr())
_ASTRAY = 0.5
_SAMPLE_SIDE = 1000
_NONE_BELOW = 0.3


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What was read of one page.

    ``lines`` are in reading order, cells of a table row separated by tabs. ``glyphs`` has the boxes
    in shares of the original picture, even if it was turned for reading. ``confidence`` is the
    engine's own, 0 to 1, weighted by characters; 0 if nothing was read. ``warnings`` name the
    page.
    """

    lines: tuple[str, ...]
    glyphs: PageGlyphs
    confidence: float
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Attempts:
    """The attempts on one page: the best reading so far, and the deadline."""

    until: float
    best: OcrReading = field(default_factory=OcrReading)
    page: Prepared | None = None
    failures: list[str] = field(default_factory=list)

    def read(self, engine: Recognizer, page: Prepared, *, vertical: bool) -> OcrReading:
        """Read with an engine; return an empty reading if that fails."""
        left = self.until - time.monotonic()
        try:
            return engine.read(page.picture, vertical=vertical, seconds=left)
        except RecognizerError as error:
            self.failures.append(str(error))
            return OcrReading()

    def take(self, reading: OcrReading, page: Prepared) -> None:
        """Keep a reading if it is the best: confident, and with much text.

        RapidOCR omits what it cannot read and is confident of the rest.
        """
        if self.page is None or _quality(reading) > _quality(self.best):
            self.best, self.page = reading, page


def installed_engines() -> str | None:
    """Return the names of the installed engines, ``None`` if there are none."""
    return " and ".join(engine.name for engine in _engines()) or None


def read_image(image: Image.Image, page: int, seconds: float = PAGE_S) -> OcrPage | None:
    """Read the picture of page ``page`` (from 1); ``None`` if no engine is installed.

    A page that takes longer than ``seconds`` comes back with what was read until then, often
    nothing, and a warning.
    """
    engines = _engines()
    if not engines:
        return None
    attempts = _Attempts(time.monotonic() + seconds)
    prepared = prepare(image)
    if middle_of_text(prepared.picture) is None:
        return _result(attempts, prepared, page)
    vertical = runs_vertically(prepared.picture)
    for engine in engines:
        if attempts.best.confidence >= DOUBTFUL and not text_fault(_text(attempts.best)):
            break
        prepared, vertical = _read_with(engine, prepared, attempts, vertical=vertical)
    return _result(attempts, prepared, page)


def _engines() -> list[Recognizer]:
    return [engine for engine in _ENGINES if engine.installed()]


def _read_with(
    engine: Recognizer, page: Prepared, attempts: _Attempts, *, vertical: bool
) -> tuple[Prepared, bool]:
    """Read the page as it seems to lie; if that fails, the way in which a sample is read best.

    Return how the page lies, for the next engine.
    """
    # vertical lines are as often text on its side, and misreading a whole page takes long
    sampled = attempts.read(engine, _sample(page), vertical=True).confidence if vertical else 1.0
    if sampled >= _ASTRAY:
        reading = attempts.read(engine, page, vertical=vertical)
        attempts.take(reading, page)
        sampled = min(sampled, reading.confidence)
        if sampled >= _ASTRAY:
            return page, vertical
    best, lying = max(_NONE_BELOW, sampled), (page, vertical)
    for turned, upright in _other_orientations(page, vertical=vertical):
        confidence = attempts.read(engine, _sample(turned), vertical=upright).confidence
        if confidence > best:
            best, lying = confidence, (turned, upright)
        if best >= DOUBTFUL:
            break
    if lying != (page, vertical) or attempts.page is None:
        attempts.take(attempts.read(engine, lying[0], vertical=lying[1]), lying[0])
    return lying


def _other_orientations(page: Prepared, *, vertical: bool) -> Iterator[tuple[Prepared, bool]]:
    """Yield the other orientations of a page, likely ones first.

    Lines that run up and down in the picture are vertical text, or horizontal text on its side.
    """
    for quarters in (1, 3) if vertical else (2, 1, 3):
        yield page.turned(quarters), vertical if quarters == 2 else not vertical  # noqa: PLR2004 (half a turn)
    if vertical:
        yield page.turned(2), True
    yield page, not vertical


def _sample(page: Prepared) -> Prepared:
    """Return a part from the middle of the text, enough to see whether it reads well."""
    whole = page.picture
    x, y = middle_of_text(whole) or (whole.width // 2, whole.height // 2)
    left = max(0, min(x - _SAMPLE_SIDE // 2, whole.width - _SAMPLE_SIDE))
    top = max(0, min(y - _SAMPLE_SIDE // 2, whole.height - _SAMPLE_SIDE))
    right, bottom = min(whole.width, left + _SAMPLE_SIDE), min(whole.height, top + _SAMPLE_SIDE)
    return Prepared(whole.crop((left, top, right, bottom)), page.original)


def _quality(reading: OcrReading) -> float:
    return reading.confidence**2 * reading.characters


def _text(reading: OcrReading) -> str:
    return "".join(word.text for row in reading.rows for word in row.words)


def _result(attempts: _Attempts, prepared: Prepared, page: int) -> OcrPage:
    reading, read = attempts.best, attempts.page or prepared
    characters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for row in reading.rows:
        for word, box in zip(row.words, row.boxes(), strict=True):
            shown = "".join(word.text.split())
            characters.append(shown)
            boxes += [read.share(box)] * len(shown)
    warnings = []
    if attempts.failures and not reading.rows:
        warnings.append(f"page {page}: OCR read nothing of it: {attempts.failures[0]}")
    elif reading.rows and (reading.confidence < DOUBTFUL or text_fault(_text(reading))):
        warnings.append(
            f"page {page}: OCR is not sure of it ({reading.confidence:.0%}): look at the page"
        )
    glyphs = PageGlyphs(page, "".join(characters), tuple(boxes))
    return OcrPage(
        row_texts(reading.rows, read.picture), glyphs, reading.confidence, tuple(warnings)
    )
