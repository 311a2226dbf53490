"""Sittings by number and month: 第7回審議会, 令和4年第3回定例会, 9月議会."""

import re

from index.language.dates import kanji_number
from index.language.text import fold
from index.passage import Document, DocumentKind

_NUMBER = r"[0-9一二三四五六七八九十百〇]{1,4}"
NUMBERED = re.compile(rf"第({_NUMBER})回")
"""The number of a sitting, folded."""
_HELD_IN = re.compile(r"(\d{1,2})月")


def number_of(folded: str) -> int | None:
    """Return the number of a sitting named as 第7回 or 第七回; ``None`` without."""
    match = NUMBERED.search(folded)
    return kanji_number(match[1]) if match else None


def session_passes(document: Document, session: str) -> bool:
    """Tell whether minutes are of a session: ``第7回`` (a number) or ``9月`` (held in that month).

    So is a report that lists the results of one.

    The number stands in the title or the session as printed, else in the name of the file. Any
    other words must stand in one of these as they are.
    """
    if document.kind is not DocumentKind.MINUTES and document.sitting is None:
        return False
    wanted = fold(session)
    held = _HELD_IN.fullmatch(wanted)
    if held:
        return document.date is not None and document.date.month == int(held[1])
    printed = document.sitting.session if document.sitting else None
    named = f"{fold(document.title)} {fold(printed or '')}"
    number = number_of(wanted)
    if number is None:
        return wanted in named
    numbers = _numbers(named) or _numbers(fold(document.document.rpartition("/")[2]))
    return number in numbers


def _numbers(folded: str) -> set[int | None]:
    return {kanji_number(number) for number in NUMBERED.findall(folded)}
