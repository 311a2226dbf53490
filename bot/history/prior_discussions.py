"""Prior discussions of a topic: from search results to meetings, oldest first.

Nothing is generated. A meeting is there because words said in it, or their heading, hold the topic;
what is shown are those words, what was promised in the same answer, and the votes on the topic.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from bot.answer.extraction import choose_words
from bot.history.called_up import called_up
from bot.history.meetings import Decided, Entry, History, Meeting, Promise
from bot.history.promises import promises
from bot.history.topicality import Topic, least_share, shares_told, topic_of
from bot.lookup.decisions import is_one_of, names_matter
from bot.question.question import Question, understand
from index.council.items import items_in
from index.council.speakers import asker_and_words
from index.language.text import fold, sentences
from index.passage import (
    Document,
    DocumentId,
    DocumentKind,
    Filters,
    Hit,
    Passage,
    PassageId,
    PassageKind,
)
from index.search.searcher import Searcher

MOST_MEETINGS = 20
ALL_MEETINGS = 10_000
"""A limit that leaves nothing out."""
MOST_ENTRIES = 3
_DEEP = 300
"""Hits that are looked through: a topic of years stands in many passages."""

_MARKS = frozenset({"問", "質問", "質疑", "q"})
_LOOKED_INTO = 20
"""Documents that are read to tell what was called up before a hit."""
_SPOKEN = frozenset({PassageKind.QUESTION, PassageKind.ANSWER, PassageKind.STATEMENT})
_FRAME = frozenset({PassageKind.HEADER, PassageKind.PROCEDURE, PassageKind.VOTE})
"""What frames a debate and is none: shown only where a meeting has nothing else."""

T = TypeVar("T")
Texts = Mapping[DocumentId, Sequence[Passage]]
"""The passages of each document, in order."""


def find_history(
    searcher: Searcher, topic: str, filters: Filters | None = None, most: int = MOST_MEETINGS
) -> History:
    """Return what the index holds about ``topic``, meeting by meeting; the newest ``most``."""
    started = time.perf_counter()
    asked = understand(topic)
    wanted = topic_of(asked.text, searcher.rarity)
    result = searcher.search(replace(asked.query(filters), repeats=True), _DEEP)
    grouped = by_meeting(hits_about(wanted, result.hits, searcher.passages))
    kept = keep_newest(sorted(grouped, key=_when), most, lambda hits: hits[0].document)
    documents = {hit.document.document for hits in kept for hit in hits}
    texts = {name: searcher.passages(name) for name in documents}
    making = _Making(asked, wanted, searcher.rarity, texts)
    meetings = numbered([making.meeting(hits) for hits in kept])
    took = {**result.took_ms, "total": round((time.perf_counter() - started) * 1000, 3)}
    others = sum(hits[0].document.kind is not DocumentKind.MINUTES for hits in grouped)
    return History(asked.text, asked.language, meetings, len(grouped) - others, others, took)


def told_in(
    topic: str, hits: Sequence[Hit], texts: Texts, rarity: Callable[[str], float]
) -> History:
    """Return what some passages say of a topic, as a history of these alone.

    ``texts`` are all passages of their documents.
    """
    asked = understand(topic)
    making = _Making(asked, topic_of(asked.text, rarity), rarity, texts)
    grouped = sorted(by_meeting(hits), key=_when)
    meetings = numbered([making.meeting(group) for group in grouped])
    others = sum(group[0].document.kind is not DocumentKind.MINUTES for group in grouped)
    return History(asked.text, asked.language, meetings, len(grouped) - others, others)


def keep_newest(ordered: Sequence[T], most: int, document: Callable[[T], Document]) -> list[T]:
    """Keep the newest ``most`` of what is ordered; what has no date gives way to the others."""
    dated = [item for item in ordered if document(item).date]
    undated = [item for item in ordered if not document(item).date]
    kept = dated[max(0, len(dated) - most) :]
    return [*kept, *undated[: most - len(kept)]]


def newest_first(history: History) -> History:
    """Return a history with its newest meeting first and numbered anew; the undated stay last."""
    dated = [meeting for meeting in history.meetings if meeting.document.date]
    undated = [meeting for meeting in history.meetings if not meeting.document.date]
    return replace(history, meetings=numbered((*reversed(dated), *undated)))


def hits_about(
    topic: Topic, hits: Sequence[Hit], passages: Callable[[DocumentId], Sequence[Passage]]
) -> list[Hit]:
    """Return the hits that are about the topic: their words, question or headings hold it.

    So does, beside their own words, what was called up before (``passages`` gives those of a
    document). The title of minutes does not count: it names the body and not what was said. A
    topic that is the number of a matter (議案第12号) is spoken of where that number stands, in any
    spelling.
    """
    numbers = items_in(fold(topic.text))
    parts = {hit: "\n".join(filter(None, parts_of(hit))) for hit in hits} if numbers else {}
    named = [
        hit for hit, text in parts.items() if any(names_matter(text, item) for item in numbers)
    ]
    if named:
        return named
    told = shares_told(topic, [parts_of(hit) for hit in hits])
    best = max(told, default=0.0)
    partly = [
        hit
        for hit, share in zip(hits, told, strict=True)
        if share < least_share(best) and _says_part(topic, hit)
    ]
    before = _called_up(partly, passages)
    for at, hit in enumerate(hits):
        if said := before.get(hit.passage.passage_id):
            told[at] = topic.told((*parts_of(hit), said), least_share(best))
    least = least_share(max(told, default=0.0))
    return [hit for hit, share in zip(hits, told, strict=True) if share >= least]


def _says_part(topic: Topic, hit: Hit) -> bool:
    return hit.passage.kind in _SPOKEN and topic.written(parts_of(hit)) > 0


def _called_up(
    hits: Sequence[Hit], passages: Callable[[DocumentId], Sequence[Passage]]
) -> dict[PassageId, str]:
    """Return what was called up before each hit, in the documents of the best of them."""
    names = list(dict.fromkeys(hit.document.document for hit in hits))[:_LOOKED_INTO]
    found = [called_up(passages(name)) for name in names]
    wanted = {hit.passage.passage_id for hit in hits}
    return {name: said for each in found for name, said in each.items() if name in wanted}


def by_meeting(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Group hits by meeting; one meeting's minutes in two files are one."""
    groups: dict[tuple[object, ...], list[Hit]] = {}
    for hit in hits:
        document = hit.document
        session = document.sitting.session if document.sitting else None
        one_day = document.kind is DocumentKind.MINUTES and document.date and document.body
        key: tuple[object, ...] = (document.document,)
        if one_day:
            key = (document.date, fold(document.body or ""), session and fold(session))
        groups.setdefault(key, []).append(hit)
    return list(groups.values())


