"""Which meetings a question is about: the minutes of the bodies, sessions and days that it names.

Stricter than what a search is narrowed to: a day that a question for a list names is the meeting's,
whatever stands beside it, and where something that it names had to be let go of, none is meant.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.question.filters import Restriction, Sort
from bot.question.names_in_question import SpeakerMention, body_mentions, speaker_mentions
from bot.question.post_intent import named_municipalities
from bot.question.question import Question
from index.council.sessions import NUMBERED, session_passes
from index.language.dates import kanji_number
from index.language.text import fold
from index.language.times import find_times
from index.language.tokens import words
from index.passage import Document, DocumentKind, Filters, Passage, PassageKind
from index.search.names import is_plenary
from index.search.searcher import Searcher

_LAST = re.compile(
    r"直近|最近|最新|最後|前回|この前|こないだ|先日"
    r"|\b(?:last|latest|most recent|recent|recently|previous)\b"
)
_LAST_YEARS = re.compile(
    r"(?:この|ここ|過去|直近の?)(?P<years>[0-9]{1,2}|[一二三四五六七八九十])(?:年間?|か年|ヵ年)(?![0-9度生])"
    r"|\b(?:in|over|during) the (?:past|last) (?P<number>\d+|one|two|three|five|ten)? ?years?\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}
_YEAR = 365
_ANY = "会議"
"""What any meeting is called, also where a document names its body no better."""
_OTHER_BODY = re.compile(
    r"委員会|審議会|協議会|審査会|部会|懇談会|説明会|報告会|交換会|本会議|[市町村区県]?議会|定例会|臨時会"
)
"""Left over, it names a body of which no minutes are here, or a gathering that is no meeting."""


@dataclass(frozen=True, slots=True)
class MeantMeetings:
    """The minutes meant, oldest first, and what the question says beside where and when.

    ``named`` tells that a body, a session or a time is named at all, or given by hand, ``timed``
    that a time is,
    ``day`` that one day is. ``placed`` tells that all these say where and when, certainly, and not
    what of (令和6年度予算を取り上げた会議).
    ``people`` are the persons that the question names, at their places in ``said``, which is
    folded and keeps its length: what was taken out is blank.
    """

    documents: tuple[Document, ...]
    said: str
    named: bool
    timed: bool
    day: bool
    placed: bool
    bodies: frozenset[str]
    people: tuple[SpeakerMention, ...]

    @property
    def own_words(self) -> frozenset[str]:
        """The words of the names of the bodies that are meant."""
        bodies = {document.body or "" for document in self.documents}
        return frozenset(word for body in bodies for word in words(body))

    @property
    def without_people(self) -> str:
        """What the question says beside where, when and who."""
        return _blanked(self.said, [mention.span for mention in self.people])

    @property
    def asks_for_last(self) -> bool:
        """Whether the question says that the newest meeting is meant."""
        return bool(_LAST.search(self.said))

    @property
    def of_one_day(self) -> bool:
        """Whether the question names one day, or a body that met on one."""
        return self.day or not any(is_plenary(document.body or "") for document in self.documents)

    def by_meeting(self) -> list[list[Document]]:
        """Group the minutes by meeting: those of one day and body are one."""
        groups: dict[tuple[object, ...], list[Document]] = {}
        for document in self.documents:
            groups.setdefault(meeting_of(document), []).append(document)
        return list(groups.values())


def meetings_meant(
    searcher: Searcher,
    asked: Question,
    filters: Filters,
    dropped: Sequence[Restriction],
    today: dt.date,
) -> MeantMeetings | None:
    """Return the meetings that a question is about; ``None`` where that is not certain.

    ``filters`` are those in force, ``dropped`` what of the question had to be let go of.
    """
    names = searcher.names
    if names is None or dropped or filters.kind not in {None, DocumentKind.MINUTES}:
        return None
    if filters.speaker is not None:
        return None
    folded = fold(asked.text).lower()
    bodies = [body for body in body_mentions(folded, names) if folded[slice(*body.span)] != _ANY]
    found = find_times(folded, today)
    times = [(time.start, time.end, time.span) for time in found]
    times += list(_last_years(folded, today))
    minutes = searcher.documents_under(replace(filters, kind=DocumentKind.MINUTES))
    if times:
        since, until = min(time[0] for time in times), max(time[1] for time in times)
        minutes = [d for d in minutes if d.date is not None and since <= d.date <= until]
    meant = frozenset(body for mention in bodies for body in mention.bodies)
    if meant:
        minutes = [document for document in minutes if document.body in meant]
    spans = [part.span for part in asked.restrictions if part.sort is Sort.SESSION]
    number = None if spans else NUMBERED.search(folded)
    if number:
        minutes = [document for document in minutes if session_passes(document, number[0])]
        spans.append(number.span())
    day = len({time[:2] for time in times}) == 1 and times[0][0] == times[0][1]
    narrowed = {part.span for part in asked.restrictions}
    named_times = [time.span for time in found]
    placed = narrowed.issuperset([*(mention.span for mention in bodies), *named_times])
    named = bool(meant or times or spans or asked.restrictions) or _is_placed_by_hand(filters)
    spans += [mention.span for mention in bodies] + [time[2] for time in times]
    spans += named_municipalities(folded, names)
    spans += [part.span for part in asked.restrictions if part.sort is Sort.TIME]
    said = _blanked(folded, spans)
    if _OTHER_BODY.search(said):
        return None
    people = [m for m in speaker_mentions(folded, names) if m.people and not _is_label(m)]
    people = [mention for mention in people if said[slice(*mention.span)].strip()]
    minutes.sort(key=lambda document: (document.date or dt.date.min, document.document))
    return MeantMeetings(
        tuple(minutes), said, named, bool(times), day, placed, meant, tuple(people)
    )


def _is_label(mention: SpeakerMention) -> bool:
    """Tell whether the label of a list was read as somebody's name."""
    return mention.name.startswith(("出席", "欠席", "参加", "説明"))


def _is_placed_by_hand(filters: Filters) -> bool:
    given = (filters.since, filters.until, filters.body, filters.session, filters.document)
    return any(given)


def meeting_of(document: Document) -> tuple[object, ...]:
    """Return what minutes of one meeting share: day and body; undated ones are each their own."""
    return (document.date, document.body) if document.date else (document.document,)


def head_of(passages: Sequence[Passage], document: Document) -> tuple[Passage, str] | None:
    """Return the passage and the line of a document's head that tell its day, as printed."""
    printed = fold(document.date_text or "")
    for passage in passages:
        if passage.kind is not PassageKind.HEADER and passage.speaker:
            return None
        for line in passage.text.splitlines():
            if printed and printed in fold(line):
                return passage, line.strip()
    return None


def _last_years(folded: str, today: dt.date) -> Iterator[tuple[dt.date, dt.date, tuple[int, int]]]:
    """Yield the last years up to today: この1年で, over the past two years."""
    for match in _LAST_YEARS.finditer(folded):
        written = match["years"] or match["number"] or "1"
        years = _NUMBERS.get(written) or kanji_number(written) or 1
        yield today - dt.timedelta(days=_YEAR * years), today, match.span()


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
