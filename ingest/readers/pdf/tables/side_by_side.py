"""A 新旧対照表 without rules: two columns of prose below two heads, told apart by their places.

Read line by line, or column by column without knowing that they are two, old words would stand
for the ordinance that is in force.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document.articles import (
    APPENDIX,
    ARTICLE,
    DIVISION,
    SUPPLEMENT,
    is_caption,
    item_mark,
    paragraph_number,
)
from ingest.document.characters import has_cjk
from ingest.document.compared import compared_sides
from ingest.document.source import Line
from ingest.readers.pdf.pdfium import Glyph
from ingest.readers.pdf.tables.cell_lines import GAP, CellLine, cell_lines, runs_apart

Bands = tuple[tuple[float, float], ...]
"""Where the white bands between the columns begin and end, in points."""

_BAND = 0.6
"""Of a character's height."""
_LEAST_LINES = 2
"""On each of the two sides."""
_MOSTLY = 0.6
_BELOW = 2
"""Lines at most that stand far below all others."""
_FAR = 4.0
"""Of a character's height."""


@dataclass(frozen=True, slots=True)
class ComparedColumns:
    """The rows of a comparison, its characters, and the bands if it may go on on the next page."""

    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]
    bands: Bands | None


def compared_columns(
    glyphs: Sequence[Glyph], text: str, known: Bands | None
) -> Iterator[ComparedColumns]:
    """Yield the comparisons among the characters of a page, from top to bottom.

    ``text`` is that of the page. ``known`` are the bands of one that goes on from the page before.
    """
    joined = "".join(text.split())
    if not known and not (
        "改正" in joined or "現行" in joined or ("新" in joined and "旧" in joined)
    ):
        return
    lines = _without_foot(cell_lines(glyphs))
    start = 0
    if known and (found := _going_on(lines, known)):
        yield found
        start = lines.index(_last_line(found, lines)) + 1
    while start < len(lines):
        heads = _heads(lines[start])
        found = _below(lines, start, heads) if heads else None
        if found is None:
            start += 1
        else:
            yield found
            start = lines.index(_last_line(found, lines)) + 1


def _without_foot(lines: Sequence[CellLine]) -> list[CellLine]:
    """Return the lines of a page without what stands far below the others: its number."""
    kept = list(lines)
    for above, foot in zip(reversed(lines[:-1]), reversed(lines[-_BELOW:]), strict=False):
        if foot.middle - above.middle > _FAR * foot.size:
            kept = kept[: kept.index(foot)]
    return kept


def _last_line(found: ComparedColumns, lines: Sequence[CellLine]) -> CellLine:
    taken = {id(glyph) for glyph in found.glyphs}
    return next(line for line in reversed(lines) if id(line.glyphs[0]) in taken)


def _heads(line: CellLine) -> list[CellLine] | None:
    """Return the heads of a comparison, from left to right; ``None`` for any other line."""
    runs = runs_apart(line)
    if len(runs) > 1 and compared_sides([run.text for run in runs]) is not None:
        return runs
    gaps = [two.left - one.right for one, two in pairwise(line.glyphs)]
    if not gaps:
        return None
    # 改　正　後　　　改　正　前: letters set apart
    at = gaps.index(max(gaps)) + 1
    both = [run for part in (line.glyphs[:at], line.glyphs[at:]) for run in cell_lines(part)]
    apart = max(gaps) >= GAP * line.size and len(both) == 2  # noqa: PLR2004  two sides
    words = ["".join(each.text.split()) for each in both]
    return both if apart and compared_sides(words) is not None else None


def _below(
    lines: Sequence[CellLine], start: int, heads: Sequence[CellLine]
) -> ComparedColumns | None:
    """Return the comparison under its heads; ``None`` where there are no two columns of words."""
    middles = [(head.left + head.right) / 2 for head in heads]
    free = [[(one, two)] for one, two in pairwise(middles)]
    end = start + 1
    for line in lines[start + 1 :]:
        left = [_without(bands, line) for bands in free]
        if not all(left):
            break
        free, end = left, end + 1
    bands = tuple(max(each, key=lambda band: band[1] - band[0]) for each in free)
    body = _columns(lines[start + 1 : end], bands)
    if not all(len(column) >= _LEAST_LINES for column in body[:2]):
        return None
    texts = tuple("".join(head.text.split()) for head in heads)
    rows = (Line("\t".join(texts), cells=texts, header=True), *_rows(body))
    own = tuple(glyph for line in lines[start:end] for glyph in line.glyphs)
    return ComparedColumns(rows, own, bands if end == len(lines) else None)


