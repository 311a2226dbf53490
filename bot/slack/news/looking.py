"""Looking at what was published: what changed, and who is to be told of what.

Each generation of a collection is looked at once, by comparing it with what was seen before; so
nothing is lost where the bot was not running meanwhile, and whoever ingests needs to tell nobody.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from bot.access.rules import Rules
from bot.history.topicality import Topic
from bot.news.changes import Changes, Seen, changes_between, seen_of
from bot.news.digest import are_one_meeting, is_new_sitting, meeting_key
from bot.news.post import About, Kind, Post
from bot.news.rows import Follow, Held, Look, digests_of, text_digest, unsaid
from bot.news.store import NewsStore
from bot.news.topics import about, followed_topic
from bot.slack.answering.source import AnswersQuestions, Collections, Shelf
from bot.slack.pace.workers import Workers
from bot.texts.report import first_lines, report_lines
from index.errors import KirokuError
from index.passage import Collection, Document, DocumentId, Hit, Passage, PassageId

MOST_DIGESTS = 5
"""Meetings that are digested after one ingest; the others stand in the report."""
_DIGEST = "digest/"
_BROKEN_OFF_S = 60.0
_NAMED = 8
"""Documents of each kind that a report names."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What changed in a collection.

    ``fresh`` are the passages that were never seen, with what of them is new alone; ``digests`` are
    those of the whole.
    """

    collection: Collection
    generation: int
    changes: Changes
    documents: Sequence[tuple[Seen, frozenset[bytes]]]
    gone: Sequence[DocumentId]
    fresh: Sequence[Hit]
    digests: Mapping[PassageId, bytes]


@dataclass(slots=True)
class Looking:
    """Looks, on threads that wait for nothing else; ``begin`` only hands over.

    ``rules`` gives those that hold in the workspace; ``channel`` is where reports and digests go,
    if anywhere; ``language`` that which is set.
    """

    rules: Callable[[], Rules]
    shelf: Shelf
    answerer: Callable[[Collections], AnswersQuestions]
    store: NewsStore
    workers: Workers
    channel: str | None
    language: str
    log: logging.Logger
    _busy: bool = False
    _not_before: float = 0.0
    _kept: Callable[[], None] = lambda: None

    def begin(self, kept: Callable[[], None] = lambda: None) -> None:
        """Look whether anything was published, unless that is being done.

        ``kept`` is called once what is to be told of it is written down.
        """
        if not self._busy and time.monotonic() >= self._not_before:
            self._busy, self._kept = True, kept
            self.workers.reading.put("news", self._look)

    def _look(self) -> None:
        with self._ending():
            found = next(self._changed(), None)
            if found is None:
                self._busy = False
            elif found.fresh and (follows := self.store.follows()):
                topics = partial(self._topics, found, follows)
                self.workers.answering.put("news", topics)
            else:
                self._keep(found, {})
                self._busy = False

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Let a look that breaks off be begun anew, after a while."""
        whole = False
        try:
            yield
            whole = True
        except KirokuError as error:
            self.log.warning("what is new cannot be told yet: %s", error)
        finally:
            if not whole:
                self._not_before = time.monotonic() + _BROKEN_OFF_S
                self._busy = False

    def _changed(self) -> Iterator[_Found]:
        """Yield the collections that have a new generation. One without rules is nobody's."""
        for collection in sorted(self.rules()):
            only = frozenset({collection})
            generation = self.shelf.generations(only).get(collection, 0)
            if generation and generation != self.store.generation(collection):
                yield self._compared(collection, generation, self.shelf.documents(only))

    def _compared(
        self, collection: Collection, generation: int, documents: Sequence[Document]
    ) -> _Found:
        held = self.store.held(collection)
        before = [each.seen for each in held.values() if not each.gone]
        changes = changes_between(before, documents)
        here = {each.document for each in documents}
        gone = [seen.document for seen in before if seen.document not in here]
        kept: list[tuple[Seen, frozenset[bytes]]] = []
        fresh: list[Hit] = []
        digests: dict[PassageId, bytes] = {}
        for document in (*changes.added, *changes.changed, *changes.unread, *changes.moved):
            passages = self.shelf.passages(document)
            kept.append((seen_of(document), digests_of(passages)))
            if before and document not in changes.moved:
                known = _said_before(held, document)
                new = [(each, unsaid(each, known)) for each in passages]
                fresh += _hits(document, [part for _, part in new if part is not None])
                digests |= {each.passage_id: text_digest(each) for each, part in new if part}
        return _Found(collection, generation, changes, kept, gone, fresh, digests)

    def _topics(self, found: _Found, follows: Sequence[Follow]) -> None:
        """Take the topics apart, where the answerer is asked; the rest is done elsewhere."""
        with self._ending():
            rarity = self.answerer(frozenset({found.collection})).rarity
            topics = {text: followed_topic(text, rarity) for text in {f.topic for f in follows}}
            self.workers.reading.put("news", partial(self._match, found, topics))

    def _match(self, found: _Found, topics: Mapping[str, Topic]) -> None:
        with self._ending():
            self._keep(found, topics)
            self._busy = False

    def _keep(self, found: _Found, topics: Mapping[str, Topic]) -> None:
        """Keep what was found together with the posts that it calls for."""
        now = time.time()
        told: list[tuple[Follow, bytes]] = []
        posts = list(self._to_channel(found, now))
        about_topics = {text: about(topic, found.fresh) for text, topic in topics.items()}
        for follow in self.store.follows() if topics else ():
            before = self.store.told(follow)
            hits = [
                (hit, digest)
                for hit in about_topics.get(follow.topic, ())
                if (digest := found.digests[hit.passage.passage_id]) not in before
            ]
            if hits:
                told += [(follow, digest) for _, digest in hits]
                posts.append(_notice(follow, found, [hit for hit, _ in hits], now))
        look = Look(found.collection, found.generation, found.documents, found.gone, posts, told)
        self.store.looked(look, now)
        self._kept()

    def _to_channel(self, found: _Found, now: float) -> Iterator[Post]:
        """Yield the report, and the digests of new meetings."""
        changes, channel = found.changes, self.channel
        if channel is None or not changes:
            return
        name = f"{found.collection}/{found.generation}/{int(now)}"
        language = self._language(changes)
        first = not changes.held
        lines = (
            first_lines(changes, language)
            if first
            else report_lines(changes, language, _NAMED, reasons=False)
        )
        told = About(found.collection, language, tuple(lines))
        yield Post(f"report/{name}", Kind.REPORT, channel, told, made_at=now)
        today = dt.datetime.fromtimestamp(now).date()  # noqa: DTZ006  the machine's own day
        new = [] if first else [each for each in changes.added if is_new_sitting(each, today)]
        told_of = [key.removeprefix(_DIGEST) for key in self.store.digested()] if new else []
        for document in new[:MOST_DIGESTS]:
            meeting = meeting_key(found.collection, document)
            if any(are_one_meeting(meeting, other) for other in told_of):
                continue
            told_of.append(meeting)
            spoken = self.language if self.language in {"ja", "en"} else document.language
            what = About(found.collection, spoken, document=document.document)
            yield Post(f"{_DIGEST}{meeting}", Kind.DIGEST, channel, what, made_at=now)

    def _language(self, changes: Changes) -> str:
        if self.language in {"ja", "en"}:
            return self.language
        documents = (*changes.added, *changes.changed, *changes.moved)
        english = documents and all(each.language == "en" for each in documents)
        return "en" if english else "ja"


def _said_before(held: Mapping[DocumentId, Held], document: Document) -> frozenset[bytes]:
    """Return the digests of what was said where it is the same, also by what has gone since."""
    alike = (each.texts for each in held.values() if each.seen.says_the_same(document))
    return frozenset[bytes]().union(*alike)


def _hits(document: Document, passages: Sequence[Passage]) -> Iterator[Hit]:
    for rank, passage in enumerate(passages, start=1):
        yield Hit(rank, 0.0, passage, document)


def _notice(follow: Follow, found: _Found, hits: Sequence[Hit], now: float) -> Post:
    key = f"notice/{follow.user}/{follow.folded}/{found.collection}/{found.generation}/{int(now)}"
    what = About(
        found.collection,
        follow.language,
        user=follow.user,
        topic=follow.topic,
        passages=tuple(hit.passage.passage_id for hit in hits),
    )
    return Post(key, Kind.NOTICE, follow.user, what, made_at=now)
