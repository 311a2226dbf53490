"""Running the viewer beside the bot: in a thread of its own, started again whatever happens to it.

A busy port, or a fault in the server, never stops the bot. How it stands is written to a small file
in the data folder, for ``kiroku status``.
"""

import json
import logging
import os
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from index.setting_values import address_of
from index.settings import HTTP, OFF, Settings

STATE_FILE = "viewer.json"
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0
_STOP_WITHIN_S = 10
_MOST_AT_ONCE = 200
_SERVING, _NOT_RUNNING = "serving", "not running"

_log = logging.getLogger("kiroku.viewer")


def is_wanted(settings: Settings) -> bool:
    """Say whether the viewer is to run.

    It is where a public address is set, where Slack's deliveries come in over HTTP, or its own
    address was set by hand: then monitoring is answered, and nothing else.
    """
    by_hand = settings.origin.get("KIROKU_VIEWER", "default") != "default"
    wanted = settings.public_url is not None or settings.slack_mode == HTTP or by_hand
    return wanted and settings.viewer != OFF


@dataclass(slots=True)
class ViewerServer:
    """A context manager that serves ``app`` at ``address`` (``host:port``) inside its block."""

    app: ASGIApp
    address: str
    data: Path
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _server: uvicorn.Server | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)
    _told: str = field(default="", init=False)

    def __enter__(self) -> Self:
        """Start the thread; a port that is taken is waited for there."""
        self._thread = threading.Thread(target=self._run, name="viewer", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving, and wait until it has."""
        self._stopping.set()
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(_STOP_WITHIN_S)
        with suppress(OSError):
            (self.data / STATE_FILE).unlink(missing_ok=True)

    def is_serving(self) -> bool:
        """Say whether it listens now."""
        return self._told == _SERVING

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                with self._listening() as listening:
                    self._tell(_SERVING, f"the viewer is at http://{self.address}")
                    pause = _FIRST_PAUSE_S
                    self._serve(listening)
                if not self._stopping.is_set():
                    self._tell("failing (ended)", "the viewer ended by itself: it is started again")
            except OSError as error:
                reason = error.strerror or type(error).__name__
                what = f"the viewer cannot be served at {self.address} ({reason}): free the port, "
                self._tell(f"failing ({reason})", what + "or set KIROKU_VIEWER to another one")
            except Exception as error:  # noqa: BLE001  the bot goes on; the log has it
                self._tell("failing (see the log)", "the viewer broke off: it is started again")
                _log.error("what the viewer broke off with", exc_info=error)
            self._stopping.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    def _listening(self) -> socket.socket:
        host, port = address_of(self.address)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)

    def _serve(self, listening: socket.socket) -> None:
        """Serve until told to stop. The addresses asked for hold signatures: none is logged."""
        config = uvicorn.Config(
            self.app,
            access_log=False,
            log_config=None,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_AT_ONCE,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        if not self._stopping.is_set():
            self._server.run(sockets=[listening])

    def _tell(self, state: str, message: str) -> None:
        """Log and write down how it stands, where that is new."""
        if state == self._told:
            return
        self._told = state
        log = _log.info if state == _SERVING else _log.error
        log("%s", message)
        about = {"pid": os.getpid(), "address": self.address, "state": state}
        beside = self.data / f"{STATE_FILE}.new"
        with suppress(OSError):
            beside.write_text(json.dumps(about), encoding="utf-8")
            beside.replace(self.data / STATE_FILE)  # whoever looks never finds half of it


def viewer_state(settings: Settings) -> str:
    """Return how the viewer stands, fit to be shown.

    It may well be there while the bot is not connected to Slack.
    """
    if not is_wanted(settings):
        return OFF
    try:
        told = json.loads((settings.data / STATE_FILE).read_text(encoding="utf-8"))
        return f"{told['state']} at {told['address']}" if _is_alive(told["pid"]) else _NOT_RUNNING
    except (OSError, ValueError, KeyError, TypeError):
        return _NOT_RUNNING


def _is_alive(process: int) -> bool:
    """Say whether a process is there: one that was killed leaves its file behind.

    Windows has no signal that only asks (0 is Ctrl-C there), so the file is believed.
    """
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except PermissionError:  # it is, and belongs to somebody else
        return True
    except OSError:
        return False
    return True
