"""Where and when: which body and meeting a question looks into, told apart from what it is about.

「審議会で何が決まったか」 looks into that body, 「審議会の委員は何期まで」 is about a rule. A date
counts as that of the meeting only where the question says so (令和4年12月の委員会で); else it may
be that of the matter.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.question.names_in_question import BodyMention
from index.language.dates import kanji_number
from index.language.saying import is_spoken
from index.language.text import begins_latin
from index.language.times import NamedTime, month_in
from index.search.names import PLENARY, Names

_N = r"[0-9一二三四五六七八九十百〇]{1,4}"
_OF_MEETING = re.compile(
    rf"^(?:の|に(?:開かれた|行われた|開催された|あった)|、| )?(?:第{_N}回)?の?"
    r"(?:定例|臨時|市|町|村|区)?"
    r"(?:(?P<own>[^\W\d_ぁ-ん]{0,8})(?:本会議|委員会|審議会|議会|定例会|臨時会|協議会|部会)|会議(?!室|所|体)|会合"
    r"|答弁|質疑|議事録|会議録|一般質問|代表質問|討論)"
)
_OF_MEETING_EN = re.compile(r"^(?:'s)? (?:[a-z]+ ){0,3}?(?:meeting|session|hearing|minutes)\b")
_PLACE = re.compile(
    r"^(?:の(?:場|中|席|会議))?(?:で(?!す|し(?!て)|き|な|[はも]?あ|[はも]な)(?:は|も|の)?|において|における|にて"
    r"|の(?:議事録|会議録|答弁|質疑|議論|審議|発言|やりとり|やり取り))"
)
_PLACE_EN = re.compile(r"\b(?:at|in|did|from)(?: the)? $")
_LAST = re.compile(
    r"(?:前回|直近|この前|最新)(?:に開かれた)?の?|\b(?:last|latest|most recent|previous) "
)
_MEETINGS = ("会議", "会合", "meeting", "session")
_NUMBER_BEFORE = re.compile(rf"第({_N})回の?$")
_MONTH_BEFORE = re.compile(r"(?<![0-9年度月])(1[0-2]|[1-9])月の?$")
_MONTH_OF = re.compile(r"^の?(1[0-2]|[1-9])月の?(?:定例|臨時|市|町|村|区)?(?:議会|会)")
_FROM_TIME = re.compile(rf"^(?:の|、| )?(?:第{_N}回の?|(?:1[0-2]|[1-9])月の?)?$")
_SPOKEN_THEN = frozenset({"に", "に、", "の", ""})
"""What stands between a time and the one who speaks, where it is the time of speaking: 昨年、市長が
may be that of the matter, 令和2年の市長の答弁 is not."""
_NEAR = 40
_TAIL = 200


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """The newest meeting of the body that is meant, and where the question says so (直近の)."""

    day: dt.date
    bodies: tuple[str, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScopedQuestion:
    """A folded question with its times, its bodies and where the names stand of those who speak."""

    folded: str
    times: Sequence[NamedTime]
    bodies: Sequence[BodyMention]
    voices: Sequence[tuple[int, int]]

    def looks_into(self, body: BodyMention) -> bool:
        """Tell whether the question looks into this body's meetings."""
        start, end = body.span
        before, after = self.folded[max(0, start - _NEAR) : start], self.folded[end : end + _TAIL]
        spoken = any(self.folded[end : v[0]] in {"", "の"} for v in self.voices if v[0] >= end)
        if spoken or _NUMBER_BEFORE.search(before):  # whatever is asked of that meeting
            return True
        if any(_FROM_TIME.match(self.folded[t.span[1] : start]) for t in self._before(start)):
            return True
        if _MONTH_BEFORE.search(before) or _ends_last(before):
            return True
        if begins_latin(self.folded[start:]):
            return _PLACE_EN.search(before) is not None
        return self._is_place(after, end)

    def _is_place(self, after: str, end: int) -> bool:
        place = _PLACE.match(after)
        if place is None:
            return False
        who = end + place.end()
        return any(v[0] == who for v in self.voices) or is_spoken(after)

    def session(self, body: BodyMention) -> tuple[str, int] | None:
        """Return the number (``第7回``) or month (``9月``) of the meeting, and where it begins."""
        start = body.span[0]
        before = self.folded[max(0, start - _NEAR) : start]
        if number := _NUMBER_BEFORE.search(before):
            return f"第{kanji_number(number[1])}回", start - len(number[0])
        dated = any(start - time.span[1] <= len("の12月の") for time in self._before(start))
        month = _MONTH_BEFORE.search(before)
        return (f"{month[1]}月", start - len(month[0])) if month and not dated else None

    def met(self) -> Iterator[NamedTime]:
        """Yield the times that are said of the meeting."""
        for time in self.times:
            after = self.folded[time.span[1] :][:_NEAR]
            if month := _MONTH_OF.match(after):
                yield month_in(time, int(month[1]))
            elif _OF_MEETING_EN.match(after):
                yield time
            elif of_meeting := _OF_MEETING.match(after):
                within = range(time.span[1], time.span[1] + of_meeting.end())
                named = [body for body in self.bodies if body.span[0] in within]
                unknown = bool(of_meeting["own"]) and not named
                if not unknown and all(self.looks_into(body) for body in named):
                    yield time
            elif any(self._then_speaks(time, v[0]) for v in self.voices):
                yield time

    def _then_speaks(self, time: NamedTime, start: int) -> bool:
        end = time.span[1]
        return start >= end and self.folded[end:start] in _SPOKEN_THEN

    def last(self, names: Names, today: dt.date) -> LastMeeting | None:
        """Return the newest meeting, where it is asked for and one body meant."""
        for match in _LAST.finditer(self.folded):
            bodies = [b for b in self.bodies if 0 <= b.span[0] - match.end() <= len("の定例")]
            meant = set(bodies[0].bodies) if bodies else {body.name for body in names.bodies}
            one = len(meant) == 1 or (bodies and bodies[0].filter == PLENARY)
            if not one or not (bodies or self.folded.startswith(_MEETINGS, match.end())):
                continue
            days = [d.date for d in names.documents if d.body in meant and d.date is not None]
            past = [day for day in days if day <= today]
            if days:
                return LastMeeting(max(past or days), tuple(sorted(meant)), match.span())
        return None

    def _before(self, start: int) -> Iterator[NamedTime]:
        return (time for time in self.times if time.span[1] <= start)


def is_meeting_place(after: str) -> bool:
    """Tell whether the words behind a name place something there: で, では, の会議で."""
    return _PLACE.match(after) is not None


def _ends_last(before: str) -> bool:
    return any(match.end() == len(before) for match in _LAST.finditer(before))
