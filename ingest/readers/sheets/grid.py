"""A sheet of cells as shown, before tables in it are identified."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Row = tuple[int, Mapping[int, str]]
"""The number of a row (from 1), and what its cells show by column (from 1), without empty cells and
with only the first of merged ones."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that are not empty, in order.

    ``spans`` has the number of rows and columns of merged cells by their first cell (row, column).
    ``remarks`` are the comments on a row's cells. ``name`` is the sheet's.
    """

    rows: list[Row]
    spans: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    remarks: Mapping[int, list[str]] = field(default_factory=dict)
    name: str | None = None

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return how many rows and columns the cell takes."""
        return self.spans.get((row, column), (1, 1))

    def blocks(self) -> Iterator[list[Row]]:
        """Yield the rows between blank ones; rows that merged cells extend into are not blank."""
        block: list[Row] = []
        last = 0
        for number, cells in self.rows:
            if block and number > last + 1:
                yield block
                block = []
            block.append((number, cells))
            last = max(last, number)
            if self.spans:
                reached = [number + self.span(number, column)[0] - 1 for column in cells]
                last = max([last, *reached])
        if block:
            yield block
