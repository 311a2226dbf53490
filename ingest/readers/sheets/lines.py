"""The lines of a sheet: rows of tables with their cells, everything else as text."""

from collections.abc import Iterator, Sequence

from index.place import Locator
from ingest.document.source import Line
from ingest.readers.sheets.grid import Grid, Row
from ingest.readers.sheets.several_lines import rows_of_lines
from ingest.readers.sheets.tables import (
    Table,
    find_table,
    is_under_columns,
    merged_from_above,
    split_titles_and_notes,
    table_candidates,
    texts_over_columns,
)

_GAP = "\u3000"


def sheet_lines(grid: Grid) -> Iterator[Line]:
    """Yield the lines of a sheet in order.

    Cells merged downwards are repeated in each of their rows of a table; heads of several rows
    become one row, 「歳入 / 市税」; lines of cells that go with each other become rows. Cells
    outside tables are separated by U+3000. Comments follow their row, or the table that it is in.
    """
    before: Table | None = None
    for block in table_candidates(grid):
        above, rows, below = split_titles_and_notes(grid, block)
        yield from _words(grid, above)
        table = find_table(grid, rows) if rows else None
        if (
            before
            and not above
            and not (table and table.heads)
            and is_under_columns(rows, before.columns)
        ):
            # a blank row inside a table
            table = Table(before.columns)
        if table is None:
            yield from _words(grid, rows)
        elif table.speaker is not None:
            yield from _words(grid, rows[:1])
            yield from _words(grid, [_without_number(row, table.speaker) for row in rows[1:]])
        else:
            yield from _rows(grid, rows, table)
        yield from _words(grid, below)
        before = None if below or (table and table.speaker is not None) else table


def _without_number(row: Row, speaker: int) -> Row:
    return row[0], {column: text for column, text in row[1].items() if column >= speaker}


def _words(grid: Grid, rows: Sequence[Row]) -> Iterator[Line]:
    for number, cells in rows:
        text = _GAP.join(cells[column].strip() for column in sorted(cells))
        for part in text.split("\n"):
            if part.strip():
                yield Line(part, locator=_place(grid, number))
        yield from _remarks(grid, [(number, cells)])


def _rows(grid: Grid, rows: Sequence[Row], table: Table) -> Iterator[Line]:
    heads, body = rows[: table.heads], rows[table.heads :]
    names = _names(grid, heads, table.columns)
    if heads:
        yield _row(names, _place(grid, heads[0][0], heads[-1][0]), header=True)
    reached = merged_from_above(grid, rows)
    for number, cells in body:
        filled = {**reached.get(number, {}), **cells}
        for texts in rows_of_lines([filled.get(column, "") for column in table.columns]):
            yield _row(texts, _place(grid, number), header=bool(heads) and texts == names)
    yield from _remarks(grid, rows)


def _names(grid: Grid, heads: Sequence[Row], columns: Sequence[int]) -> tuple[str, ...]:
    stacked: list[list[str]] = [[] for _ in columns]
    for row in heads:
        for column, text in zip(stacked, texts_over_columns(grid, row, columns), strict=True):
            name = _one_line(text)
            if name and name not in column[-1:]:
                column.append(name)
    return tuple(" / ".join(column) for column in stacked)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()


def _row(cells: tuple[str, ...], place: Locator, *, header: bool = False) -> Line:
    return Line("\t".join(cells), cells=cells, header=header, locator=place)


def _remarks(grid: Grid, rows: Sequence[Row]) -> Iterator[Line]:
    if not grid.remarks:
        return
    for number, _ in rows:
        for remark in grid.remarks.get(number, ()):
            for part in remark.split("\n"):
                if part.strip():
                    yield Line(part, locator=_place(grid, number))


def _place(grid: Grid, row: int, last: int | None = None) -> Locator:
    return Locator(sheet=grid.name, row=row, last_row=last if last and last > row else None)
