"""HTTP mode: Slack sends each delivery to an address of ours, and signs it."""

import asyncio
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.slack.receiving.receiver import Take, Web

EVENTS_PATH = "/slack/events"
LARGEST_DELIVERY = 1 << 20
"""Bytes that are read before the signature is known to be right; Slack's views end at 250 kB."""

_THREADS = 16
"""Deliveries under way at once: each is written to the disk before it is acknowledged."""
_TOLD_EVERY_S = 60.0
_UNSIGNED, _TOO_LARGE, _NOT_NOW = 401, 413, 503


class HttpReceiver:
    """Takes deliveries at :data:`EVENTS_PATH`, once it is open; before, Slack is to come again.

    The signature is checked here and not by Bolt, which writes the whole text of a delivery into
    the log where it does not fit (a wrong secret would put every question there), and breaks off at
    a timestamp that is no number. Bolt's adapter would keep the server waiting while a delivery
    is written to the disk: these have threads of their own.
    """

    def __init__(self, signing_secret: str, log: logging.Logger) -> None:
        self._verifier = SignatureVerifier(signing_secret)
        self._log = log
        self._threads = ThreadPoolExecutor(_THREADS, "delivery")
        self._lock = threading.Lock()
        self._deliver: Take | None = None
        self._web: Web | None = None
        self._tell_at = 0.0
        self.routes: Sequence[BaseRoute] = (Route(EVENTS_PATH, self._take, methods=["POST"]),)

    def open(self, take: Take, web: Web | None) -> None:
        """Take deliveries from now on."""
        with self._lock:
            self._deliver, self._web = take, web

    def is_open(self) -> bool:
        """Say whether deliveries are taken, and the web server listens."""
        with self._lock:
            return self._deliver is not None and self._web is not None and self._web.is_serving()

    def look_after(self) -> None:
        """Do nothing: there is no connection that could be cut."""

    def close(self) -> None:
        """Take no more: Slack sends what comes from now on again, after the next start."""
        with self._lock:
            self._deliver = None
        self._threads.shutdown()

    async def _take(self, request: Request) -> Response:
        """Answer a delivery: with what is said to it, where it is Slack's."""
        body = await _read(request)
        if body is None:
            return Response(status_code=_TOO_LARGE)
        if not self._is_slacks(body, request.headers):
            self._tell_of_unsigned()
            return Response(status_code=_UNSIGNED)
        with self._lock:
            deliver = self._deliver
            if deliver is None:
                return Response(status_code=_NOT_NOW)
            given = to_bolt_request(request, body)
            answer = self._threads.submit(deliver, given)
        told: BoltResponse = await asyncio.wrap_future(answer)
        return to_starlette_response(told)

    def _tell_of_unsigned(self) -> None:
        """Say that a delivery was refused, not more than once a minute: anybody can send some."""
        if (now := time.monotonic()) >= self._tell_at:
            self._tell_at = now + _TOLD_EVERY_S
            self._log.warning(
                "a delivery is refused, as its signature is not Slack's or is older than five "
                "minutes; if it was Slack's: see SLACK_SIGNING_SECRET and this machine's clock"
            )

    def _is_slacks(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Say whether Slack signed these bytes within the last five minutes."""
        timestamp = headers.get("x-slack-request-timestamp")
        signature = headers.get("x-slack-signature")
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, TypeError):  # no number, no UTF-8, no ASCII: nothing that Slack sends
            return False


async def _read(request: Request) -> bytes | None:
    """Return the body as it came; ``None`` where it is larger than any delivery."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_DELIVERY:
            return None
    return bytes(body)