def _without(bands: Sequence[tuple[float, float]], line: CellLine) -> list[tuple[float, float]]:
    """Return the parts of bands that a line leaves white."""
    for run in runs_apart(line):
        bands = [
            part
            for left, right in bands
            for part in ((left, min(right, run.left)), (max(left, run.right), right))
            if part[1] - part[0] >= _BAND * line.size
        ]
    return list(bands)


def _going_on(lines: Sequence[CellLine], bands: Bands) -> ComparedColumns | None:
    """Return the part of a comparison that goes on from the page before, without heads."""
    white = [all(_without([band], line) for band in bands) for line in lines]
    if sum(white) < _MOSTLY * len(lines):
        return None
    start = white.index(True)
    end = start
    while end < len(lines) and white[end] and not _heads(lines[end]):
        end += 1
    body = _columns(lines[start:end], bands)
    # new articles may have no other side
    if end == start or not (all(body[:2]) or all(white)):
        return None
    own = tuple(glyph for line in lines[start:end] for glyph in line.glyphs)
    return ComparedColumns(tuple(_rows(body)), own, bands if end == len(lines) else None)


def _columns(lines: Sequence[CellLine], bands: Bands) -> list[list[CellLine]]:
    """Return the lines of each column."""
    edges = [(left + right) / 2 for left, right in bands]
    parts: list[list[Glyph]] = [[] for _ in range(len(bands) + 1)]
    for line in lines:
        for glyph in line.glyphs:
            parts[sum((glyph.left + glyph.right) / 2 > edge for edge in edges)].append(glyph)
    # what a column reaches is its widest line: the band may begin further right
    return [cell_lines(part, max(g.right for g in part)) if part else [] for part in parts]


def _rows(columns: Sequence[Sequence[CellLine]]) -> Iterator[Line]:
    """Yield a row for each article, paragraph or item that begins, on both sides or on one."""
    starts = _starts(columns)
    for start, end in zip(starts, [*starts[1:], float("inf")], strict=True):
        own = [[line for line in column if start <= line.middle < end] for column in columns]
        cells = tuple(map(_joined, own))
        yield Line("\t".join(cells), cells=cells)


def _joined(lines: Sequence[CellLine]) -> str:
    """Return the lines of a cell as one: what does not begin anything was wrapped."""
    text = ""
    for line in lines:
        latin = bool(text) and not has_cjk(text[-1]) and not has_cjk(line.text[0])
        gap = "\u3000" if text and _opens(line.text) else " " if latin else ""
        text += gap + line.text
    return text


def _starts(columns: Sequence[Sequence[CellLine]]) -> list[float]:
    """Return where rows begin: where both sides begin something, or one does alone.

    What stands below a caption is of the same row.
    """
    sides = columns[:2]
    starts: list[float] = []
    captions = False
    for level in _levels(line for side in sides for line in side):
        top = min(line.middle - line.size / 2 for line in level)
        following = [next((one for one in side if one.middle >= top), None) for side in sides]
        apart = not captions and all(one is None or _opens(one.text) for one in following)
        if apart or not starts:
            starts.append(top)
        captions = all(is_caption(line.text) for line in level)
    return starts


def _levels(lines: Iterable[CellLine]) -> list[list[CellLine]]:
    """Return lines by the height at which they stand."""
    found: list[list[CellLine]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if found and line.is_beside(found[-1][0].middle):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _opens(text: str) -> bool:
    patterns = (ARTICLE, APPENDIX, DIVISION, SUPPLEMENT)
    begins = any(pattern.match(text) for pattern in patterns) or is_caption(text)
    return begins or paragraph_number(text) is not None or item_mark(text) is not None
