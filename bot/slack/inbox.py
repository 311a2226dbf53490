"""The inbox on disk: every question is written here before Slack's delivery is acknowledged.

After an acknowledgement Slack does not send again, so a question that is only in memory would be
lost with the process. A row is ``received`` until the reply stands in Slack, then ``done``; its
text is removed at that moment and the row itself a week later (until then it tells repeats from
news, and in which threads the bot has spoken).
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.slack.incoming import Incoming, Way
from index.errors import StorageError

KEEP_DONE_S = 7 * 24 * 3600.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS question (
    channel     TEXT NOT NULL,
    ts          TEXT NOT NULL,
    root        TEXT NOT NULL,
    asker       TEXT NOT NULL,
    text        TEXT NOT NULL,
    cut         INTEGER NOT NULL,
    way         TEXT NOT NULL,
    event_id    TEXT NOT NULL UNIQUE,
    attempts    INTEGER NOT NULL DEFAULT 0,
    outcome     TEXT,
    reply_ts    TEXT,
    received_at REAL NOT NULL,
    done_at     REAL,
    PRIMARY KEY (channel, ts)
) STRICT;
CREATE INDEX IF NOT EXISTS by_thread ON question (channel, root);
CREATE INDEX IF NOT EXISTS not_done ON question (received_at) WHERE done_at IS NULL;
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question not done yet and how often it was taken up again."""

    incoming: Incoming
    attempts: int


class Inbox:
    """One SQLite file (WAL). Safe to be used from several threads of one process.

    Every method raises :class:`StorageError` when the disk is full or the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # questions are people's words: nobody else on the machine needs to read them
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                path, check_same_thread=False, isolation_level=None, timeout=10
            )
        except (OSError, sqlite3.Error) as error:
            raise _storage_error(path, error) from error
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute("PRAGMA secure_delete=ON")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._connection.close()
            raise _storage_error(path, error) from error

    def close(self) -> None:
        """Close the file; every question written is on disk already."""
        with self._lock:
            self._connection.close()

    def add(self, incoming: Incoming) -> bool:
        """Write a question down; return ``False`` if it is known already (a repeat)."""
        return (
            self._write(
                "INSERT OR IGNORE INTO question"
                " (channel, ts, root, asker, text, cut, way, event_id, received_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    incoming.channel,
                    incoming.ts,
                    incoming.root,
                    incoming.user,
                    incoming.text,
                    incoming.cut,
                    incoming.way,
                    incoming.event_id,
                    time.time(),
                ),
            )
            == 1
        )

    def is_waiting(self, incoming: Incoming) -> bool:
        """Say whether the question is written down and not done."""
        rows = self._read(
            "SELECT 1 FROM question WHERE channel = ? AND ts = ? AND done_at IS NULL",
            (incoming.channel, incoming.ts),
        )
        return bool(rows)

    def waiting(self, before: float) -> list[Waiting]:
        """Return what came before that moment (seconds since 1970) and is not done."""
        rows = self._read(
            "SELECT channel, ts, root, asker, text, cut, way, event_id, attempts FROM question"
            " WHERE done_at IS NULL AND received_at <= ? ORDER BY received_at",
            (before,),
        )
        return [
            Waiting(
                Incoming(
                    channel=channel,
                    ts=ts,
                    root=root,
                    user=asker,
                    text=text,
                    cut=bool(cut),
                    way=Way(way),
                    event_id=event_id,
                ),
                attempts,
            )
            for channel, ts, root, asker, text, cut, way, event_id, attempts in rows
        ]

    def taken_up_again(self, incoming: Incoming) -> None:
        """Count one more attempt, so that a question that kills the process does so a few times."""
        self._write(
            "UPDATE question SET attempts = attempts + 1 WHERE channel = ? AND ts = ?",
            (incoming.channel, incoming.ts),
        )

    def put_back(self, incoming: Incoming) -> None:
        """Forget the attempts: it was Slack that could not be reached, not the question's fault."""
        self._write(
            "UPDATE question SET attempts = 0 WHERE channel = ? AND ts = ?",
            (incoming.channel, incoming.ts),
        )

    def done(self, incoming: Incoming, outcome: str, reply_ts: str | None = None) -> None:
        """Mark a question as done and remove its text."""
        self._write(
            "UPDATE question SET outcome = ?, reply_ts = ?, done_at = ?, text = ''"
            " WHERE channel = ? AND ts = ?",
            (outcome, reply_ts, time.time(), incoming.channel, incoming.ts),
        )
        self._empty_log()

    def speaks_in(self, channel: str, root: str) -> bool:
        """Say whether the bot was asked in that thread (within the last week)."""
        rows = self._read(
            "SELECT 1 FROM question WHERE channel = ? AND root = ? AND way != ? LIMIT 1",
            (channel, root, Way.FOLLOW_UP),
        )
        return bool(rows)

    def others_ask_in(self, channel: str, root: str, asker: str) -> bool:
        """Say whether anybody else put a question to the bot in that thread, within a week."""
        rows = self._read(
            "SELECT 1 FROM question WHERE channel = ? AND root = ? AND asker != ? AND way != ?"
            " AND (outcome IS NULL OR outcome NOT IN"
            " ('not_addressed', 'asks_nothing', 'thanks', 'greeting', 'noted')) LIMIT 1",
            (channel, root, asker, Way.PRESS),
        )
        return bool(rows)

    def forget_old(self, now: float) -> int:
        """Delete what was done a week before ``now`` (seconds since 1970); return how many."""
        return self._write("DELETE FROM question WHERE done_at < ?", (now - KEEP_DONE_S,))

    def _empty_log(self) -> None:
        """Cut the write-ahead log to nothing: it holds the words of what is done as well."""
        with self._lock:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            except sqlite3.Error as error:
                raise _storage_error(self._path, error) from error

    def _write(self, statement: str, values: Sequence[Any]) -> int:
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.rowcount
            except sqlite3.Error as error:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                raise _storage_error(self._path, error) from error

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.fetchall()
            except sqlite3.Error as error:
                raise _storage_error(self._path, error) from error


def _storage_error(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"the inbox {path} cannot be used ({error}): free some disk space and see that this user"
        " may write there; if the file is damaged, move it away"
    )
