"""The reading order of a page, by the positions of its characters.

Programs draw a page in any order. Lines that run from top to bottom are read from right to left,
and a page of two or three tiers (段組) tier by tier; columns of horizontal lines one after the
other. Both are one task: ``along`` is measured in the direction of the lines, ``across`` in the
direction in which line follows line.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.document.characters import is_kana
from ingest.readers.pdf.pdfium import Glyph
from ingest.readers.pdf.tiers import Gutter, Spot, find_gutters, split_at_gutters

_LEAST = 12
_LEAST_CHAOS = 40
_MOSTLY = 0.6
_ORDERED = 0.3
"""If fewer of the steps from glyph to glyph lead to a neighbour, the drawing has no order."""
_ALIGNED = 0.35
_NEXT = 2.2
_LEAST_DOWN = 0.4
_LEAST_RIGHT = 0.1
_SAMPLE = 200
_RUBY = 0.65
_BLANK = 0.8
_FULL = 0.6
_WITHIN = 0.6
_SPREAD = 1.3
_EDGE_GAP = 0.7
_ROW = 1.5
_JUMPS = 5
_JUMP_SHARE = 0.25
_JUMP = 2.0


@dataclass(frozen=True, slots=True)
class OrderedPage:
    """A page's lines in reading order, with the gutters found between tiers."""

    lines: tuple[str, ...]
    glyphs: tuple[Glyph, ...]
    gutters: tuple[Gutter, ...]
    vertical: bool


class _Steps(NamedTuple):
    down: int
    right: int
    jumps: int
    lines: int
    step: float


def reading_order(glyphs: Sequence[Glyph], known: Sequence[Gutter] = ()) -> OrderedPage | None:
    """Return the page in reading order, ``None`` if the drawing order is to be kept.

    Horizontal pages are kept, unless lines were drawn across two columns of prose, or characters
    in no order at all. ``known`` are gutters of other pages of the document.
    """
    if len(glyphs) < _LEAST:
        return None
    em = _em(glyphs)
    steps = _steps(glyphs, em)
    near = steps.down + steps.right
    chaos = len(glyphs) >= _LEAST_CHAOS and near < _ORDERED * len(glyphs)
    if chaos or (steps.right > steps.down and steps.step >= _SPREAD):
        vertical = _is_closer_below(glyphs, em)
    else:
        vertical = steps.down >= _MOSTLY * near and steps.down >= _LEAST // 2
    if vertical:
        return _vertical(glyphs, em, known)
    if chaos or (steps.jumps >= _JUMPS and steps.jumps >= _JUMP_SHARE * steps.lines):
        return _horizontal(glyphs, em, chaos=chaos)
    return None


def _em(glyphs: Sequence[Glyph]) -> float:
    return max(median(max(g.right - g.left, g.bottom - g.top) for g in glyphs), 0.1)


def _steps(glyphs: Sequence[Glyph], em: float) -> _Steps:
    down = jumps = lines = 0
    right: list[float] = []
    for one, two in pairwise(glyphs):
        over = (two.left + two.right - one.left - one.right) / 2 / em
        below = (two.top + two.bottom - one.top - one.bottom) / 2 / em
        if abs(over) <= _ALIGNED and _LEAST_DOWN < below <= _NEXT:
            down += 1
        elif abs(below) <= _ALIGNED and _LEAST_RIGHT < over <= _NEXT:
            right.append(over)
        elif abs(below) <= _ALIGNED and two.left - one.right >= _JUMP * em:
            jumps += 1
        lines += below > _LEAST_DOWN and over < -_NEXT
    return _Steps(down, len(right), jumps, lines, median(right) if right else 0.0)


