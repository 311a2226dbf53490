"""The life of an ordinance: number, promulgation, amendment, coming into force, repeal.

``Enactment.number`` joins the year and the number as printed, which may be on two lines:
「平成30年12月19日」 「条例第31号」 → ``平成30年条例第31号``.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.dates import find_dates
from index.language.text import is_japanese
from index.record import Enactment
from ingest.document.articles import ARTICLE, SUPPLEMENT
from ingest.document.characters import NUMBER, NUMERALS
from ingest.document.source import Line
from ingest.ordinances.amendments import ordinance_amended_by_title
from ingest.ordinances.english import read_english_enactment
from ingest.ordinances.in_force import COMES_INTO_FORCE, day_of_force, text_in_force

_KIND = (
    r"(?:[一-鿿ぁ-んァ-ヶー]{1,12}?)?"
    r"(?:条例|規則|規程|要綱|要領|訓令|告示|内規|規約|公告)"
)
_NUMBERED = re.compile(
    rf"(?P<year>(?:明治|大正|昭和|平成|令和)[ \u3000]*[{NUMERALS}元]+[ \u3000]*年)"
    rf"(?P<day>[ \u3000]*{NUMBER}[ \u3000]*月[ \u3000]*{NUMBER}[ \u3000]*日)?[ \u3000\n（(]*"
    rf"(?P<kind>{_KIND})[ \u3000]*(?P<number>(?:甲|乙)?第[ \u3000]*{NUMBER}[ \u3000]*号)"
)
_YEAR = re.compile(
    rf"(?P<year>(?:昭和|平成|令和)[ \u3000]*[{NUMERALS}元]+[ \u3000]*年)"
    rf"[ \u3000]*{NUMBER}[ \u3000]*月"
)
_ALONE = re.compile(rf"{_KIND}[ \u3000]*第[ \u3000]*{NUMBER}[ \u3000]*号")
_AMENDED = re.compile(r"改[ \u3000]*正|附[ \u3000]*則|[（(〔]一部|沿革")
_PROMULGATED = frozenset({"", "公布", "制定", "告示", "公表"})
_REPEALED = re.compile(
    r"[【\[［（(〔<＜]?(?:廃[ \u3000]*止|失[ \u3000]*効|廃止済み?|廃止例規)[】\]］）)〕>＞]"
    rf"|{NUMBER}日[^。]{{0,30}}(?:により|で|をもって|限り)?(?:廃止|失効)(?:済み?|された|した)?[）)〕]?$"
    r"|^廃止(?:年月日|日)?[ \u3000：:]"
)
_EXPIRES = re.compile(
    r"この(?:条例|規則|規程|要綱|要領|訓令|告示)(?:[（(][^）)]*[）)])?は、(?P<day>[^。]{4,40}?)(?:限り|をもって)[、]?"
    r"(?:その効力を失う|廃止する|失効する)"
)
_LABELLED = re.compile(r"施行(?:期日|日|年月日)[ \u3000：:]*(?P<words>\S.*)")
_HEAD = 12


@dataclass(frozen=True, slots=True)
class _EnactmentNumber:
    """A number with its day: ``number`` as printed; ``amending``: it is that of an amendment."""

    number: str
    day: dt.date | None
    amending: bool


def read_enactment(lines: Sequence[Line], title: str, amends: str | None) -> Enactment:
    """Return what the text says of its history. ``amends``: what its clauses change, if known."""
    if not is_japanese("".join(line.text for line in lines[:_HEAD])):
        return read_english_enactment(lines)
    first = next((at for at, line in enumerate(lines) if ARTICLE.match(line.text)), _HEAD)
    after = first if any(ARTICLE.match(line.text) for line in lines) else 0
    # 附則 in the table of contents comes before the first article
    marked = (at for at, line in enumerate(lines[after:], after) if SUPPLEMENT.match(line.text))
    supplement = next(marked, max(first, after))
    head = [line.text.strip() for line in lines[: min(first, supplement)]]
    given = _enactment_numbers(head)
    own = next((one for one in given if not one.amending), None)
    notes = [line.text for line in lines[supplement:] if SUPPLEMENT.match(line.text)]
    later = [one.day for one in given if one.amending and one.day]
    later += [one.day for note in notes for one in _enactment_numbers([note]) if one.day]
    promulgated = (own.day if own else None) or _promulgation(head)
    number = own.number if own else _number_on_own_line(head)
    later = [day for day in later if promulgated is None or day > promulgated]
    repealed = _repeal(lines, head)
    amended = max(later, default=None)
    text_from, parts = text_in_force(lines[supplement:], promulgated, amended)
    return Enactment(
        number=number,
        promulgated=promulgated,
        amended=amended,
        in_force=_in_force(lines[supplement:], head, promulgated),
        repealed=repealed,
        is_repealed=repealed is not None or any(map(_says_repealed, head)),
        amends=amends or ordinance_amended_by_title(title),
        text_from=text_from,
        parts=parts,
    )


def _enactment_numbers(head: Sequence[str]) -> list[_EnactmentNumber]:
    """Return the numbers in the head; one may be on the line below its day."""
    found: list[_EnactmentNumber] = []
    text = "\n".join(head)
    for match in _NUMBERED.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        quoted = line.count("（") > line.count("）") and not _AMENDED.search(line)
        named = re.search(r"(?:条例|規則|法|要綱)[（(]$", line) is not None
        if named or (quoted and "、" in line):
            continue  # the number of another law that the preamble names
        day = _only_day(match["year"] + match["day"]) if match["day"] else None
        number = "".join((match["year"] + match["kind"] + match["number"]).split())
        amending = _AMENDED.search(line) is not None or _follows(found, text, match, line)
        found.append(_EnactmentNumber(number, day, amending))
    return found


def _number_on_own_line(head: Sequence[str]) -> str | None:
    """Return a number alone on a line, with the year of the day above it."""
    year = None
    for text in head:
        dated = _YEAR.match(text)
        year = dated["year"] if dated else year
        if _ALONE.fullmatch(text):
            return "".join(((year or "") + text).split())
    return None


def _follows(found: Sequence[_EnactmentNumber], text: str, match: re.Match[str], line: str) -> bool:
    """A column of numbers below 改正 lists further amendments."""
    before = text[: match.start()].rstrip("\n \u3000").rsplit("\n", 1)[-1]
    return not line.strip() and bool(found) and (found[-1].amending or "改正" in before)


def _promulgation(head: Sequence[str]) -> dt.date | None:
    """Return the day of a line that holds a day only, or calls it 公布 or 公布年月日."""
    for text in head:
        for found in find_dates(text):
            around = (text[: found.span[0]] + text[found.span[1] :]).strip(" \u3000（()）：:")
            called = around.removesuffix("日").removesuffix("年月")
            if found.start == found.end and called in _PROMULGATED:
                return found.start
    return None


def _in_force(
    lines: Sequence[Line], head: Sequence[str], promulgated: dt.date | None
) -> dt.date | None:
    """Return the day of coming into force from the first supplement, or else from the head."""
    inside = False
    for line in lines:
        match = SUPPLEMENT.match(line.text)
        if match and inside:
            break
        inside = inside or match is not None
        force = COMES_INTO_FORCE.search(line.text) if inside else None
        if force:
            return day_of_force(force["words"], promulgated)
    labelled = (match for text in head if (match := _LABELLED.search(text)))
    return next((_only_day(match["words"]) for match in labelled), None)


def _repeal(lines: Sequence[Line], head: Sequence[str]) -> dt.date | None:
    """Return the first day on which the text is no longer in force."""
    for line in lines:
        match = _EXPIRES.search(line.text)
        # 令和3年7月1日から施行し、令和8年3月31日限り: the day of coming into force is before it
        last = _last_day(match["day"]) if match else None
        if last and last < dt.date.max:
            return last + dt.timedelta(days=1)
    said = (_only_day(text) for text in head if _says_repealed(text))
    return next((day for day in said if day), None)


def _says_repealed(text: str) -> bool:
    return _REPEALED.search(text) is not None


def _last_day(text: str) -> dt.date | None:
    days = [found.start for found in find_dates(text) if found.start == found.end]
    return days[-1] if days else None


def _only_day(text: str) -> dt.date | None:
    days = [found.start for found in find_dates(text) if found.start == found.end]
    return days[0] if days else None
