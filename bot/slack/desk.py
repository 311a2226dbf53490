"""Taking up a question: from the inbox to the reply in Slack, once, and whatever goes wrong."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.answer.answer import Reply
from bot.conversation.reading import read_message
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.buttons import Press
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way
from bot.slack.messages.full_text import full_text_view, sentence_view
from bot.slack.messages.layout import plain_message
from bot.slack.original_page import OriginalPages
from bot.slack.poster import Posted, Poster, Refused
from bot.slack.replies import Replies, Told, hits_in
from bot.slack.threads.asked import Asked, asked_by
from bot.slack.threads.conversations import Conversations
from bot.slack.trouble import NotNow
from bot.texts import Wording
from index.errors import StorageError
from index.passage import Collection, Hit

_MOST_ATTEMPTS = 3
_FAULT = "fault"

T = TypeVar("T")


class Desk:
    """Where questions are taken up, by the listeners and again after a failure or a restart.

    ``guard`` says what each may see, and writes down what was shown. ``originals`` sends pages
    where citations do not link to them.
    """

    def __init__(  # noqa: PLR0913, PLR0917  a desk is made of these
        self,
        inbox: Inbox,
        poster: Poster,
        conversations: Conversations,
        replies: Replies,
        guard: Guard,
        log: logging.Logger,
    ) -> None:
        self._inbox = inbox
        self._poster = poster
        self._conversations = conversations
        self._replies = replies
        self._guard = guard
        self._log = log
        self.originals: OriginalPages | None = None
        self._taking_up = threading.Lock()
        self._claims = threading.Lock()
        self._in_hand: set[str] = set()

    def take_up(self, incoming: Incoming, attempts: int = 0) -> bool:
        """Bring a question that is in the inbox to its end, unless somebody is at it already.

        ``attempts`` counts how often it was taken up before; from the second time on the thread is
        looked through first, for the reply may stand there. Return ``False`` where the question
        has to wait because Slack takes nothing at present.
        """
        with self._claimed(incoming) as mine:
            if not mine:
                return True
            asked = self._asked(incoming)
            if isinstance(asked, NotNow):
                return self._wait(incoming, asked)
            if asked is None:
                return True
            new = not attempts and asked.instead is None
            working = self._replies.words(asked.text).working if new else None
            stands_now = self._poster.show_status(incoming, working)
            sees = self._guard.gate.sees(asked.user, incoming.channel)
            if not isinstance(sees, Closed):
                asked = replace(asked, sees=sees)
            told = self._reply_to(incoming, asked, attempts, sees)
            if isinstance(sees, Closed) or told.outcome.startswith(_FAULT):
                asked = replace(asked, instead=None)  # an answer that stands is worth more
            result = self._poster.post(incoming, told.message, asked, look_first=attempts > 0)
            stands_now()
            if isinstance(result, NotNow):
                return self._wait(incoming, result)
            # before it is marked: what was shown and is not written down is written at the restart
            stands = isinstance(result, Posted)
            outcome, hits = (told.outcome, told.hits) if stands else ("not_posted", ())
            self._guard.record.write(incoming, asked, outcome, hits, incoming.way)
            if isinstance(result, Posted):
                self._guard.memory.remember(incoming.channel, asked, told, result.ts)
            self._mark(incoming, result, told.outcome)
            if not stands:
                self._poster.tell_alone(incoming, self._replies.words(asked.text).not_posted)
            return True

    def show_whole(self, press: Press) -> None:
        """Open the passages of a reply in full, for the one who pressed its button only."""
        words = self._replies.words("")
        view = self._poster.open_view(press.trigger, sentence_view(words.opening, words))
        if view is None:
            return
        asked = self._conversations.asked_under(press.incoming)
        if not isinstance(asked, Asked):
            self._poster.change_view(view, sentence_view(words.gone, words))
            return
        shown = self._shown_under(press, asked, "more", full_text_view)
        self._poster.change_view(
            view, sentence_view(shown, words) if isinstance(shown, str) else shown
        )

    def send_original(self, press: Press) -> None:
        """Send the pages that a reply cites to the one who pressed its button, and nobody else."""
        incoming, originals = press.incoming, self.originals
        with self._claims:
            if originals is None or incoming.key in self._in_hand:
                return
            self._in_hand.add(incoming.key)
        try:
            asked = self._conversations.asked_under(incoming)
            told: str | None = self._replies.words("").gone
            if isinstance(asked, Asked):
                told = self._shown_under(
                    press, asked, "original", lambda reply: originals.send(press, reply)
                )
        finally:  # before it is told: whoever reads that may press again at once
            with self._claims:
                self._in_hand.discard(incoming.key)
        if told is not None:
            self._poster.tell(incoming, told)

    def _shown_under(
        self, press: Press, asked: Asked, way: str, show: Callable[[Reply], T]
    ) -> T | str:
        """Return what a button shows of the reply that it stands under, or a sentence instead.

        The reply is what its asker may see now; who presses has to be let in to all that it shows.
        """
        let_in = self._guard.under_button(asked, press.user, press.channel)
        told: _Done[T | str] | _Fault
        if isinstance(let_in, Closed):
            told = _Done(self._replies.closed_line(let_in, asked.text), let_in.value)
        else:
            asked, own = let_in

            def work() -> _Done[T | str]:
                reply = self._replies.found(asked)
                hits = hits_in(reply)
                if not {hit.document.collection for hit in hits} <= own:
                    closed = Closed.NOTHING
                    return _Done(self._replies.closed_line(closed, asked.text), closed.value)
                return _Done(show(reply), "shown", hits)

            told = self._at_the_edge(press.incoming.key, asked, work)
        hits = told.hits if isinstance(told, _Done) else ()
        self._guard.record.write(press.incoming, asked, told.outcome, hits, way)
        return told.shown if isinstance(told, _Done) else told.text

    def seen_alone(self, user: str) -> frozenset[Collection] | Closed:
        """Return the collections that a person may see alone with the bot, or why none."""
        return self._guard.gate.sees(user, f"D{user}")

    def take_up_waiting(self, before: float) -> None:
        """Take up what came before that moment (seconds since 1970), is not done, and lies idle."""
        if not self._taking_up.acquire(blocking=False):
            return
        try:
            for waiting in self._inbox.waiting(before):
                if waiting.incoming.key not in self._in_hand:
                    self._inbox.taken_up_again(waiting.incoming)
                    if not self.take_up(waiting.incoming, waiting.attempts + 1):
                        break  # what Slack does not take now, it takes from nobody
        except StorageError as error:
            self._log.error("what is left in the inbox waits: %s", error)
        finally:
            self._taking_up.release()

    @contextmanager
    def _claimed(self, incoming: Incoming) -> Iterator[bool]:
        with self._claims:
            mine = incoming.key not in self._in_hand and self._inbox.is_waiting(incoming)
            if mine:
                self._in_hand.add(incoming.key)
        try:
            yield mine
        finally:
            if mine:
                with self._claims:
                    self._in_hand.discard(incoming.key)

    def _asked(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what is to be answered; ``None`` where nothing is, which is marked as done."""
        asked = self._pressed(incoming) if incoming.way is Way.PRESS else self._said(incoming)
        if not isinstance(asked, Asked):
            return asked
        others = self._inbox.others_ask_in(incoming.channel, incoming.root, asked.user)
        return replace(asked, others=others)

    def _said(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what a message asks, with what was asked before it where it leans on that."""
        reading = read_message(incoming.text)
        if incoming.way is Way.FOLLOW_UP:
            if reading.asks_nothing:
                self._inbox.done(incoming, "asks_nothing")
                return None
            between_us = self._conversations.is_between_us(incoming)
            if isinstance(between_us, NotNow):
                return between_us
            if not between_us:
                self._inbox.done(incoming, "not_addressed")
                return None
        before = self._conversations.asked_before(incoming) if reading.looks_back else ()
        if isinstance(before, NotNow):
            return before
        return replace(asked_by(incoming), before=before)

    def _pressed(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what is to be asked again."""
        asked = self._conversations.asked_under(incoming)
        if asked is None:
            self._poster.tell(incoming, self._replies.words("").gone)
            self._inbox.done(incoming, "gone")
        elif isinstance(asked, Asked) and asked.user != incoming.user:
            # it would change what the asker sees, or answer in their name
            self._poster.tell(incoming, self._replies.words(asked.text).not_yours)
            self._inbox.done(incoming, "not_theirs")
            return None
        return asked

    def _reply_to(
        self,
        incoming: Incoming,
        asked: Asked,
        attempts: int,
        sees: frozenset[Collection] | Closed,
    ) -> Told:
        """Return what is told; where nothing may be seen, nothing is searched."""
        if isinstance(sees, Closed):
            return self._replies.closed(sees, asked)
        if attempts > _MOST_ATTEMPTS:
            words = self._replies.words(asked.text)
            fault = self._fault(incoming.key, words, "given up: it never came to an end before")
            return Told(plain_message(fault.text), fault.outcome)
        told = self._at_the_edge(incoming.key, asked, lambda: self._replies.to(asked))
        if isinstance(told, _Fault):
            return Told(plain_message(told.text), told.outcome)
        return told

    def _at_the_edge(self, key: str, asked: Asked, work: Callable[[], T]) -> "T | _Fault":
        """Do the work; whatever goes wrong in it is told as a fault. Nothing passes this edge."""
        try:
            return work()
        except Exception as error:  # noqa: BLE001  the one edge: the person is told, the log has it
            return self._fault(key, self._replies.words(asked.text), type(error).__name__, error)

    def _fault(
        self, key: str, words: Wording, what: str, error: Exception | None = None
    ) -> "_Fault":
        reference = secrets.token_hex(3)
        self._log.error("fault %s at %s: %s", reference, key, what, exc_info=error)
        return _Fault(words.fault.format(reference=reference), f"{_FAULT} {reference}")

    def _mark(self, incoming: Incoming, result: Posted | Refused, outcome: str) -> None:
        try:
            if isinstance(result, Posted):
                self._inbox.done(incoming, outcome, result.ts)
                self._log.info("%s: %s", incoming.key, outcome)
            else:
                self._inbox.done(incoming, f"refused {result.reason}")
                self._log.error("%s: Slack refuses the reply: %s", incoming.key, result.reason)
        except StorageError as error:
            # it stays in the inbox; when taken up again, the reply is found in the thread
            self._log.error("%s: %s, but not marked as done: %s", incoming.key, outcome, error)

    def _wait(self, incoming: Incoming, result: NotNow) -> bool:
        self._inbox.put_back(incoming)
        self._log.warning("%s: waits, Slack says %s", incoming.key, result.reason)
        return False


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """What a button showed, how that ended, and the hits in it."""

    shown: T
    outcome: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fault:
    """What a person is told of a fault, and the name that the outcome has in the log."""

    text: str
    outcome: str
