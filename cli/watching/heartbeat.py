"""Whether a watch runs on a data folder, told to the outside through a small file.

It is written anew every few seconds, by the loop that waits for changes or, while an ingest keeps
that loop waiting, by a thread beside it. It holds no process id: who asks may be in another
container.
"""

import json
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

FRESH_S = 60.0
_FILE = "watch.json"
_BEAT_S = 5.0


class WatchState(StrEnum):
    """What a watch does."""

    WAITING = "waiting"
    INGESTING = "ingesting"
    NOT_RUNNING = "not running"


@dataclass(slots=True)
class Heartbeat:
    """Tells that a watch runs on a data folder. Where that cannot be written, it is not told."""

    data: Path
    _written: float = field(default=-math.inf, init=False)

    @contextmanager
    def going(self) -> Iterator["Heartbeat"]:
        """Give itself; after the block it is told no more."""
        try:
            yield self
        finally:
            with suppress(OSError):
                (self.data / _FILE).unlink(missing_ok=True)

    def waits(self) -> None:
        """Tell that changes are waited for; to be called again and again."""
        if time.monotonic() - self._written >= _BEAT_S:
            self._tell(WatchState.WAITING)

    @contextmanager
    def ingests(self) -> Iterator[None]:
        """Tell throughout the block that an ingest is under way."""
        done = threading.Event()

        def beat() -> None:
            while not done.wait(_BEAT_S):
                self._tell(WatchState.INGESTING)

        self._tell(WatchState.INGESTING)
        beside = threading.Thread(target=beat, name="heartbeat", daemon=True)
        beside.start()
        try:
            yield
        finally:
            done.set()
            beside.join()
            self._tell(WatchState.WAITING)

    def _tell(self, state: WatchState) -> None:
        told = {"state": state.value, "written_at": time.time()}
        beside = self.data / f"{_FILE}.new"
        with suppress(OSError):
            self.data.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(told), encoding="utf-8")
            beside.replace(self.data / _FILE)
            self._written = time.monotonic()


def watch_state(data: Path) -> WatchState:
    """Return what the watch on a data folder does."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((data / _FILE).read_text(encoding="utf-8"))
        if abs(time.time() - told["written_at"]) < FRESH_S:
            return WatchState(told["state"])
    return WatchState.NOT_RUNNING
