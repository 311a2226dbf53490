"""A ruled 新旧対照表: its rows have two cells of prose, the old and the new words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.document.compared import compared_sides
from ingest.document.source import Line
from ingest.readers.pdf.pdfium import Glyph
from ingest.readers.pdf.tables.cell_lines import cell_lines, join
from ingest.readers.pdf.tables.grids import Cell, RuledTable


def compared_rows(table: RuledTable, glyphs: Mapping[Cell, Sequence[Glyph]]) -> tuple[Line, ...]:
    """Return the rows of a table whose first row heads an old and a new side; else none."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    texts = [tuple(_text(cell, glyphs.get(cell, ())) for cell in cells) for cells in rows.values()]
    if len(texts) < 2 or compared_sides(texts[0]) is None:  # noqa: PLR2004  heads and a row
        return ()
    return tuple(_lines(texts))


def _lines(rows: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    for at, cells in enumerate(rows):
        if any(cells):
            yield Line("\t".join(cells), cells=cells, header=at == 0)


def _text(cell: Cell, glyphs: Sequence[Glyph]) -> str:
    lines = cell_lines(glyphs, cell.right) if glyphs else []
    return join(lines, lines) if lines else ""
