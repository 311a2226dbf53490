"""Tables of a web page: data tables become rows, layout tables paragraphs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.readers.html.labels import LABEL
from ingest.readers.sheets.several_lines import rows_of_lines
from ingest.repair.item_start import starts_item
from ingest.repair.plain_tables import is_head_row_first

_MOST_COLUMNS = 200
_LONGEST_REPEATED = 200
_LONG_CELL = 300
_SHORT_CELL = 60
_LONGEST_TERM = 30
_INDENT = " \u3000"
_PLACING = frozenset({"presentation", "none"})


@dataclass(slots=True)
class Block:
    """A future line.

    ``linked``: characters that link to other pages; ``target``: the place in this page that it
    links to. ``wrapped``: its end was set by hand (``br``, ``pre``).
    """

    text: str
    level: int | None = None
    anchor: str | None = None
    cells: tuple[str, ...] = ()
    header: bool = False
    linked: int = 0
    target: str | None = None
    wrapped: bool = False


@dataclass(slots=True)
class Cell:
    """A cell of the page; ``top``: it is in the table's ``thead``."""

    head: bool
    top: bool
    columns: int
    rows: int
    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text in one line."""
        return " ".join(self.lines.split("\n"))

    @property
    def lines(self) -> str:
        """Its text, a line for each block."""
        return "\n".join(block.text.strip() for block in self.blocks if block.text.strip())


@dataclass(slots=True)
class Table:
    """A table of the page. ``depth``: how many flows of text it is nested in."""

    attributes: Mapping[str, str | None]
    depth: int
    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Block] = field(default_factory=list)
    in_head: bool = False


def table_blocks(table: Table) -> list[Block]:
    """Return the table's blocks: its rows if it holds data, else the blocks in its cells."""
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    if not rows:
        return table.caption
    if all(_is_item(row) for row in rows):
        return [*table.caption, *(block for row in rows for block in _item_blocks(row))]
    if _is_for_layout(table, rows):
        return [*table.caption, *(block for row in rows for block in _placed_blocks(row))]
    return [*table.caption, *_data_blocks(rows)]


def _is_for_layout(table: Table, rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the table is only for layout."""
    cells = [cell for row in rows for cell in row]
    if (table.attributes.get("role") or "") in _PLACING or max(map(len, rows)) == 1:
        return True
    if any(block.cells or block.level is not None for cell in cells for block in cell.blocks):
        return True
    border = (table.attributes.get("border") or "")[:1] in set("123456789")
    if border or table.caption or any(cell.head for cell in cells):
        return False
    prose = [[block for block in cell.blocks if "。" in block.text] for cell in cells]
    long = any(
        found and len(cell.text) > _LONG_CELL for cell, found in zip(cells, prose, strict=True)
    )
    return len(rows) == 1 or long or any(len(found) > 1 for found in prose)


def _is_item(row: Sequence[Cell]) -> bool:
    """Say whether the row is a number and the text that it numbers."""
    filled = [cell for cell in row if cell.text]
    return (
        len(filled) == 2  # noqa: PLR2004 (number and words)
        and filled[0] is row[0]
        and LABEL.fullmatch(filled[0].text.strip(_INDENT)) is not None
        and "。" in filled[1].text
    )


def _item_blocks(row: Sequence[Cell]) -> list[Block]:
    number, words = (cell for cell in row if cell.text)
    first = words.blocks[0]
    first.text = f"{number.text.strip(_INDENT)}\u3000{first.text.strip(_INDENT)}"
    first.anchor = number.blocks[0].anchor or first.anchor
    return words.blocks


def _placed_blocks(row: Sequence[Cell]) -> list[Block]:
    filled = [cell for cell in row if cell.text]
    label = len(filled) == 2 and all(  # noqa: PLR2004 (label and value)
        len(cell.blocks) == 1
        and not cell.blocks[0].cells
        and cell.blocks[0].level is None
        and not cell.blocks[0].linked
        and len(cell.text) <= _SHORT_CELL
        for cell in filled
    )
    if label and _is_term(filled[0].text) and not starts_item(filled[1].text):
        first = filled[0].blocks[0]
        first.text = "\u3000".join(cell.text.strip(_INDENT) for cell in filled)
        return [first]
    return [block for cell in filled for block in cell.blocks]


def _is_term(text: str) -> bool:
    return len(text) <= _LONGEST_TERM and "。" not in text


def _data_blocks(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    grid = _grid(rows)
    heads = [all(cell.head or cell.top for cell in row) for row in rows]
    if not any(cell.head for row in rows for cell in row):
        heads[0] = heads[0] or is_head_row_first(grid)
    for row, cells, head in zip(rows, grid, heads, strict=True):
        anchor = next((block.anchor for cell in row for block in cell.blocks), None)
        linked = sum(block.linked for cell in row for block in cell.blocks)
        if len(row) == 1 and row[0].columns >= len(cells):
            yield Block(row[0].text, anchor=anchor, linked=linked)
        else:
            for texts in [_in_one_line(cells)] if head else rows_of_lines(cells):
                yield Block("\t".join(texts), None, anchor, texts, header=head, linked=linked)


def _in_one_line(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split("\n")) for cell in cells)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts by row and column; a cell that spans several is in each."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for at, row in enumerate(rows):
        texts: list[str] = []
        for cell in row:
            _fill_hanging(texts, hanging, at)
            repeated = cell.lines if len(cell.lines) <= _LONGEST_REPEATED else ""
            columns = range(max(1, min(cell.columns, _MOST_COLUMNS - len(texts))))
            for column in columns:
                hanging[len(texts)] = (at + cell.rows, repeated)
                texts.append(repeated if column else cell.lines)
        _fill_hanging(texts, hanging, at)
        grid.append(texts)
    width = max(map(len, grid))
    return [texts + [""] * (width - len(texts)) for texts in grid]


def _fill_hanging(texts: list[str], hanging: Mapping[int, tuple[int, str]], at: int) -> None:
    """Add the cells that span down into row ``at``; ``hanging``: the row before which they end."""
    while (cell := hanging.get(len(texts))) is not None and cell[0] > at:
        texts.append(cell[1])
