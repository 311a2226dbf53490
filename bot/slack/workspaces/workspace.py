"""One workspace that the bot is in, with all that is its own, and how that is made."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.slack.answering.replies import Replies
from bot.slack.edge import Edge
from bot.slack.listeners import Listeners
from bot.slack.making import Making
from bot.slack.news.newsroom import Newsroom
from bot.slack.original_page import Drawn
from bot.slack.pace.client import PacedClient
from bot.slack.pace.limits import Limits
from bot.slack.pace.workers import Threads, Workers
from bot.slack.receiving.connection import Connection
from bot.slack.receiving.tokens import BOT_TOKEN
from bot.slack.threads.read import Identity
from bot.slack.trouble import SLACK_TROUBLE, reason_of
from bot.slack.workspaces.installations import Installation
from bot.slack.workspaces.kept import Kept, folder_of
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: who the bot is there, its client, lanes and files, and the app with its parts.

    ``token`` is what people are told of its token.
    """

    identity: Identity
    token: str
    client: PacedClient
    kept: Kept
    workers: Workers
    app: App
    listeners: Listeners
    newsroom: Newsroom

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.identity.team

    def look_at_token(self, log: logging.Logger) -> str | None:
        """Ask Slack whether it takes the token, where nothing else does; return why it does not."""
        try:
            self.client.auth_test()
        except SLACK_TROUBLE as error:
            reason = reason_of(error)
            log.info("%s could not be looked at: %s", self.token, reason)
            return reason
        return None

    def take_up_waiting(self, before: float) -> None:
        """Take up what came before that moment (seconds since 1970) and lies idle."""
        self.listeners.desk.take_up_waiting(before)

    def forget_old(self, now: float, days: int) -> None:
        """Forget what is old at ``now``; of feedback what is more than so many days old."""
        self.kept.inbox.forget_old(now)
        self.kept.store.forget_old(now, days)
        self.kept.news.forget_old(now)
        self.listeners.follow_ups.speakers.forget_old(now)


@dataclass(frozen=True, slots=True)
class Equipment:
    """What workspaces are made with; nothing in it is of one of them."""

    settings: Settings
    connection: Connection
    replies: Replies
    threads: Threads
    executor: Executor
    answered: Callable[[float], None]
    drawn: Drawn | None
    log: logging.Logger

    def home(self) -> Workspace | None:
        """Return the workspace of ``SLACK_BOT_TOKEN``; ``None`` when stopped before.

        Raises :class:`index.errors.SettingError` when Slack refuses the token.
        """
        kept = Kept.opened(self.settings.data, self.answered)
        client = self._client(self.settings.slack_bot_token, kept, BOT_TOKEN)
        identity: Identity | None = None
        try:
            identity = self.connection.sign_in(client)
        finally:
            if identity is None:
                kept.close()
        if identity is None:
            return None
        return self._made(_Entry(identity, BOT_TOKEN, client, kept), self.settings, own=True)

    def installed(self, installed: Installation) -> Workspace:
        """Return a workspace into which the app was installed.

        The channels of the staff and of reports are ones of the workspace of ``SLACK_BOT_TOKEN``:
        no other has those ids.
        """
        settings = replace(self.settings, ask_channel=None, report_channel=None)
        team = installed.team
        kept = Kept.opened(folder_of(settings.data, team), self.answered)
        name = f"the token of workspace {team}"
        client = self._client(installed.token, kept, name)
        own = settings.slack_bot_token is None and team in settings.workspaces
        return self._made(_Entry(installed.identity, name, client, kept), settings, own=own)

    def _client(self, token: str | None, kept: Kept, name: str) -> PacedClient:
        return self.connection.client_of(token, Limits(kept.inbox.file, self.log), name)

    def _made(self, entry: "_Entry", settings: Settings, *, own: bool) -> Workspace:
        replies = replace(self.replies, staff=settings.ask_channel is not None)
        workers = self.threads.workers()
        making = Making(
            settings,
            entry.kept.inbox,
            entry.kept.store,
            entry.kept.news,
            entry.client,
            entry.identity,
            Edge(replies, self.log),
            workers,
            own,
        )
        app = _app(entry, self.executor, self.log)
        listeners = making.registered(app, self.drawn)
        return Workspace(
            entry.identity,
            entry.token,
            entry.client,
            entry.kept,
            workers,
            app,
            listeners,
            making.newsroom(),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where the bot is signed in, and as whom."""

    identity: Identity
    token: str
    client: PacedClient
    kept: Kept


def _app(entry: _Entry, executor: Executor, log: logging.Logger) -> App:
    """Return a Bolt app without listeners yet.

    It is told who it is: else Bolt asks Slack, or, with SLACK_CLIENT_ID in the environment, a store
    of its own.
    """
    identity = entry.identity
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.user,
        bot_id=identity.bot,
        bot_token=entry.client.token,
    )
    return App(
        client=entry.client,
        authorize=lambda: known,
        signing_secret="",  # what is signed is checked before it comes here
        request_verification_enabled=False,
        listener_executor=executor,
        raise_error_for_unhandled_request=True,
        logger=log,
    )
