"""A ruled table as a sheet of cells, so that its heads and merged cells are read like Excel's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.readers.pdf.pdfium import Glyph
from ingest.readers.pdf.tables.blocks import block_of, is_unparted
from ingest.readers.pdf.tables.cell_lines import CellLine, cell_lines
from ingest.readers.pdf.tables.grids import Cell, RuledTable
from ingest.readers.sheets.grid import Grid, Row

_LONG = 200
"""Characters of a cell of prose."""
_SIDES = 2


def sheet_of(table: RuledTable, glyphs: Mapping[Cell, Sequence[Glyph]]) -> Grid | None:
    """Return the sheet; ``glyphs`` are the characters in each cell.

    ``None`` where it is no table of data: prose in columns, lines that nothing parts into rows.
    """
    lines = {cell: cell_lines(own, cell.right) for cell, own in glyphs.items() if own}
    starting: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        starting[cell.row].append(cell)
    rows: list[Row] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    numbers = _numbers(starting, lines)
    if numbers is None:
        return None
    for row, cells in starting.items():
        shown: dict[int, dict[int, str]] = defaultdict(dict)
        block = block_of([lines.get(cell, []) for cell in cells])
        for entry in block.entries:
            cell = cells[entry.column]
            number = numbers[row] + entry.row
            shown[number][cell.column + 1] = entry.text
            end = numbers.get(row + cell.rows, numbers[max(numbers)])
            tall = end - number if block.rows == 1 else entry.rows
            if (tall, cell.columns) != (1, 1):
                spans[number, cell.column + 1] = (max(tall, 1), cell.columns)
        rows += [(number, shown[number]) for number in sorted(shown)]
    return Grid(rows, spans)


def _numbers(
    starting: Mapping[int, Sequence[Cell]], lines: Mapping[Cell, Sequence[CellLine]]
) -> dict[int, int] | None:
    """Return the number (from 1) of the first row in each ruled row, and the one after the last."""
    numbers: dict[int, int] = {}
    number = 1
    for row, cells in starting.items():
        numbers[row] = number
        said = [lines.get(cell, []) for cell in cells]
        if is_unparted(said) or _is_prose(said):
            return None
        number += block_of(said).rows
    numbers[max(numbers) + 1] = number
    return numbers


def _is_prose(cells: Sequence[Sequence[CellLine]]) -> bool:
    """Say whether a row is two columns of prose: an ordinance's old and new words."""
    long = sum(sum(len(line.text) for line in lines) > _LONG for lines in cells)
    return len(cells) <= _SIDES and long == len(cells)
