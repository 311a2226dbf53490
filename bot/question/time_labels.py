"""A stretch of days in words: 令和4年度, 令和4年12月, 2022年, December 2022, fiscal 2022."""

import datetime as dt

from index.language.dates import to_wareki
from index.language.times import NamedTime

_DECEMBER = 12


def time_words(start: dt.date, end: dt.date, language: str) -> str:
    """Return the shortest name of the days from ``start`` to ``end``, both included."""
    return _english(start, end) if language == "en" else _japanese(start, end)


def _english(start: dt.date, end: dt.date) -> str:
    if start == end:
        return f"{start:%B} {start.day}, {start.year}"
    if NamedTime(start, end, (0, 0)).is_fiscal_year:
        return f"fiscal {start.year}"
    if _is_month(start, end):
        return f"{start:%B} {start.year}"
    return str(start.year) if _is_year(start, end) else f"{start} to {end}"


def _japanese(start: dt.date, end: dt.date) -> str:
    wareki = to_wareki(start)
    year, _, rest = wareki.partition("年")
    if start == end:
        return wareki
    if NamedTime(start, end, (0, 0)).is_fiscal_year:
        return f"{year}年度"
    if _is_month(start, end):
        return f"{year}年{rest.partition('月')[0]}月"
    if _is_year(start, end):  # the year in which an era ends has two names: the later one
        return f"{to_wareki(end).partition('年')[0]}年"
    return f"{wareki}〜{to_wareki(end)}"


def _is_month(start: dt.date, end: dt.date) -> bool:
    return (start.year, start.month) == (end.year, end.month)


def _is_year(start: dt.date, end: dt.date) -> bool:
    whole = (start.month, start.day, end.month) == (1, 1, _DECEMBER)
    return start.year == end.year and whole
