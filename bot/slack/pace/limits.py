"""Until when Slack takes nothing: a ``Retry-After`` of any length, kept over restarts.

Posts are limited channel by channel, the other methods here in the whole workspace. What only tells
who asks and where is not held back: it is asked anew each time, and refused where Slack refuses.
"""

import logging
import threading
import time
from collections.abc import Mapping

from bot.private_file import PrivateFile
from index.errors import StorageError

POST = "chat.postMessage"
UPDATE = "chat.update"
_A_CHANNEL_AT_A_TIME = {POST}
_KEPT = {
    POST,
    UPDATE,
    "chat.delete",
    "conversations.history",
    "conversations.replies",
}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS not_before (
    method   TEXT NOT NULL,
    channel  TEXT NOT NULL,
    noted_at REAL NOT NULL,
    until    REAL NOT NULL,
    PRIMARY KEY (method, channel)
) STRICT;
"""

_Key = tuple[str, str]


class Limits:
    """The times that Slack has set. Safe to be used from several threads."""

    def __init__(self, file: PrivateFile, log: logging.Logger) -> None:
        """Take up what was set before. Raises :class:`StorageError`."""
        self._file = file
        self._log = log
        self._lock = threading.Lock()
        file.make(_SCHEMA)
        rows = file.read("SELECT method, channel, noted_at, until FROM not_before")
        self._until: dict[_Key, tuple[float, float]] = {(m, c): (n, u) for m, c, n, u in rows}

    def left(self, method: str, arguments: Mapping[str, object]) -> float:
        """Return for how many seconds a call is not to be made yet; 0 where it may be."""
        with self._lock:
            noted, until = self._until.get(_key(method, arguments), (0.0, 0.0))
        # not longer than Slack said, should the clock have been set back meanwhile
        return max(0.0, min(until - time.time(), until - noted))

    def note(self, method: str, arguments: Mapping[str, object], seconds: float) -> None:
        """Remember that Slack takes no such call for so many seconds."""
        if method not in _KEPT or seconds <= 0:
            return
        (name, channel), now = _key(method, arguments), time.time()
        with self._lock:
            self._until = {k: v for k, v in self._until.items() if v[1] > now}
            self._until[name, channel] = now, now + seconds
        try:
            self._file.write("DELETE FROM not_before WHERE until < ?", (now,))
            self._file.write(
                "INSERT OR REPLACE INTO not_before VALUES (?, ?, ?, ?)",
                (name, channel, now, now + seconds),
            )
        except StorageError as error:
            self._log.warning("remembered until the bot stops only: %s", error)


def _key(method: str, arguments: Mapping[str, object]) -> _Key:
    channel = str(arguments.get("channel") or "") if method in _A_CHANNEL_AT_A_TIME else ""
    return method, channel
