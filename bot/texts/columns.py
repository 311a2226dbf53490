"""Rows of a table, whose cells a tab parts, in columns: for a font in which all letters are alike.

A kanji is as wide as two Latin letters there (Unicode's East Asian Width). Cells and their order
stay as they are; what holds figures only is set to the right, as in print.
"""

import re
import unicodedata
from collections.abc import Sequence

_GAP = "  "
_FIGURES = re.compile(r"[\d０-９,，.．△▲+＋\-−–―%％ ]*[^\W\d_]{0,2}")
_HAS_FIGURE = re.compile(r"\d")
_Row = tuple[str, ...]


def has_cells(text: str) -> bool:
    """Tell whether a text has a row of cells."""
    return "\t" in text


def aligned(texts: Sequence[str]) -> list[str]:
    """Return texts with the cells of all their rows in columns, and without a tab.

    Rows with as many cells stand in the same columns, also those of different texts.
    """
    lines = [text.split("\n") for text in texts]
    rows = [_cells(line) for each in lines for line in each if has_cells(line)]
    tables = {count: [row for row in rows if len(row) == count] for count in set(map(len, rows))}
    return ["\n".join(_set(line, tables) for line in each) for each in lines]


def in_a_line(text: str) -> str:
    """Return a text with a stroke between the cells of a row: where letters are of any width."""
    return "\n".join(
        " / ".join(cell for cell in _cells(line) if cell) if has_cells(line) else line
        for line in text.split("\n")
    )


def width(text: str) -> int:
    """Return how many Latin letters a text is wide."""
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    # what is of either width (①, →) is wide in a Japanese font
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _cells(line: str) -> _Row:
    return tuple(cell.strip() for cell in line.split("\t"))


def _set(line: str, tables: dict[int, list[_Row]]) -> str:
    if not has_cells(line):
        return line
    row = _cells(line)
    columns = list(zip(*tables[len(row)], strict=True))
    return _GAP.join(
        _cell(cell, column) for cell, column in zip(row, columns, strict=True)
    ).rstrip()


def _cell(cell: str, column: _Row) -> str:
    room = " " * (max(map(width, column)) - width(cell))
    return room + cell if _is_of_figures(column) else cell + room


def _is_of_figures(column: _Row) -> bool:
    """Tell whether a column holds figures, below a head or not."""
    figures = [bool(_FIGURES.fullmatch(cell)) and bool(_HAS_FIGURE.search(cell)) for cell in column]
    below = figures[1:] or figures
    return all(below)
