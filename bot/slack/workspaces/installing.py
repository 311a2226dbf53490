"""The two addresses at which the app is installed into a workspace: out to Slack, and back.

Who comes back must have set out here, in the same browser, within ten minutes; and into a workspace
that the operator has not named, the app is not installed.
"""

import html
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.slack.workspaces.exchange import (
    INSTALL_PATH,
    REDIRECT_PATH,
    Exchange,
    NotInstalledError,
)
from bot.slack.workspaces.installations import Installation
from bot.slack.workspaces.states import KEPT_S, States
from bot.slack.workspaces.workspaces import Workspaces
from bot.texts.installing import InstallWording, install_wording
from bot.viewer.wording import chosen_language
from index.errors import StorageError

_COOKIE = "kiroku-install"
_NOT_KEPT = {"cache-control": "no-store"}

Sentence = Callable[[InstallWording], str]


@dataclass(frozen=True, slots=True)
class _Ending:
    """How it ended: the sentence on the page, and the HTTP status."""

    sentence: Sentence
    status: int = 200


class InstallPages:
    """The pages, once they are open; before, who comes is to come again.

    ``is_named`` says whether the operator has named a workspace.
    """

    def __init__(self, exchange: Exchange, is_named: Callable[[str], bool], language: str) -> None:
        self._exchange = exchange
        self._is_named = is_named
        self._language = language
        self._log: logging.Logger = exchange.log
        self._states = States()
        self._lock = threading.Lock()
        self._workspaces: Workspaces | None = None
        self.routes: Sequence[BaseRoute] = (
            Route(INSTALL_PATH, self._out, methods=["GET"]),
            Route(REDIRECT_PATH, self._back, methods=["GET"]),
        )

    def open(self, workspaces: Workspaces) -> None:
        """Add workspaces to these from now on."""
        with self._lock:
            self._workspaces = workspaces

    def close(self) -> None:
        """Add none any more."""
        with self._lock:
            self._workspaces = None

    def _out(self, request: Request) -> Response:
        """Send who wants to install the app to Slack."""
        with self._lock:
            is_open = self._workspaces is not None
        if not is_open:
            return self._page(request, _NOT_NOW)
        state = self._states.issue()
        away = RedirectResponse(self._exchange.authorize_url(state), 302, headers=_NOT_KEPT)
        away.set_cookie(
            _COOKIE,
            state,
            max_age=int(KEPT_S),
            secure=self._exchange.app.public_url.startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return away

    def _back(self, request: Request) -> Response:
        """Install the app for who comes back from Slack, and say how that ended."""
        page = self._page(request, self._ending(request))
        page.delete_cookie(_COOKIE)
        return page

    def _ending(self, request: Request) -> _Ending:
        given, state = request.query_params, request.query_params.get("state", "")
        own = request.cookies.get(_COOKIE, "")
        same = secrets.compare_digest(own.encode(), state.encode())
        if not (same and self._states.consume(state)):
            return _EXPIRED
        if given.get("error") or not given.get("code"):
            return _CANCELLED
        try:
            return self._install(self._exchange.installation(given["code"]))
        except NotInstalledError as error:
            self._log.warning("the app was not installed: %s", error)
            return _REFUSED
        except StorageError as error:
            self._log.error("the app was not installed: %s", error)
            return _NOT_NOW

    def _install(self, installed: Installation) -> _Ending:
        team = installed.team
        with self._lock:  # so that none is added once it is closed
            workspaces = self._workspaces
            if workspaces is None:
                return _NOT_NOW
            if workspaces.is_home(team):
                return _ALREADY
            if self._is_named(team):
                workspaces.add(installed)
                return _DONE
        self._log.warning(
            "not installed into workspace %s, which KIROKU_WORKSPACES and access.toml do not name",
            team,
        )
        self._exchange.give_back(installed)
        return _Ending(lambda words: words.not_named.format(team=team), 403)

    def _page(self, request: Request, ending: _Ending) -> Response:
        accepted = request.headers.get("accept-language", "")
        language = chosen_language(None, accepted, self._language)
        words = install_wording(language)
        title, said = html.escape(words.title), html.escape(ending.sentence(words))
        told = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><h1>{title}</h1><p>{said}</p></html>"
        )
        headers = _NOT_KEPT | {"vary": "Accept-Language", "content-language": language}
        return HTMLResponse(told, ending.status, headers=headers)


_DONE = _Ending(lambda words: words.done)
_ALREADY = _Ending(lambda words: words.already)
_CANCELLED = _Ending(lambda words: words.cancelled)
_EXPIRED = _Ending(lambda words: words.expired, 400)
_REFUSED = _Ending(lambda words: words.refused, 502)
_NOT_NOW = _Ending(lambda words: words.not_now, 503)
