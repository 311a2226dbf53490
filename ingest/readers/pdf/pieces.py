"""PDFium's glyphs as pieces of text, like those of pypdf."""

from collections.abc import Iterator, Sequence

from ingest.readers.pdf.pdfium import Glyph, PdfiumPage
from ingest.readers.pdf.rows import Piece

_ONE_LINE = 0.35


def page_pieces(page: PdfiumPage) -> Iterator[Piece]:
    """Yield PDFium's glyphs as pieces of text, a new one where they do not continue a row."""
    run: list[Glyph] = []
    for glyph in page.glyphs:
        if run and not _continues(run[-1], glyph):
            yield _piece(run, page.height)
            run = []
        run.append(glyph)
    if run:
        yield _piece(run, page.height)


def _continues(one: Glyph, two: Glyph) -> bool:
    size = max(one.bottom - one.top, two.bottom - two.top)
    level = abs(one.bottom - two.bottom) <= _ONE_LINE * size
    typed = two.before.count("\u3000") * size
    near = -size / 2 <= two.left - one.right - typed <= size / 2
    return level and near and "\n" not in two.before and one.bottom - one.top >= size * 2 / 3


def _piece(run: Sequence[Glyph], height: float) -> Piece:
    text = run[0].before.strip("\n ") + run[0].text
    text += "".join(_blank(glyph.before) + glyph.text for glyph in run[1:])
    size = max(glyph.bottom - glyph.top for glyph in run)
    breaks = "\n" in run[0].before
    left = run[0].left - run[0].before.count("\u3000") * size
    return Piece(text, left, height - run[0].bottom, size, breaks, run[-1].right)


def _blank(before: str) -> str:
    return "\u3000" * before.count("\u3000") or (" " if before else "")
