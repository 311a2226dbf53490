"""What a reader hands on: a file's text line by line, with where each line stands.

A reader (one per format) only gets the text out and repairs what the format broke; it does not
understand councils. The structure parsers take it from here.
"""

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
    ``locator`` says where it stands in a format without pages. ``by_machine``: read by OCR.
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
    """The characters of a page and where each stands, for marking the words of a passage on it.

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

    ``title`` is what the file's own metadata says, if it says anything useful. ``glyphs`` are there
    for pages where the places of the characters are known. ``labels`` are the page labels that a
    viewer shows (one a page), empty where they only count from 1.
    """

    lines: tuple[Line, ...]
    pages: int | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()
    glyphs: tuple[PageGlyphs, ...] = ()
    labels: tuple[str, ...] = ()


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
