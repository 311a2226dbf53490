"""The reply to a private question: as to any other, but for what only a command asks."""

from dataclasses import dataclass, replace

from bot.slack.access.gate import Closed
from bot.slack.answering.told import Told
from bot.slack.commands.asking import meeting_asked
from bot.slack.edge import Edge, Fault
from bot.slack.incoming import without_emoji
from bot.slack.messages.layout import plain_message
from bot.slack.messages.meeting import (
    Meeting,
    meeting_message,
    minutes_of,
    no_meeting_message,
)
from bot.slack.threads.asked import Asked
from bot.texts import language_of
from index.passage import Document, Hit, passage_id

_FIRST = 3
"""Passages at the beginning of minutes; the first of them that there is tells where they stand."""


@dataclass(frozen=True, slots=True)
class PrivateReplies:
    """Makes them; whatever goes wrong is told as a fault."""

    edge: Edge

    def reply(self, key: str, asked: Asked, attempts: int, closed: Closed | None) -> Told:
        """Return what is told of a question, as :meth:`Edge.reply` does."""
        what = meeting_asked(asked.text)
        if what is None or closed is not None:
            return self.edge.reply(key, asked, attempts, closed)
        told = self.edge.at(key, asked, lambda: self._meeting(what, asked))
        return Told(plain_message(told.text), told.outcome) if isinstance(told, Fault) else told

    def _meeting(self, what: str, asked: Asked) -> Told:
        replies = self.edge.replies
        language = language_of(without_emoji(what), replies.language)
        found = minutes_of(replies.shelf.documents(asked.sees), what)
        if not found:
            return Told(no_meeting_message(what, language), "declined")
        newest, *others = found
        source = self._source(newest, asked)
        message = meeting_message(Meeting(newest, source, tuple(others)), language)
        return Told(message, "meeting", (source,) if source else ())

    def _source(self, minutes: Document, asked: Asked) -> Hit | None:
        names = [passage_id(minutes.document, number) for number in range(_FIRST)]
        held = self.edge.replies.answerer(asked.sees).held(names)
        ours = (hit for hit in held if hit.document.collection == minutes.collection)
        first = next(ours, None)
        return replace(first, rank=1) if first else None
