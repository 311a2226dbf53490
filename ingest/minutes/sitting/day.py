"""The day of a sitting: not that of printing, calling or publishing, where a head names several.

The first day of the 日時 line, the head or the title counts. Days of the whole session (開会, 閉会)
and days of what is done with the paper come after it; so does a day that its own weekday or the
year of the title contradicts.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from index.language.dates import FoundDate, find_dates
from ingest.document.dating import (
    day_in_file_name,
    day_outside_era,
    day_with_year_elsewhere,
    printed_day,
    with_weekday,
)

_PAPER = re.compile(
    r"(?:印刷|印字|作成|公開|公表|掲載|更新|発行|出力|複写|謄写|告示|通知|送付|公布|配布|確定|承認|提出"
    r"|次回|前回|printed|published|posted|approved|updated|created)[^。、0-9０-９]{0,8}$",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:招[ \u3000]*集|開[ \u3000]*会|閉[ \u3000]*会|会[ \u3000]*期|^[ \u3000]*[自至])"
    r"[^。、0-9０-９]{0,6}$"
)
_BEHIND = r"[ \u3000]*(?:[（(][^（）()]{1,6}[）)])?[ \u3000]*"
_PAPER_BEHIND = re.compile(_BEHIND + "(?:印刷|作成|公開|掲載|更新|発行|告示|公布|提出)")
_SESSION_BEHIND = re.compile(_BEHIND + "(?:招集|[開閉]会)")
_HOUR = re.compile("午[前後]|[0-9０-９][ \u3000]*[時:：]|開議")
_WEEKDAY = re.compile(r"[日月火水木金土]|Mon|Tue|Wed|Thu|Fri|Sat|Sun", re.IGNORECASE)
_JAPANESE = "月火水木金土日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STARTS = re.compile(r"曜|[（(][ \u3000]*[日月火水木金土][ \u3000]*[)）]|day\b", re.IGNORECASE)
_LONGEST_HEADING = 60
_WESTERN = re.compile(r"[（(]((?:19|20)[0-9]{2})年?[)）]")
_BESIDE = 8
_FEBRUARY_29 = (2, 29)


@dataclass(frozen=True, slots=True)
class SittingDay:
    """The day, as printed, and what speaks against it (``warnings``)."""

    date: dt.date | None
    printed: str | None
    warnings: tuple[str, ...] = ()


class _Of(Enum):
    """What a day is of, as told by the words beside it."""

    SITTING = 0
    SESSION = 1
    PAPER = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """A day that the head names.

    ``against`` counts what contradicts it; ``weekday`` is the printed one, counted from Monday.
    ``western`` is the year that stands beside in brackets: 令和6年（2024年）.
    ``is_heading``: it begins its line and has its weekday or hour, as the day of a sitting does.
    """

    date: dt.date
    printed: str
    of: _Of
    against: int
    weekday: int | None
    is_heading: bool
    western: int | None = None

    def rank(self, *, certain: bool) -> int:
        """Return how late it is taken; ``certain`` if another is surely the sitting's."""
        return 0 if self.of is _Of.SESSION and not certain else self.of.value

    @property
    def on_another_weekday(self) -> bool:
        return self.weekday is not None and self.date.weekday() != self.weekday


def sitting_day(dated: Sequence[str], head: Sequence[str], title: str, document: str) -> SittingDay:
    """Return the day of the sitting.

    ``dated`` are the values of 日時 lines, ``head`` the first lines, ``document`` the file's path.
    """
    texts = (*dated, *head, title)
    years = [(found.start, found.end) for found in find_dates(title)]
    named = [day for text in texts for day in _days_in(text, years)]
    if not named:
        outside = next((found for text in texts if (found := day_outside_era(text))), None)
        if outside is not None:
            return SittingDay(*outside, (_outside(*outside),))
        day = day_with_year_elsewhere((title, *head)) or day_in_file_name(document)
        return SittingDay(day, printed_day(texts))
    certain = any(day.is_heading for day in named)
    first = min(named, key=lambda day: day.rank(certain=certain))
    best = min(named, key=lambda day: (day.rank(certain=certain), day.against))
    if best.western not in {None, best.date.year}:
        return _by_most(best, [start.year for start, _ in years], document)
    if not best.on_another_weekday:
        odd = first.on_another_weekday or best.date != first.date
        return SittingDay(best.date, best.printed, (_chosen(best, first),) if odd else ())
    agreeing = _of_another_year(best, [start.year for start, _ in years], document)
    if agreeing:
        return SittingDay(agreeing, best.printed, (_corrected(best, agreeing),))
    return SittingDay(best.date, best.printed, (_doubtful(best),))


