"""The cells of a page's tables, by the positions of PDFium's characters.

pypdf gives the position of a piece of text only where a new object begins: in a row that is one
object, cells are separated by blanks, and the first character of a cell is sometimes with the one
before. PDFium knows each character's position. The characters stay those of pypdf.
"""

from collections.abc import Sequence

from ingest.repair.plain_tables import is_figure

_LEAST = 3


def with_cells(lines: Sequence[str], placed: Sequence[str]) -> list[str]:
    """Return the lines, with tabs between the cells of table rows as in ``placed``.

    ``placed`` are the same page's lines by the positions of its characters. A row has at least
    three cells, one of them a figure; a line of as many cells above it is its head.
    """
    known = {_without_blanks(line): line for line in placed if line.count("\t") >= _LEAST - 1}
    found = [known.get(_without_blanks(line)) for line in lines]
    rows = [row is not None and _has_figure(row) for row in found]
    parted = list(lines)
    for number, row in enumerate(found):
        below = found[number + 1] if rows[number + 1 : number + 2] == [True] else None
        heads = row is not None and below is not None and row.count("\t") == below.count("\t")
        if row is not None and (rows[number] or heads):
            parted[number] = row
    return parted


def _has_figure(row: str) -> bool:
    return any(is_figure(cell) for cell in row.split("\t")[1:])


def _without_blanks(line: str) -> str:
    return "".join(line.split())
