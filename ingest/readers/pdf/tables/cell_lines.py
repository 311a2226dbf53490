"""The lines inside a cell: its characters, put together from left to right."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document.characters import has_cjk, replace_look_alikes
from ingest.readers.pdf.pdfium import Glyph
from ingest.repair.item_start import starts_speech

GAP = 1.0
"""Of a character's height: words of a line are far apart from here on."""
_LEVEL = 0.5
_APART = 0.8
"""Of a character's height: a gap that parts words of a cell, or the letters of one set wide."""
_WIDER = 0.6
_WRAPPED = 1.5
_FULL = 2.0
_NUMBER = r"[△▲＋+\-−－―(（¥￥]*[0-9０-９][0-9０-９,，.．]*[)）]?"
_AMOUNT = re.compile(
    rf"(?:^|[\s\u3000]){_NUMBER}[\s\u3000]*"
    r"(?:[%％円人件台回日月年冊点箇所戸世帯校棟千百万億]{0,4}|ha|km|㎡|m2|kg|t)$"
)
_FIGURE_NEXT = re.compile(rf"{_NUMBER}")


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line in a cell, its middle and its edges in points.

    ``words_right`` is where its words end, if an amount stands apart behind them; ``room`` is what
    is left between its end and the edge of its cell.
    """

    text: str
    middle: float
    left: float
    right: float
    size: float
    glyphs: tuple[Glyph, ...]
    words_right: float
    room: float

    @property
    def has_amount(self) -> bool:
        """Whether it is an amount, or words with an amount behind them."""
        return _AMOUNT.search(self.text) is not None

    @property
    def is_full(self) -> bool:
        """Whether it reaches the edge of its cell, so that it may have been wrapped."""
        return self.room <= _FULL * self.size

    def is_beside(self, middle: float) -> bool:
        """Say whether it stands on a line whose middle is there."""
        return abs(self.middle - middle) <= _LEVEL * self.size


def cell_lines(glyphs: Sequence[Glyph], edge: float = math.inf) -> list[CellLine]:
    """Return the lines from top to bottom; what stands higher or lower in small is in its line.

    ``edge`` is the right edge of the cell.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_middle):
        if rows and _is_level(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda glyph: glyph.left), edge) for row in rows]


def join(lines: Sequence[CellLine], cell: Sequence[CellLine]) -> str:
    """Return lines of a cell as one; ``cell`` are all of its lines.

    Words of Japanese are joined without a blank, unless a line ends before the others do: then it
    was not wrapped, and what follows is another matter; so does the name of a project (``○``).
    """
    text = lines[0].text
    edge = max(line.words_right for line in cell)
    for above, line in pairwise(lines):
        latin = not has_cjk(text[-1]) and not has_cjk(line.text[0])
        short = above.right < edge - _WRAPPED * above.size
        short = short or (starts_speech(above.text) and not above.is_full)
        text += (" " if latin else "\u3000" if short else "") + line.text
    return text


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _height(glyph: Glyph) -> float:
    return max(glyph.bottom - glyph.top, 0.1)


def _is_level(row: Sequence[Glyph], glyph: Glyph) -> bool:
    tallest = max(row, key=_height)
    reach = _LEVEL * max(_height(tallest), _height(glyph))
    return abs(_middle(glyph) - _middle(tallest)) <= reach


def _line(row: Sequence[Glyph], edge: float) -> CellLine:
    text = "".join(_texts(row)).strip()
    tallest = max(row, key=_height)
    apart = [
        place
        for place, (one, two) in enumerate(pairwise(row), start=1)
        if two.left - one.right >= _APART * _height(tallest) and _begins_amount(row[place:])
    ]
    words = row[: apart[0]] if apart else row
    return CellLine(
        replace_look_alikes(text).replace("\u00a0", " "),
        _middle(tallest),
        row[0].left,
        max(glyph.right for glyph in row),
        _height(tallest),
        tuple(row),
        max(glyph.right for glyph in words),
        edge - max(glyph.right for glyph in row),
    )


def _texts(row: Sequence[Glyph]) -> Iterator[str]:
    """Yield the characters, with U+3000 where words stand apart.

    Letters set wide (``款　　項`` as a head) are one word: all its gaps are alike.
    """
    gaps = [(two.left - one.right) / max(_height(one), _height(two)) for one, two in pairwise(row)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    yield row[0].text
    for place, (one, two) in enumerate(pairwise(row), start=1):
        gap = gaps[place - 1]
        if gap >= max(_APART, usual + _WIDER):
            yield "\u3000"
        elif two.before.count("\u3000") and gap > 0:
            yield "\u3000" * two.before.count("\u3000")
        elif two.before and (one.text.isascii() or two.text.isascii()):
            yield " "
        elif gap >= _APART / 2 and _begins_amount(row[place:]) and not one.text.isdigit():
            yield "\u3000"
        yield two.text


def _begins_amount(rest: Sequence[Glyph]) -> bool:
    words = "".join(glyph.text for glyph in rest)
    found = _FIGURE_NEXT.match(words)
    return found is not None and found.end() == len(words)


def runs_apart(line: CellLine) -> list[CellLine]:
    """Cut a line where its words are far apart."""
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for one, two in pairwise(line.glyphs):
        if two.left - one.right >= GAP * line.size:
            parts.append([])
        parts[-1].append(two)
    return [run for part in parts for run in cell_lines(part)]
