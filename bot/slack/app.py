"""The composition root of the Slack bot: here its parts are made and put together."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from starlette.routing import BaseRoute

from bot.feedback.store import FILE_NAME as FEEDBACK
from bot.feedback.store import FeedbackStore
from bot.handout.fonts import japanese_font
from bot.news.store import FILE_NAME as NEWS
from bot.news.store import NewsStore
from bot.slack.answering.replies import Replies
from bot.slack.answering.source import AnswersQuestions, Collections, Shelf
from bot.slack.edge import Edge
from bot.slack.health import clear_health
from bot.slack.inbox import FILE_NAME as INBOX
from bot.slack.inbox import Inbox
from bot.slack.making import Making
from bot.slack.original_page import Drawn
from bot.slack.pace.limits import Limits
from bot.slack.pace.workers import Workers
from bot.slack.receiving.connection import Connection, tokens
from bot.slack.receiving.receiver import Web
from bot.slack.rounds import Rounds
from bot.viewer.metrics import Metrics
from index.errors import StorageError
from index.passage import DEFAULT_COLLECTION
from index.settings import Settings

_LISTENERS = 8
"""Threads for listeners, which only hand over."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the bot in its process.

    ``web`` is asked for the web server, with what it is to serve for the bot; it is entered once
    the data folder is held, and left when the bot stops. ``drawn`` gives the page of a hit, where
    citations are to have a button for it.
    """

    web: Callable[[Sequence[BaseRoute]], AbstractContextManager[Web | None]] = lambda _: (
        nullcontext()
    )
    metrics: Metrics = field(default_factory=Metrics)
    drawn: Drawn | None = None


def serve(
    settings: Settings,
    answerer: Callable[[Collections], AnswersQuestions],
    shelf: Shelf,
    beside: Beside,
) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C).

    ``answerer`` gives an answerer on the newest published generation of some collections, ``shelf``
    what these hold. Both are asked from several threads, ``answerer`` for every question and by one
    of them at a time, and only for what the asker may see. Raises
    :class:`index.errors.SettingError` for a missing or refused token and
    :class:`index.errors.StorageError` where the data folder cannot be used.
    """
    tokens(settings)
    answerer(frozenset({DEFAULT_COLLECTION}))  # an index that cannot be used is told at once
    log = _log()
    stopping = threading.Event()
    with (
        _until_told(stopping),
        _alone(settings.data),
        closing(Inbox(settings.data / INBOX, beside.metrics.count_answered)) as inbox,
        closing(FeedbackStore(settings.data / FEEDBACK)) as store,
        closing(NewsStore(settings.data / NEWS)) as news,
    ):
        beside.metrics.watch_queue(inbox.queue)
        limits, count = Limits(inbox.file, log), beside.metrics.count_call
        connection = Connection(settings, limits, stopping, log, count)
        replies = _replies(settings, answerer, shelf, beside.drawn)
        with beside.web(connection.receiver.routes) as web:
            edge = Edge(replies, log)
            bot = _Bot(settings, inbox, store, news, connection, edge, beside.drawn)
            bot.run(web, stopping)


@dataclass(frozen=True, slots=True)
class _Bot:
    """The bot, not signed in yet."""

    settings: Settings
    inbox: Inbox
    store: FeedbackStore
    news: NewsStore
    connection: Connection
    edge: Edge
    drawn: Drawn | None

    def run(self, web: Web | None, stopping: threading.Event) -> None:
        """Sign in, take what Slack sends, and answer it, until told to stop."""
        connection, log = self.connection, self.edge.log
        identity = connection.sign_in()
        if identity is None:
            return
        with ThreadPoolExecutor(_LISTENERS, "listener") as executor, Workers(log) as workers:
            app = connection.make_app(executor)
            if app is None:
                return
            made = Making(
                self.settings,
                self.inbox,
                self.store,
                self.news,
                connection.client,
                identity,
                self.edge,
                workers,
            )
            listeners = made.registered(app, self.drawn)
            rounds = Rounds(self.settings, connection, self.inbox, self.store, listeners, executor)
            rounds.newsroom = made.newsroom()
            try:
                if connection.open(app, web):
                    log.info("connected to Slack; stop with Ctrl-C")
                    rounds.go(stopping, log)
            finally:
                stopping.set()
                connection.receiver.close()
                executor.shutdown(cancel_futures=True)  # what is left waits in the inbox
                clear_health(self.settings.data)


def _replies(
    settings: Settings,
    answerer: Callable[[Collections], AnswersQuestions],
    shelf: Shelf,
    drawn: Drawn | None,
) -> Replies:
    """Return what makes replies, with the buttons that can be had here."""
    return Replies(
        answerer,
        shelf,
        settings.language,
        originals=drawn is not None,
        staff=settings.ask_channel is not None,
        timelines=japanese_font() is not None,
    )


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
