"""Undoing what a page layout does to text: blanks, wrapped lines, running heads, page numbers.

Pure functions from lines to lines. No character of the source is changed; blanks between CJK
characters go, lines are joined, and the rows of tables get their cells.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document.source import Line
from ingest.repair.line_joining import join_wrapped
from ingest.repair.plain_tables import mark_rows
from ingest.repair.running_heads import drop_running_heads
from ingest.repair.spacing import drop_blanks


def repair(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return logical lines from the lines of a page or text file (blank lines included)."""
    return tuple(_tidy(join_wrapped(mark_rows(drop_running_heads(drop_blanks(lines))))))


def repair_paragraphs(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a format that marks paragraphs: nothing is joined or dropped."""
    return tuple(_tidy(drop_blanks(lines)))


def _tidy(lines: Sequence[Line]) -> list[Line]:
    # a leading U+3000 is an indent that the structure parsers may read
    tidied = (replace(line, text=_plain(line)) for line in lines)
    return [line for line in tidied if line.text.strip()]


def _plain(line: Line) -> str:
    text = line.text.strip(" \t\r\n\u00a0")
    # outside a table a gap is a gap
    return text if line.cells else text.replace("\t", "\u3000")
