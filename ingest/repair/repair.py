"""Undoing what a page layout does to text: blanks, wrapped lines, running heads, page numbers.

Pure functions from lines to lines. No character of the source is changed; blanks between CJK
characters go, lines are joined, and the rows of tables get their cells.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from ingest.document.source import Line
from ingest.repair.line_joining import join_wrapped
from ingest.repair.plain_tables import mark_rows
from ingest.repair.running_heads import find_running_heads
from ingest.repair.spacing import drop_blanks


@dataclass(frozen=True, slots=True)
class Repaired:
    """Logical lines, and the running heads and page numbers that are not among them."""

    lines: tuple[Line, ...]
    running: tuple[Line, ...]


def repair(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return logical lines from the lines of a page or text file (blank lines included)."""
    return repair_pages(lines).lines


def repair_pages(lines: Sequence[Line], inside: Container[int] = ()) -> Repaired:
    """Repair lines as :func:`repair` does, and tell what was dropped.

    ``inside`` are the places (among ``lines``) of those that are known to be no running heads,
    since they do not stand in the margin of their page.
    """
    spaced = drop_blanks(lines)
    running = find_running_heads(spaced, inside)
    kept = [line for place, line in enumerate(spaced) if place not in running]
    return Repaired(
        tuple(_tidy(join_wrapped(mark_rows(kept)))),
        tuple(spaced[place] for place in sorted(running)),
    )


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
