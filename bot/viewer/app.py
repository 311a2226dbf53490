"""What is at which address. Whatever has no valid signature gets 404 and an empty page.

- ``/p/<document>/<passage>`` the page of a passage; a document is named by its key
- ``/page/<number>/<document>`` a page of a document as a picture
- ``/file/0/<document>`` the original, to be downloaded
- ``/style`` the style sheet
- what the bot serves here for Slack, where it is given
- ``/healthz`` and ``/metrics`` for monitoring: nothing of what the documents say, and no signature
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.texts.viewer import EN_VIEWER, JA_VIEWER
from bot.viewer.cited import Libraries, Library
from bot.viewer.links import Links
from bot.viewer.metrics import Metrics
from bot.viewer.page import TEMPLATES, Pages, Reader
from bot.viewer.pictures import Pictures
from bot.viewer.quoted import read_quoted
from bot.viewer.wording import chosen_language
from index.errors import KirokuError
from index.passage import DEFAULT_COLLECTION, Document, PassageId
from index.store.rows import Known
from index.upkeep.condition import Condition

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_NOT_KEPT = {"cache-control": "no-store"}
_KEPT = {"cache-control": "private, max-age=3600"}
_GONE = 410
T = TypeVar("T")

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f"\\/]')


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the addresses give. ``links`` is ``None`` where only monitoring is answered.

    ``connected`` tells whether the bot is connected to Slack, ``trouble`` what keeps it from its
    work all the same, ``activity`` what it is at, as JSON; ``more`` is served beside; ``language``
    is that of who asks for none.
    Monitoring is told of the default collection: whether there are others is not for all.
    """

    libraries: Libraries
    metrics: Metrics
    connected: Callable[[], bool]
    links: Links | None = None
    language: str = "ja"
    trouble: Callable[[], str | None] = lambda: None
    activity: Callable[[], Mapping[str, object]] = dict
    more: Sequence[BaseRoute] = ()

    def app(self) -> Starlette:
        """Return the application; it answers below the path of the public address as well."""
        routes: list[BaseRoute] = [
            Route("/healthz", _Health(self).healthz),
            Route("/metrics", _Health(self).metrics),
        ]
        below = list(self.more)
        if self.links is not None:
            below += _Shown(self.links, self.libraries, Pictures(), self.language).routes()
        routes += below
        if self.links is not None and self.links.prefix:
            routes.append(Mount(unquote(self.links.prefix), _router(below)))
        app = Starlette(
            middleware=[Middleware(_Guarded, metrics=self.metrics)],
            exception_handlers={404: _nothing, 405: _nothing, Exception: _fault},
        )
        app.router = _router(routes)
        return app


