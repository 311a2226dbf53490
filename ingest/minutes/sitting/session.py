"""The session, and when the sitting was opened and adjourned."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.language.dates import kanji_number
from index.language.text import fold
from index.passage import Passage, PassageKind
from ingest.document.title import one_line

_N = "0-9０-９〇零一二三四五六七八九十"
_GAP = "[ \u3000]*"
_YEAR = (
    rf"(?:(?:令和|平成|昭和){_GAP}[{_N}元]+"
    rf"|[0-9０-９]{{4}}){_GAP}年(?:度)?(?:[（(][0-9]{{4}}年?[)）])?"
)
_NAME = "[一-鿿ぁ-んァ-ヶー々]{0,14}?"
_MEETING = "(?:(?:定例|臨時)(?:会(?:議(?![案決員事]))?|議会)|通年(?:議会|会期))"
_SESSIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}{_GAP}{_NAME}{_GAP}第{_GAP}[{_N}]+{_GAP}回{_GAP}{_NAME}{_GAP}{_MEETING}",
        rf"{_YEAR}{_GAP}{_NAME}{_GAP}[（(]?第{_GAP}[{_N}]+{_GAP}回[)）]?{_GAP}{_NAME}議会",
        rf"{_YEAR}{_GAP}{_NAME}{_GAP}[{_N}]+{_GAP}月{_GAP}{_NAME}(?:{_MEETING}|議会|会議)",
        rf"第{_GAP}[{_N}]+{_GAP}回{_GAP}{_NAME}{_GAP}{_MEETING}",
        rf"[{_N}]+{_GAP}月{_GAP}(?:{_MEETING}|議会)",
        rf"{_YEAR}{_GAP}{_NAME}{_GAP}{_MEETING}",
    )
)
_BLANKS_IN_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])")

_CLOCK = (
    rf"(?P<half>午{_GAP}[前後]|[AaPpＡＰ]\.?[MmＭ]\.?)?{_GAP}"
    rf"(?:(?P<hour>[{_N}]{{1,3}}){_GAP}(?:時{_GAP}(?:(?P<minute>[{_N}]{{1,3}}){_GAP}分"
    rf"|(?P<thirty>半))?"
    r"|[:：](?P<minute2>[0-9０-９]{2}))|(?P<noon>正午))"
)
_TIME = re.compile(_CLOCK)
_AT = r"[ \u3000]*(?:[、,（()）:：…・―\- \u3000に]|の?時[刻間]|日時)*"


def _clock_beside(words: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"{_CLOCK}{_AT}{words}"), re.compile(f"{words}{_AT}{_CLOCK}")


_OPENED = _clock_beside(f"開{_GAP}[会議]")
_ADJOURNED = _clock_beside(f"(?:閉{_GAP}[会議]|[散延流]{_GAP}会|終{_GAP}了)")
_NOT_TODAY = re.compile(r"次回|翌日|来る|明[0-9０-９一二三四五六七八九十]*日|予定|次の本?会議")
_TO = re.compile(rf"{_GAP}(?:から|より|[～〜~\-－―‐–])[ \u3000]*")
_NOON = 12
_HALF_HOUR = 30
_MIDNIGHT = 24
_LONGEST_LINE = 120
_ALONE = 20


@dataclass(frozen=True, slots=True)
class Hours:
    """When a sitting was opened and adjourned; ``None`` if not printed."""

    opened: dt.time | None = None
    adjourned: dt.time | None = None


def read_session(texts: Iterable[str]) -> str | None:
    """Return the session as printed, without blanks (``令和4年第3回定例会``, ``9月議会``)."""
    lines = [_BLANKS_IN_JAPANESE.sub("", one_line(text)) for text in texts if "。" not in text]
    for pattern in _SESSIONS:
        found = (match for line in lines if (match := pattern.search(line)))
        match = next(found, None)
        if match:
            return match[0]
    return None


def read_hours(when: Iterable[str], passages: Sequence[Passage]) -> Hours:
    """Return the times at which the minutes say that the sitting was opened and adjourned.

    ``when`` are the values of the head's date fields; a span printed there
    (``午前10時から11時45分まで``) is used for times given nowhere else.
    """
    lines = [
        line
        for passage in passages
        for line in passage.text.split("\n")
        if _may_tell_hours(passage, line)
    ]
    opened = next(_times_matching(_OPENED, lines), None)
    adjourned = list(_times_matching(_ADJOURNED, lines))
    planned = _planned_hours(when)
    return Hours(
        opened or planned.opened,
        adjourned[-1] if adjourned else planned.adjourned,
    )


def _may_tell_hours(passage: Passage, line: str) -> bool:
    if len(line) > _LONGEST_LINE or _NOT_TODAY.search(line):
        return False
    own = passage.kind in {PassageKind.PROCEDURE, PassageKind.HEADER, PassageKind.VOTE}
    alone = len(line) <= _ALONE or re.search(r"[○◯〇（(]", line) is not None
    return own or alone or passage.speaker is None


def _times_matching(patterns: Sequence[re.Pattern[str]], lines: Sequence[str]) -> Iterator[dt.time]:
    for line in lines:
        found = (time for p in patterns for m in p.finditer(line) if (time := _time(m)))
        time = next(found, None)
        if time:
            yield time


def _planned_hours(when: Iterable[str]) -> Hours:
    for text in when:
        first = _TIME.search(text)
        if first is None or (start := _time(first)) is None:
            continue
        to = _TO.match(text, first.end())
        last = _TIME.match(text, to.end()) if to else None
        end = _time(last) if last else None
        if end and end < start and last and not last["half"] and end.hour < _NOON:
            # 午後2時から4時まで: 午後 applies to both times
            end = end.replace(hour=end.hour + _NOON)
        return Hours(start, end)
    return Hours()


def _time(match: re.Match[str]) -> dt.time | None:
    if match["noon"]:
        return dt.time(_NOON)
    hour = kanji_number(match["hour"])
    minute_text = match["minute"] or match["minute2"]
    minute = kanji_number(minute_text) if minute_text else _HALF_HOUR if match["thirty"] else 0
    if hour is None or minute is None:
        return None
    half = fold(match["half"] or "").replace(" ", "").replace(".", "")
    if half in {"午後", "pm"} and hour < _NOON:
        hour += _NOON
    try:
        return dt.time(hour % _MIDNIGHT, minute)
    except ValueError:
        return None
