"""Rows of a table in plain text: successive lines of the same number of cells, with figures.

A PDF does not mark tables. Rows come out as lines whose cells are separated by tabs (where they
were placed apart) or by single blanks.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.document.characters import has_cjk
from ingest.document.source import Line

_FIGURE = re.compile(
    r"[△▲＋+\-−－(（¥￥$]*[0-9０-９][0-9０-９,，.．]*[)）]?"
    r"(?:[%％円人件台回日月年冊点箇所戸世帯校園棟千百万億]{0,4}|ha|km|㎡|m2|kg|t)|[-－―–—*＊…]|皆増|皆減"
)
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
_WIDE_GAP = re.compile(r"[ \u3000]{2,}")
_HEAD_CELL = 24
_LEAST_CELLS = 3
_MOST_CELLS = 20
_LEAST_ROWS = 2
_MOSTLY = 0.7


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with ``cells`` (and ``header``) set on the rows of tables."""
    marked = list(lines)
    start = 0
    while start < len(marked):
        rows = _run(marked, start)
        heads = _heads(rows)
        if heads is None:
            start += 1
            continue
        for offset, (cells, head) in enumerate(zip(rows, heads, strict=True)):
            line = marked[start + offset]
            marked[start + offset] = replace(
                line, text="\t".join(cells), cells=tuple(cells), header=head
            )
        start += len(rows)
    return marked


def is_figure(cell: str) -> bool:
    """Say whether a cell holds an amount rather than words."""
    return _FIGURE.fullmatch(cell.strip()) is not None


def _is_of_figures(column: Sequence[str]) -> bool:
    """Dashes count as figures among figures; a dash and a number do not make a column."""
    numbers = sum(re.search(r"\d|皆[増減]", cell) is not None for cell in column)
    return sum(map(is_figure, column)) >= _MOSTLY * len(column) and 2 * numbers > len(column)


def is_head_row_first(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first of the rows names the columns: short words above figures or words."""
    first, below = rows[0], rows[1:]
    words = all(cell and len(cell) <= _HEAD_CELL and not is_figure(cell) for cell in first[1:])
    figures = any(is_figure(cell) for row in below for cell in row[1:])
    return bool(below) and len(first) > 1 and words and (len(first) >= _LEAST_CELLS or figures)


def _cells(line: Line) -> list[str]:
    if line.cells or line.level is not None or not line.text.strip():
        return []
    text = line.text.strip()
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    return _parts(text) if has_cjk(text) else _words_and_figures(text)


def _parts(text: str) -> list[str]:
    """Return the cells of a row; a word set wide (町　　税) is one if cells stand farther apart."""
    words, gaps = text.split(), [len(gap) for gap in _GAP.findall(text)]
    if all(len(word) > 1 for word in words):
        return words
    pairs = list(zip(words, words[1:], gaps, strict=False))
    apart = min((gap for a, b, gap in pairs if len(a) > 1 or len(b) > 1), default=0)
    cells = words[:1]
    for before, word, gap in pairs:
        if len(before) == len(word) == 1 and gap < apart and (before + word).isalpha():
            cells[-1] += word
        else:
            cells.append(word)
    return cells


def _words_and_figures(text: str) -> list[str]:
    """Return the cells of a row in Latin letters, where blanks part words: the figures at its end.

    ``Parks and roads 4,390 4,310`` has three cells, a date with its time none.
    """
    words = text.split()
    figures = list(takewhile(is_figure, reversed(words)))
    if len(figures) < _LEAST_CELLS - 1:
        return []
    label = " ".join(words[: len(words) - len(figures)])
    return [label, *reversed(figures)] if label else words


def _run(lines: Sequence[Line], start: int) -> list[list[str]]:
    """Return the cells of the lines from ``start`` on that have as many as the first."""
    first = _cells(lines[start])
    if _may_be_row(first) and start + 1 < len(lines):
        words = lines[start].text.split()
        if len(_cells_below(lines[start + 1], lines[start], first)) == len(words) != len(first):
            # as many words as the rows have cells: a column has no head of its own
            first = words
    if not _may_be_row(first):
        return []
    rows = [first]
    for line in lines[start + 1 :]:
        cells = _cells_below(line, lines[start], first)
        if len(cells) != len(first):
            break
        rows.append(cells)
    return rows


def _may_be_row(cells: Sequence[str]) -> bool:
    few = _LEAST_CELLS <= len(cells) <= _MOST_CELLS
    return few and not any("。" in cell for cell in cells)


def _cells_below(line: Line, above: Line, first: Sequence[str]) -> list[str]:
    """Return the cells of a row below the ``first`` one, whose line is ``above``."""
    cells = _cells(line)
    spare = len(cells) - len(first)
    if spare <= 0 or "\t" in line.text:
        return cells
    apart, wide = (_WIDE_GAP.split(each.text.strip()) for each in (above, line))
    if len(apart) == len(wide) == len(first) and has_cjk(line.text):
        # a blank inside a cell: 9団体 2,412千円
        return [" ".join(cell.split()) for cell in wide]
    if is_figure(cells[spare + 1]) and not any(map(is_figure, cells[1:spare])):
        # a blank inside the name of the row, or no head above the names
        return [" ".join(cells[: spare + 1]), *cells[spare + 1 :]]
    return cells


def _heads(rows: Sequence[Sequence[str]]) -> list[bool] | None:
    """Return which rows are heads, ``None`` if the rows are no table."""
    if not rows:
        return None
    first_is_head = is_head_row_first(rows)
    body = [row for row in rows[first_is_head:] if not first_is_head or row != rows[0]]
    if len(body) < _LEAST_ROWS:
        return None
    columns = list(zip(*body, strict=True))
    if not any(map(_is_of_figures, columns[1:])):
        return None
    return [first_is_head and row == rows[0] for row in rows]