def begins_sitting(text: str) -> bool:
    """Say whether a line is the day on which a further sitting began, in the minutes of several."""
    return _first_day_of(text) is not None


def further_days(texts: Sequence[str], first: dt.date | None) -> list[dt.date]:
    """Return the days after the first on which sittings of a file's minutes began, each once."""
    found = (_first_day_of(text) for text in texts)
    return [day for day in dict.fromkeys(found) if day is not None and first and day > first]


def _first_day_of(text: str) -> dt.date | None:
    if len(text) > _LONGEST_HEADING or "。" in text or not _STARTS.search(text):
        return None
    return next((day.date for day in _days_in(text.strip(), ()) if day.is_heading), None)


def _days_in(text: str, years: Sequence[tuple[dt.date, dt.date]]) -> Iterator[_Named]:
    # 令和6年（2024年）6月10日（月）: the brackets part what belongs together
    plain = _WESTERN.sub(lambda match: " " * len(match[0]), text)
    for found in find_dates(plain):
        if found.start != found.end:
            continue
        printed = with_weekday(plain, found.span)
        weekday = _weekday_beside(plain, found, printed)
        against = int(weekday is not None and found.start.weekday() != weekday)
        against += bool(years) and not any(first <= found.start <= last for first, last in years)
        of = _of(plain, found.span)
        timed = weekday is not None or _HOUR.search(plain, found.span[1]) is not None
        heads = of is _Of.SITTING and timed and not text[: found.span[0]].strip()
        beside = _WESTERN.search(text[found.span[0] : found.span[1] + _BESIDE])
        western = int(beside[1]) if beside else None
        printed = text[found.span[0] : found.span[0] + len(printed)]
        yield _Named(found.start, printed, of, against, weekday, heads, western)


def _of(text: str, span: tuple[int, int]) -> _Of:
    before = text[: span[0]]
    if _PAPER.search(before) or _PAPER_BEHIND.match(text, span[1]):
        return _Of.PAPER
    session = _SESSION.search(before) or _SESSION_BEHIND.match(text, span[1])
    return _Of.SESSION if session else _Of.SITTING


def _weekday_beside(text: str, found: FoundDate, printed: str) -> int | None:
    """Return the weekday that is printed with a day, 0 for Monday."""
    rest = printed.replace(text[slice(*found.span)], "")
    sign = _WEEKDAY.search(rest)
    if sign is None:
        return None
    word = sign[0].lower()
    return _ENGLISH.index(word) if word in _ENGLISH else _JAPANESE.index(word)


def _of_another_year(day: _Named, years: Sequence[int], document: str) -> dt.date | None:
    """Return the day of the title's or the file name's year whose weekday is the printed one."""
    named = day_in_file_name(document)
    for year in (*years, *((named.year,) if named else ())):
        if (day.date.month, day.date.day) == _FEBRUARY_29:
            continue
        other = day.date.replace(year=year)
        if other.weekday() == day.weekday:
            return other
    return None


def _by_most(day: _Named, years: Sequence[int], document: str) -> SittingDay:
    """Return the day in the year of its era or in the one in brackets: what more agrees with."""
    if (day.date.month, day.date.day) == _FEBRUARY_29 or day.western is None:
        return SittingDay(day.date, day.printed, (_doubtful_year(day, day.date),))
    named = day_in_file_name(document)
    told = [*years, *((named.year,) if named else ())]
    other = day.date.replace(year=day.western)

    def agreeing(each: dt.date) -> int:
        return told.count(each.year) + (each.weekday() == day.weekday)

    taken = other if agreeing(other) > agreeing(day.date) else day.date
    return SittingDay(taken, day.printed, (_doubtful_year(day, taken),))


def _doubtful_year(day: _Named, taken: dt.date) -> str:
    return f"the head says {day.printed} and {day.western}: {taken} is taken, check the year"


def _outside(date: dt.date, printed: str) -> str:
    return f"{printed} is after the end of that era: {date} is taken"


def _chosen(best: _Named, first: _Named) -> str:
    if best.date == first.date:
        return _doubtful(first)
    return (
        f"the head names {first.printed} and {best.printed}: {best.date} is taken, as weekday"
        " and title agree with it"
    )


def _corrected(day: _Named, taken: dt.date) -> str:
    return (
        f"{day.printed} was another weekday: {taken} is taken, as weekday and title agree with it"
    )


def _doubtful(day: _Named) -> str:
    return f"{day.printed} was another weekday: check the date"