def by_exchange(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Group a meeting's hits by exchange: a question and its answers, or one speech."""
    groups: dict[tuple[object, ...], list[Hit]] = {}
    answered = {hit.passage.answers for hit in hits}
    for hit in hits:
        passage = hit.passage
        key: tuple[object, ...] = (hit.document.document, passage.heading, passage.article)
        if passage.answers:
            key = (passage.answers,)
        elif passage.passage_id in answered:
            key = (passage.passage_id,)
        elif passage.turn is not None:
            key = (hit.document.document, passage.turn)
        groups.setdefault(key, []).append(hit)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class _Making:
    """What the entries of a history are made with."""

    asked: Question
    topic: Topic
    rarity: Callable[[str], float]
    texts: Texts

    def meeting(self, hits: Sequence[Hit]) -> Meeting:
        """Make a meeting of its hits, which come best first."""
        said = [hit for hit in hits if hit.passage.kind not in _FRAME]
        framed = [hit for hit in hits if self.topic.told((hit.passage.text,)) >= least_share(0)]
        exchanges = by_exchange(_distinct(said or framed or hits))[: MOST_ENTRIES if said else 1]
        entries = [self.entry(exchange) for exchange in exchanges]
        documents = {hit.document.document: hit.document for hit in hits}
        return Meeting(
            entries[0].hit.document,
            tuple(sorted(entries, key=lambda entry: self._place(entry.hit))),
            tuple(chain.from_iterable(map(self.decided, documents.values()))),
        )

    def entry(self, exchange: Sequence[Hit]) -> Entry:
        """Make an entry of the hits of one exchange: an answer before its question."""
        best = min(exchange, key=lambda hit: (hit.passage.kind is not PassageKind.ANSWER, hit.rank))
        passage = best.passage
        asker, _ = asker_and_words(passage.question)
        asks = passage.kind is PassageKind.QUESTION
        return Entry(
            hit=best,
            quote=self.quote(passage),
            asker=passage.speaker if asks else _name(asker),
            answerer=passage.speaker if passage.kind is PassageKind.ANSWER else None,
            promised=() if asks else tuple(self._promised(best, exchange)),
        )

    def quote(self, passage: Passage) -> str:
        """Choose what is shown; of what frames a debate only the sentence with the topic."""
        if passage.kind in _FRAME:
            parts = sentences(passage.text)
            return max(parts, key=lambda part: self.topic.told((part,))).strip()
        return choose_words(passage, self.asked, self.rarity).quote

    def decided(self, document: Document) -> list[Decided]:
        """Return the votes of a document that are about the topic."""
        votes = document.sitting.votes if document.sitting else ()
        found: list[Decided] = []
        for vote in votes:
            held = self.texts[document.document]
            place = len(held) if vote.passage is None else vote.passage
            passage = held[place] if place < len(held) else None
            # the passage often goes on to the next item: only the sentence with the result counts
            text = sentences(passage.text) if passage else []
            said = [part for part in text if vote.result in part]
            item = vote.title or (passage.heading[-1] if passage and passage.heading else None)
            if is_one_of(vote, items_in(fold(self.topic.text))) or self.topic.told(
                (item, *said)
            ) >= least_share(1):
                found.append(Decided(vote, Hit(0, 0.0, passage, document) if passage else None))
        return found

    def _promised(self, best: Hit, exchange: Sequence[Hit]) -> Iterable[Promise]:
        """Find the promises of an answer, also in its passages that are not shown."""
        passage = best.passage
        own = {hit.passage.passage_id for hit in exchange}
        if passage.kind not in {PassageKind.ANSWER, PassageKind.STATEMENT}:
            return
        for other in self.texts[best.document.document]:
            same = other.answers is not None and other.answers == passage.answers
            mine = other.speaker == passage.speaker and other.turn == passage.turn
            if mine and (same or other.passage_id in own):
                yield from (Promise(text, other) for text in promises(other.text))

    def _place(self, hit: Hit) -> tuple[str, int]:
        order = [passage.passage_id for passage in self.texts[hit.document.document]]
        return hit.document.document, order.index(hit.passage.passage_id)


def parts_of(hit: Hit) -> tuple[str | None, ...]:
    """Return the texts that say what a passage is about."""
    passage, document = hit.passage, hit.document
    title = None if document.kind is DocumentKind.MINUTES else document.title
    return passage.text, passage.question, *passage.heading, title


def _name(asker: str) -> str | None:
    """Return who asked, ``None`` for a mere mark of a question (問)."""
    return None if asker.casefold() in _MARKS else asker or None


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    """Drop what two files of one meeting both hold."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault("".join(fold(hit.passage.text).split()), hit)
    return list(found.values())


def _when(hits: Sequence[Hit]) -> tuple[bool, str, str]:
    document = hits[0].document
    day = document.date.isoformat() if document.date else ""
    return not day, day, document.document


def numbered(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Number entries and votes through the whole history: these are their citations' numbers."""
    number, done = 0, []
    for meeting in meetings:
        entries, decided = [], []
        for entry in meeting.entries:
            number += 1
            entries.append(replace(entry, hit=replace(entry.hit, rank=number)))
        for vote in meeting.decided:
            number += vote.hit is not None
            decided.append(replace(vote, hit=vote.hit and replace(vote.hit, rank=number)))
        done.append(replace(meeting, entries=tuple(entries), decided=tuple(decided)))
    return tuple(done)
