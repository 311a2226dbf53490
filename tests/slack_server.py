"""The local Slack's network side: Web API, deliveries both ways, and bad days on demand."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import yaml
from aiohttp import WSMsgType, web

from tests.slack_http import HttpDelivery
from tests.slack_installs import Installs
from tests.slack_troubles import PostLimits, Trouble
from tests.slack_workspace import (
    BOT_ID,
    BOT_USER,
    TEAM,
    Refusal,
    Workspace,
    envelope,
    interactive,
    refuse,
)

MANIFEST = Path(__file__).parents[1] / "slack" / "manifest.yaml"
# Slack waits 3 s for an acknowledgement, sends again, then after a minute and after five; here
# the later waits are shorter, in multiples of ``resend_after``
_WAITS = (1, 4, 8)


@dataclass
class Envelope:
    """An event on its way: ``sent`` counts its deliveries; a click is sent ``once``."""

    frame: dict[str, Any]
    due: float = 0.0
    sent: int = 0
    once: bool = False


@dataclass(eq=False)
class Link:
    """One Socket Mode connection."""

    socket: web.WebSocketResponse
    request: web.Request
    silent: bool = False


@dataclass
class SlackServer:
    """``with`` it serves until the end of the block; ``port=0`` takes a free one.

    Events and scopes are those of the app manifest, so a bot that needs more than its manifest
    asks for fails here too. ``resend_after`` is how long (s) Slack waits for an acknowledgement.
    """

    bot_token: str = "xoxb-local"
    app_token: str = "xapp-local"
    port: int = 0
    resend_after: float = 3.0
    scopes: frozenset[str] | None = None
    acks: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    send_twice: bool = False
    revoked: dict[str, str] = field(default_factory=dict)
    """Tokens that are refused, each with the reason."""
    posts: PostLimits = field(default_factory=PostLimits)
    http: HttpDelivery | None = None
    """Deliveries go to this address, and not over connections."""

    def __post_init__(self) -> None:
        """Read the manifest."""
        manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
        self.events = frozenset(manifest["settings"]["event_subscriptions"]["bot_events"])
        self.interactivity = bool(manifest["settings"]["interactivity"]["is_enabled"])
        features = manifest["features"]
        self.commands = {each["command"] for each in features["slash_commands"]}
        self.shortcuts = {each["callback_id"] for each in features["shortcuts"]}
        asked_for = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        self.installs = Installs(asked_for if self.scopes is None else self.scopes)
        self.workspace = self.installs.workspace(TEAM)
        self.installs.of_token[self.bot_token] = self.workspace
        self.changed = threading.Condition()
        self._links: list[Link] = []
        self._posting: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, Envelope] = {}
        self._troubles: dict[str, list[Trouble]] = {}
        self._turn = 0

    # --- life --------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Serve."""
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Stop serving."""
        self.stop()

    def start(self) -> None:
        """Serve in a thread with its own loop; state is kept over a stop and a start."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._on_loop(self._serve()).result(10)

    def stop(self) -> None:
        """Go away: connections break, the port refuses."""
        self.cut()
        self._on_loop(self._unserve()).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self._link)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/respond/{name}", self._respond)
        self._runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        for workspace in self.installs.teams.values():
            self._reached(workspace)
        self._clock = asyncio.create_task(self._resend())

    def _reached(self, workspace: Workspace) -> None:
        workspace.upload_to = f"http://127.0.0.1:{self.port}/upload/"
        workspace.response_urls.address = f"http://127.0.0.1:{self.port}/respond/"

    @contextmanager
    def looking_at(self, team: str) -> Iterator[Workspace]:
        """Let all that people do and see within the block be in another workspace."""
        before, self.workspace = self.workspace, self.installs.workspace(team)
        self._reached(self.workspace)
        try:
            yield self.workspace
        finally:
            self.workspace = before

    async def _unserve(self) -> None:
        self._clock.cancel()
        await asyncio.gather(self._clock, *self._posting, return_exceptions=True)
        await self._runner.cleanup()

    def _on_loop(self, coroutine: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    @property
    def url(self) -> str:
        """What goes into ``SLACK_API_URL``."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that point a bot here."""
        named = {"SLACK_API_URL": self.url, "SLACK_BOT_TOKEN": self.bot_token}
        if self.http is None:
            return {**named, "SLACK_APP_TOKEN": self.app_token}
        return {
            **named,
            "KIROKU_SLACK_MODE": "http",
            "SLACK_SIGNING_SECRET": self.http.secret,
            "KIROKU_VIEWER": urlsplit(self.http.url).netloc,
        }

    # --- waiting -----------------------------------------------------------------------------

    def wait_until(self, there: Callable[[], object], timeout: float = 15.0) -> None:
        """Wait until ``there()``; raises :class:`TimeoutError` naming the last calls."""
        with self.changed:
            if not self.changed.wait_for(there, timeout):
                last = [method for method, _ in self.calls[-8:]]
                message = f"not within {timeout} s; last calls: {last}"
                raise TimeoutError(message)

    def wait_until_acked(self, timeout: float = 15.0) -> None:
        """Wait until every event sent so far is acknowledged."""
        self.wait_until(lambda: not self._waiting, timeout)

    def wait_connected(self, count: int = 1, timeout: float = 15.0) -> None:
        """Wait for that many open connections that are not silent, or for the address."""
        if self.http is not None:
            self._wait_verified(self.http, timeout)
            return
        self.wait_until(lambda: sum(not li.silent for li in self._links) >= count, timeout)

    def _wait_verified(self, http: HttpDelivery, timeout: float) -> None:
        end = time.monotonic() + timeout
        while not self._on_loop(http.is_verified()).result(timeout):
            if time.monotonic() > end:
                message = f"{http.url} was not the app's within {timeout} s"
                raise TimeoutError(message)
            time.sleep(0.05)

    def wait_gone(self, timeout: float = 15.0) -> None:
        """Wait until no connection is left."""
        self.wait_until(lambda: not self._links, timeout)

    # --- bad days ----------------------------------------------------------------------------

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """Let the next calls of ``method`` meet these, one each."""
        self._troubles.setdefault(method, []).extend(troubles)

    def cut(self) -> None:
        """Break every connection at TCP, without a word."""
        for link in list(self._links):
            if link.request.transport is not None:
                self._loop.call_soon_threadsafe(link.request.transport.abort)
        with self.changed:
            self._links.clear()

    def go_silent(self) -> None:
        """Keep every connection open and never speak or listen on it again."""
        with self.changed:
            for link in self._links:
                link.silent = True

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection that it will be closed, as Slack does every few hours."""
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
        for link in list(self._links):
            self._on_loop(link.socket.send_json(frame)).result(5)

    # --- sending -----------------------------------------------------------------------------

    def send_event(self, event: dict[str, Any]) -> None:
        """Send an event if the app is subscribed to it; again where it is not acknowledged."""
        name = event["type"]
        if name == "message":
            kinds = {"im": "im", "channel": "channels", "group": "groups", "mpim": "mpim"}
            name = f"message.{kinds[event['channel_type']]}"
        if name in self.events:
            self._send(envelope(event, self.workspace.team))

    def send_payload(self, payload: dict[str, Any]) -> None:
        """Send an event's whole payload as it stands, as a further delivery of it."""
        self._send({**envelope({}), "payload": payload})

    def send_click(self, payload: dict[str, Any]) -> str:
        """Send a click, once, for Slack repeats none; return the envelope's id."""
        assert self.interactivity, "the manifest does not enable interactivity"
        return self.send_interactive("interactive", payload)

    def send_interactive(self, kind: str, payload: dict[str, Any]) -> str:
        """Send a payload of a kind of envelope, once; return the envelope's id."""
        frame = {**interactive(payload), "type": kind}
        with self.changed:
            self._waiting[frame["envelope_id"]] = Envelope(frame, once=True)
        return str(frame["envelope_id"])

    def _send(self, frame: dict[str, Any]) -> None:
        with self.changed:
            self._waiting[frame["envelope_id"]] = Envelope(frame)

    async def _resend(self) -> None:
        while True:
            await asyncio.sleep(0.02)
            now = time.monotonic()
            for waiting in list(self._waiting.values()):
                live = [link for link in self._links if not link.socket.closed]
                if (live or self.http) and now >= waiting.due:
                    await self._deliver(waiting, live)

    async def _deliver(self, waiting: Envelope, links: list[Link]) -> None:
        if waiting.sent > (0 if waiting.once else len(_WAITS)):
            self._waiting.pop(waiting.frame["envelope_id"], None)
            return
        frame = {**waiting.frame, "retry_attempt": waiting.sent}
        frame["retry_reason"] = "timeout" if waiting.sent else ""
        for _ in range(2 if self.send_twice else 1):
            self.deliveries.append(frame)
            if self.http is not None:
                self._posting.add(task := asyncio.create_task(self._post(self.http, frame)))
                task.add_done_callback(self._posting.discard)
                continue
            self._turn += 1
            link = links[self._turn % len(links)]  # no promise which connection
            if not link.silent:
                await asyncio.gather(link.socket.send_json(frame), return_exceptions=True)
        waiting.due = time.monotonic() + self.resend_after * (*_WAITS, 1)[waiting.sent]
        waiting.sent += 1

    async def _post(self, http: HttpDelivery, frame: dict[str, Any]) -> None:
        if await http.is_acked(frame):
            self._acked(frame)

    # --- serving -----------------------------------------------------------------------------

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        link = Link(socket, request)
        hello = {"type": "hello", "num_connections": len(self._links) + 1}
        await socket.send_json({**hello, "connection_info": {"app_id": "ALOCAL"}})
        with self.changed:
            self._links.append(link)
            self.changed.notify_all()
        async for message in socket:
            if link.silent:
                continue
            if message.type is WSMsgType.PING:
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acked(json.loads(message.data))
        with self.changed:
            if link in self._links:
                self._links.remove(link)
            self.changed.notify_all()
        return socket

    def _acked(self, frame: dict[str, Any]) -> None:
        with self.changed:
            self.acks.append(frame["envelope_id"])
            self._waiting.pop(frame["envelope_id"], None)
            self.changed.notify_all()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        troubles = self._troubles.get(method) or []
        trouble = troubles.pop(0) if troubles else Trouble("none")
        if method == "chat.postMessage" and trouble.kind == "none":
            trouble = self.posts.met_by(self._place(arguments, request))
        with self.changed:
            self.calls.append((method, arguments))
            self.changed.notify_all()
        if trouble.kind == "late":
            await asyncio.sleep(trouble.value)
        if trouble.kind == "rate_limited":
            headers = {"Retry-After": str(trouble.value)}
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers=headers
            )
        if trouble.kind == "server_error":
            page = "<!DOCTYPE html><html><body>Something went wrong</body></html>"
            return web.Response(text=page, status=trouble.value, content_type="text/html")
        if trouble.kind == "refused":
            return web.json_response({"ok": False, "error": trouble.value})
        if trouble.kind == "made_late" and request.transport is not None:
            request.transport.abort()
            self._loop.call_later(trouble.value, self._answer, method, arguments, request)
            return web.Response()
        answer = self._answer(method, arguments, request)
        if trouble.kind == "reply_lost" and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, headers={"x-oauth-scopes": self._scopes(request)})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's bytes; the address alone says that one may."""
        found = (each.files.get(request.match_info["file"]) for each in self._workspaces())
        held = next(filter(None, found), None)
        if held is None:
            raise web.HTTPNotFound
        held["content"] = await request.read()
        return web.Response(text=f"OK - {held['length']}")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        """Take what comes by a response_url; who has the address needs no token."""
        troubles = self._troubles.get("response_url") or []
        trouble = troubles.pop(0) if troubles else Trouble("none")
        if trouble.kind == "server_error":
            return web.Response(status=trouble.value)
        arguments = await _arguments(request)
        with self.changed:
            self.calls.append(("response_url", arguments))
            name = request.match_info["name"]
            there = (each for each in self._workspaces() if name in each.response_urls.given)
            workspace = next(there, self.workspace)
            held = workspace.response_urls.use(name)
            try:
                if isinstance(held, str):
                    return web.json_response({"ok": False, "error": held}, status=404)
                workspace.respond(held, arguments)
            except Refusal as refusal:
                return web.json_response(refusal.answer, status=400)
            finally:
                self.changed.notify_all()
        return web.Response(text="ok")

    def _workspaces(self) -> list[Workspace]:
        return list(self.installs.teams.values())

    def _scopes(self, request: web.Request) -> str:
        workspace = self.installs.of_token.get(_token(request), self.workspace)
        return ",".join(sorted(workspace.scopes))

    def _answer(
        self, method: str, arguments: dict[str, Any], request: web.Request
    ) -> dict[str, Any]:
        token = _token(request)
        with self.changed:
            try:
                if method == "oauth.v2.access":
                    return self.installs.access(arguments, token)
                if method == "apps.connections.open" and token == self.app_token:
                    self._need_good(token)
                    return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link/?ticket={uuid4()}"}
                workspace = self.installs.of_token.get(token)
                self._need_good(token)
                if workspace is None or method == "apps.connections.open":
                    refuse("invalid_auth")
                if method == "auth.test":
                    who = {"user": "kiroku", "user_id": BOT_USER, "bot_id": BOT_ID}
                    where = {"url": "https://local.test/", "team": "L", "team_id": workspace.team}
                    return {"ok": True, **where, **who}
                if method == "auth.revoke":
                    del self.installs.of_token[token]
                    return {"ok": True, "revoked": True}
                return workspace.call(method, arguments)
            except Refusal as refusal:
                return refusal.answer
            finally:
                self.changed.notify_all()

    def _place(self, arguments: dict[str, Any], request: web.Request) -> str:
        """Return what limits call a channel: of another workspace than the first, with its name."""
        workspace = self.installs.of_token.get(_token(request), self.workspace)
        before = "" if workspace.team == TEAM else f"{workspace.team}/"
        return f"{before}{arguments.get('channel')}"

    def _need_good(self, token: str) -> None:
        if token in self.revoked:
            refuse(self.revoked[token])


def _token(request: web.Request) -> str:
    """Return with what a call is made: a token, or the app's id and secret."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _arguments(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if "json" in request.content_type:
        return dict(json.loads(raw or b"{}"))
    return dict(request.query) | dict(await request.post())
