"""Signing in to Slack and keeping the connection."""

import logging
import os
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from typing import TypeVar

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.error import BoltError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web import SlackResponse

from bot.slack.pace.client import PacedClient
from bot.slack.pace.limits import Limits
from bot.slack.pace.refusals import Refusals
from bot.slack.pace.socket_client import PacedSocketClient
from bot.slack.threads.read import Identity
from bot.slack.trouble import SLACK_TROUBLE, reason_of
from index.errors import SettingError
from index.settings import Settings

PING_INTERVAL_S = 2.0
"""The built-in client finds a dead connection after four to six of these: 12 s at the most."""

_RECEIVED_AT_ONCE = 1 << 20
"""Bytes. The client calls itself once for each part of a message that it receives: in parts of its
own 1,024 bytes a long message ends in a RecursionError and is never answered."""

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "mentions in channels are not heard",
    "assistant:write": "no status while an answer is sought, no suggested questions",
    "channels:history": "no follow-ups without a mention in public channels",
    "channels:read": "nothing is shown in public channels: whether one is shared cannot be told",
    "chat:write": "nothing can be answered",
    "commands": "no /kiroku, and no shortcut at messages",
    "files:write": "no page of the original can be sent",
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
    """Return the bot token and the app token. Raises :class:`SettingError` naming a wrong one."""
    return (
        _token("SLACK_BOT_TOKEN", settings.slack_bot_token),
        _token("SLACK_APP_TOKEN", settings.slack_app_token),
    )


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
    """The way to Slack. ``stopping`` ends every wait."""

    def __init__(
        self,
        settings: Settings,
        limits: Limits,
        stopping: threading.Event,
        log: logging.Logger,
    ) -> None:
        bot_token, self._app_token = tokens(settings)
        self.refusals = Refusals()
        self._stopping = stopping
        self._log = log
        self._socket: PacedSocketClient | None = None
        # no retries inside the client: what may be repeated is decided where it is known
        self.client = PacedClient(
            limits,
            self.refusals,
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
                signing_secret="",  # nothing is signed in Socket Mode
                listener_executor=executor,
                raise_error_for_unhandled_request=True,
                logger=self._log,
            ),
        )

    def open(self, app: App) -> bool:
        """Connect; from here on the client connects again by itself. ``False`` when stopped.

        Raises :class:`SettingError` when Slack refuses the app token.
        """
        client = PacedSocketClient(
            app_token=self._app_token,
            web_client=self.client,
            proxy=self.client.proxy,
            ping_interval=PING_INTERVAL_S,
            receive_buffer_size=_RECEIVED_AT_ONCE,
            logger=self._log,
        )
        client.socket_mode_request_listeners.append(partial(_handle, app))
        self._socket = client

        def connect() -> bool:
            client.connect()
            return True

        return bool(self._until_it_works("SLACK_APP_TOKEN", connect))

    def is_open(self) -> bool:
        """Say whether there is a connection now."""
        return self._socket is not None and self._socket.is_connected()

    def look_at_token(self) -> None:
        """Ask Slack whether it takes the bot's token, for ``refusals``, where nothing else does."""
        try:
            self.client.auth_test()
        except SLACK_TROUBLE as error:
            self._log.info("the token could not be looked at: %s", reason_of(error))

    def drop_if_cut(self) -> None:
        """Drop a connection whose other end has closed it without a word.

        The client takes the end of the stream for silence and reads it again and again, with all
        of a processor, until five of its pings have failed. Once it is dropped, the client opens
        a new connection at its next check.
        """
        session = self._socket.current_session if self._socket else None
        if session is not None and session.sock is not None and _has_ended(session.sock):
            self._log.info("the connection was cut")
            session.disconnect()

    def close(self) -> None:
        """Close the connection for good."""
        client = self._socket
        if client is None:
            return
        client.auto_reconnect_enabled = False
        if client.current_session is not None and client.current_session.sock is not None:
            # wakes the thread that reads, which would keep the client from closing for 3 s
            with suppress(OSError):
                client.current_session.sock.shutdown(socket.SHUT_RDWR)
        client.close()

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


def _handle(app: App, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    """Give the app what Slack sends, and Slack the app's answer."""
    send_response(client, request, run_bolt_app(app, request), time.time())


def _has_ended(connected: socket.socket) -> bool:
    """Say whether nothing will ever come from a socket again; what has come is left there."""
    try:
        # a second handle, for a TLS socket cannot be peeked into; both share one state
        with socket.socket(fileno=os.dup(connected.fileno())) as twin:
            readable, _, _ = select.select([twin], [], [], 0)
            return bool(readable) and not twin.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:  # the client was quicker
        return False
    except OSError:
        return True
