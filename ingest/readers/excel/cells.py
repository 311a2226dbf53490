"""From openpyxl's cells to what a sheet shows: values by their format, merged cells, comments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from ingest.readers.excel.number_format import show_value
from ingest.readers.sheets.grid import Grid, Row

_JAPANESE_BUILTINS = {
    **dict.fromkeys((27, 36, 50, 57), "[$-411]ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), '[$-411]ggge"年"m"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
}
"""Formats that Japanese Excel knows by number only (ECMA-376 part 1, 18.8.30); openpyxl does not
know them."""

_LOCAL = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""Formats 14 and 22 show the date as the country does; openpyxl gives them as in America."""

_MOST_ROWS = 1_048_576
"""Excel's own limit; a broken file may name a row far beyond it."""

_AS_IT_IS = frozenset({"General", "@"})
_THREADED = re.compile(r"\[[^\]]*\].*?(?:Comment|コメント)[:：]\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SheetText:
    """What a sheet shows, and warnings on it."""

    name: str
    grid: Grid
    warnings: tuple[str, ...] = ()


def read_sheet(sheet: Any, most: int) -> SheetText:  # noqa: ANN401 (openpyxl's cells are loosely typed)
    """Return what a sheet in memory shows, at most ``most`` cells.

    Only existing cells are visited, whatever size the sheet declares.
    """
    cells: dict[int, dict[int, str]] = {}
    remarks: dict[int, list[str]] = {}
    taken = left_out = 0
    # openpyxl's public ways go through every cell of the rectangle, 17 billion at worst
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001 (no public way)
        text = _shown_text(cell)
        if text and taken >= most:
            left_out += 1
            continue
        if text:
            cells.setdefault(row, {})[column] = text
            taken += 1
        if remark := getattr(cell, "comment", None):
            where = f"{get_column_letter(column)}{row}"
            text = _THREADED.sub("", remark.text or "", count=1).strip()
            remarks.setdefault(row, []).append(f"コメント（{where}）\u3000{text}")
            cells.setdefault(row, {})
    rows: list[Row] = list(cells.items())
    grid = Grid(rows, _spans(sheet), remarks, sheet.title)
    return SheetText(sheet.title, grid, (*_hidden(sheet, cells), *_left_out(sheet.title, left_out)))


def stream_sheet(sheet: Any, most: int) -> SheetText:  # noqa: ANN401 (untyped)
    """Return what a sheet read row by row shows, at most ``most`` cells."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[Row] = []
    taken = left_out = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
        row = {cell.column: text for cell in cells if (text := _shown_text(cell))}
        if row and taken + len(row) > most:
            left_out += len(row)
        elif row:
            taken += len(row)
            rows.append((number, row))
    told = (*_hidden_sheet(sheet), *_left_out(sheet.title, left_out))
    return SheetText(sheet.title, Grid(rows, name=sheet.title), told)


def _shown_text(cell: Any) -> str:  # noqa: ANN401
    value = cell.value
    if value is None:
        return ""
    number_format: str = cell.number_format
    if isinstance(value, str):
        value = unescape(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        return value if number_format in _AS_IT_IS else show_value(value, number_format)
    if number_format == "General":
        style = getattr(cell, "_style", None) or cell.style_array
        number_format = _JAPANESE_BUILTINS.get(style.numFmtId, number_format)
    return show_value(value, _LOCAL.get(number_format, number_format))


def _spans(sheet: Any) -> Mapping[tuple[int, int], tuple[int, int]]:  # noqa: ANN401
    return {
        (merged.min_row, merged.min_col): (
            merged.max_row - merged.min_row + 1,
            merged.max_col - merged.min_col + 1,
        )
        for merged in sheet.merged_cells.ranges
    }


def _hidden_sheet(sheet: Any) -> Iterator[str]:  # noqa: ANN401
    if sheet.sheet_state != "visible":
        yield f"the sheet {sheet.title} is hidden in Excel: it was read all the same"


def _hidden(sheet: Any, cells: Mapping[int, Mapping[int, str]]) -> Iterator[str]:  # noqa: ANN401
    yield from _hidden_sheet(sheet)
    rows = sum(1 for row, known in sheet.row_dimensions.items() if known.hidden and cells.get(row))
    if rows:
        yield f"{rows:,} rows of the sheet {sheet.title} are hidden in Excel: read all the same"
    spans = [
        (known.min or 0, known.max or 0)
        for known in sheet.column_dimensions.values()
        if known.hidden
    ]
    used = {column for row in cells.values() for column in row} if spans else set()
    columns = sum(1 for column in used if any(low <= column <= high for low, high in spans))
    if columns:
        yield f"{columns} columns of the sheet {sheet.title} are hidden in Excel: read all the same"


def _left_out(name: str, cells: int) -> Iterator[str]:
    if cells:
        yield f"the workbook is too large: {cells:,} cells of the sheet {name} were left out"
