"""What tells that who comes back from Slack set out here: a word for each, good once."""

import secrets
import threading
import time

KEPT_S = 600.0
_MOST = 1_000
"""Anybody can set out: the oldest are forgotten first."""


class States:
    """The words that are out, in memory: use it from any thread.

    After a restart, who was on the way begins again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    def issue(self) -> str:
        """Return a new word."""
        state, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._until = {k: v for k, v in self._until.items() if v > now}
            while len(self._until) >= _MOST:
                del self._until[next(iter(self._until))]
            self._until[state] = now + KEPT_S
        return state

    def consume(self, state: str) -> bool:
        """Say whether a word is one of these and its time is not over; it is none any more."""
        with self._lock:
            return self._until.pop(state, 0.0) > time.monotonic()
