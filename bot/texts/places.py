"""Dates, years and places as a language writes them."""

import datetime as dt

from bot.texts.catalogue import Wording
from bot.texts.english import EN
from index.council.in_force import compared_side
from index.language.dates import to_wareki
from index.passage import Hit, Passage, PassageKind
from index.place import Locator

_LINE = 60
"""Characters of what a vote was on."""


def date_text(date: dt.date, words: Wording) -> str:
    """Write a date as the language does: ``令和5年11月15日``, ``2023-11-15``."""
    return date.isoformat() if words is EN else to_wareki(date)


def place_text(passage: Passage, words: Wording) -> str | None:
    """Return where in its file a passage stands, ``None`` where its format does not say.

    Page or pages, sheet and rows, slide, chapter; and that its words were read by OCR.
    """
    locator = passage.locator or Locator()
    if passage.page is not None:
        last = passage.last_page if passage.last_page is not None else passage.page
        pattern = words.page if last == passage.page else words.pages
        place = pattern.format(page=passage.page, last_page=last)
    elif locator.row is not None:
        last = locator.last_row if locator.last_row is not None else locator.row
        pattern = words.row if last == locator.row else words.rows
        rows = pattern.format(row=locator.row, last_row=last)
        place = f"{locator.sheet} {rows}" if locator.sheet else rows
    elif locator.slide is not None:
        place = words.slide.format(slide=locator.slide)
    else:
        place = locator.sheet or locator.chapter or ""
    return (words.by_machine.format(place=place) if passage.by_machine else place) or None


def goes_on(passage: Passage, words: Wording) -> str:
    """Return what stands above the passage with which a speech goes on, with its place."""
    place = place_text(passage, words)
    return f"{words.goes_on} / {place}" if place else words.goes_on


def years_text(first: int, last: int, words: Wording) -> str:
    """Write some years as the language does: ``令和3年〜令和6年``, ``2021–2024``."""
    start, end = (_year(year, words) for year in (first, last))
    return start if first == last else words.years.format(first=start, last=end)


def _year(year: int, words: Wording) -> str:
    last_day = dt.date(year, 12, 31)
    return str(year) if words is EN else to_wareki(last_day).partition("年")[0] + "年"


def what_it_is(hit: Hit) -> str | None:
    """Return which part of a document a hit is: an article, a vote's matter, 改正後 or 改正前."""
    document, passage = hit.document, hit.passage
    side = compared_side(document, passage)
    if side is None:
        return passage.article or vote_subject(passage)
    return " ".join(dict.fromkeys((side, passage.heading[-1])))


def vote_subject(passage: Passage) -> str | None:
    """Return what a vote was on, as a line beside its source; ``None`` for other passages.

    The words of a vote seldom say it.
    """
    if passage.kind is not PassageKind.VOTE or not passage.heading:
        return None
    subject = " ".join(passage.heading[-1].split())
    return subject if len(subject) <= _LINE else subject[: _LINE - 1] + "…"
