"""The rows inside a ruled row: 節 and 説明 of a budget stand line by line in one tall cell.

Each amount is a row of its own. What stands on its level belongs to it; what is between two levels
goes on from the line above (a label that was wrapped).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.tables.cell_lines import CellLine, join
from ingest.repair.item_start import starts_item

_TALL = 4
_MOSTLY = 0.6
_MANY = 0.75


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says in row ``row`` of its block, and for how many ``rows`` it holds."""

    column: int
    row: int
    rows: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a ruled row: how many, and what their cells say."""

    rows: int
    entries: tuple[Entry, ...]


def block_of(cells: Sequence[Sequence[CellLine]]) -> Block:
    """Return the rows inside one ruled row; ``cells`` are the lines of its cells by column.

    A label holds until the next one in its column; amounts and remarks stand in their row alone.
    """
    levels = _levels(cells)
    if len(levels) <= 1:
        whole = [
            Entry(column, 0, 1, join(lines, lines)) for column, lines in enumerate(cells) if lines
        ]
        return Block(1, tuple(whole))
    entries: list[Entry] = []
    for column, lines in enumerate(cells):
        if not lines:
            continue
        placed = _placed(cells, column, levels)
        label = _has_partner_behind(cells, column)
        rows = sorted(placed)
        for at, row in enumerate(rows):
            end = rows[at + 1] if at + 1 < len(rows) else len(levels)
            entries.append(Entry(column, row, end - row if label else 1, join(placed[row], lines)))
    return Block(len(levels), tuple(entries))


def is_unparted(cells: Sequence[Sequence[CellLine]]) -> bool:
    """Say whether the columns have many lines each and no amount tells where rows begin.

    Where only some are tall, they hold words that were wrapped beside a label.
    """
    filled = [lines for lines in cells if lines]
    tall = sum(len(lines) >= _TALL for lines in filled)
    long = tall > 1 and len(filled[0]) >= _TALL and tall >= _MANY * len(filled)
    return long and len(_levels(cells)) <= 1


def _levels(cells: Sequence[Sequence[CellLine]]) -> list[float]:
    """Return where rows begin: the levels of amounts, where a column has several."""
    if not any(_count_amounts(lines) > 1 for lines in cells):
        return []
    amounts = [line for lines in cells for line in lines if line.has_amount]
    levels: list[float] = []
    for line in sorted(amounts, key=lambda line: line.middle):
        if not levels or not line.is_beside(levels[-1]):
            levels.append(line.middle)
    return levels


def _count_amounts(lines: Sequence[CellLine]) -> int:
    return sum(line.has_amount for line in lines)


def _placed(
    cells: Sequence[Sequence[CellLine]], column: int, levels: Sequence[float]
) -> dict[int, list[CellLine]]:
    """Return a cell's lines by the row that they belong to."""
    lines = cells[column]
    starts = _starts(cells, column)
    placed: dict[int, list[CellLine]] = {}
    waiting: list[CellLine] = []
    row = -1
    for above, line in zip((None, *lines), lines, strict=False):
        if not starts(line, above):
            # a name that was wrapped before its amount, or behind it
            if row >= 0 and not _is_of_words_and_amounts(lines):
                placed[row].append(line)
            else:
                waiting.append(line)
            continue
        row = max(_row_of(line, levels), 0)
        placed.setdefault(row, []).extend([*waiting, line])
        waiting = []
    if waiting:
        placed.setdefault(max(row, 0), []).extend(waiting)
    return placed


def _starts(cells: Sequence[Sequence[CellLine]], column: int) -> "_Starts":
    """Return what tells the lines of a cell that begin a row."""
    if _count_amounts(cells[column]):
        return _Starts(())
    partner = _partner(cells, column)
    remarks = not _has_partner_behind(cells, column)
    return _Starts(partner, anywhere=not partner, remarks=remarks)


@dataclass(frozen=True, slots=True)
class _Starts:
    """A line begins a row if it has an amount, or is beside one of its partner's lines.

    ``remarks``: it stands behind its partner, and may be wrapped without regard to it.
    """

    partner: tuple[CellLine, ...]
    anywhere: bool = False
    remarks: bool = False

    def __call__(self, line: CellLine, above: CellLine | None) -> bool:
        if not self.partner:
            return self.anywhere or line.has_amount
        if self.remarks and above is not None and above.is_full and not starts_item(line.text):
            return False
        return any(line.is_beside(other.middle) for other in self.partner)


def _partner(cells: Sequence[Sequence[CellLine]], column: int) -> tuple[CellLine, ...]:
    """Return the amounts that a column of words belongs to: the next ones behind, or before, it."""
    behind = cells[column + 1 :]
    before = cells[:column][::-1]
    for lines in (*behind, *before):
        amounts = tuple(line for line in lines if line.has_amount)
        if amounts:
            return amounts
    return ()


def _has_partner_behind(cells: Sequence[Sequence[CellLine]], column: int) -> bool:
    words = not _count_amounts(cells[column])
    return words and any(map(_count_amounts, cells[column + 1 :]))


def _is_of_words_and_amounts(lines: Sequence[CellLine]) -> bool:
    amounts = [line for line in lines if line.has_amount]
    worded = sum("\u3000" in line.text for line in amounts)
    return bool(amounts) and worded >= _MOSTLY * len(amounts)


def _row_of(line: CellLine, levels: Sequence[float]) -> int:
    """Return the row at the line's level, or the last one above it."""
    for row, level in enumerate(levels):
        if line.is_beside(level):
            return row
        if level > line.middle:
            return row - 1
    return len(levels) - 1
