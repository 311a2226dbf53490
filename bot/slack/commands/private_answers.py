"""Answering one person alone: once, whatever goes wrong, and where they asked if that still goes.

The question is in the inbox before it is acknowledged; the way back to its asker is not, for the
``response_url`` lets whoever has it write to them. So what a crash left is answered in a direct
message instead.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.answering.told import Told
from bot.slack.commands.asking import PrivateQuestion, Reach
from bot.slack.commands.delivery import Delivery, Refusal
from bot.slack.commands.private_message import private_message
from bot.slack.commands.private_replies import PrivateReplies
from bot.slack.edge import Edge
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way, without_emoji
from bot.slack.messages.layout import Message, plain_message
from bot.slack.news.orders import Orders
from bot.slack.pace.lanes import Aside, Then
from bot.slack.pace.workers import Workers
from bot.slack.posting.draft import backoff_s
from bot.slack.threads.asked import Asked, asked_by
from bot.slack.trouble import NotNow
from bot.texts import language_of
from bot.texts.private import private_wording
from index.errors import StorageError

_MOST_TRIES = 4
"""With one way to the asker, before the direct message is taken."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A question in hand: how often it was taken up before, and what is called at its end."""

    question: PrivateQuestion
    attempts: int
    over: Callable[[], None]
    tries: int = 0

    @property
    def incoming(self) -> Incoming:
        return self.question.incoming


@dataclass(frozen=True, slots=True)
class _Ready:
    work: _Work
    asked: Asked
    told: Told
    message: Message


class PrivateAnswers:
    """Takes up private questions. What is seen alone is what the asker may see alone."""

    def __init__(
        self, inbox: Inbox, edge: Edge, guard: Guard, workers: Workers, delivery: Delivery
    ) -> None:
        self._inbox = inbox
        self._edge = edge
        self._replies = PrivateReplies(edge)
        self._guard = guard
        self._workers = workers
        self._delivery = delivery
        self._log: logging.Logger = edge.log
        self._lock = threading.Lock()
        self._reaches: dict[str, Reach] = {}
        self.orders: Orders | None = None

    def add(self, question: PrivateQuestion) -> bool:
        """Write a question down; say whether it is news. Raises :class:`StorageError`."""
        news = self._inbox.add(question.incoming)
        if news:
            with self._lock:
                self._reaches[question.incoming.key] = question.reach
        return news

    def begin(self, incoming: Incoming, attempts: int, over: Callable[[], None]) -> None:
        """Answer a question of the inbox, on other threads; call ``over`` when it is let go."""
        with self._lock:
            reach = self._reaches.pop(incoming.key, Reach())
        work = _Work(PrivateQuestion(incoming, reach), attempts, over)
        self._workers.reading.put(incoming.key, partial(self._read, work))

    def _read(self, work: _Work) -> None:
        with self._held(work):
            incoming = work.incoming
            sees = self._guard.gate.sees(incoming.user, f"D{incoming.user}")
            if sees is Closed.AWAY:
                later = replace(work, tries=work.tries + 1)
                again = partial(self._workers.reading.put, incoming.key, partial(self._read, later))
                self._workers.after(backoff_s(work.tries), again)
                return
            closed = sees if isinstance(sees, Closed) else None
            asked = asked_by(incoming)
            asked = asked if isinstance(sees, Closed) else replace(asked, sees=sees)
            make = partial(self._make, work, asked, closed)
            self._workers.answering.put(("private", incoming.user), make)

    def _make(self, work: _Work, asked: Asked, closed: Closed | None) -> None:
        with self._held(work):
            incoming = work.incoming
            spoken = self._edge.replies.spoken_by(incoming.user)
            ordered = self.orders.done(incoming, spoken) if self.orders and not closed else None
            told = ordered or self._replies.reply(incoming.key, asked, work.attempts, closed)
            language = language_of(without_emoji(asked.text), self._edge.replies.language)
            told = self._as_meant(told, incoming, language)
            shares = not incoming.channel.startswith("D")
            message = private_message(told, asked, language, shares=shares)
            ready = _Ready(work, asked, told, message)
            self._workers.posting.put(("private", incoming.user), partial(self._deliver, ready))

    def _deliver(self, ready: _Ready) -> Then:
        work = ready.work
        incoming = work.incoming
        with self._held(work):
            result = self._delivery.put(work.question.reach, incoming.user, ready.message)
            if isinstance(result, NotNow):
                self._log.warning("%s: waits, Slack says %s", incoming.key, result.reason)
                return Aside(
                    max(result.seconds, backoff_s(work.tries)),
                    partial(self._deliver, replace(ready, work=_next_try(work))),
                )
            self._end(ready, result)
            work.over()
        return None

    def _end(self, ready: _Ready, result: Refusal | None) -> None:
        incoming, asked, told = ready.work.incoming, ready.asked, ready.told
        outcome, hits = (told.outcome, told.hits) if result is None else ("not_posted", ())
        self._guard.record.write(incoming, asked, outcome, hits, incoming.way)
        if result is None:
            self._guard.memory.remember(incoming.channel, asked, told, incoming.ts)
            self._inbox.done(incoming, told.outcome)
            self._log.info("%s: %s", incoming.key, told.outcome)
        else:
            self._inbox.done(incoming, f"refused {result.reason}")
            self._log.error("%s: Slack refuses the reply: %s", incoming.key, result.reason)

    def _as_meant(self, told: Told, incoming: Incoming, language: str) -> Told:
        """Return what is told of a command or a message that says nothing to be looked up."""
        if incoming.way is Way.LOOK_UP and not incoming.text:
            return Told(plain_message(private_wording(language).nothing_to_look_up), "help")
        if incoming.way is not Way.COMMAND or told.outcome != "help":
            return told
        setting = self._edge.replies.language
        languages = (setting,) if setting in {"ja", "en"} else ("ja", "en")
        lines = [line for each in languages for line in private_wording(each).command_help]
        own = plain_message(*lines)
        blocks = (*own.blocks, *told.message.blocks)
        return replace(told, message=Message(f"{own.text}\n{told.message.text}", blocks))

    @contextmanager
    def _held(self, work: _Work) -> Iterator[None]:
        """Let a question go where the work on it breaks off: it is taken up again later."""
        whole = False
        try:
            yield
            whole = True
        except StorageError as error:
            self._log.error("%s: waits in the inbox: %s", work.incoming.key, error)
        finally:
            if not whole:
                work.over()


def _next_try(work: _Work) -> _Work:
    """Return the work for the next try; after some in vain, for the direct message."""
    tries = work.tries + 1
    question = work.question
    if tries >= _MOST_TRIES:
        question = replace(question, reach=Reach())
    return replace(work, question=question, tries=tries)
