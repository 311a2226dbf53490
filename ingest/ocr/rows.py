"""The text of a row: blanks that the page shows kept, those that the engine made up left out."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.characters import is_kana, width
from ingest.ocr.recognizer import Row, Word

_BLANK = 0.85
_CELLS = 2.6
_LATIN_BLANK = 0.15
_INDENT = 0.7
_MOST_INDENT = 4
_HALF_EMPTY_BEFORE = "（「『【〔〈《([｛"
_HALF_EMPTY_AFTER = "、。，．）」』】〕〉》)]｝,."
_NARROW = "0123456789０１２３４５６７８９・･:：;；!！|｜"
_EMPTY = 0.5
_SLIM = 0.2


def row_texts(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the rows' texts: a U+3000 for a gap of a character or two, a tab for a wider one.

    A row that begins a little inside its neighbours is indented by as many U+3000.
    """
    return tuple("\u3000" * _indent(rows, place) + _text(row) for place, row in enumerate(rows))


def _text(row: Row) -> str:
    size = _size(row)
    parts = [row.words[0].text]
    for left, right in pairwise(row.words):
        parts += [
            _between(left, right, _gap(left, right, vertical=row.vertical) / size),
            right.text,
        ]
    return "".join(parts)


def _between(left: Word, right: Word, gap: float) -> str:
    """Return the blank between two words whose ink is ``gap`` characters apart."""
    before, after = left.text[-1], right.text[0]
    if gap >= _CELLS:
        return "\t"
    if before.isascii() and after.isascii() and (before.isalpha() or after.isalpha()):
        return " " if gap >= _LATIN_BLANK else ""
    gap -= _EMPTY * ((before in _HALF_EMPTY_AFTER) + (after in _HALF_EMPTY_BEFORE))
    gap -= _SLIM * ((before in _NARROW) + (after in _NARROW))
    return "\u3000" if gap >= _BLANK else ""


def _gap(left: Word, right: Word, *, vertical: bool) -> float:
    return right.box[1] - left.box[3] if vertical else right.box[0] - left.box[2]


def _size(row: Row) -> float:
    """Return about the side of a full-width character of a row, in pixels."""
    across = (0, 2) if row.vertical else (1, 3)
    extents = [word.box[across[1]] - word.box[across[0]] for word in row.words]
    # kana are a little smaller than their cells, brackets and stops much
    wide = [
        extent
        for extent, word in zip(extents, row.words, strict=True)
        if not is_kana(word.text) and width(word.text) > len(word.text)
    ]
    return max(4.0, median(wide or extents) * 1.08)


def _indent(rows: Sequence[Row], place: int) -> int:
    """Return by how many characters a row begins inside the rows around it."""
    row = rows[place]
    size, start = _size(row), _start(row)
    near = [
        _start(other)
        for other in rows[max(0, place - 3) : place + 4]
        if other.vertical == row.vertical and _beside(row, other, size)
    ]
    inside = (start - min(near)) / size
    return round(inside) if _INDENT <= inside <= _MOST_INDENT else 0


def _start(row: Row) -> float:
    return row.words[0].box[1 if row.vertical else 0]


def _beside(row: Row, other: Row, size: float) -> bool:
    """Say whether two rows belong to one column of text."""
    return abs(_start(row) - _start(other)) <= (_MOST_INDENT + 1) * size
