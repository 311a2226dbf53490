"""The day of a document: from its 日時 line, its head, its title or its file name."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from index.language.dates import find_dates, kanji_number
from ingest.document.characters import NUMERALS

_COMPACT = re.compile(
    r"(?:(?<![0-9A-Za-z])(?P<era>[RHS]\d{1,2})|(?<!\d)(?P<year>(?:19|20)\d{2}))"
    r"(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?:(?<![A-Za-z])(?:v|ver|version|rev|revision)|第)[._ -]?[0-9]+(?:[._-][0-9]+)+版?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![{NUMERALS}])([{NUMERALS}]{{1,2}})[ 　]*月[ 　]*([{NUMERALS}]{{1,3}})[ 　]*日"
)
_BEFORE_FIRST = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA_DAY = re.compile(
    rf"(?P<era>{'|'.join(_BEFORE_FIRST)})[ 　]*(?P<year>[{NUMERALS}元]+)[ 　]*年"
    rf"[ 　]*(?P<month>[{NUMERALS}]+)[ 　]*月[ 　]*(?P<day>[{NUMERALS}]+)[ 　]*日"
)
_WEEKDAY = re.compile(
    r"[ \u3000]*(?:[（(〔\[][ \u3000]*[日月火水木金土](?:曜日?)?(?:[・、][祝休]日?)?"
    r"[ \u3000]*[)）〕\]]"
    r"|[日月火水木金土]曜日?)"
)
_ENGLISH_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+$", re.IGNORECASE)


def first_day(texts: Iterable[str]) -> dt.date | None:
    """Return the first date in ``texts`` that names a day."""
    found = (date for text in texts for date in find_dates(text))
    return next((date.start for date in found if date.start == date.end), None)


def printed_day(texts: Sequence[str]) -> str | None:
    """Return the first date that names a day as printed, with its weekday.

    ``令和４年１２月２０日（火）``; ``None`` if there is none.
    """
    for text in texts:
        for date in find_dates(text):
            if date.start == date.end:
                return with_weekday(text, date.span)
    for text in texts:
        match = _MONTH_DAY.search(text)
        if match:
            return with_weekday(text, match.span())
    return None


def with_weekday(text: str, span: tuple[int, int]) -> str:
    """Return the date at ``span`` as printed, with its weekday."""
    after = _WEEKDAY.match(text, span[1])
    before = _ENGLISH_WEEKDAY.search(text[: span[0]])
    return text[before.start() if before else span[0] : after.end() if after else span[1]].strip()


def day_with_year_elsewhere(texts: Sequence[str]) -> dt.date | None:
    """Return the day of ``二月二十六日`` with a year found elsewhere (in the title)."""
    year = next((date.start.year for text in texts for date in find_dates(text)), None)
    if year is None:
        return None
    for match in (match for text in texts for match in _MONTH_DAY.finditer(text)):
        month, day = (kanji_number(part) or 0 for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


def day_outside_era(text: str) -> tuple[dt.date, str] | None:
    """Return the day of a line that is past the end of its era, and how it is printed.

    平成31年6月10日 is on forms that were prepared before; the year meant is plain.
    """
    for match in _ERA_DAY.finditer(text):
        year, month, day = (kanji_number(match[part]) or 0 for part in ("year", "month", "day"))
        try:
            meant = dt.date(_BEFORE_FIRST[match["era"]] + year, month, day)
        except ValueError:
            continue
        return meant, with_weekday(text, match.span())
    return None


def day_in_file_name(document: str) -> dt.date | None:
    """Return the day in a file's path: ``R41220_…``, ``20221220``, ``令和4年12月20日``."""
    document = _VERSION.sub(" ", document)
    spelled = first_day([document])
    if spelled:
        return spelled
    compact = _COMPACT.search(document)
    if compact is None:
        return None
    year = (compact["era"] or compact["year"]).upper()
    return first_day([f"{year}.{int(compact['month'])}.{int(compact['day'])}"])
