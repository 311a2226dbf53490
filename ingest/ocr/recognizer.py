"""What an OCR engine gives: words with boxes and confidences, row by row in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """What the engine takes for one word; in Japanese often one to three characters.

    ``box`` is left, top, right, bottom in pixels of the picture that was read; ``confidence`` is
    0 to 1.
    """

    text: str
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text; ``vertical``: it runs from top to bottom."""

    words: tuple[Word, ...]
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read of a picture."""

    rows: tuple[Row, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean of the words' confidences by their lengths, 0 where there are none."""
        words = [word for row in self.rows for word in row.words]
        characters = sum(len(word.text) for word in words)
        if not characters:
            return 0.0
        return sum(word.confidence * len(word.text) for word in words) / characters
