"""The cells of a page's tables, from where PDFium's characters stand.

pypdf tells the place of a piece of text only where a new object begins: of a row that is one object
it gives blanks where the cells part, and now and then the first character of a cell with the one
before. PDFium knows each character's place. The characters stay those of pypdf.
"""

from collections.abc import Sequence

from ingest.repair.plain_tables import is_figure

_LEAST = 3


def with_cells(lines: Sequence[str], placed: Sequence[str]) -> list[str]:
    """Return the lines, the rows of tables with their cells parted by tabs as in ``placed``.

    ``placed`` are the same page's lines by the places of its characters. A row has three cells or
    more, a figure among them; the line above a row of as many is its head.
    """
    known = {_squeezed(line): line for line in placed if line.count("\t") >= _LEAST - 1}
    found = [known.get(_squeezed(line)) for line in lines]
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


def _squeezed(line: str) -> str:
    return "".join(line.split())