class _Health:
    """The addresses for monitoring."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def healthz(self, _request: Request) -> Response:
        """Tell whether the bot is connected and the index can be read."""
        connected, counts = self._viewer.connected(), self._count()
        trouble, condition = self._viewer.trouble(), self._condition()
        well = connected and counts and not trouble
        told = {
            "status": "ok" if well else "unavailable",
            "slack": "connected" if connected else "not connected",
            "trouble": trouble,
            "index": None
            if counts is None
            else {
                "generation": counts[0],
                "passages": counts[2],
                "segments": condition.segments,
            },
            "ages": condition.ages(dt.datetime.now(dt.UTC)),
            **self._viewer.activity(),
        }
        status = 200 if well else 503
        return JSONResponse(told, status, headers=_NOT_KEPT)

    def metrics(self, _request: Request) -> Response:
        """Tell all numbers."""
        counts = self._count() or (0, 0, 0)
        connected = self._viewer.connected()
        text = self._viewer.metrics.text(counts, self._condition(), connected=connected)
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return Response(text, media_type=kind, headers=_NOT_KEPT)

    def _condition(self) -> Condition:
        return self._viewer.libraries.of(DEFAULT_COLLECTION).condition()

    def _count(self) -> tuple[int, int, int] | None:
        try:
            return self._viewer.libraries.of(DEFAULT_COLLECTION).counts()
        except KirokuError:
            return None


@dataclass(frozen=True, slots=True)
class _Shown:
    """The addresses that show something; each checks the signature before it looks anything up."""

    links: Links
    libraries: Libraries
    pictures: Pictures
    language: str

    def routes(self) -> list[Route]:
        return [
            Route("/p/{key}/{passage}", self.passage),
            Route("/page/{number:int}/{key}", self.page),
            Route("/file/{number:int}/{key}", self.file),
            Route("/style", self.style),
        ]

    def passage(self, request: Request) -> Response:
        """Show a passage."""
        key, passage = request.path_params["key"], PassageId(request.path_params["passage"])
        expiry, signature = _signed(request)
        marked = request.query_params.get("q", "")
        found = self._signed_in(
            lambda links: links.verified(key, passage, expiry, signature, marked)
        )
        if found is None:
            return _nothing(request)
        links, library, words = found
        asked = request.query_params.get("lang")
        accepted = request.headers.get("accept-language", "")
        language = chosen_language(asked, accepted, self.language)
        quoted = read_quoted(marked)
        reader = Reader(language, int(expiry), chosen=asked == language, quoted=quoted)
        cited = library.cited(key, passage, words)
        pages = Pages(links, library, self.pictures)
        told = pages.removed(reader) if cited is None else pages.passage(cited, reader)
        headers = _NOT_KEPT | {"vary": "Accept-Language", "content-language": language}
        status = _GONE if cited is None else 200
        return Response(told, status, media_type="text/html; charset=utf-8", headers=headers)

    def page(self, request: Request) -> Response:
        """Show a page of a document as a picture."""
        held = self._genuine("page", request)
        if held is None:
            return _nothing(request)
        number, content_hash = request.path_params["number"], held.document.content_hash
        picture = self.pictures.kept(content_hash, number)
        if picture is None and (original := held.original()) is not None:
            picture = self.pictures.of(original, content_hash, number)
        if picture is None:
            return _nothing(request)
        return Response(picture.content, media_type=picture.media_type, headers=_KEPT)

    def file(self, request: Request) -> Response:
        """Give the original as a download; a browser never opens it under this address."""
        held = self._genuine("file", request)
        original = None if held is None else held.original()
        if held is None or original is None:
            return _nothing(request)
        name = quote(_NOT_IN_NAMES.sub("_", PurePosixPath(held.document.document).name), safe="")
        headers = _NOT_KEPT | {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(original, media_type="application/octet-stream", headers=headers)

    def style(self, request: Request) -> Response:
        """Give the style sheet."""
        if (
            self._signed_in(lambda links: links.is_part("style", *_signed(request), "", 0) or None)
            is None
        ):
            return _nothing(request)
        text = (TEMPLATES / "style.css").read_text("utf-8")
        return Response(text, media_type="text/css; charset=utf-8", headers=_KEPT)

    def _genuine(self, kind: str, request: Request) -> "_Held | None":
        """Return the document of a genuine address; ``None`` also where it is gone."""
        key, number = request.path_params["key"], request.path_params["number"]
        found = self._signed_in(
            lambda links: links.is_part(kind, *_signed(request), key, number) or None
        )
        held = None if found is None else found[1].held(key)
        return None if found is None or held is None else _Held(found[1], *held)

    def _signed_in(self, genuine: Callable[[Links], T | None]) -> tuple[Links, Library, T] | None:
        """Return links and documents of the collection that a signature is of.

        With what ``genuine`` tells of it; ``None`` where no collection's links made it.
        """
        for collection in self.libraries.collections():
            links = self.links.of(collection)
            if (told := genuine(links)) is not None:
                return links, self.libraries.of(collection), told
        return None


@dataclass(frozen=True, slots=True)
class _Held:
    """A document that an address may give, of the collection that it was signed for."""

    library: Library
    document: Document
    known: Known

    def original(self) -> bytes | None:
        return self.library.original(self.document, self.known)


def _router(routes: list[Route] | list[BaseRoute]) -> Router:
    """Return a router that redirects nobody: that would tell which addresses there are."""
    return Router(routes, redirect_slashes=False)


def _signed(request: Request) -> tuple[str, str]:
    """Return expiry and signature as they were given."""
    return request.query_params.get("e", ""), request.query_params.get("s", "")


def _nothing(_request: Request, _error: Exception | None = None) -> Response:
    return Response(b"", 404, headers=_NOT_KEPT)


def _fault(_request: Request, _error: Exception) -> Response:
    """Say that it went wrong and nothing of how: the log has it."""
    text = f"{JA_VIEWER.fault}\n{EN_VIEWER.fault}\n"
    return Response(text, 500, media_type="text/plain; charset=utf-8", headers=_NOT_KEPT)


class _Guarded:
    """Puts the headers that protect a reader on every response, and counts it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
                self._metrics.count_request(scope["path"], message["status"])
            await send(message)

        await self._app(scope, receive, guarded)
