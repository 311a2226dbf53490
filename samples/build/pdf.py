"""Lays a manuscript out on A4 pages as councils do: hard-wrapped lines, running head, page number.

The fonts are IPAexMincho and IPAexGothic (Debian ``fonts-ipaexfont``). The IPA Font License v1.0
allows a document with embedded glyphs to be passed on freely; the fonts themselves are not in
this project.
"""

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.build.manuscript import BlockKind, Manuscript, wrap

FONTS = {
    "mincho": Path("/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf"),
    "gothic": Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf"),
}
_LEFT = 62.0
_TOP = 770.0
_HEAD = 805.0
_FOOT = 34.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line: its pieces, each with its distance from the left in points."""

    pieces: tuple[tuple[float, str], ...]
    scale: float = 1.0


def write_pdf(manuscript: Manuscript, target: Path) -> None:
    """Write the manuscript to ``target``; the same manuscript always gives the same bytes."""
    font = manuscript.layout.get("font", "mincho")
    pdfmetrics.registerFont(TTFont(font, str(FONTS[font])))
    canvas = Canvas(str(target), pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(manuscript.layout.get("title", target.stem))
    pages = _pages(manuscript)
    for number, page in enumerate(pages, 1):
        _draw(canvas, manuscript, page, (number, len(pages)))
        canvas.showPage()
    canvas.save()


def _size(manuscript: Manuscript) -> float:
    size: float = (A4[0] - 2 * _LEFT) / (manuscript.width / 2)
    return size


def _pages(manuscript: Manuscript) -> list[list[_Row]]:
    length = int(manuscript.layout.get("lines", "36"))
    pages: list[list[_Row]] = [[]]
    for row in _rows(manuscript):
        if row is None or len(pages[-1]) == length:
            pages.append([])
        if row is not None and (row.pieces or pages[-1]):
            pages[-1].append(row)
    return pages


def _rows(manuscript: Manuscript) -> list[_Row | None]:
    """Every printed line, in order; ``None`` is a new page."""
    size = _size(manuscript)
    hang = size * int(manuscript.layout.get("hang", "0"))
    rows: list[_Row | None] = []
    for block in manuscript.blocks:
        match block.kind:
            case BlockKind.PAGE:
                rows.append(None)
            case BlockKind.BLANK:
                rows.append(_Row(()))
            case BlockKind.ROW:
                rows.append(_Row(_cells(manuscript, block.cells), 0.9))
            case BlockKind.TITLE:
                rows.append(_Row(((-1.0, block.text),), 1.3))
            case BlockKind.HEADING | BlockKind.SUBHEADING:
                rows.append(_Row(((0.0, block.text),), 1.08))
            case BlockKind.PARAGRAPH:
                indent = int(hang * 2 / size)
                lines = wrap(block.text, manuscript.width - indent, by_words=manuscript.by_words)
                rows.extend(
                    _Row(((0.0 if not at else hang, line),)) for at, line in enumerate(lines)
                )
    return rows


def _cells(manuscript: Manuscript, cells: tuple[str, ...]) -> tuple[tuple[float, str], ...]:
    shares = [float(share) for share in manuscript.layout["table"].split()]
    room = A4[0] - 2 * _LEFT
    starts = [room * sum(shares[:at]) / sum(shares) for at in range(len(shares))]
    return tuple((start, cell) for start, cell in zip(starts, cells, strict=False) if cell)


def _draw(canvas: Canvas, manuscript: Manuscript, page: list[_Row], place: tuple[int, int]) -> None:
    font, size = manuscript.layout.get("font", "mincho"), _size(manuscript)
    number, total = place
    canvas.setFont(font, 8.5)
    if head := manuscript.layout.get("head"):
        canvas.drawRightString(A4[0] - _LEFT, _HEAD, head)
    leading = (_TOP - 60) / int(manuscript.layout.get("lines", "36"))
    for at, row in enumerate(page):
        canvas.setFont(font, size * row.scale)
        _draw_row(canvas, row, _TOP - at * leading)
    canvas.setFont(font, 9)
    foot = manuscript.layout.get("foot", "- {n} -").format(n=number, total=total)
    canvas.drawCentredString(A4[0] / 2, _FOOT, foot)


def _draw_row(canvas: Canvas, row: _Row, y: float) -> None:
    """Draw one line; the cells of a table's row in one text object, as word processors do."""
    if row.pieces and row.pieces[0][0] < 0:
        canvas.drawCentredString(A4[0] / 2, y, row.pieces[0][1])
        return
    text = canvas.beginText(_LEFT, y)
    reached = 0.0
    for left, piece in row.pieces:
        text.moveCursor(left - reached, 0)
        text.textOut(piece)
        reached = left
    canvas.drawText(text)
