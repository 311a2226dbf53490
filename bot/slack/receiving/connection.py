"""Signing in to Slack and keeping the connection."""

import logging
import threading
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import TypeVar

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.pace.client import Count, PacedClient
from bot.slack.pace.limits import Limits
from bot.slack.pace.refusals import Refusals
from bot.slack.receiving.http_mode import HttpReceiver
from bot.slack.receiving.receiver import Receiver, Take, Web
from bot.slack.receiving.socket_mode import SocketReceiver
from bot.slack.receiving.tokens import BOT_TOKEN, tokens
from bot.slack.threads.read import Identity
from bot.slack.trouble import reason_of
from index.errors import SettingError
from index.settings import HTTP, Settings

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

T = TypeVar("T")


class Connection:
    """The way to Slack. ``stopping`` ends every wait; ``count`` is told of each call.

    ``refusals`` knows which tokens Slack refuses.
    """

    def __init__(
        self, settings: Settings, stopping: threading.Event, log: logging.Logger, count: Count
    ) -> None:
        _, second = tokens(settings)
        self.refusals = Refusals()
        self._settings = settings
        self._stopping = stopping
        self._log = log
        self._count = count
        self.receiver: Receiver = (
            HttpReceiver(second, log)
            if settings.slack_mode == HTTP
            else SocketReceiver(second, self.client_of(None, None, "SLACK_APP_TOKEN"), log)
        )

    def client_of(self, token: str | None, limits: Limits | None, name: str) -> PacedClient:
        """Return a client with a token, which is told of by this ``name``."""
        # no retries inside the client: what may be repeated is decided where it is known
        return PacedClient(
            limits,
            self.refusals.of(name),
            self._count,
            token=token,
            base_url=self._settings.slack_api_url,
            timeout=10,
            retry_handlers=[],
            logger=self._log,
        )

    def sign_in(self, client: PacedClient) -> Identity | None:
        """Return who the bot is; ``None`` when stopped before Slack could be reached.

        Raises :class:`SettingError` when Slack refuses the bot token.
        """
        answer = self._until_it_works(BOT_TOKEN, client.auth_test)
        if answer is None:
            return None
        warn_of_missing_scopes(answer.headers.get("x-oauth-scopes"), self._log)
        return Identity(
            user=str(answer["user_id"]), bot=str(answer["bot_id"]), team=str(answer["team_id"])
        )

    def open(self, take: Take, web: Web | None) -> bool:
        """Take what Slack sends from here on. ``False`` when stopped.

        Raises :class:`SettingError` when Slack refuses the app token.
        """

        def begin() -> bool:
            self.receiver.open(take, web)
            return True

        return bool(self._until_it_works("SLACK_APP_TOKEN", begin))

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
            except (SlackClientError, OSError, HTTPException) as error:
                reason = reason_of(error)
            self._log.warning("Slack cannot be reached (%s): trying again in %.0f s", reason, wait)
            self._stopping.wait(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)
        return None


def warn_of_missing_scopes(granted: str | None, log: logging.Logger) -> None:
    """Say which scopes Slack has not ``granted``, if it says so, and what that costs."""
    if granted is None:
        return
    have = {scope.strip() for scope in granted.split(",")}
    for scope, cost in SCOPES.items():
        if scope not in have:
            log.warning(
                "the app lacks the scope %s: %s; install it again from slack/manifest.yaml",
                scope,
                cost,
            )
