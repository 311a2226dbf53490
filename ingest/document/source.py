"""What a reader returns: a file's text line by line, with the place of each line.

A reader (one per format) only extracts the text and repairs what the format broke. The parsers
interpret it.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.place import Locator


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: wrapped lines are joined, running heads and page numbers are gone.

    ``page``/``last_page`` count from 1 (``None`` where the format has no pages); they differ where
    a sentence was cut by a page break and joined. ``level`` is 1, 2, … for a heading that the
    format itself marks (a Word heading style, Markdown ``#``). ``cells`` holds the cells of a table
    row (``text`` is then the cells joined by a tab); ``header`` marks a row of column heads.
    ``locator`` is its place in a format without pages. ``by_machine``: read by OCR.
    """

    text: str
    page: int | None = None
    last_page: int | None = None
    level: int | None = None
    cells: tuple[str, ...] = ()
    header: bool = False
    locator: Locator | None = None
    by_machine: bool = False


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The characters of a page and their boxes, for marking the words of a passage on it.

    ``text`` is all of the page without white space; ``boxes`` has one ``(left, top, right,
    bottom)`` for each character of it, in shares of the page as :class:`index.place.Box` has them
    (characters of one word read by OCR may share a box).
    """

    page: int
    text: str
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. ``pages`` is the number of pages, ``None`` where the format has none.

    ``title`` comes from the file's metadata, if that is useful. ``glyphs`` exist for pages whose
    characters have known places. ``labels`` are the page labels that
    a viewer shows (one per page), empty if they only count from 1. ``running`` are the running
    heads and page numbers that are not among the lines. ``promulgated`` is the day of a law, where
    the format itself tells it.
    """

    lines: tuple[Line, ...]
    pages: int | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()
    glyphs: tuple[PageGlyphs, ...] = ()
    labels: tuple[str, ...] = ()
    running: tuple[Line, ...] = ()
    promulgated: dt.date | None = None


class Reader(Protocol):
    """One file format. Found by content first (``recognises``), suffix second."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the first 8 kB (``head``) look like this format."""
        ...

    def read(self, path: Path) -> Source:
        """Read the file. Raises :class:`index.errors.ReadingError` with what to do."""
        ...
