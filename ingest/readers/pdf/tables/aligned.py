"""Tables without rules between their columns: rows whose words and figures stand in columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.pdfium import Glyph
from ingest.readers.pdf.tables.cell_lines import GAP, CellLine, cell_lines, runs_apart
from ingest.readers.sheets.grid import Grid, Row
from ingest.repair.plain_tables import is_figure

_OF_FIGURES = frozenset("0123456789０１２３４５６７８９,，.．△▲%％")
_LEAST_SHARE = 0.1
_LEAST_FIGURES = 12
_LEAST_GAPS = 4
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_MOST_COLUMNS = 20
_FAR = 3.0
"""Of a line's height: the next row of a table is as near at least."""
_MOSTLY = 0.7
_NARROW = 0.6
_SENTENCES = 0.3

_Run = CellLine


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table as a sheet of cells, and its characters row by row."""

    sheet: Grid
    glyphs: tuple[Glyph, ...]


def may_hold_table(glyphs: Sequence[Glyph]) -> bool:
    """Say, quickly, whether there are as many figures as a table has, or gaps before figures."""
    figures = sum(glyph.text in _OF_FIGURES for glyph in glyphs)
    if figures < _LEAST_FIGURES:
        return False
    return figures >= _LEAST_SHARE * len(glyphs) or sum(_gaps(glyphs)) >= _LEAST_GAPS


def _gaps(glyphs: Sequence[Glyph]) -> Iterator[bool]:
    for one, two in pairwise(glyphs):
        if two.text in _OF_FIGURES and two.top < one.bottom and one.top < two.bottom:
            yield two.left - one.right >= GAP * (two.bottom - two.top)


def aligned_tables(glyphs: Sequence[Glyph]) -> Iterator[AlignedTable]:
    """Yield the tables among characters, from top to bottom.

    A table has three rows and columns or more, and figures in one of the columns. Its row of heads
    is the line above it.
    """
    if not may_hold_table(glyphs):
        return
    lines = [runs_apart(line) for line in cell_lines(glyphs)]
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        columns = _columns(lines[start:end])
        if columns is None:
            start += 1
            continue
        if start and _are_heads(lines[start - 1], columns):
            start -= 1
        yield _table(lines[start:end], columns)
        start = end


def _end(lines: Sequence[Sequence[_Run]], start: int) -> int:
    """Return where lines of three cells or more end; one of fewer may stand between two of them."""
    end = start
    for at in range(start, len(lines)):
        if at > start and not _is_near(lines[at - 1], lines[at]):
            break
        if _is_row(lines[at]):
            end = at + 1
        elif at > end:
            break
    return end


def _is_near(above: Sequence[_Run], below: Sequence[_Run]) -> bool:
    return below[0].middle - above[0].middle <= _FAR * max(above[0].size, below[0].size)


def _is_row(runs: Sequence[_Run]) -> bool:
    return len(runs) >= _LEAST_CELLS and any(is_figure(run.text) for run in runs[1:])


def _columns(lines: Sequence[Sequence[_Run]]) -> list[tuple[float, float]] | None:
    """Return where the columns of rows begin and end, ``None`` if the rows are no table."""
    rows = [line for line in lines if _is_row(line)]
    if len(rows) < _LEAST_ROWS:
        return None
    columns: list[tuple[float, float]] = []
    for left, right in sorted((run.left, run.right) for row in rows for run in row):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    whole = columns[-1][1] - columns[0][0]
    wide = any(right - left > _NARROW * whole for left, right in columns)
    if wide or not _LEAST_CELLS <= len(columns) <= _MOST_COLUMNS:
        return None
    said = sum("。" in run.text for row in rows for run in row)
    doubled = sum(len({_column(run, columns)[0] for run in row}) < len(row) for row in rows)
    figures = any(_is_of_figures(rows, columns, at) for at in range(1, len(columns)))
    fits = figures and said <= _SENTENCES * len(rows) and not doubled
    return columns if fits else None


def _is_of_figures(
    rows: Sequence[Sequence[_Run]], columns: Sequence[tuple[float, float]], at: int
) -> bool:
    texts = [run.text for row in rows for run in row if _column(run, columns)[0] == at]
    figures = sum(map(is_figure, texts))
    return figures >= max(_LEAST_ROWS, _MOSTLY * len(texts))


def _column(run: _Run, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the first and the last column that a run is over; the nearest one if none."""
    over = [at for at, (left, right) in enumerate(columns) if run.left < right and run.right > left]
    if over:
        return over[0], over[-1]
    middle = (run.left + run.right) / 2
    near = min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))
    return near, near


def _are_heads(runs: Sequence[_Run], columns: Sequence[tuple[float, float]]) -> bool:
    places = [_column(run, columns) for run in runs]
    apart = all(one[1] < two[0] for one, two in pairwise(places))
    return len(runs) > 1 and apart and not any("。" in run.text for run in runs)


def _table(lines: Sequence[Sequence[_Run]], columns: Sequence[tuple[float, float]]) -> AlignedTable:
    rows: list[Row] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for number, line in enumerate(lines, start=1):
        cells: dict[int, str] = {}
        for run in line:
            first, last = _column(run, columns)
            known = cells.get(first + 1)
            cells[first + 1] = f"{known}\u3000{run.text}" if known else run.text
            if last > first:
                spans[number, first + 1] = (1, last - first + 1)
        rows.append((number, cells))
    glyphs = tuple(glyph for line in lines for run in line for glyph in run.glyphs)
    return AlignedTable(Grid(rows, spans), glyphs)
