"""Where words stand in their file: boxes on a page; sheet and rows, slide or anchor elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on page ``page`` (from 1) around words.

    The edges are shares of the page's width and height as a viewer shows it (turned by /Rotate),
    0 at the top left, 1 at the bottom right, so that they fit a picture of any size.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where words stand in a format without pages; what a format does not have is ``None``.

    ``sheet`` is its name, ``row`` and ``last_row`` count from 1 as the program shows them;
    ``slide`` counts from 1; ``anchor`` is the nearest ``id`` or ``name`` before the words;
    ``chapter`` is the part of an e-book, or whatever names a stretch of a format without sheets.
    """

    sheet: str | None = None
    row: int | None = None
    last_row: int | None = None
    slide: int | None = None
    anchor: str | None = None
    chapter: str | None = None


def spanning(locators: Iterable[Locator | None]) -> Locator | None:
    """Return the locator of words that begin at the first of ``locators`` and end at the last.

    Rows are taken together only inside one sheet.
    """
    known = [locator for locator in locators if locator is not None]
    if not known:
        return None
    first = known[0]
    rows = [
        row
        for locator in known
        if locator.sheet == first.sheet
        for row in (locator.row, locator.last_row)
        if row is not None
    ]
    return Locator(
        sheet=first.sheet,
        row=min(rows, default=None),
        last_row=max(rows, default=None),
        slide=first.slide,
        anchor=first.anchor,
        chapter=first.chapter,
    )
