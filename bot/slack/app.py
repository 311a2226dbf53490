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
from slack_sdk import WebClient

from bot.access.audit import AuditLog
from bot.access.rules import FILE_NAME, RulesFile
from bot.slack.access.directory import Directory
from bot.slack.access.gate import Gate
from bot.slack.access.guard import Guard
from bot.slack.access.record import Record
from bot.slack.connection import Connection, tokens
from bot.slack.desk import Desk
from bot.slack.health import clear_health, write_health
from bot.slack.inbox import Inbox
from bot.slack.listeners import Listeners
from bot.slack.original_page import Drawn, OriginalPages
from bot.slack.poster import Poster
from bot.slack.replies import AnswersQuestions, Collections, Replies, Shelf
from bot.slack.threads.conversations import Conversations
from bot.slack.threads.read import Identity
from index.errors import SettingError, StorageError
from index.passage import DEFAULT_COLLECTION
from index.settings import Settings

_LISTENERS = 16
_BEAT_S = 1.0
_TAKE_UP_S = 15.0
_FORGET_S = 3600.0


def serve(
    settings: Settings,
    answerer: Callable[[Collections], AnswersQuestions],
    shelf: Shelf,
    beside: AbstractContextManager[object] | None = None,
    drawn: Drawn | None = None,
) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C).

    ``answerer`` gives an answerer on the newest published generation of some collections, ``shelf``
    what these hold. Both are asked from several threads, ``answerer`` for every question and by one
    of them at a time, and only for what the asker may see. ``beside`` is entered once the data
    folder is held, and left when the bot stops. ``drawn`` gives the page of a hit, where citations
    are to have a button for it. Raises :class:`index.errors.SettingError` for a missing or refused
    token and :class:`index.errors.StorageError` where the data folder cannot be used.
    """
    tokens(settings)
    answerer(frozenset({DEFAULT_COLLECTION}))  # an index that cannot be used is told at once
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
        client = connection.client
        replies = Replies(answerer, shelf, settings.language, originals=drawn is not None)
        guard = _guard(settings, client, identity, shelf, log)
        poster = Poster(client, identity, stopping, log)
        desk = Desk(inbox, poster, Conversations(client, identity, log), replies, guard, log)
        desk.originals = OriginalPages(client, drawn, log) if drawn else None
        with ThreadPoolExecutor(_LISTENERS, "listener") as executor:
            app = connection.make_app(executor)
            if app is None:
                return
            Listeners(inbox, desk, identity, replies, settings.language, log).register(app)
            try:
                if connection.open(app):
                    log.info("connected to Slack; stop with Ctrl-C")
                    _Rounds(settings.data, connection, inbox, desk, executor).go(stopping, log)
            finally:
                stopping.set()
                connection.close()
                executor.shutdown(cancel_futures=True)  # what is left waits in the inbox
                clear_health(settings.data)


def _guard(
    settings: Settings, client: WebClient, identity: Identity, shelf: Shelf, log: logging.Logger
) -> Guard:
    """Return what lets through and writes down; rules that are broken are told of at once."""
    file = RulesFile(settings.data / FILE_NAME)
    try:
        file.rules()
    except SettingError as error:
        log.error("until this is mended, nothing is shown to anybody: %s", error)  # noqa: TRY400  the message says it all
    audit = AuditLog(settings.data, settings.audit_questions, settings.audit_days)
    gate = Gate(file, Directory(client, identity.team, log), log)
    return Guard(gate, Record(audit, identity.team, shelf.generations, log))


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
