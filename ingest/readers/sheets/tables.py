"""Which rows of a sheet are a table, and which of them are column heads.

Sheets contain tables, but also serve as squared paper for forms and minutes. A table is rows whose
cells are below one another; a title, a unit or a note is a row of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document.ballot_marks import is_ballot
from ingest.document.compared import compared_sides
from ingest.readers.sheets.grid import Grid, Row
from ingest.repair.plain_tables import is_figure

_PERIOD = re.compile(r"(?:19|20)[0-9]{2}|.*(?:年|年度|月|期|日|度)")
_SPEAKER = re.compile(r"発言(?:者|委員)(?:名|氏名)?|話者|質問者|speaker", re.IGNORECASE)
_SPEECH = re.compile(r"(?:発言|質疑|議事)?(?:内容|要旨)|発言|remarks?|speech", re.IGNORECASE)
_TICK = re.compile(r"[xXｘＸvV✓✔☑√レ●•]")
_LONGEST_HEAD = 40
_MOST_HEAD_ROWS = 4
_LEAST_CELLS = 3
_DENSE = 0.35
_SPARSE = 0.05
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table and the number of its head rows.

    ``speaker`` is the column of speakers if the table is minutes; the speeches are in the next one.
    """

    columns: tuple[int, ...]
    heads: int = 0
    speaker: int | None = None


def table_candidates(grid: Grid) -> Iterator[Sequence[Row]]:
    """Yield groups of rows that may be one table: between blank rows, and from title to title."""
    for block in grid.blocks():
        start = 0
        for at in range(1, len(block) - 2):
            if _opens_another(block, at):
                yield block[start:at]
                start = at
        yield block[start:]


def _opens_another(block: Sequence[Row], at: int) -> bool:
    """Say whether row ``at`` is a title: one cell, between figures above and column heads below."""
    above, here, below = block[at - 1][1], block[at][1], block[at + 1][1]
    return (
        len(here) == 1
        and len(below) > 1
        and any(map(is_figure, above.values()))
        and all(_is_name(text) for text in below.values())
        and any(map(is_figure, block[at + 2][1].values()))
    )


def split_titles_and_notes(
    grid: Grid, block: Sequence[Row]
) -> tuple[Sequence[Row], Sequence[Row], Sequence[Row]]:
    """Split a block into the titles above a table, its rows, and the notes below it.

    A last row of one cell is no note if a merged cell reaches into it.
    """
    reached = merged_from_above(grid, block)
    start, end = 0, len(block)
    while start < end and len(block[start][1]) == 1:
        start += 1
    while end > start and len(block[end - 1][1]) == 1 and block[end - 1][0] not in reached:
        end -= 1
    while end - start > 1 and _is_caption(block[start:end]):
        start += 1
    return block[:start], block[start:end], block[end:]


def _is_caption(rows: Sequence[Row]) -> bool:
    """Say whether the first row is a title with its unit: 令和5年度予算 … （単位：千円）."""
    usual = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    texts = rows[0][1].values()
    return len(texts) < min(_LEAST_CELLS, usual) and any("単位" in text for text in texts)


