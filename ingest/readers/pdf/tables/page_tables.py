"""The lines of a page with tables: rows where there are tables, other lines around them."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document.source import Line
from ingest.readers.pdf.pdfium import Glyph, PdfiumPage
from ingest.readers.pdf.tables.grids import Cell, RuledTable, ruled_tables
from ingest.readers.pdf.tables.sheet_of import sheet_of
from ingest.readers.sheets.lines import sheet_lines

TABLE_ERRORS = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)
"""What pdfplumber raises over rules that make no sense."""

LinesOf = Callable[[PdfiumPage], Sequence[str]]
"""The lines of a page's characters where there is no table."""


@dataclass(frozen=True, slots=True)
class TabledPage:
    """The lines of a page; ``glyphs`` are its characters in their order."""

    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A table's lines and characters."""

    table: RuledTable
    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]


def with_tables(page: PdfiumPage, lines_of: LinesOf) -> TabledPage | None:
    """Return a page with the rows of its ruled tables, ``None`` if there are none."""
    tables = [found for table in ruled_tables(page.rules) if (found := _read(page, table))]
    if not tables:
        return None
    tables.sort(key=lambda read: (read.table.down[0], read.table.across[0]))
    taken = {id(glyph) for read in tables for glyph in read.glyphs}
    around: list[list[Glyph]] = [[] for _ in range(len(tables) + 1)]
    for glyph in page.glyphs:
        if id(glyph) not in taken:
            around[_place(glyph, tables)].append(glyph)
    lines: list[Line] = []
    order: list[Glyph] = []
    for place, rest in enumerate(around):
        if rest:
            lines += [Line(text) for text in lines_of(replace(page, glyphs=tuple(rest)))]
            order += rest
        if place < len(tables):
            lines += tables[place].lines
            order += tables[place].glyphs
    return TabledPage(tuple(lines), tuple(order))


def _read(page: PdfiumPage, table: RuledTable) -> _Read | None:
    glyphs = _by_cell(page.glyphs, table)
    sheet = sheet_of(table, glyphs)
    if sheet is None:
        return None
    lines = tuple(replace(line, locator=None) for line in sheet_lines(sheet))
    own = tuple(glyph for cell in table.cells for glyph in glyphs.get(cell, ()))
    return _Read(table, lines, own) if lines else None


def _by_cell(glyphs: Sequence[Glyph], table: RuledTable) -> Mapping[Cell, list[Glyph]]:
    homes = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    found: dict[Cell, list[Glyph]] = {}
    for glyph in glyphs:
        row = bisect_right(table.down, (glyph.top + glyph.bottom) / 2) - 1
        column = bisect_right(table.across, (glyph.left + glyph.right) / 2) - 1
        home = homes.get((row, column))
        if home is not None:
            found.setdefault(home, []).append(glyph)
    return found


def _place(glyph: Glyph, tables: Sequence[_Read]) -> int:
    """Return before which table a character stands."""
    middle = (glyph.top + glyph.bottom) / 2
    for place, read in enumerate(tables):
        if middle < (read.table.down[0] + read.table.down[-1]) / 2:
            return place
    return len(tables)