def _is_closer_below(glyphs: Sequence[Glyph], em: float) -> bool:
    """Say whether the next character below is closer than the next one beside: vertical text."""
    votes = 0
    for one in glyphs[:: max(len(glyphs) // _SAMPLE, 1)]:
        x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        below = over = 10 * em
        for two in glyphs:
            dx, dy = (two.left + two.right) / 2 - x, (two.top + two.bottom) / 2 - y
            if abs(dx) < _ALIGNED * em and em / 4 < dy < below:
                below = dy
            elif abs(dy) < _ALIGNED * em and em / 4 < dx < over:
                over = dx
        votes += (below < over) - (over < below)
    return votes > 0


def _vertical(glyphs: Sequence[Glyph], em: float, known: Sequence[Gutter]) -> OrderedPage:
    head, body, foot = _edges(glyphs, em)
    spots = [Spot(g, place, g.top, g.bottom, -g.right, -g.left) for place, g in body]
    found = find_gutters(spots, em, known)
    rows = [
        _in_line(row, em) for part in split_at_gutters(spots, found, em) for row in _rows(part, em)
    ]
    rows = [*_level(head, em), *rows, *_level(foot, em)]
    return _ordered_page(rows, glyphs, em, found, vertical=True)


def _horizontal(glyphs: Sequence[Glyph], em: float, *, chaos: bool) -> OrderedPage | None:
    spots = _level_spots(enumerate(glyphs))
    found = find_gutters(spots, em, ())
    if not found and not chaos:
        return None
    rows = [
        _in_line(row, em) for part in split_at_gutters(spots, found, em) for row in _rows(part, em)
    ]
    return _ordered_page(rows, glyphs, em, found, vertical=False)


def _level_spots(glyphs: Iterable[tuple[int, Glyph]]) -> list[Spot]:
    return [Spot(g, place, g.left, g.right, g.top, g.bottom) for place, g in glyphs]


def _level(glyphs: Sequence[tuple[int, Glyph]], em: float) -> list[list[Spot]]:
    return [_in_line(row, em) for row in _rows(_level_spots(glyphs), em)]


_Placed = list[tuple[int, Glyph]]


def _edges(glyphs: Sequence[Glyph], em: float) -> tuple[_Placed, _Placed, _Placed]:
    """Separate running heads and page numbers, which are horizontal rows, from the body."""
    body = sorted(enumerate(glyphs), key=lambda placed: placed[1].top)
    head, body = _take_off_edge(body, em)
    turned = sorted(body, key=lambda placed: -placed[1].bottom)
    foot, rest = _take_off_edge(turned, em, upwards=True)
    return head, rest, foot


def _take_off_edge(placed: _Placed, em: float, *, upwards: bool = False) -> tuple[_Placed, _Placed]:
    """Take rows off the edge as long as each is a single row with a gap behind it."""
    taken = 0
    while True:
        row: list[Glyph] = []
        for _, glyph in placed[taken:]:
            gap = _gap_behind(row, glyph, upwards=upwards) if row else 0.0
            if gap >= _EDGE_GAP * em:
                break
            row.append(glyph)
        high = max(g.bottom for g in row) - min(g.top for g in row) if row else 0.0
        wide = max(g.right for g in row) - min(g.left for g in row) if row else 0.0
        alone = 0 < len(row) < len(placed) - taken
        if not alone or high > _ROW * em or (len(row) > 1 and wide > (len(row) + 6) * em * 1.2):
            return placed[:taken], placed[taken:]
        taken += len(row)


def _gap_behind(row: Sequence[Glyph], glyph: Glyph, *, upwards: bool) -> float:
    if upwards:
        return min(other.top for other in row) - glyph.bottom
    return glyph.top - max(other.bottom for other in row)


def _rows(spots: Sequence[Spot], em: float) -> list[list[Spot]]:
    """Return the lines: glyphs whose middle halves overlap across the lines.

    Marks and figures of two digits, smaller and off the middle, are added to the nearest line.
    """
    rows: list[list[Spot]] = []
    far = 0.0
    full = [spot for spot in spots if spot.far - spot.near >= _FULL * em]
    for spot in sorted(full, key=lambda spot: spot.near + (spot.far - spot.near) / 4):
        quarter = (spot.far - spot.near) / 4
        if not rows or spot.near + quarter > far:
            rows.append([])
            far = spot.far - quarter
        far = max(far, spot.far - quarter)
        rows[-1].append(spot)
    middles = [median((spot.near + spot.far) / 2 for spot in row) for row in rows]
    for spot in spots:
        if spot.far - spot.near >= _FULL * em:
            continue
        place = (spot.near + spot.far) / 2
        at = bisect_left(middles, place)
        nearest = min(
            (n for n in (at - 1, at) if 0 <= n < len(middles)),
            default=None,
            key=lambda n: abs(middles[n] - place),
        )
        if nearest is not None and abs(middles[nearest] - place) <= _WITHIN * em:
            rows[nearest].append(spot)
        else:
            middles.insert(at, place)
            rows.insert(at, [spot])
    return rows


def _in_line(row: list[Spot], em: float) -> list[Spot]:
    """Sort a line; what is side by side in a vertical one (縦中横) goes from left to right."""
    row = sorted(row, key=lambda spot: spot.start)
    cells: list[list[Spot]] = []
    for spot in row:
        last = cells[-1][-1] if cells else None
        half = min(spot.end - spot.start, em) / 2
        if last is not None and spot.start < last.end - half and _abreast(last, spot):
            cells[-1].append(spot)
        else:
            cells.append([spot])
    return [spot for cell in cells for spot in sorted(cell, key=lambda spot: spot.glyph.left)]


def _abreast(one: Spot, two: Spot) -> bool:
    narrow = min(one.far - one.near, two.far - two.near)
    return abs(one.near - two.near) >= narrow / 2


def _ordered_page(
    rows: Sequence[Sequence[Spot]],
    glyphs: Sequence[Glyph],
    em: float,
    found: Sequence[Gutter],
    *,
    vertical: bool,
) -> OrderedPage:
    spoken = [row for row in rows if not (vertical and _is_ruby(row, em))]
    lines = tuple(_text(row, em) for row in spoken)
    order = [spot.place for row in spoken for spot in row]
    kept = set(order)
    order += [place for place in range(len(glyphs)) if place not in kept]
    return OrderedPage(lines, tuple(glyphs[place] for place in order), tuple(found), vertical)


def _is_ruby(row: Sequence[Spot], em: float) -> bool:
    """Say whether a row is the reading (ruby) beside a word."""
    small = all(spot.far - spot.near <= _RUBY * em for spot in row)
    return small and is_kana("".join(spot.glyph.text for spot in row))


def _text(row: Sequence[Spot], em: float) -> str:
    text = [row[0].glyph.before.strip("\n ") + row[0].glyph.text]
    for last, spot in pairwise(row):
        text.append(_blank(last, spot, em) + spot.glyph.text)
    return "".join(text)


def _blank(last: Spot, spot: Spot, em: float) -> str:
    follows = spot.place == last.place + 1
    before = spot.glyph.before.replace("\n", "") if follows else ""
    if "\u3000" in before:
        return before.strip(" ")
    if before and last.glyph.text.isascii() and spot.glyph.text.isascii():
        return " "
    # by the centres: the box of a full stop may be as small as the stop
    apart = (spot.start + spot.end - last.start - last.end) / 2
    size = max(em, last.end - last.start, spot.end - spot.start)
    return "\u3000" if apart - size >= _BLANK * em else ""
