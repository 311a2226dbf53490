"""From a post to its messages: past the gate at that moment, and with what the index holds then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.history.meetings import hits_of
from bot.news.digest import digest_of
from bot.news.post import Kind, Post
from bot.news.topics import about, followed_topic
from bot.slack.access.gate import Closed, Gate
from bot.slack.answering.source import AnswersQuestions, Collections, Shelf
from bot.slack.messages.layout import Message
from bot.slack.news.digest_message import digest_messages
from bot.slack.news.notice_message import notice_message, report_message, shown_in
from bot.slack.trouble import NotNow
from index.passage import Hit

CLOSED, GONE, EMPTY = "closed", "gone", "nothing"
"""Why a post is not made: it may not be seen there, its document went, there is nothing in it."""


_ASK_AGAIN_S = 15.0
"""Slack limits how often it is asked who somebody is, and many may follow one topic."""


@dataclass(frozen=True, slots=True)
class Made:
    """The messages of a post (the first, and those for its thread), and the hits in them."""

    messages: Sequence[Message]
    hits: Sequence[Hit] = ()


@dataclass(frozen=True, slots=True)
class Making:
    """Makes messages. ``answerer`` is asked by one thread at a time, as for a question."""

    gate: Gate
    shelf: Shelf
    answerer: Callable[[Collections], AnswersQuestions]

    def check(self, post: Post) -> NotNow | str | None:
        """Return why a post may not be made, or not yet; ``None`` where it may be seen."""
        if post.kind is Kind.NOTICE:
            sees = self.gate.sees(post.to, f"D{post.to}")
        else:
            sees = self.gate.shows_in(post.to)
        if sees in {Closed.UNCHECKED, Closed.AWAY}:
            return NotNow("rights cannot be checked", _ASK_AGAIN_S)
        if isinstance(sees, Closed) or post.about.collection not in sees:
            return CLOSED
        return None

    def made(self, post: Post) -> Made | str:
        """Return the messages of a post that may be seen, or why there are none."""
        ways = {Kind.REPORT: self._report, Kind.DIGEST: self._digest, Kind.NOTICE: self._notice}
        return ways[post.kind](post)

    def _report(self, post: Post) -> Made | str:
        return Made([report_message(post.about.lines)])

    def _digest(self, post: Post) -> Made | str:
        only = frozenset({post.about.collection})
        documents = {each.document: each for each in self.shelf.documents(only)}
        document = documents.get(post.about.document) if post.about.document else None
        if document is None:
            return GONE
        answerer = self.answerer(only)
        names = [each.passage_id for each in self.shelf.passages(document)]
        digest = digest_of(document, answerer.held(names), answerer.rarity)
        if not digest:
            return EMPTY
        return Made(digest_messages(digest, post.about.language), digest.hits)

    def _notice(self, post: Post) -> Made | str:
        told = post.about
        answerer = self.answerer(frozenset({told.collection}))
        # a document that was replaced meanwhile may say something else at the same place
        topic = followed_topic(told.topic, answerer.rarity)
        names = [hit.passage.passage_id for hit in about(topic, answerer.held(told.passages))]
        if not names:
            return GONE
        history = answerer.told_in(told.topic, names)
        message = notice_message(told.topic, history, told.language)
        return Made([message], hits_of(shown_in(history)))
