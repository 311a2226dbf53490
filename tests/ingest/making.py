"""Files made by hand for the tests of reading: PDFs laid out as councils do, Word files."""

from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONT = Path("/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf")
SIZE = 11
WIDTH = 38
"""Characters of a full line."""


def font():
    """Return the name of a Japanese font, or skip the test where there is none."""
    if not _FONT.exists():
        pytest.skip(f"no Japanese font at {_FONT}")
    if "mincho" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("mincho", str(_FONT)))
    return "mincho"


def canvas(path, **settings):
    """Return a canvas on which Japanese can be drawn."""
    drawn = Canvas(str(path), pagesize=A4, **settings)
    drawn.setFont(font(), SIZE)
    return drawn


def wrapped(paragraphs, columns=WIDTH):
    """Return the lines of paragraphs cut at ``columns`` characters, as a page does."""
    return [
        paragraph[start : start + columns]
        for paragraph in paragraphs
        for start in range(0, len(paragraph), columns)
    ]


def write_pdf(path, pages, head=None, foot=None, **settings):
    """Write pages (lists of lines); ``head`` and ``foot`` may hold ``{page}`` and ``{pages}``."""
    drawn = canvas(path, **settings)
    for number, lines in enumerate(pages, start=1):
        drawn.setFont(font(), SIZE)
        where = {"page": number, "pages": len(pages)}
        if head is not None:
            drawn.drawString(60, 810, head.format(**where))
        for row, line in enumerate(lines):
            drawn.drawString(60, 770 - 18 * row, line)
        if foot is not None:
            drawn.drawString(280, 30, foot.format(**where))
        drawn.showPage()
    drawn.save()
    return path


def write_minutes(path, text, lines_a_page=20, **layout):
    """Write paragraphs as a hard-wrapped PDF."""
    lines = wrapped(text)
    pages = [lines[start : start + lines_a_page] for start in range(0, len(lines), lines_a_page)]
    return write_pdf(path, pages, **layout)


def write_word(path, build):
    """Write a Word file whose body ``build`` fills."""
    document = docx.Document()
    build(document)
    document.save(str(path))
    return path
