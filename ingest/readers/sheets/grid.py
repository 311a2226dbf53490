"""A sheet of cells as it is shown, before anybody knows what in it is a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Row = tuple[int, Mapping[int, str]]
"""The number of a row (from 1), and what its cells show by column (from 1); empty ones are left
out, and of merged cells only the first is there."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that show anything, in order.

    ``spans`` says of the first cell (row, column) of merged ones how many rows and columns they
    take. ``remarks`` are the comments of a row's cells. ``name`` is the sheet's.
    """

    rows: list[Row]
    spans: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    remarks: Mapping[int, list[str]] = field(default_factory=dict)
    name: str | None = None

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return how many rows and columns the cell takes."""
        return self.spans.get((row, column), (1, 1))

    def blocks(self) -> Iterator[list[Row]]:
        """Yield the rows between blank ones; a row that merged cells reach into is not blank."""
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
