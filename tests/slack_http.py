"""How the local Slack delivers over HTTP: signed, with the headers of a repeat."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp

_OK = 200
_UNREACHABLE = 0
_WAITS_S = 3.0


@dataclass(frozen=True)
class Delivery:
    """A request as Slack makes it; ``body`` is what is signed, byte for byte."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class HttpDelivery:
    """Delivers to ``url`` what is signed with ``secret``."""

    url: str
    secret: str

    def signed(self, body: bytes, kind: str, at: float | None = None) -> Delivery:
        """Return a request with this body, signed ``at`` (seconds since 1970; now)."""
        stamp = str(int(time.time() if at is None else at))
        said = b"v0:%s:%s" % (stamp.encode(), body)
        digest = hmac.new(self.secret.encode(), said, hashlib.sha256)
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
        }
        return Delivery(body, headers)

    def of(self, frame: dict[str, Any]) -> Delivery:
        """Return the request that a frame of Socket Mode would be over HTTP."""
        payload = json.dumps(frame["payload"], ensure_ascii=False)
        form = "application/x-www-form-urlencoded"
        if frame["type"] == "events_api":
            made = self.signed(payload.encode(), "application/json")
        elif frame["type"] == "slash_commands":
            made = self.signed(urlencode(frame["payload"]).encode(), form)
        else:
            made = self.signed(urlencode({"payload": payload}).encode(), form)
        if frame["retry_attempt"]:
            made.headers["X-Slack-Retry-Num"] = str(frame["retry_attempt"])
            made.headers["X-Slack-Retry-Reason"] = "http_timeout"
        return made

    async def post(self, delivery: Delivery) -> tuple[int, bytes]:
        """Make the request; return status and body, 0 where there was no answer in time."""
        timeout, body = aiohttp.ClientTimeout(_WAITS_S), BytesIO(delivery.body)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, data=body, headers=delivery.headers) as answer,
            ):
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            return _UNREACHABLE, b""

    async def is_acked(self, frame: dict[str, Any]) -> bool:
        """Deliver a frame; say whether it was acknowledged."""
        status, _ = await self.post(self.of(frame))
        return status == _OK

    async def is_verified(self) -> bool:
        """Ask as Slack asks when the address is put into the app's page: is it the app's?"""
        challenge = uuid4().hex
        asked = {"type": "url_verification", "token": "t", "challenge": challenge}
        delivery = self.signed(json.dumps(asked).encode(), "application/json")
        status, body = await self.post(delivery)
        return status == _OK and challenge.encode() in body
