"""The composition root of the Slack bot: here its parts are made and put together."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from slack_bolt.logger.messages import (
    info_default_oauth_settings_loaded,
    warning_client_prioritized_and_token_skipped,
    warning_token_skipped,
)
from starlette.routing import BaseRoute

from bot.access.rules import FILE_NAME as ACCESS
from bot.access.rules import RulesFile, workspaces_named
from bot.handout.fonts import japanese_font
from bot.slack.answering.replies import Replies
from bot.slack.answering.source import AnswersQuestions, Collections, Shelf
from bot.slack.health import clear_health
from bot.slack.original_page import Drawn
from bot.slack.pace.workers import Threads
from bot.slack.receiving.connection import Connection
from bot.slack.receiving.receiver import Web
from bot.slack.receiving.tokens import app_secret, tokens
from bot.slack.recent_errors import RecentErrors
from bot.slack.rounds import Rounds
from bot.slack.workspaces.exchange import Exchange
from bot.slack.workspaces.installations import Installations
from bot.slack.workspaces.installing import InstallPages
from bot.slack.workspaces.workspace import Equipment
from bot.slack.workspaces.workspaces import Workspaces
from bot.viewer.metrics import Metrics
from index.errors import SettingError, StorageError
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
    errors = RecentErrors(beside.metrics.count_error)
    with _until_told(stopping), _alone(settings.data), errors.listening(), ExitStack() as files:
        connection = Connection(settings, stopping, log, beside.metrics.count_call)
        replies = _replies(settings, answerer, shelf, beside.drawn)
        pages = _install_pages(settings, log)
        installations = None
        if pages is not None:
            installations = files.enter_context(closing(Installations(settings.data)))
        with beside.web([*connection.receiver.routes, *(pages.routes if pages else ())]) as web:
            bot = _Bot(settings, connection, replies, installations, pages, beside, errors, log)
            bot.run(web, stopping)


@dataclass(frozen=True, slots=True)
class _Bot:
    """The bot, not signed in yet."""

    settings: Settings
    connection: Connection
    replies: Replies
    installations: Installations | None
    pages: InstallPages | None
    beside: Beside
    errors: RecentErrors
    log: logging.Logger

    def run(self, web: Web | None, stopping: threading.Event) -> None:
        """Sign in, take what Slack sends, and answer it, until told to stop."""
        connection, log = self.connection, self.log
        with (
            ExitStack() as files,
            ThreadPoolExecutor(_LISTENERS, "listener") as executor,
            Threads(log) as threads,
        ):
            workspaces = Workspaces(self._equipment(threads, executor), self.installations)
            files.callback(workspaces.close)
            if not workspaces.open():
                return
            self.beside.metrics.watch_queue(workspaces.queue)
            self.beside.metrics.watch_tokens(connection.refusals.states)
            try:
                if connection.open(workspaces.take, web):
                    if self.pages is not None:
                        self.pages.open(workspaces)
                    log.info("connected to Slack; stop with Ctrl-C")
                    rounds = Rounds(self.settings, connection, workspaces, executor, self.errors)
                    rounds.go(stopping, log)
            finally:
                stopping.set()
                if self.pages is not None:
                    self.pages.close()
                connection.receiver.close()
                executor.shutdown(cancel_futures=True)  # what is left waits in the inbox
                clear_health(self.settings.data)

    def _equipment(self, threads: Threads, executor: ThreadPoolExecutor) -> Equipment:
        return Equipment(
            self.settings,
            self.connection,
            self.replies,
            threads,
            executor,
            self.beside.metrics.count_answered,
            self.beside.drawn,
            self.log,
        )


def _install_pages(settings: Settings, log: logging.Logger) -> InstallPages | None:
    """Return the pages at which the app is installed into workspaces, where that is wanted."""
    secret = app_secret(settings)
    if secret is None:
        return None
    file = RulesFile(settings.data / ACCESS)

    def is_named(team: str) -> bool:
        try:
            return team in settings.workspaces or team in workspaces_named(file.rules())
        except SettingError as error:
            log.error("no workspace of access.toml is known, until it is mended: %s", error)  # noqa: TRY400  the message says it all
            return False

    return InstallPages(Exchange(secret, settings.slack_api_url, log), is_named, settings.language)


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
    # what Bolt finds in the environment it only mentions to say that it goes unused
    needless = {
        warning_client_prioritized_and_token_skipped(),
        warning_token_skipped(),
        info_default_oauth_settings_loaded(),
    }
    log.addFilter(lambda record: record.msg not in needless)
    return log
