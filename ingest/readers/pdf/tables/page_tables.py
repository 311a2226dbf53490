"""The lines of a page with tables: rows where there are tables, other lines around them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document.source import Line
from ingest.readers.pdf.pdfium import Glyph, PdfiumPage
from ingest.readers.pdf.tables.aligned import AlignedTable, aligned_tables
from ingest.readers.pdf.tables.compared import compared_rows
from ingest.readers.pdf.tables.grids import Cell, RuledTable, ruled_tables
from ingest.readers.pdf.tables.sheet_of import sheet_of
from ingest.readers.pdf.tables.side_by_side import Bands, compared_columns
from ingest.readers.sheets.grid import Grid
from ingest.readers.sheets.lines import sheet_lines

TABLE_ERRORS = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)
"""What pdfplumber raises over rules that make no sense."""

_CLOSE = 0.25
"""Of a character's height: letters of one word are as close."""

LinesOf = Callable[[PdfiumPage], Sequence[str]]
"""The lines of a page's characters where there is no table."""


@dataclass(frozen=True, slots=True)
class TabledPage:
    """The lines of a page; ``glyphs`` are its characters in their order.

    ``bands`` are those between the columns of a comparison that may go on on the next page.
    """

    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]
    bands: Bands | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A table's lines and characters."""

    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]

    @property
    def place(self) -> tuple[float, float]:
        """Its middle from the top of the page, and its left edge."""
        top, bottom = min(g.top for g in self.glyphs), max(g.bottom for g in self.glyphs)
        return (top + bottom) / 2, min(glyph.left for glyph in self.glyphs)


def with_tables(
    page: PdfiumPage, lines_of: LinesOf, known: Bands | None = None
) -> TabledPage | None:
    """Return a page with the rows of its tables, ``None`` if it has none.

    ``known`` are the bands of a comparison that goes on from the page before.
    """
    ruled = [found for table in ruled_tables(page.rules) if (found := _ruled(page, table))]
    rest = _without(page.glyphs, ruled)
    compared = list(compared_columns(rest, page.text, known)) if rest else []
    sides = [_Read(each.lines, each.glyphs) for each in compared]
    rest = _without(rest, sides) if sides else rest
    aligned = [found for table in aligned_tables(rest) if (found := _aligned(table))]
    tables = sorted((*ruled, *sides, *aligned), key=lambda read: read.place)
    if not tables:
        return None
    around: list[list[Glyph]] = [[] for _ in range(len(tables) + 1)]
    middles = [read.place[0] for read in tables]
    for glyph in _without(page.glyphs, tables):
        around[bisect_right(middles, (glyph.top + glyph.bottom) / 2)].append(glyph)
    lines: list[Line] = []
    order: list[Glyph] = []
    for place, others in enumerate(around):
        if others:
            lines += [Line(text) for text in lines_of(replace(page, glyphs=tuple(others)))]
            order += others
        if place < len(tables):
            lines += tables[place].lines
            order += tables[place].glyphs
    return TabledPage(tuple(lines), tuple(order), compared[-1].bands if compared else None)


def _without(glyphs: Sequence[Glyph], tables: Sequence[_Read]) -> list[Glyph]:
    taken = {id(glyph) for read in tables for glyph in read.glyphs}
    return [glyph for glyph in glyphs if id(glyph) not in taken]


def _ruled(page: PdfiumPage, table: RuledTable) -> _Read | None:
    glyphs = _by_cell(page.glyphs, table)
    own = tuple(glyph for cell in table.cells for glyph in glyphs.get(cell, ()))
    if compared := compared_rows(table, glyphs):
        return _Read(compared, own)
    sheet = sheet_of(table, glyphs)
    return _Read(_lines(sheet), own) if sheet is not None and own else None


def _aligned(table: AlignedTable) -> _Read | None:
    lines = _lines(table.sheet)
    # without rules, what is no table reads better as it was drawn
    return _Read(lines, table.glyphs) if any(line.cells for line in lines) else None


def _lines(sheet: Grid) -> tuple[Line, ...]:
    return tuple(replace(line, locator=None) for line in sheet_lines(sheet))


def _by_cell(glyphs: Sequence[Glyph], table: RuledTable) -> Mapping[Cell, list[Glyph]]:
    """Return the characters in each cell; a word that sticks out of its cell stays whole."""
    homes = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    found: dict[Cell, list[Glyph]] = {}
    for word in _words(glyphs):
        cells = [_home(glyph, table, homes) for glyph in word]
        # an amount too wide for its column begins in the one before it
        counts = Counter(reversed(cells)).most_common()
        home = counts[0][0] if _is_across(cells) else None
        for glyph, cell in zip(word, cells, strict=True):
            own = home or cell
            if own is not None:
                found.setdefault(own, []).append(glyph)
    return found


def _home(glyph: Glyph, table: RuledTable, homes: Mapping[tuple[int, int], Cell]) -> Cell | None:
    row = bisect_right(table.down, (glyph.top + glyph.bottom) / 2) - 1
    column = bisect_right(table.across, (glyph.left + glyph.right) / 2) - 1
    return homes.get((row, column))


def _is_across(cells: Sequence[Cell | None]) -> bool:
    """Say whether a word reaches from cell to cell of one row."""
    return len({cell and cell.row for cell in cells}) == 1 < len(set(cells))


def _words(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield characters that were drawn one after the other without a gap."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word and not _follows(word[-1], glyph):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _follows(one: Glyph, two: Glyph) -> bool:
    high = max(one.bottom - one.top, two.bottom - two.top)
    level = abs(one.bottom - two.bottom) <= _CLOSE * high
    return level and -_CLOSE * high <= two.left - one.right <= _CLOSE * high and not two.before
