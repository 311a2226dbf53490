"""The interface of OCR engines: words with boxes and confidences, row by row in reading order.

There are two: Tesseract, small and fast, and RapidOCR, an extra, for pages that it cannot read.
"""

from dataclasses import dataclass
from statistics import median
from typing import Protocol

from PIL import Image

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word according to the engine; in Japanese often one to three characters.

    ``box`` is in pixels of the picture that was read; ``confidence`` is 0 to 1.
    """

    text: str
    box: Edges
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text; ``vertical``: it runs from top to bottom."""

    words: tuple[Word, ...]
    vertical: bool = False

    def boxes(self) -> list[Edges]:
        """Return the words' boxes, each at least as thick as usual in the row.

        Engines return slivers where they cut a row wrongly, and a full stop is a mere speck.
        """
        over = 0 if self.vertical else 1
        start = median(word.box[over] for word in self.words)
        end = median(word.box[over + 2] for word in self.words)
        thick = []
        for word in self.words:
            edges = list(word.box)
            edges[over], edges[over + 2] = min(edges[over], start), max(edges[over + 2], end)
            thick.append((edges[0], edges[1], edges[2], edges[3]))
        return thick


@dataclass(frozen=True, slots=True)
class OcrReading:
    """What an engine read of a picture."""

    rows: tuple[Row, ...] = ()

    @property
    def characters(self) -> int:
        """How many characters were read."""
        return sum(len(word.text) for row in self.rows for word in row.words)

    @property
    def confidence(self) -> float:
        """The mean of the words' confidences by their lengths, 0 where there are none."""
        words = [word for row in self.rows for word in row.words]
        certain = sum(word.confidence * len(word.text) for word in words)
        return certain / self.characters if words else 0.0


class RecognizerError(Exception):
    """The engine failed on a picture; ``str()`` says how, fit for a warning."""


class Recognizer(Protocol):
    """An OCR engine that may be installed besides Kiroku."""

    name: str

    def installed(self) -> bool:
        """Say whether it can be used here."""
        ...

    def read(self, picture: Image.Image, *, vertical: bool, seconds: float) -> OcrReading:
        """Read a grey picture of upright text in at most about ``seconds``.

        ``vertical``: its lines run from top to bottom. Raises :class:`RecognizerError`.
        """
        ...
