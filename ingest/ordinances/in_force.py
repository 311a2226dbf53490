"""The day from which an ordinance's text applies, according to all its supplements.

A consolidated text holds what every amendment changed, so the latest one decides. Its supplement
says from when (この条例は、令和6年4月1日から施行する。ただし、第7条の改正規定は、…).
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.language.dates import find_dates
from index.record import PartInForce
from ingest.document.articles import BRANCHES, SUPPLEMENT, branch_suffix, number_of
from ingest.document.characters import NUMBER
from ingest.document.source import Line

COMES_INTO_FORCE = re.compile(r"(?P<words>[^。]*?)(?:から|に|より)[、]?(?:これを)?施行(?:する|し)")
_AFTER = re.compile(
    rf"の日から起算して(?P<count>{NUMBER})(?P<unit>日|月|年|箇月|か月|カ月)を経過した日"
)
_PUBLISHED = re.compile(r"(?:公布|告示|公表|公示|制定)の日(?P<next>の翌日)?")
_EXCEPT = re.compile(r"(?:ただし|但し)、?(?P<parts>[^。]*?)施行")
_PART = re.compile(
    r"(?P<what>[^。]*?)(?:は|については)、?(?P<day>[^。は]*?日(?:の翌日)?)(?:から|に)"
)
_LISTED = re.compile(
    r"(?P<what>\S[^。\n]*?規定)[ \u3000]+(?P<day>[^。\n]*?日)[ \u3000]*$", re.MULTILINE
)
_ADDRESS = re.compile(
    rf"第(?P<article>{NUMBER})条(?P<branch>{BRANCHES})(?:第(?P<paragraph>{NUMBER})項)?"
    rf"(?P<range>から)?|(?P<table>別表)(?:第(?P<number>{NUMBER}))?"
)
_MOST_RANGE = 200
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class _Supplement:
    """The text of a supplement; ``amending``: it came with a later ordinance."""

    text: str
    amending: bool
    promulgated: dt.date | None


def text_in_force(
    lines: Sequence[Line], promulgated: dt.date | None, amended: dt.date | None
) -> tuple[dt.date | None, tuple[PartInForce, ...]]:
    """Return the day from which the text applies, and the parts that apply from another day.

    ``None`` if the supplements do not say: that of the last amendment is missing, or names no day.
    A part that comes into force later and is not found in the text holds back all of it.
    """
    found = list(_supplements(lines, promulgated))
    told = [
        (day, supplement)
        for supplement in found
        if (match := COMES_INTO_FORCE.search(supplement.text))
        and (day := day_of_force(match["words"], supplement.promulgated))
    ]
    days = [s.promulgated for s in found if s.amending and s.promulgated]
    if not told or len(told) < len(found) or (amended and amended not in days):
        return None, ()
    whole, last = max(told, key=lambda one: one[0])
    parts: list[PartInForce] = []
    for _, supplement in told:
        for addresses, day in _exceptions(supplement):
            if not addresses:
                whole = max(whole, day)
            elif supplement is last or day > whole:
                parts += [PartInForce(address, day) for address in addresses]
    return whole, tuple(part for part in parts if part.day != whole)


def _supplements(lines: Sequence[Line], promulgated: dt.date | None) -> Iterator[_Supplement]:
    starts = [at for at, line in enumerate(lines) if SUPPLEMENT.match(line.text)]
    for start, end in pairwise([*starts, len(lines)]):
        words = "\n".join(line.text for line in lines[start + 1 : end])
        head = lines[start].text
        if not words.strip() and not COMES_INTO_FORCE.search(head):
            continue  # an entry of the table of contents
        days = [found.start for found in find_dates(head) if found.start == found.end]
        amending = start != starts[0] and bool(days)
        yield _Supplement(words, amending, days[0] if amending else promulgated)


def _exceptions(supplement: _Supplement) -> Iterator[tuple[tuple[str, ...], dt.date]]:
    """Yield the parts for which a supplement names a day of their own, and the day.

    「第2条の規定」 of an amending ordinance is an article of that one, not of this text.
    """
    told = [
        part for match in _EXCEPT.finditer(supplement.text) for part in _PART.finditer(match[0])
    ]
    for match in (*told, *_LISTED.finditer(supplement.text)):
        day = day_of_force(match["day"], supplement.promulgated)
        named = not supplement.amending or "改正規定" in match["what"]
        if day is not None:
            yield (tuple(_addresses(match["what"])) if named else ()), day


def _addresses(words: str) -> Iterator[str]:
    """Yield the addresses that words name, as passages carry them: 第7条, 第8条第2項, 別表第1."""
    first: int | None = None
    for match in _ADDRESS.finditer(words):
        if match["table"]:
            yield f"別表第{number_of(match['number'])}" if match["number"] else "別表"
            continue
        number = number_of(match["article"])
        if first is not None and 0 < number - first < _MOST_RANGE:
            yield from (f"第{each}条" for each in range(first + 1, number))
        first = number if match["range"] else None
        branch = branch_suffix(match["branch"])
        paragraph = f"第{number_of(match['paragraph'])}項" if match["paragraph"] else ""
        yield f"第{number}条{branch}{paragraph}"


def day_of_force(words: str, promulgated: dt.date | None) -> dt.date | None:
    """Return the day that words before 「から施行する」 name, or count from the promulgation."""
    published = _PUBLISHED.search(words)
    after = _AFTER.search(words)
    if published is None:
        return next((f.start for f in find_dates(words) if f.start == f.end), None)
    if promulgated is None or ("起算" in words and after is None):
        return None
    if after:
        return _later(promulgated, number_of(after["count"]), after["unit"])
    return promulgated + dt.timedelta(days=1) if published["next"] else promulgated


def _later(day: dt.date, count: int, unit: str) -> dt.date | None:
    """Return the day after a period of which ``day`` is the first day."""
    try:
        if unit == "日":
            return day + dt.timedelta(days=count)
        months = day.month - 1 + (count * _MONTHS if unit == "年" else count)
        year, month = day.year + months // _MONTHS, months % _MONTHS + 1
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, min(day.day, last))
    except (ValueError, OverflowError):
        return None
