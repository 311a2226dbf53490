"""What a reply showed is written down when it stands: buttons under it are judged by that."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.answer.at_a_glance import at_a_glance
from bot.feedback.given import ReplyId, ShownPassage, ShownReply, Unanswered
from bot.feedback.store import FeedbackStore
from bot.slack.answering.told import Told
from bot.slack.threads.asked import Asked
from bot.texts import place_text, wording
from index.errors import StorageError
from index.passage import Collection, Hit

_DECLINED = "declined"
_COUNTED = {DeclineReason.NOT_COVERED, DeclineReason.UNSURE}


@dataclass(frozen=True, slots=True)
class ReplyMemory:
    """Writes down replies; where that fails, the log says so and the bot goes on.

    ``generations`` tells the published generation of each collection; ``keep_declined``: the words
    of what is declined are kept, too, without who asked.
    """

    store: FeedbackStore
    generations: Callable[[frozenset[Collection]], Mapping[Collection, int]]
    keep_declined: bool
    log: logging.Logger

    def remember(self, channel: str, asked: Asked, told: Told, ts: str) -> None:
        """Write down what the message ``ts`` shows."""
        try:
            if told.replies:
                reply = ReplyId(channel, ts, asked.asking.turn)
                self.store.remember(_shown(reply, asked, told, self.generations(asked.sees)))
            if self.keep_declined and asked.instead is None:
                self.store.decline(list(_unanswered(asked, told)), time.time())
        except StorageError as error:
            self.log.error("%s:%s: not written down for feedback: %s", channel, ts, error)  # noqa: TRY400  the message says it all


def digest_of(question: str) -> str:
    """Return what tells whether a question was edited."""
    return hashlib.sha256(question.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _shown(
    reply: ReplyId, asked: Asked, told: Told, generations: Mapping[Collection, int]
) -> ShownReply:
    declined = [each for each in told.replies if isinstance(each, Declined)]
    return ShownReply(
        reply,
        told.outcome,
        digest_of(asked.text),
        reason=declined[0].reason if told.outcome == _DECLINED and declined else None,
        alone=len(told.replies) == 1 and asked.asking.filters is None,
        passages=tuple(part for each in told.replies for part in _passages(each)),
        generations=dict(generations),
    )


def _passages(reply: Reply) -> Iterator[ShownPassage]:
    if isinstance(reply, Answer):
        seen = {number for said in at_a_glance(reply) for number in said.citations}
        for each in reply.citations:
            passage = _passage(each.hit, reply.language)
            glance = each.number in seen
            yield replace(passage, quote=each.quote, value=each.value, at_a_glance=glance)
        return
    for position, hit in enumerate(reply.nearest):
        quote = reply.quote if position == 0 else None
        passage = _passage(hit, reply.language)
        yield replace(passage, near=True, quote=quote, at_a_glance=quote is not None)


def _passage(hit: Hit, language: str) -> ShownPassage:
    return ShownPassage(
        collection=hit.document.collection,
        document=hit.document.document,
        title=hit.document.title,
        passage=hit.passage.passage_id,
        page=hit.passage.page,
        place=place_text(hit.passage, wording(language)),
    )


def _unanswered(asked: Asked, told: Told) -> Iterator[Unanswered]:
    """Yield what was not answered. A question back is no decline."""
    for reply in told.replies:
        if isinstance(reply, Declined) and reply.reason in _COUNTED:
            about = reply.taken_over or ""
            yield Unanswered(reply.question, reply.reason, about, asked.sees)
    if told.outcome == _DECLINED and not told.replies:  # nothing on the topic of a history
        yield Unanswered(asked.text, DeclineReason.NOT_COVERED, sees=asked.sees)
