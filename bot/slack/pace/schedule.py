"""What is to be done later: one thread wakes it, so that no other has to wait."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

Wake = Callable[[], None]


class Schedule:
    """Calls what is due. Use it from any thread; what it calls has to be quick and raise nothing.

    ``log`` is told of what raises all the same.
    """

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._due: list[tuple[float, int, Wake]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)
        self._thread.start()

    def after(self, seconds: float, wake: Wake) -> None:
        """Call ``wake`` once that many seconds are over; never, where it is closed before."""
        with self._changed:
            due = time.monotonic() + max(seconds, 0.0)
            heapq.heappush(self._due, (due, next(self._order), wake))
            self._changed.notify()

    def close(self) -> None:
        """Wake nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while (wake := self._next()) is not None:
            wake()

    def _next(self) -> Wake | None:
        """Wait for what is due next; ``None`` once it is closed."""
        with self._changed:
            while not self._closed:
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(left)
        return None
