"""Socket Mode: the bot opens a connection to Slack, and keeps it."""

import logging
import os
import select
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from slack_bolt import BoltRequest
from slack_bolt.adapter.socket_mode.internals import build_headers, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.routing import BaseRoute

from bot.slack.pace.socket_client import PacedSocketClient
from bot.slack.receiving.receiver import Take, Web

PING_INTERVAL_S = 2.0
"""The built-in client finds a dead connection after four to six of these: 12 s at the most."""

_RECEIVED_AT_ONCE = 1 << 20
"""Bytes. The client calls itself once for each part of a message that it receives: in parts of its
own 1,024 bytes a long message ends in a RecursionError and is never answered."""


class SocketReceiver:
    """Connects with the app token; from then on the client connects again by itself."""

    def __init__(self, app_token: str, web_client: WebClient, log: logging.Logger) -> None:
        self.routes: Sequence[BaseRoute] = ()
        self._web_client = web_client
        self._app_token = app_token
        self._log = log
        self._client: PacedSocketClient | None = None

    def open(self, take: Take, web: Web | None) -> None:
        """Connect. Raises what Slack's client raises."""
        del web  # nothing comes in over it
        if self._client is None:
            self._client = PacedSocketClient(
                app_token=self._app_token,
                web_client=self._web_client,
                proxy=self._web_client.proxy,
                ping_interval=PING_INTERVAL_S,
                receive_buffer_size=_RECEIVED_AT_ONCE,
                logger=self._log,
            )
            self._client.socket_mode_request_listeners.append(partial(_handle, take))
        self._client.connect()

    def is_open(self) -> bool:
        """Say whether there is a connection now."""
        return self._client is not None and self._client.is_connected()

    def look_after(self) -> None:
        """Drop a connection whose other end has closed it without a word.

        The client takes the end of the stream for silence and reads it again and again, with all
        of a processor, until five of its pings have failed. Once it is dropped, the client opens
        a new connection at its next check.
        """
        session = self._client.current_session if self._client else None
        if session is not None and session.sock is not None and _has_ended(session.sock):
            self._log.info("the connection was cut")
            session.disconnect()

    def close(self) -> None:
        """Close the connection for good."""
        client = self._client
        if client is None:
            return
        client.auto_reconnect_enabled = False
        if client.current_session is not None and client.current_session.sock is not None:
            # wakes the thread that reads, which would keep the client from closing for 3 s
            with suppress(OSError):
                client.current_session.sock.shutdown(socket.SHUT_RDWR)
        client.close()


def _handle(take: Take, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    """Hand on what Slack sends, and give Slack the answer."""
    delivery = BoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
    send_response(client, request, take(delivery), time.time())


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
