"""A page's lines, by the positions of its pieces of text.

Plain mode returns the text in drawing order and guesses line ends and blanks. Positions show what
it cannot: cells of one row that were drawn separately, the gap between a label and its value, two
lines of one cell.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject

from ingest.document.characters import display_width, is_kana

_SAME_LINE = 0.4
_APART = 0.5
_WIDEST = 1.5
_FEW = 3
_RUBY = 0.6
_TURNED = 0.1
_UPRIGHT = 2
"""Characters side by side in a vertical line: a number of two digits."""
_NEXT_DOWN = 1.6
_TIGHT = 1.15
"""Closer than the lines of a horizontal page: a cell with a vertical word in it."""


@dataclass(slots=True)
class Piece:
    """Text that begins at ``x``, ``y`` (points, y upwards) in letters of ``size``.

    Size 0: its position is unknown. ``breaks``: the library began a new line before it. ``until``:
    where it ends, if known.
    """

    text: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    breaks: bool = False
    until: float | None = None

    @property
    def end(self) -> float:
        """Where it ends; estimated from square full-width characters if unknown."""
        if self.until is not None:
            return self.until
        return self.x + display_width(self.text.rstrip()) * self.size / 2


def page_lines(page: PageObject) -> list[str]:
    """Return the page's lines in drawing order, with tabs at gaps inside a line."""
    return join_pieces(_pieces(page))


def join_pieces(pieces: Iterable[Piece]) -> list[str]:
    """Return the lines of pieces in drawing order."""
    placed = list(pieces)
    reach = _NEXT_DOWN if _is_vertical(placed) else _TIGHT
    lines: list[list[Piece]] = []
    for piece in placed:
        if lines and _is_ruby(lines[-1][-1], piece):
            continue
        if lines and _is_beside(lines[-1], piece, reach):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return ["".join(_with_tabs(line)) for line in lines]


def _pieces(page: PageObject) -> Iterator[Piece]:
    pieces: list[Piece] = []
    broken = True

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401 (pypdf's font dictionary)
        nonlocal broken
        del font
        for order, part in enumerate(text.split("\n")):
            broken = broken or order > 0
            if not part:
                continue
            piece = Piece(part) if order else _placed_piece(part, cm, tm, size)
            piece.breaks = broken
            pieces.append(piece)
            broken = False

    page.extract_text(visitor_text=visit)
    yield from pieces


def _placed_piece(text: str, cm: Sequence[float], tm: Sequence[float], size: float) -> Piece:
    upright = abs(tm[0] * cm[0])
    if any(abs(value) > upright * _TURNED for value in (tm[1], tm[2], cm[1], cm[2])):
        return Piece(text)
    x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
    return Piece(text, x, y, abs(size) * upright)


def _is_vertical(pieces: Sequence[Piece]) -> bool:
    """Say whether most steps from piece to piece lead down.

    The short end of a horizontal line and the short beginning of the next one look the same.
    """
    placed = [piece for piece in pieces if piece.size and piece.text.strip()]
    down = sum(
        _is_below(last, piece, max(last.size, piece.size), _NEXT_DOWN)
        for last, piece in pairwise(placed)
    )
    return 2 * down >= len(placed) - 1 and down > 0


def _is_beside(line: Sequence[Piece], piece: Piece, next_down: float) -> bool:
    """Say whether a piece continues a line; ``next_down``: how far below, in letters."""
    placed = [place for place, other in enumerate(line) if other.size]
    if not placed or not piece.size:
        return not piece.breaks
    last, since = line[placed[-1]], line[placed[-1] + 1 :]
    size = max(last.size, piece.size)
    # turned Latin words and figures in a vertical line have no position here
    reach = next_down + sum(display_width(other.text) for other in since) / 2
    if _is_below(last, piece, size, reach):
        return True
    level = abs(last.y - piece.y) <= _SAME_LINE * size
    return level and (piece.x > last.x or not piece.breaks)


def _is_below(last: Piece, piece: Piece, size: float, reach: float) -> bool:
    """Say whether a piece is the next character of a vertical line."""
    short = len(piece.text.strip()) <= _UPRIGHT and len(last.text.strip()) <= _UPRIGHT
    down = 0 < last.y - piece.y <= reach * size
    return short and down and abs(piece.x - last.x) <= size / 2


def _is_ruby(last: Piece, piece: Piece) -> bool:
    """Say whether a piece is the reading (ruby) in small kana above a word."""
    small = 0 < piece.size <= _RUBY * last.size
    above = 0 < piece.y - last.y <= 2 * last.size
    return small and above and is_kana(piece.text.strip())


def _with_tabs(line: Sequence[Piece]) -> Iterator[str]:
    """Yield the pieces' texts, a tab before those that are clearly apart.

    Where single characters are spaced out throughout, the gap must be wider than theirs.
    """
    gaps = [_gap(left, right) for left, right in pairwise(line)]
    single = [len(left.text) == len(right.text) == 1 for left, right in pairwise(line)]
    between = [gap for gap, one in zip(gaps, single, strict=True) if one and gap < _WIDEST]
    least = max(_APART, median(between) + _APART) if len(between) > _FEW else _APART
    yield line[0].text
    for piece, gap in zip(line[1:], gaps, strict=True):
        yield "\t" + piece.text.lstrip(" ") if gap >= least else piece.text


def _gap(left: Piece, right: Piece) -> float:
    """Return the space between two pieces in character widths; 0 if unknown."""
    if not left.size or not right.size or not left.text.strip() or not right.text.strip():
        return 0.0
    return (right.x - left.end) / max(left.size, right.size)
