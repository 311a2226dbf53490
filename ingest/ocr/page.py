"""A picture of a page in, its lines out: the one way into OCR for the readers.

It needs an engine that is installed beside Kiroku; without one nothing fails here, the readers say
what to install.
"""

from dataclasses import dataclass

from PIL import Image

from ingest.ocr import tesseract
from ingest.ocr.recognizer import Reading
from ingest.source import PageGlyphs

INSTALL = (
    "install an OCR engine (apt-get install tesseract-ocr tesseract-ocr-jpn "
    "tesseract-ocr-jpn-vert, or pip install 'kiroku-council[ocr]')"
)
"""What a reader advises where there is no engine."""

PAGE_S = 60.0
"""Seconds after which a page is given up."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What was read of one page.

    ``lines`` stand in reading order, cells of a table row parted by a tab. ``glyphs`` has the boxes
    in shares of the picture as it was given, also where it was turned for reading. ``confidence``
    is the engine's own, 0 to 1, weighted by characters; 0 where nothing was read. ``warnings``
    name the page.
    """

    lines: tuple[str, ...]
    glyphs: PageGlyphs
    confidence: float
    warnings: tuple[str, ...] = ()


def available() -> str | None:
    """Return the names of the engines that are installed, ``None`` without any."""
    return tesseract.NAME if tesseract.installed() else None


def read_image(image: Image.Image, page: int) -> OcrPage | None:
    """Read the picture of page ``page`` (from 1); ``None`` where no engine is installed.

    A page that takes longer than :data:`PAGE_S` comes back without lines and with a warning.
    """
    if available() is None:
        return None
    reading = tesseract.read(image.convert("L"), PAGE_S)
    return _as_page(reading, image.size, page)


def _as_page(reading: Reading, size: tuple[int, int], page: int) -> OcrPage:
    width, height = size
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for row in reading.rows:
        for word in row.words:
            box = (
                word.box[0] / width,
                word.box[1] / height,
                word.box[2] / width,
                word.box[3] / height,
            )
            shown = "".join(word.text.split())
            text.append(shown)
            boxes += [box] * len(shown)
    lines = tuple(" ".join(word.text for word in row.words) for row in reading.rows)
    glyphs = PageGlyphs(page, "".join(text), tuple(boxes))
    return OcrPage(lines, glyphs, reading.confidence)
