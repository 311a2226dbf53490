"""Dates as Japanese councils write them: wareki, fiscal years, ISO, kanji numerals, English.

Rules: an era's years count from 1 (元年); 令和 begins on 2019-05-01, 平成 on 1989-01-08, 昭和 on
1926-12-25, 大正 on 1912-07-30, 明治 (by the Gregorian calendar) on 1873-01-01; a fiscal year (年度)
runs from 1 April to 31 March.
"""

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from index.errors import QuestionError

_ERAS: tuple[tuple[str, str, dt.date, dt.date], ...] = (
    ("令和", "R", dt.date(2019, 5, 1), dt.date(2118, 12, 31)),
    ("平成", "H", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    ("昭和", "S", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    ("大正", "T", dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    ("明治", "M", dt.date(1868, 1, 25), dt.date(1912, 7, 29)),
)
_SIGNS = {"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"}
_ERA_OF = {name: era for era in _ERAS for name in (era[0], era[1])}
_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {
    "○": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
    "元": 1,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_DECEMBER = 12
_FISCAL_START = 4

_N = r"[0-9０-９〇○零一二三四五六七八九十百廿壱弐参元]"
_GAP = r"[ \u3000]*"
_WAREKI = re.compile(
    rf"(?P<era>令{_GAP}和|平{_GAP}成|昭{_GAP}和|大{_GAP}正|明{_GAP}治|[㋿㍻㍼㍽㍾])"
    rf"{_GAP}(?P<year>{_N}{{1,4}}){_GAP}"
    rf"(?:年{_GAP}(?P<fiscal>度)?(?:{_GAP}(?P<month>{_N}{{1,3}}){_GAP}月"
    rf"(?:{_GAP}(?P<day>{_N}{{1,4}}){_GAP}日)?)?"
    rf"|(?P<sep>[./．／・-])(?P<month2>{_N}{{1,2}})[./．／・-](?P<day2>{_N}{{1,2}}))"
)
_INITIAL = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ0-9０-９])(?P<era>[RHSTMＲＨＳＴＭ])[.．]?(?P<year>[0-9０-９]{1,2}|元)"
    r"(?:(?P<fiscal>年度)|年?(?:[./．／-]|(?<=年))(?P<month>[0-9０-９]{1,2})"
    r"(?:[./．／-]|月)(?:(?P<day>[0-9０-９]{1,2})日?)?)(?![0-9０-９])"
)
_WESTERN = re.compile(
    rf"(?<![0-9０-９])(?P<year>[12１２][0-9０-９]{{3}}|[一二][〇○零一二三四五六七八九]{{3}})(?:"
    rf"{_GAP}年{_GAP}(?P<fiscal>度)?(?:{_GAP}(?P<month>{_N}{{1,3}}){_GAP}月"
    rf"(?:{_GAP}(?P<day>{_N}{{1,4}}){_GAP}日)?)?"
    r"|[/／.．\-－‐‑–−](?P<month2>[0-9０-９]{1,2})[/／.．\-－‐‑–−](?P<day2>[0-9０-９]{1,2})(?![0-9０-９]))"
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ENGLISH = re.compile(
    rf"\b(?:(?P<day0>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?)?"
    rf"(?P<month>{_MONTH_NAME})[.,]?\s+"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day, month, year or fiscal year named in a text.

    ``start`` and ``end`` are its first and last day; ``span`` is where it stands in the text,
    as (first character, character after the last).
    """

    start: dt.date
    end: dt.date
    span: tuple[int, int]


def kanji_number(text: str) -> int | None:
    """Read a whole number in kanji or digits (百八, 二〇二二, 廿, 12億3千万, 元).

    ``None`` where the text is no number.
    """
    text = unicodedata.normalize("NFKC", text).replace("廿", "二十").replace(",", "")
    if not text:
        return None
    total = section = 0
    run = ""
    for sign in text:
        if sign in _DIGITS or sign.isdecimal():
            run += str(_DIGITS.get(sign, sign))
        elif sign in _TENS:
            section += (int(run) if run else 1) * _TENS[sign]
            run = ""
        elif sign in _MYRIADS:
            total += (section + int(run or "0") or 1) * _MYRIADS[sign]
            section, run = 0, ""
        else:
            return None
    return total + section + int(run or "0")


def find_dates(text: str) -> list[FoundDate]:
    """Return every date in ``text`` that names at least a year, in order, without overlaps.

    A wareki date outside its era (平成31年5月1日, 昭和64年1月8日) is not a date. Where an era ends
    inside a year or fiscal year, the span is the calendar year or the whole fiscal year.
    """
    found: list[FoundDate] = []
    for pattern in (_WAREKI, _INITIAL, _WESTERN, _ENGLISH):
        for match in pattern.finditer(text):
            period = _period(match)
            if period and not any(_overlap(match.span(), other.span) for other in found):
                found.append(FoundDate(*period, match.span()))
    return sorted(found, key=lambda date: date.span)


def parse_date(text: str) -> dt.date:
    """Read one day given at the command line, ISO or wareki.

    Raises :class:`index.errors.QuestionError` where ``text`` is not exactly one day.
    """
    stripped = text.strip()
    found = find_dates(stripped)
    if len(found) == 1 and found[0].span == (0, len(stripped)) and found[0].start == found[0].end:
        return found[0].start
    message = f"{text!r} is not a date: write it as 2022-12-20 or 令和4年12月20日"
    raise QuestionError(message)


def to_wareki(date: dt.date) -> str:
    """Return ``date`` in wareki (``令和4年12月20日``); before 明治 the western year stands."""
    for name, _, first, last in _ERAS:
        if first <= date <= last:
            year = date.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年{date.month}月{date.day}日"
    return f"{date.year}年{date.month}月{date.day}日"


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _period(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    groups = match.groupdict()
    year = kanji_number(groups["year"])
    month_text = groups.get("month") or groups.get("month2")
    day_text = groups.get("day") or groups.get("day2") or groups.get("day0")
    month = _month(month_text)
    day = kanji_number(day_text) if day_text else None
    if year is None or (month_text and month is None) or (day_text and day is None):
        return None
    era = _era(groups.get("era"))
    if era:
        if year < 1:
            return None
        year += era[2].year - 1
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    period = _span_of(year, month, day, fiscal=bool(groups.get("fiscal")))
    if period is None or (era and (period[1] < era[2] or period[0] > era[3])):
        return None
    return period


def _month(text: str | None) -> int | None:
    if not text:
        return None
    return _MONTHS.get(text.lower().rstrip(".")) or kanji_number(text)


def _era(text: str | None) -> tuple[str, str, dt.date, dt.date] | None:
    if not text:
        return None
    text = _SIGNS.get(text, text)
    return _ERA_OF[unicodedata.normalize("NFKC", re.sub(r"\s", "", text))]


def _span_of(
    year: int, month: int | None, day: int | None, *, fiscal: bool
) -> tuple[dt.date, dt.date] | None:
    if month is None:
        if fiscal:
            return dt.date(year, _FISCAL_START, 1), dt.date(year + 1, _FISCAL_START - 1, 31)
        return dt.date(year, 1, 1), dt.date(year, _DECEMBER, 31)
    if fiscal and month < _FISCAL_START:
        year += 1
    if not 1 <= month <= _DECEMBER:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, last)
    if not 1 <= day <= last:
        return None
    return dt.date(year, month, day), dt.date(year, month, day)


def fiscal_year(day: dt.date) -> int:
    """Return the fiscal year (年度) in which a day lies: 2023-03-31 lies in 2022."""
    return day.year if day.month >= _FISCAL_START else day.year - 1