def is_under_columns(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Say whether rows with figures are below the columns of the previous table."""
    used = {column for _, cells in rows for column in cells}
    figures = any(is_figure(text) for _, cells in rows for text in cells.values())
    return figures and len(used) > 1 and used <= set(columns)


def merged_from_above(grid: Grid, rows: Sequence[Row]) -> Mapping[int, Mapping[int, str]]:
    """Return, by row number and column, the texts of cells merged into a row from above."""
    if not grid.spans:
        return {}
    reached: dict[int, dict[int, str]] = {}
    numbers = [number for number, _ in rows]
    for at, (number, cells) in enumerate(rows):
        for column, text in cells.items():
            last = number + grid.span(number, column)[0] - 1
            for below in numbers[at + 1 :]:
                if below > last:
                    break
                reached.setdefault(below, {})[column] = text
    return reached


def find_table(grid: Grid, rows: Sequence[Row]) -> Table | None:
    """Return the table that the rows form, ``None`` if they are text."""
    columns = tuple(sorted({column for _, cells in rows for column in cells}))
    if len(rows) <= 1 or len(columns) <= 1:
        return None
    if compared_sides([rows[0][1].get(column, "") for column in columns]):
        return Table(columns, heads=1)
    heads = _heads(grid, rows, columns)
    if len(columns) < _LEAST_CELLS:
        figures = sum(1 for _, cells in rows[heads:] if is_figure(cells.get(columns[-1], "")))
        if figures < max(1 if heads else 2, _MOSTLY * (len(rows) - heads)):
            return _speech_table(rows, columns, heads)
        return Table(columns, heads)
    reached = merged_from_above(grid, rows)
    filled = [len({**reached.get(number, {}), **cells}) for number, cells in rows]
    share = sum(filled) / (len(columns) * len(rows))
    wide = sum(1 for count in filled if count >= _LEAST_CELLS)
    if wide > 1 and (share >= _DENSE or (heads and share >= _SPARSE)):
        return _speech_table(rows, columns, heads) or Table(columns, heads)
    return Table(columns, heads) if heads and _is_of_signs(rows[heads:], columns) else None


def _is_of_signs(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Say whether each row has a label and signs behind it: under which head they stand tells all.

    Few cells of such a table are filled: who was for it, and who against.
    """
    signs = [[text for column, text in cells.items() if column != columns[0]] for _, cells in rows]
    labelled = all(cells.get(columns[0]) for _, cells in rows)
    return labelled and any(signs) and all(map(_is_sign, (text for row in signs for text in row)))


def _is_sign(text: str) -> bool:
    return is_ballot(text) or _TICK.fullmatch(text.strip()) is not None


def _speech_table(rows: Sequence[Row], columns: tuple[int, ...], heads: int) -> Table | None:
    """Return the table if it is minutes: after the number, the speaker and the speech."""
    if heads != 1:
        return None
    names = [rows[0][1].get(column, "") for column in columns]
    for at, (name, following) in enumerate(pairwise(names)):
        counters = all(
            cells.get(column, "0").isdigit() for _, cells in rows[1:] for column in columns[:at]
        )
        last = at + 2 == len(names)
        if _SPEAKER.fullmatch(name) and _SPEECH.fullmatch(following) and last and counters:
            return Table(columns, heads, speaker=columns[at])
    return None


def _heads(grid: Grid, rows: Sequence[Row], columns: tuple[int, ...]) -> int:
    first = texts_over_columns(grid, rows[0], columns)
    named = sum(1 for text in first[1:] if text)
    if not all(_is_name(text) for text in first if text) or named < _MOSTLY * (len(first) - 1):
        return 0
    figures = any(is_figure(text) for _, cells in rows[1:] for text in cells.values())
    if len(columns) < _LEAST_CELLS and not figures and not _is_talk_head(first):
        return 0
    heads = 1
    while heads < min(_MOST_HEAD_ROWS, len(rows) - 1) and _is_further_head(
        grid, rows, heads, columns
    ):
        heads += 1
    return heads


def _is_talk_head(names: Sequence[str]) -> bool:
    return _SPEAKER.fullmatch(names[0]) is not None and _SPEECH.fullmatch(names[-1]) is not None


def _is_further_head(grid: Grid, rows: Sequence[Row], at: int, columns: Sequence[int]) -> bool:
    """Say whether row ``at`` is a head row too, judging by merged cells above it."""
    number, cells = rows[at]
    if not all(_is_name(text) for text in cells.values()):
        return False
    above, named = rows[at - 1]
    for row, texts in rows[:at]:
        if any(row + grid.span(row, column)[0] > number for column in texts):
            return True
    for column in named:
        width = grid.span(above, column)[1]
        beneath = [other for other in columns if column <= other < column + width]
        if len(beneath) > 1 and all(other in cells for other in beneath):
            return True
    return False


def texts_over_columns(grid: Grid, row: Row, columns: Sequence[int]) -> list[str]:
    """Return the texts over ``columns``: a cell merged across is over each of its columns."""
    number, cells = row
    texts = []
    text, last = "", 0
    for column in columns:
        if column in cells:
            text, last = cells[column], column + grid.span(number, column)[1] - 1
        texts.append(text if column <= last else "")
    return texts


def _is_name(text: str) -> bool:
    short = len(text) <= _LONGEST_HEAD and "。" not in text
    return short and (not is_figure(text) or _PERIOD.fullmatch(text) is not None)
