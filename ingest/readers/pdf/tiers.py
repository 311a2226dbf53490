"""Tiers of vertical lines and columns of horizontal ones: the white bands between them.

A list of posts and names has such a band too, but is read across it. The difference: lines of tiers
are prose, begin at one edge and mostly run to the other, and tiers have the same size.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from ingest.document.characters import is_hiragana
from ingest.readers.pdf.pdfium import Glyph

Gutter = tuple[float, float]
"""Where a white band begins and ends along the lines, in points."""

_BINS_AN_EM = 4
_MOST_BINS = 10_000
_WIDTH = 0.9
_EMPTY = 0.15
"""A title may cross the band."""
_PART = 0.08
_LEAST_ROWS = 4
_TWO = 2
_LIKE = 0.25
_EDGE = 1.3
_AT_EDGE = 0.45
_PROSE = 0.15
_MUCH_PROSE = 0.25
_WIDE = 2.0
_SAME = 0.03


class Spot(NamedTuple):
    """A glyph (``place``: its index in drawing order) with its edges along and across the lines."""

    glyph: Glyph
    place: int
    start: float
    end: float
    near: float
    far: float


def find_gutters(spots: Sequence[Spot], em: float, known: Sequence[Gutter]) -> list[Gutter]:
    """Return the white bands between tiers or columns.

    ``known`` are bands of other pages: one that is white here too is accepted.
    """
    bands = _white_bands(spots, em)
    inner = [band for band in bands if _splits(spots, band)]
    if inner and _are_tiers(spots, inner, em):
        return inner
    return [band for band in bands if any(_same(band, other, em) for other in known)]


def split_at_gutters(
    spots: Sequence[Spot], found: Sequence[Gutter], em: float
) -> Iterator[list[Spot]]:
    """Yield the parts in reading order; lines that cross a gutter are parts of their own."""
    if not found:
        yield list(spots)
        return
    crossing = [
        (spot.near + spot.far) / 2
        for spot in spots
        if any(_crosses(spot, band, em) for band in found)
    ]
    lines = _merge_places(sorted(crossing), em)
    middles = [(start + end) / 2 for start, end in found]
    groups: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        across = (spot.near + spot.far) / 2
        step = bisect_left([far for _, far in lines], across)
        if step < len(lines) and lines[step][0] <= across:
            key = (2 * step + 1, 0)
        else:
            key = (2 * step, bisect_left(middles, (spot.start + spot.end) / 2))
        groups.setdefault(key, []).append(spot)
    for key in sorted(groups):
        yield groups[key]


def _merge_places(places: Sequence[float], em: float) -> list[tuple[float, float]]:
    lines: list[tuple[float, float]] = []
    for place in places:
        if lines and place - em / 2 <= lines[-1][1]:
            lines[-1] = (lines[-1][0], place + em / 2)
        else:
            lines.append((place - em / 2, place + em / 2))
    return lines


def _white_bands(spots: Sequence[Spot], em: float) -> list[Gutter]:
    bin_ = em / _BINS_AN_EM
    first = min(spot.start for spot in spots)
    count = int((max(spot.end for spot in spots) - first) / bin_) + 2
    if count > _MOST_BINS:
        return []
    covered = [0] * count
    for spot in spots:
        inset = (spot.end - spot.start) / 8
        begin, end = (
            int((spot.start + inset - first) / bin_),
            int((spot.end - inset - first) / bin_),
        )
        for place in range(begin, end + 1):
            covered[place] += 1
    most = _EMPTY * median(count for count in covered if count)
    bands: list[Gutter] = []
    since = None
    for place, times in enumerate(covered):
        if times <= most:
            since = place if since is None else since
        elif since is not None:
            if since and (place - since) * bin_ >= _WIDTH * em:
                bands.append((first + since * bin_, first + place * bin_))
            since = None
    return bands


def _splits(spots: Sequence[Spot], band: Gutter) -> bool:
    before = sum(spot.end <= band[0] + (band[1] - band[0]) / 2 for spot in spots)
    return _PART * len(spots) <= before <= (1 - _PART) * len(spots)


def _are_tiers(spots: Sequence[Spot], bands: Sequence[Gutter], em: float) -> bool:
    words = sum(_is_of_prose(spot.glyph.text[:1]) for spot in spots)
    if words < _PROSE * len(spots):
        return False
    tiers: list[list[Spot]] = [[] for _ in range(len(bands) + 1)]
    middles = [(start + end) / 2 for start, end in bands]
    for spot in spots:
        if not any(_crosses(spot, band, em) for band in bands):
            tiers[bisect_left(middles, (spot.start + spot.end) / 2)].append(spot)
    # the last tier may end early
    judged = tiers[:-1] if len(tiers) > _TWO else tiers
    if _are_alike([_span(tier, em, _AT_EDGE) for tier in judged], _LIKE):
        return True
    # short speeches seldom reach the other edge: then everything else must look like tiers
    wide = all(end - start >= _WIDE * em for start, end in bands)
    surely = wide and words >= _MUCH_PROSE * len(spots)
    return surely and _are_alike([_span(tier, em, _PART) for tier in tiers], _SAME)


def _is_of_prose(character: str) -> bool:
    return is_hiragana(character) or "a" <= character <= "z"


def _are_alike(spans: Sequence[float | None], most: float) -> bool:
    known = [span for span in spans if span is not None]
    return len(known) == len(spans) and max(known) - min(known) <= most * max(known)


def _crosses(spot: Spot, band: Gutter, em: float) -> bool:
    # a hanging mark reaches into the band, not to its middle
    middle = (band[0] + band[1]) / 2
    return spot.start < middle + em / 8 and spot.end > middle - em / 8


def _span(tier: Sequence[Spot], em: float, closed: float) -> float | None:
    """Return the length of a tier's lines; ``None`` if they do not look like prose.

    ``closed`` is the share of lines that must reach the other edge.
    """
    rows: dict[int, tuple[float, float]] = {}
    for spot in tier:
        row = round((spot.near + spot.far) / 2 / em)
        start, end = rows.get(row, (spot.start, spot.end))
        rows[row] = (min(start, spot.start), max(end, spot.end))
    if len(rows) < _LEAST_ROWS:
        return None
    first, last = min(start for start, _ in rows.values()), max(end for _, end in rows.values())
    opening = sum(start - first <= _EDGE * em for start, _ in rows.values())
    closing = sum(last - end <= _EDGE * em for _, end in rows.values())
    if opening < _AT_EDGE * len(rows) or closing < closed * len(rows):
        return None
    return last - first


def _same(one: Gutter, two: Gutter, em: float) -> bool:
    middle = (two[0] + two[1]) / 2
    return one[0] - em / 2 <= middle <= one[1] + em / 2
