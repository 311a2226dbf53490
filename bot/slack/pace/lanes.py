"""Lanes of work: in each, one thing after the other; a lane that has to wait holds no thread.

A step does a piece of work once and says what is next: nothing, another step after a while beside
the others of its lane, or that step after a while with the whole lane waiting for it. So a channel
in which Slack takes nothing for minutes costs nothing but the memory of what waits.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from bot.slack.pace.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Aside:
    """The next step comes after so many seconds; meanwhile the others of its lane go on."""

    seconds: float
    step: "Step"


@dataclass(frozen=True, slots=True)
class Hold:
    """The next step comes after so many seconds, and nothing else of its lane before it."""

    seconds: float
    step: "Step"


Then = Aside | Hold | None
Step = Callable[[], Then]


class Lanes:
    """Works steps on the threads of ``pool``: of one lane one at a time, in the order they came."""

    def __init__(self, pool: Executor, schedule: Schedule, log: logging.Logger) -> None:
        self._pool = pool
        self._schedule = schedule
        self._log = log
        self._lock = threading.Lock()
        self._steps: dict[Hashable, deque[Step]] = {}
        self._busy: set[Hashable] = set()
        self._closed = False

    def put(self, lane: Hashable, step: Step) -> None:
        """Put a step at the end of a lane."""
        with self._lock:
            self._steps.setdefault(lane, deque()).append(step)
            self._begin(lane)

    def close(self) -> None:
        """Begin no step any more; what is left is the caller's to take up another time."""
        with self._lock:
            self._closed = True

    def _begin(self, lane: Hashable) -> None:
        if lane not in self._busy and not self._closed:
            self._busy.add(lane)
            self._pool.submit(self._work, lane).add_done_callback(self._tell)

    def _work(self, lane: Hashable) -> None:
        """Work the first step of a lane; another thread goes on, so that each lane has its turn."""
        then: Then = None
        try:
            then = self._steps[lane][0]()
        finally:
            self._after(lane, then)

    def _after(self, lane: Hashable, then: Then) -> None:
        with self._lock:
            self._steps[lane].popleft()
            if isinstance(then, Hold):
                self._steps[lane].appendleft(then.step)
        if isinstance(then, Hold):  # the lane stays busy, which keeps the others out
            self._schedule.after(then.seconds, lambda: self._go_on(lane))
            return
        if isinstance(then, Aside):
            later = then
            self._schedule.after(later.seconds, lambda: self.put(lane, later.step))
        self._go_on(lane)

    def _go_on(self, lane: Hashable) -> None:
        with self._lock:
            self._busy.discard(lane)
            if self._steps[lane]:
                self._begin(lane)
            else:
                del self._steps[lane]

    def _tell(self, done: Future[None]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self._log.error("a step of the work broke off", exc_info=error)
