"""What a table leaves out because it stands above: 款・項・目 that hold on, 同上 and 〃.

A budget prints 款, 項 and 目 once, in columns of their own, and leaves them blank while they hold.
Only columns with such names are filled: in any other, a blank cell may mean that there is nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from ingest.document.source import Line

_LEVEL = re.compile(r"款|項|目|節|細節|細々節|大項目|中項目|小項目|大分類|中分類|小分類")
"""Heads of columns that go from the whole to its parts."""
_SAME = re.compile(r"[（(]?(?:同[ 　]*[上前]|〃|″|”|々)[)）]?")
_AMOUNT = re.compile(r"\D[ \u3000]+[0-9０-９][0-9０-９,，.．]*[円千百万億]*$")
_BLANKS = re.compile(r"[\s\u3000]+")


def with_carried_cells(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, in the rows of tables what holds on from above filled in.

    ``同上`` becomes ``同上（総務課）``: the source's word, and what it stands for. A table goes on
    after other lines if its heads are the same.
    """
    return list(_filled(lines))


@dataclass(slots=True)
class _Table:
    """The table being read: its heads, its columns of levels, what holds and is said in each."""

    heads: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    held: dict[int, str] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)

    @classmethod
    def under(cls, heads: tuple[str, ...]) -> Self:
        levels = tuple(at for at, head in enumerate(heads) if _is_level(head))
        return cls(heads, levels)

    def filled(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Return the cells of the next row."""
        return self._carried(tuple(self._meant(at, cell) for at, cell in enumerate(cells)))

    def _meant(self, column: int, cell: str) -> str:
        if not _SAME.fullmatch(cell.strip()):
            self.said[column] = cell
            return cell
        known = self.said.get(column, "").strip()
        # words are the same, an amount behind them is another row's
        return f"{cell.strip()}（{known}）" if known and not _AMOUNT.search(known) else cell

    def _carried(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        shown = [at for at in self.levels if cells[at].strip()]
        first = shown[0] if shown else len(cells)
        # a new 款 ends the 項 and 目 before it
        self.held = {at: text for at, text in self.held.items() if at < first}
        carried = tuple(self.held.get(at, cell) for at, cell in enumerate(cells))
        self.held |= {at: cells[at] for at in shown}
        return carried


def _is_level(head: str) -> bool:
    return _LEVEL.fullmatch(_BLANKS.sub("", head).rpartition("/")[2]) is not None


def _filled(lines: Sequence[Line]) -> Iterator[Line]:
    table = _Table()
    for line in lines:
        if line.header:
            if line.cells != table.heads:
                table = _Table.under(line.cells)
            table.said.clear()
        elif line.cells:
            if table.heads and len(line.cells) != len(table.heads):
                table = _Table()
            cells = table.filled(line.cells)
            if cells != line.cells:
                yield replace(line, text="\t".join(cells), cells=cells)
                continue
        yield line
