"""The text of a row, with the blanks on the page but not those that the engine made up.

The engine's word boxes overlap and reach into blanks, so gaps are measured on the picture.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt
from PIL import Image

from ingest.document.characters import display_width, is_kana
from ingest.ocr.recognizer import Row

_BLANK = 0.85
_CELLS = 2.6
_LATIN_BLANK = 0.15
_INDENT = 0.7
_MOST_INDENT = 4
_NEIGHBOURS = 3
_OPENS = "（「『【〔〈《([｛"
_CLOSES = "、。，．）」』】〕〉》)]｝,."
_NARROW = "0123456789０１２３４５６７８９・･:：;；!！|｜"
_EMPTY = 0.5
_SLIM = 0.2
_SIDES = 0.2
_SMALL_SHARE = 0.35
_KANJI = 1.08
_SPECK = 1
_LEAST_SIZE = 0.7
_INK = 0.35

Flags = npt.NDArray[np.bool_]


def row_texts(rows: Sequence[Row], picture: Image.Image) -> tuple[str, ...]:
    """Return the rows' texts: U+3000 for a gap of a character or two, a tab for a wider one.

    A row that begins a little inside its neighbours is indented by as many U+3000.
    """
    if not rows:
        return ()
    levels = np.asarray(picture)
    paper, dark = np.percentile(levels[::4, ::4], (80, 0.5))
    ink = levels < paper - _INK * max(40.0, float(paper - dark))
    usual = median(_size(row) for row in rows)
    sizes = [max(_size(row), _LEAST_SIZE * usual) for row in rows]
    return tuple(
        "\u3000" * _indent(rows, place, size) + _text(row, ink, size)
        for place, (row, size) in enumerate(zip(rows, sizes, strict=True))
    )


def _text(row: Row, ink: Flags, size: float) -> str:
    gaps = _gaps(row, ink)
    parts = [row.words[0].text]
    for (left, right), gap in zip(pairwise(row.words), gaps, strict=True):
        parts += [_blank_between(left.text[-1], right.text[0], gap / size), right.text]
    return "".join(parts)


def _gaps(row: Row, ink: Flags) -> list[float]:
    """Return how many pixels without ink there are between each two words of a row.

    Boxes reach into the blanks, mostly that of the word before: each run without ink belongs
    before the word that begins nearest to its end.
    """
    start, end = (1, 3) if row.vertical else (0, 2)
    starts = [word.box[start] for word in row.words[1:]]
    gaps = [0.0] * len(starts)
    # what is beside the row belongs to another column
    first, last = int(row.words[0].box[start]), int(max(word.box[end] for word in row.words))
    inked = (np.nonzero(_strip(row, ink)[first : last + 1])[0] + first).tolist()
    for before, after in pairwise(inked):
        if after - before > 1 and starts:
            distances = [abs(place - after) for place in starts]
            nearest = distances.index(min(distances))
            gaps[nearest] = max(gaps[nearest], after - before - 1)
    return gaps


def _blank_between(before: str, after: str, gap: float) -> str:
    """Return the blank between two characters whose ink is ``gap`` characters apart."""
    if gap >= _CELLS:
        return "\t"
    if before.isascii() and after.isascii() and (before.isalpha() or after.isalpha()):
        return " " if gap >= _LATIN_BLANK else ""
    if before in _OPENS or after in _CLOSES:
        return ""
    gap -= _EMPTY * ((before in _CLOSES) + (after in _OPENS))
    gap -= _SLIM * ((before in _NARROW) + (after in _NARROW))
    return "\u3000" * round(max(1.0, gap - _SIDES)) if gap >= _BLANK else ""


def _strip(row: Row, ink: Flags) -> Flags:
    """Return where a row has ink along its line."""
    over = 0 if row.vertical else 1
    start = int(median(word.box[over] for word in row.words))
    end = max(start + 1, int(median(word.box[over + 2] for word in row.words)))
    band = ink[:, start:end].T if row.vertical else ink[start:end]
    held: Flags = band.sum(axis=0) > _SPECK
    return held


def _size(row: Row) -> float:
    """Return the approximate side of a row's full-width characters, in pixels."""
    over = 0 if row.vertical else 1
    # kana are a little smaller than their cells, brackets and stops much
    wide = [
        word
        for word in row.words
        if not is_kana(word.text) and display_width(word.text) > len(word.text)
    ]
    extents = sorted(word.box[over + 2] - word.box[over] for word in wide or row.words)
    # the box of some words is a sliver, that of others the whole line, higher than a character
    extents = [extent for extent in extents if extent >= extents[-1] / 2]
    return max(4.0, extents[int(_SMALL_SHARE * len(extents))] * _KANJI)


def _indent(rows: Sequence[Row], place: int, size: float) -> int:
    """Return by how many characters a row begins inside the rows around it."""
    row = rows[place]
    start = _start(row)
    around = rows[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
    near = [
        _start(other)
        for other in around
        if other.vertical == row.vertical and abs(_start(other) - start) <= _MOST_INDENT * size
    ]
    inside = (start - min(near)) / size - _EMPTY * (row.words[0].text[0] in _OPENS)
    return round(inside) if inside >= _INDENT else 0


def _start(row: Row) -> float:
    return row.words[0].box[1 if row.vertical else 0]
