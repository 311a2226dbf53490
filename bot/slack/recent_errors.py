"""The last errors of the running bot: of which kind and when, and nothing of what was asked."""

import datetime as dt
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_KEPT = 10


class RecentErrors(logging.Handler):
    """Hears what is logged as an error; ``count`` is told of the kind of each."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._count = count
        self._last: deque[dict[str, str]] = deque(maxlen=_KEPT)
        self._reading = threading.Lock()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear all errors inside the block."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error's kind and time."""
        kind, at = kind_of(record), dt.datetime.fromtimestamp(record.created, dt.UTC)
        with self._reading:
            self._last.append({"at": at.isoformat(timespec="seconds"), "kind": kind})
        self._count(kind)

    def last(self) -> list[dict[str, str]]:
        """Return the last ones, oldest first: ``at`` (ISO 8601, UTC) and ``kind``."""
        with self._reading:
            return list(self._last)


def kind_of(record: logging.LogRecord) -> str:
    """Return the class of the error; without one what happened, else which part logged it."""
    if record.exc_info and record.exc_info[0]:
        return record.exc_info[0].__name__
    return str(getattr(record, "event", record.name))
