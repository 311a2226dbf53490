"""The times that a question names, absolute or relative to today: 令和4年度, 昨年の9月, last month.

Relative words count from the day that is passed in: 昨年 is the calendar year before it, 昨年度 the
fiscal year (April to March) before the one in which it lies. 前年 and 前年度 are none of them: they
compare, and count from another year.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.dates import find_dates, fiscal_year, kanji_number

_YEARS = {
    **dict.fromkeys(("昨年", "去年", "last year"), -1),
    **dict.fromkeys(("一昨年", "おととし", "the year before last"), -2),
    **dict.fromkeys(("今年", "本年", "ことし", "this year"), 0),
    **dict.fromkeys(("来年", "next year"), 1),
}
_FISCAL_YEARS = {
    **dict.fromkeys(("昨年度", "去年度", "last fiscal year", "last financial year"), -1),
    "一昨年度": -2,
    **dict.fromkeys(("今年度", "本年度", "this fiscal year", "this financial year"), 0),
    **dict.fromkeys(("来年度", "next fiscal year", "next financial year"), 1),
}
_MONTHS = {
    **dict.fromkeys(("先月", "last month"), -1),
    "先々月": -2,
    **dict.fromkeys(("今月", "this month"), 0),
    **dict.fromkeys(("来月", "next month"), 1),
}
_DAYS = {
    **dict.fromkeys(("昨日", "きのう", "yesterday"), -1),
    **dict.fromkeys(("一昨日", "おととい"), -2),
}
_NAMES = sorted({*_YEARS, *_FISCAL_YEARS, *_MONTHS, *_DAYS}, key=len, reverse=True)
_RELATIVE = re.compile(
    rf"(?<![a-z一])(?P<word>{'|'.join(_NAMES)})(?![a-z])"
    r"(?:の?(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?P<day>[12]?\d|3[01])日)?)?"
)
_ENGLISH_YEAR = re.compile(
    r"\b(?:in|during|since|of|for|by|until|through|from|late|early|mid)[ -]"
    r"(?:(?P<fiscal>fiscal|financial|fy)(?: year)? )?(?P<year>(?:19|20)\d\d)(?![\d-])(?! [a-z]+s\b)"
)
"""A year behind a word of time; "in 2000 households" counts something."""
_DECEMBER = 12
_FISCAL_START = 4


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A stretch of days named in a question, both ends included.

    ``span`` is where it stands in the text. ``relative`` is set where it counts from today.
    """

    start: dt.date
    end: dt.date
    span: tuple[int, int]
    relative: bool = False

    @property
    def is_fiscal_year(self) -> bool:
        """Whether it is a whole fiscal year."""
        first = dt.date(self.start.year, _FISCAL_START, 1)
        return self.start == first and (self.end - self.start).days >= 364  # noqa: PLR2004 - a year


def find_times(folded: str, today: dt.date) -> list[NamedTime]:
    """Return the times that a folded text names, in order, without overlaps."""
    upper = folded.upper()
    dates = find_dates(upper if len(upper) == len(folded) else folded)
    found = [NamedTime(date.start, date.end, date.span) for date in dates]
    taken = [time.span for time in found]
    found += [
        time
        for time in (*_relative(folded, today), *_english_years(folded.lower()))
        if not any(start < time.span[1] and time.span[0] < end for start, end in taken)
    ]
    return sorted(found, key=lambda time: time.span)


def _english_years(text: str) -> Iterator[NamedTime]:
    for match in _ENGLISH_YEAR.finditer(text):
        year = int(match["year"])
        month = _FISCAL_START if match["fiscal"] else 1
        first, next_first = dt.date(year, month, 1), dt.date(year + 1, month, 1)
        yield NamedTime(first, next_first - dt.timedelta(days=1), match.span("year"))


def _relative(folded: str, today: dt.date) -> Iterator[NamedTime]:
    for match in _RELATIVE.finditer(folded):
        days = _days_of(match["word"], today)
        if match["month"] and days:
            days = _month_in(days, kanji_number(match["month"]) or 0)
        if match["day"] and days:
            days = _day_in(days, int(match["day"]))
        if days:
            yield NamedTime(*days, match.span(), relative=True)


def _days_of(word: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    if word in _DAYS:
        day = today + dt.timedelta(days=_DAYS[word])
        return day, day
    if word in _MONTHS:
        months = today.year * _DECEMBER + today.month - 1 + _MONTHS[word]
        return _month(months // _DECEMBER, months % _DECEMBER + 1)
    if word in _YEARS:
        year = today.year + _YEARS[word]
        return dt.date(year, 1, 1), dt.date(year, _DECEMBER, 31)
    year = fiscal_year(today) + _FISCAL_YEARS[word]
    return dt.date(year, _FISCAL_START, 1), dt.date(year + 1, _FISCAL_START - 1, 31)


def month_in(time: NamedTime, month: int) -> NamedTime:
    """Return the month of that number within a time (令和4年度の9月); the time itself if none."""
    days = _month_in((time.start, time.end), month)
    return time if days is None else NamedTime(*days, time.span, time.relative)


def _month_in(days: tuple[dt.date, dt.date], month: int) -> tuple[dt.date, dt.date] | None:
    for year in range(days[0].year, days[1].year + 1):
        first, last = _month(year, month)
        if days[0] <= first and last <= days[1]:
            return first, last
    return None


def _day_in(days: tuple[dt.date, dt.date], day: int) -> tuple[dt.date, dt.date]:
    if day > days[1].day:
        return days
    return days[0].replace(day=day), days[0].replace(day=day)


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
