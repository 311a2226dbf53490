"""A row of a table whose cells hold several lines that belong together: a row for each line.

A budget prints 節 and 金額 of one 目 in two cells of several lines, or in its 説明 an amount behind
each line. Joined, nobody can tell which amount is whose.
"""

import re
from collections.abc import Sequence

from ingest.repair.plain_tables import is_figure

_AMOUNT_AT_END = re.compile(
    r".*[^\s\u3000\d][\s\u3000…‥・:：]+[△▲\-－]?[0-9０-９][0-9０-９,，.．]*"
    r"[ \u3000]*(?:[千百万億]*円|[%％人件回台個本冊箇所戸]{1,3})?$"
)
_LEAST_LINES = 2
_LONGEST_REPEATED = 60


def rows_of_lines(cells: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows that a row of cells stands for, each cell in one line.

    What does not go line by line is repeated in each row, or stands in the first if it is long.
    """
    lines = [[line.strip() for line in cell.split("\n") if line.strip()] for cell in cells]
    number = _number_of_rows(lines)
    if number is None:
        return [tuple(" ".join(parts) for parts in lines)]
    rows = []
    for at in range(number):
        row = []
        for parts in lines:
            if len(parts) == number:
                row.append(parts[at])
            else:
                whole = " ".join(parts)
                row.append(whole if not at or len(whole) <= _LONGEST_REPEATED else "")
        rows.append(tuple(row))
    return rows


def _number_of_rows(cells: Sequence[Sequence[str]]) -> int | None:
    """Return how many lines go with each other; ``None`` where that is not plain."""
    several = [cell for cell in cells if len(cell) >= _LEAST_LINES]
    for cell in several:
        if all(_AMOUNT_AT_END.fullmatch(line) for line in cell):
            return len(cell) if _all_of(several, len(cell)) else None
    for cell in several:
        labels = [other for other in several if other is not cell and len(other) == len(cell)]
        named = any(not any(is_figure(line) for line in other) for other in labels)
        if named and all(is_figure(line) for line in cell):
            return len(cell)
    return None


def _all_of(several: Sequence[Sequence[str]], number: int) -> bool:
    return all(len(cell) == number for cell in several)
