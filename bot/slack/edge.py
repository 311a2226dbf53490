"""The edge at which a reply is made: whatever goes wrong behind it is told as a fault."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.slack.access.gate import Closed
from bot.slack.answering.replies import Replies
from bot.slack.answering.told import Told
from bot.slack.events import about
from bot.slack.messages.layout import plain_message
from bot.slack.threads.asked import Asked

FAULT = "fault"
_MOST_ATTEMPTS = 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a person is told of a fault, and the name that the outcome has in the log."""

    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Makes replies and lets no error pass: the person is told a number, the log has the rest."""

    replies: Replies
    log: logging.Logger

    def reply(self, key: str, asked: Asked, attempts: int, closed: Closed | None) -> Told:
        """Return what is told of a question that was taken up ``attempts`` times before.

        Where it is ``closed`` to the asker, nothing is searched.
        """
        if closed is not None:
            return self.replies.closed(closed, asked)
        told: Told | Fault
        if attempts > _MOST_ATTEMPTS:
            told = self._fault(key, asked, "given up: it never came to an end before")
        else:
            told = self.at(key, asked, lambda: self.replies.to(asked))
        return told if isinstance(told, Told) else Told(plain_message(told.text), told.outcome)

    def at(self, key: str, asked: Asked, work: Callable[[], T]) -> T | Fault:
        """Do the work; whatever goes wrong in it is a fault."""
        try:
            return work()
        except Exception as error:  # noqa: BLE001  the one edge: the person is told, the log has it
            return self._fault(key, asked, type(error).__name__, error)

    def _fault(self, key: str, asked: Asked, what: str, error: Exception | None = None) -> Fault:
        reference = secrets.token_hex(3)
        told = about(key, FAULT, reference)
        self.log.error("fault %s at %s: %s", reference, key, what, exc_info=error, extra=told)
        text = self.replies.words(asked.text, asked.user).fault.format(reference=reference)
        return Fault(text, f"{FAULT} {reference}")
