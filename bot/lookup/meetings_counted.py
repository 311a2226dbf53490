"""How often a body met, or a matter was asked about or dealt with: counted from cited meetings.

Counted is what stands in the minutes that are here, and the reply says so. There is no count where
the numbers of the meetings (第5回, 第7回) show that some are missing, nor where a search may not
have seen all.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.lookup.lookup_result import Counted, Listed, Told
from bot.lookup.meetings_meant import MeantMeetings, head_of, meeting_of
from bot.question.list_intent import ListAsked, Listing, list_asked
from index.council.sessions import number_of
from index.council.speakers import folded_label, without_blanks
from index.language.text import fold, sentences
from index.language.tokens import words
from index.passage import Document, DocumentKind, Filters, Hit, Passage, PassageKind
from index.search.names import is_plenary
from index.search.query import Query
from index.search.searcher import Searcher

_DEEP = 300
"""Hits that are looked through: where there may be more, nothing is counted."""
_MOST = 20
_ASKS = re.compile(
    r"^[\s\u3000]*[【〔\[(（]?(?:問|質問|委員|q[0-9]*)[】〕\])）:：\s\u3000]",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that asks, where a summary tells of nobody who does."""
_SAID = frozenset({PassageKind.QUESTION, PassageKind.ANSWER, PassageKind.STATEMENT})


def meetings_counted(
    searcher: Searcher, meetings: MeantMeetings, filters: Filters
) -> Listed | None:
    """Return the meetings that a question counts or asks for, oldest first, and how many."""
    asked = list_asked(meetings.without_people, meetings.own_words)
    people = [person for mention in meetings.people for person in mention.people]
    if asked is None:
        return None
    if asked.listing is Listing.HELD and not people:
        return _held(searcher, meetings)
    if asked.listing is Listing.ASKED and len(people) == 1 and meetings.placed:
        filters = replace(filters, person=people[0].name, asker=None)
        return _dealt(searcher, meetings, asked, filters)
    if asked.listing is Listing.MEETINGS and not people and meetings.placed:
        return _dealt(searcher, meetings, asked, filters)
    return None


def _held(searcher: Searcher, meetings: MeantMeetings) -> Listed | None:
    """Return the meetings of the one body that is named, each by the line that tells its day."""
    groups = meetings.by_meeting()
    one = len(meetings.bodies) == 1 and not any(map(is_plenary, meetings.bodies))
    if not groups or not one or not _in_sequence(searcher, meetings):
        return None
    found = []
    for group in groups:
        head = head_of(searcher.passages(group[0].document), group[0])
        if head is None:
            return None
        found.append(Told(group[0], head[0], (head[1],)))
    return Listed(tuple(found[-_MOST:]), len(groups), Counted.MEETINGS)


def _in_sequence(searcher: Searcher, meetings: MeantMeetings) -> bool:
    """Tell whether the numbers of the meetings, where they have any, leave none out.

    Neither among them nor between them and the body's meetings before and after. Without numbers
    nothing tells how often a body met in all its time, so that a time must be named.
    """
    of_body = [d for d in searcher.documents() if d.body in meetings.bodies]
    of_body = [d for d in of_body if d.kind is DocumentKind.MINUTES]
    if any(document.date is None for document in of_body):
        return False
    of_body.sort(key=lambda document: str(document.date))
    numbers = [_number(document) for document in of_body]
    if not any(numbers):
        return meetings.timed
    meant = {document.document for document in meetings.documents}
    steps = zip([None, *of_body], of_body, [0, *numbers], numbers, strict=False)
    return all(
        after is not None and before is not None and after in {before, before + 1, 1}
        for earlier, document, before, after in steps
        if document.document in meant or (earlier is not None and earlier.document in meant)
    )


def _number(document: Document) -> int | None:
    session = document.sitting.session if document.sitting else None
    named = f"{fold(document.title)} {fold(session or '')}"
    return number_of(named) or number_of(fold(document.document))


def _dealt(
    searcher: Searcher, meetings: MeantMeetings, asked: ListAsked, filters: Filters
) -> Listed | None:
    """Return the meetings in which all words of the matter are said in one breath."""
    wanted = set(words(" ".join(asked.matter)))
    query = Query(" ".join(asked.matter), replace(filters, kind=DocumentKind.MINUTES), repeats=True)
    found = searcher.search(query, _DEEP).hits
    kinds = {PassageKind.QUESTION} if asked.listing is Listing.ASKED else _SAID
    within = {document.document for document in meetings.documents}
    about = [hit for hit in found if hit.passage.kind in kinds and _says(hit.passage, wanted)]
    about = [hit for hit in about if hit.document.document in within and hit.document.body]
    if not about or (len(found) == _DEEP and _says(found[-1].passage, wanted)):
        return None
    if asked.listing is Listing.ASKED:
        counted = {hit.document.document for hit in about}
        name = without_blanks(meetings.people[0].name)
        everything = searcher.search(replace(query, filters=None), _DEEP).hits
        others = [
            hit
            for hit in everything
            if (hit.document.document in within - counted and hit.document.body)
            or hit.document.kind is DocumentKind.REPORT
        ]
        if _may_have_asked(searcher, [hit for hit in others if _says(hit.passage, wanted)], name):
            return None
    best = [group[0] for group in _by_meeting(about)]
    best.sort(key=lambda hit: (hit.document.date is None, str(hit.document.date)))
    told = tuple(
        Told(hit.document, hit.passage, (_sentence(hit.passage, wanted),)) for hit in best[-_MOST:]
    )
    return Listed(told, len(best), Counted.MEETINGS, asked.matter)


def _sentence(passage: Passage, wanted: set[str]) -> str:
    """Return the sentence that says most of the words of a matter, the first of several."""
    said = [part for part in sentences(passage.text) if part.strip()]
    return max(said, key=lambda part: len(wanted & set(words(part)))).strip()


def _may_have_asked(searcher: Searcher, others: Sequence[Hit], name: str) -> bool:
    """Tell whether one of other passages on a matter may hold a question by somebody.

    It names him, or it asks and the minutes do not tell who does.
    """
    names = searcher.names
    if names is None:
        return bool(others)
    named = {
        (names.documents[voice.document].document, voice.printed)
        for voice in names.voices
        if voice.name
    }
    return any(
        name in without_blanks("".join((passage.text, passage.question or "", *passage.heading)))
        or (
            (passage.kind is PassageKind.QUESTION or _ASKS.search(passage.text))
            and (hit.document.document, folded_label(passage.speaker or "")) not in named
        )
        for hit in others
        for passage in (hit.passage,)
    )


def _says(passage: Passage, wanted: set[str]) -> bool:
    """Tell whether a passage, with its headings, has all words of a matter."""
    return wanted <= set(words("\n".join((passage.text, *passage.heading))))


def _by_meeting(hits: Sequence[Hit]) -> list[list[Hit]]:
    groups: dict[tuple[object, ...], list[Hit]] = {}
    for hit in hits:
        groups.setdefault(meeting_of(hit.document), []).append(hit)
    return list(groups.values())
