"""Signing in to Slack and keeping the connection."""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from http.client import HTTPException
from typing import TypeVar

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.slack.pace.client import Count, PacedClient
from bot.slack.pace.limits import Limits
from bot.slack.pace.refusals import Refusals
from bot.slack.receiving.http_mode import HttpReceiver
from bot.slack.receiving.receiver import Receiver, Web
from bot.slack.receiving.socket_mode import SocketReceiver
from bot.slack.threads.read import Identity
from bot.slack.trouble import SLACK_TROUBLE, reason_of
from index.errors import SettingError
from index.settings import HTTP, OFF, Settings

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "mentions in channels are not heard",
    "assistant:write": "no status while an answer is sought, no suggested questions",
    "channels:history": "no follow-ups without a mention in public channels",
    "channels:read": "nothing is shown in public channels: whether one is shared cannot be told",
    "chat:write": "nothing can be answered",
    "commands": "no /kiroku, and no shortcut at messages",
    "files:write": "no page of the original, and no history as a file, can be sent",
    "groups:history": "no follow-ups without a mention in private channels",
    "groups:read": "nothing is shown in private channels: whether one is shared cannot be told",
    "im:history": "direct messages are not heard",
    "mpim:history": "no follow-ups without a mention in direct messages among several",
    "mpim:read": "nothing is shown in direct messages among several: who reads along is not told",
    "usergroups:read": "who is let in by a user group only (access.toml) sees nothing",
    "users:read": "nothing is shown to anybody: who is a member cannot be told",
}
"""The scopes that the bot uses, each with what is lost without it."""

_LONGEST_WAIT_S = 60.0
_WRONG_TOKEN = {
    "account_inactive",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "missing_scope",
    "token_expired",
    "token_revoked",
}
_PREFIXES = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}

_NEEDLESS = warning_client_prioritized_and_token_skipped()

T = TypeVar("T")


def tokens(settings: Settings) -> tuple[str, str]:
    """Return the bot token, and the app token or, in HTTP mode, the signing secret.

    Raises :class:`SettingError` naming what is missing or wrong.
    """
    bot_token = _token("SLACK_BOT_TOKEN", settings.slack_bot_token)
    if settings.slack_mode != HTTP:
        return bot_token, _token("SLACK_APP_TOKEN", settings.slack_app_token)
    if settings.viewer == OFF:
        message = (
            "KIROKU_VIEWER is off, and in HTTP mode Slack is listened to there: set it to HOST:PORT"
        )
        raise SettingError(message)
    secret = (settings.slack_signing_secret or "").strip()
    if not secret:
        message = (
            "SLACK_SIGNING_SECRET is not set, and without it nobody can tell what Slack sent: put "
            "it into .env (“Basic Information”; docs/slack.md), or set KIROKU_SLACK_MODE=socket"
        )
        raise SettingError(message)
    return bot_token, secret


def _token(name: str, value: str | None) -> str:
    prefix = _PREFIXES[name]
    if not value:
        message = f"{name} is not set: put it into .env (it begins with {prefix}; docs/slack.md)"
        raise SettingError(message)
    if not value.startswith(prefix):
        message = f"{name} does not begin with {prefix}: see docs/slack.md for which token it is"
        raise SettingError(message)
    return value


class Connection:
    """The way to Slack. ``stopping`` ends every wait; ``count`` is told of each call."""

    def __init__(
        self,
        settings: Settings,
        limits: Limits,
        stopping: threading.Event,
        log: logging.Logger,
        count: Count,
    ) -> None:
        bot_token, second = tokens(settings)
        by_http = settings.slack_mode == HTTP
        self.receiver: Receiver = (HttpReceiver if by_http else SocketReceiver)(second, log)
        self.refusals = Refusals()
        self._stopping = stopping
        self._log = log
        # no retries inside the client: what may be repeated is decided where it is known
        self.client = PacedClient(
            limits,
            self.refusals,
            count,
            token=bot_token,
            base_url=settings.slack_api_url,
            timeout=10,
            retry_handlers=[],
            logger=log,
        )

    def sign_in(self) -> Identity | None:
        """Return who the bot is; ``None`` when stopped before Slack could be reached.

        Raises :class:`SettingError` when Slack refuses the bot token.
        """
        answer = self._until_it_works("SLACK_BOT_TOKEN", self.client.auth_test)
        if answer is None:
            return None
        self._warn_of_missing_scopes(answer)
        return Identity(
            user=str(answer["user_id"]), bot=str(answer["bot_id"]), team=str(answer["team_id"])
        )

    def make_app(self, executor: Executor) -> App | None:
        """Return the Bolt app, without listeners yet; ``None`` when stopped before."""
        # Bolt takes note of SLACK_BOT_TOKEN in the environment only to warn that it goes unused
        self._log.addFilter(lambda record: record.msg != _NEEDLESS)
        return self._until_it_works(
            "SLACK_BOT_TOKEN",
            lambda: App(
                client=self.client,
                signing_secret="",  # what is signed is checked before it comes here
                request_verification_enabled=False,
                listener_executor=executor,
                raise_error_for_unhandled_request=True,
                logger=self._log,
            ),
        )

    def open(self, app: App, web: Web | None) -> bool:
        """Take what Slack sends from here on. ``False`` when stopped.

        Raises :class:`SettingError` when Slack refuses the app token.
        """

        def begin() -> bool:
            self.receiver.open(app, web)
            return True

        return bool(self._until_it_works("SLACK_APP_TOKEN", begin))

    def look_at_token(self) -> None:
        """Ask Slack whether it takes the bot's token, for ``refusals``, where nothing else does."""
        try:
            self.client.auth_test()
        except SLACK_TROUBLE as error:
            self._log.info("the token could not be looked at: %s", reason_of(error))

    def _until_it_works(self, setting: str, call: Callable[[], T]) -> T | None:
        wait = 1.0
        while not self._stopping.is_set():
            try:
                return call()
            except SlackApiError as error:
                reason = reason_of(error)
                if reason in _WRONG_TOKEN:
                    message = (
                        f"Slack refuses {setting} ({reason}): copy the token from the app's page "
                        "again (docs/slack.md says where it stands)"
                    )
                    raise SettingError(message) from None
            except (BoltError, SlackClientError, OSError, HTTPException) as error:
                reason = reason_of(error)
            self._log.warning("Slack cannot be reached (%s): trying again in %.0f s", reason, wait)
            self._stopping.wait(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)
        return None

    def _warn_of_missing_scopes(self, answer: SlackResponse) -> None:
        granted = answer.headers.get("x-oauth-scopes")
        if granted is None:
            return
        have = {scope.strip() for scope in granted.split(",")}
        for scope, cost in SCOPES.items():
            if scope not in have:
                self._log.warning(
                    "the app lacks the scope %s: %s; install it again from slack/manifest.yaml",
                    scope,
                    cost,
                )
