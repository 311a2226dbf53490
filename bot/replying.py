"""Taking up a question: from the inbox to the reply in Slack, once, and whatever goes wrong."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from bot.answer import Answer, Reply
from bot.history import History
from bot.history_message import history_message
from bot.inbox import Inbox
from bot.incoming import LONGEST_QUESTION, Incoming, Way, says_something, without_emoji
from bot.messages import Message, plain_message, reply_message
from bot.posting import NotNow, Posted, Poster, Refused
from bot.prior import prior_topic
from bot.wording import Wording, language_of, wording
from index.errors import StorageError

_MOST_ATTEMPTS = 3


class AnswersQuestions(Protocol):
    """What the bot needs of an answerer."""

    def answer(self, question: str) -> Reply:
        """Answer ``question`` or decline."""
        ...

    def history(self, topic: str) -> History:
        """Return the prior discussions of ``topic``."""
        ...


class Desk:
    """Where questions are taken up, by the listeners and again after a failure or a restart.

    ``answerer`` gives one on the newest published generation each time it is called. Answering
    uses all of a processor, so one question is answered at a time.
    """

    def __init__(
        self,
        inbox: Inbox,
        poster: Poster,
        answerer: Callable[[], AnswersQuestions],
        language: str,
        log: logging.Logger,
    ) -> None:
        self._inbox = inbox
        self._poster = poster
        self._answerer = answerer
        self._language = language
        self._log = log
        self._answering = threading.Lock()
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
            if incoming.way is Way.FOLLOW_UP:
                between_us = self._poster.is_between_us(incoming)
                if isinstance(between_us, NotNow):
                    return self._wait(incoming, between_us)
                if not between_us:
                    self._inbox.done(incoming, "not_addressed")
                    return True
            if not attempts:
                self._poster.show_status(incoming, self._words(incoming).working)
            message, outcome = self._reply_to(incoming, attempts)
            result = self._poster.post(incoming, message, look_first=attempts > 0)
            if isinstance(result, NotNow):
                return self._wait(incoming, result)
            self._mark(incoming, result, outcome)
            return True

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

    def _reply_to(self, incoming: Incoming, attempts: int) -> tuple[Message, str]:
        """Return the message and the name of the outcome. This is the edge: nothing passes it."""
        words = self._words(incoming)
        if not says_something(incoming.text):
            return plain_message(words.help), "help"
        notes = (words.cut_question.format(length=LONGEST_QUESTION),) if incoming.cut else ()
        try:
            if attempts > _MOST_ATTEMPTS:
                return self._fault(incoming, words, "given up: it never came to an end before")
            return self._looked_up(incoming.text, notes)
        except Exception as error:  # noqa: BLE001  the one edge: the person is told, the log has it
            return self._fault(incoming, words, type(error).__name__, error)

    def _looked_up(self, question: str, notes: Sequence[str]) -> tuple[Message, str]:
        """Answer, or where prior discussions are asked for, tell these."""
        topic = prior_topic(question)
        with self._answering:
            answerer = self._answerer()
            found = answerer.answer(question) if topic is None else answerer.history(topic)
        if isinstance(found, History):
            frame = replace(found, language=language_of(question, self._language))
            outcome = "history" if found.meetings else "declined"
            return history_message(frame, notes), outcome
        outcome = "answered" if isinstance(found, Answer) else "declined"
        return reply_message(found, notes), outcome

    def _fault(
        self, incoming: Incoming, words: Wording, what: str, error: Exception | None = None
    ) -> tuple[Message, str]:
        reference = secrets.token_hex(3)
        self._log.error("fault %s at %s: %s", reference, incoming.key, what, exc_info=error)
        return plain_message(words.fault.format(reference=reference)), f"fault {reference}"

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

    def _words(self, incoming: Incoming) -> Wording:
        return wording(language_of(without_emoji(incoming.text), self._language))
