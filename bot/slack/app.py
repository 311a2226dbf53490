"""The composition root of the Slack bot: here its parts are made and put together."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.slack.connection import Connection, tokens
from bot.slack.desk import Desk
from bot.slack.health import clear_health, write_health
from bot.slack.inbox import Inbox
from bot.slack.listeners import Listeners
from bot.slack.original_page import Drawn, OriginalPages
from bot.slack.poster import Poster
from bot.slack.replies import AnswersQuestions, Replies, Shelf
from bot.slack.threads.conversations import Conversations
from index.errors import StorageError
from index.settings import Settings

_LISTENERS = 16
_BEAT_S = 1.0
_TAKE_UP_S = 15.0
_FORGET_S = 3600.0


def serve(
    settings: Settings,
    answerer: Callable[[], AnswersQuestions],
    shelf: Shelf,
    beside: AbstractContextManager[object] | None = None,
    drawn: Drawn | None = None,
) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C).

    ``answerer`` gives an answerer on the newest published generation, ``shelf`` what that
    holds. Both are asked from several threads, ``answerer`` for every question and by one of them
    at a time. ``beside`` is entered once the data folder is held, and left when the bot stops.
    ``drawn`` gives the page of a hit, where citations are to have a button for it.
    Raises :class:`index.errors.SettingError` for a missing or refused token and
    :class:`index.errors.StorageError` where the data folder cannot be used.
    """
    tokens(settings)
    answerer()  # an index that cannot be used is told now, and not to everybody who asks
    log = _log()
    stopping = threading.Event()
    with (
        _until_told(stopping),
        _alone(settings.data),
        closing(Inbox(settings.data / "inbox.sqlite3")) as inbox,
        beside or nullcontext(),
    ):
        connection = Connection(settings, stopping, log)
        identity = connection.sign_in()
        if identity is None:
            return
        poster = Poster(connection.client, identity, stopping, log)
        conversations = Conversations(connection.client, identity, log)
        replies = Replies(answerer, shelf, settings.language, originals=drawn is not None)
        desk = Desk(inbox, poster, conversations, replies, log)
        desk.originals = OriginalPages(connection.client, drawn, log) if drawn else None
        with ThreadPoolExecutor(_LISTENERS, "listener") as executor:
            app = connection.make_app(executor)
            if app is None:
                return
            Listeners(inbox, desk, identity, shelf.documents, settings.language, log).register(app)
            try:
                if connection.open(app):
                    log.info("connected to Slack; stop with Ctrl-C")
                    rounds = _Rounds(settings.data, connection, inbox, desk, executor)
                    rounds.go(stopping, log)
            finally:
                stopping.set()
                connection.close()
                executor.shutdown(cancel_futures=True)  # what is left waits in the inbox
                clear_health(settings.data)


@dataclass(frozen=True, slots=True)
class _Rounds:
    """What is done again and again while the bot runs."""

    data: Path
    connection: Connection
    inbox: Inbox
    desk: Desk
    executor: ThreadPoolExecutor

    def go(self, stopping: threading.Event, log: logging.Logger) -> None:
        """Tell the state, take up what was left, forget what is old, until told to stop."""
        take_up_at = forget_at = 0.0
        age = 0.0  # at start all that is in the inbox is left from before
        while not stopping.is_set():
            now = time.time()
            self.connection.drop_if_cut()
            try:
                write_health(self.data, connected=self.connection.is_open())
                if now >= forget_at:
                    self.inbox.forget_old(now)
                    forget_at = now + _FORGET_S
            except (OSError, StorageError) as error:
                log.warning("the data folder %s cannot be written: %s", self.data, error)
            if now >= take_up_at:
                self.executor.submit(self.desk.take_up_waiting, now - age)
                take_up_at, age = now + _TAKE_UP_S, _TAKE_UP_S
            stopping.wait(_BEAT_S)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder: two bots on one inbox would both take up what a third one left."""
    lock = FileLock(data / "serve.lock")
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        message = f"another `kiroku serve` runs on {data}: stop it, or give this one its own --data"
        raise StorageError(message) from None
    except OSError as error:
        message = f"the data folder {data} cannot be written ({error}): choose one with --data"
        raise StorageError(message) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _until_told(stopping: threading.Event) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end the bot in good order."""

    def stop(_signal: int, _frame: object) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _log() -> logging.Logger:
    log = logging.getLogger("kiroku.slack")
    # the SDK writes whole messages at DEBUG: people's questions do not belong into a log
    log.setLevel(logging.INFO)
    return log
