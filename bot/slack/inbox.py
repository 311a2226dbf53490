"""The inbox on disk: every question is written here before Slack's delivery is acknowledged.

After an acknowledgement Slack does not send again, so a question that is only in memory would be
lost with the process. A row is ``received`` until the reply stands in Slack, then ``done``; its
text is removed at that moment and the row itself a week later (until then it tells repeats from
news, and in which threads the bot has spoken).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.private_file import PrivateFile
from bot.slack.incoming import Incoming, Way

FILE_NAME = "inbox.sqlite3"
KEEP_DONE_S = 7 * 24 * 3600.0
_AHEAD_S = 60.0
"""A clock is set right by less, again and again."""

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
    """The questions in an :class:`PrivateFile`, whose errors every method raises.

    ``answered`` is told of each reply that stands, after how many seconds.
    """

    def __init__(self, path: Path, answered: Callable[[float], None] = lambda _: None) -> None:
        self._answered = answered
        self.file = PrivateFile(path, "the inbox")
        self.file.make(_SCHEMA)

    def close(self) -> None:
        """Close the file; every question written is on disk already."""
        self.file.close()

    def add(self, incoming: Incoming) -> bool:
        """Write a question down; return ``False`` if it is known already (a repeat)."""
        return (
            self.file.write(
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

    def note(self, channel: str, name: str, outcome: str) -> None:
        """Write down that something was done, under a name that no message has."""
        now = time.time()
        self.file.write(
            "INSERT OR IGNORE INTO question (channel, ts, root, asker, text, cut, way, event_id,"
            " outcome, received_at, done_at) VALUES (?, ?, ?, '', '', 0, ?, ?, ?, ?, ?)",
            (channel, name, name, Way.PRESS, f"{channel}:{name}", outcome, now, now),
        )

    def is_waiting(self, incoming: Incoming) -> bool:
        """Say whether the question is written down and not done."""
        rows = self.file.read(
            "SELECT 1 FROM question WHERE channel = ? AND ts = ? AND done_at IS NULL",
            (incoming.channel, incoming.ts),
        )
        return bool(rows)

    def knows(self, channel: str, ts: str) -> bool:
        """Say whether a message was put to the bot (within the last week)."""
        return bool(self._row(channel, ts))

    def is_open(self, channel: str, ts: str) -> bool:
        """Say whether a message waits for its reply."""
        return any(done_at is None for (done_at,) in self._row(channel, ts))

    def _row(self, channel: str, ts: str) -> list[Any]:
        return self.file.read(
            "SELECT done_at FROM question WHERE channel = ? AND ts = ?", (channel, ts)
        )

    def close_question(self, channel: str, ts: str, outcome: str) -> None:
        """Mark a message and the edits of it as done, as far as they wait, and remove the text."""
        self.file.write(
            "UPDATE question SET outcome = ?, done_at = ?, text = ''"
            " WHERE channel = ? AND (ts = ? OR ts LIKE ?) AND done_at IS NULL",
            (outcome, time.time(), channel, ts, f"{ts}/edit/%"),
        )
        self.file.empty_log()

    def turns_of(self, channel: str, ts: str, reply: str) -> int:
        """Return how often a message was edited and buttons under its reply asked again."""
        rows = self.file.read(
            "SELECT COUNT(*) FROM question WHERE channel = ? AND (ts LIKE ? OR ts LIKE ?)",
            (channel, f"{ts}/edit/%", f"{reply}/%"),
        )
        return int(rows[0][0])

    def waiting(self, before: float) -> list[Waiting]:
        """Return what came before that moment (seconds since 1970) and is not done.

        What seems to come only later than now came before, too: the clock was set back since.
        """
        rows = self.file.read(
            "SELECT channel, ts, root, asker, text, cut, way, event_id, attempts FROM question"
            " WHERE done_at IS NULL AND (received_at <= ? OR received_at > ?)"
            " ORDER BY received_at",
            (before, time.time() + _AHEAD_S),
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
        self.file.write(
            "UPDATE question SET attempts = attempts + 1 WHERE channel = ? AND ts = ?",
            (incoming.channel, incoming.ts),
        )

    def put_back(self, incoming: Incoming) -> None:
        """Forget the attempts: it was Slack that could not be reached, not the question's fault."""
        self.file.write(
            "UPDATE question SET attempts = 0 WHERE channel = ? AND ts = ?",
            (incoming.channel, incoming.ts),
        )

    def queue(self) -> tuple[int, float]:
        """Return how many are not done, and when the oldest came (seconds since 1970; 0: none)."""
        [[count, since]] = self.file.read(
            "SELECT count(*), min(received_at) FROM question WHERE done_at IS NULL"
        )
        return count, since or 0.0

    def done(self, incoming: Incoming, outcome: str, reply_ts: str | None = None) -> float:
        """Mark a question as done and remove its text; return after how many seconds it is."""
        now, this = time.time(), (incoming.channel, incoming.ts)
        self.file.write(
            "UPDATE question SET outcome = ?, reply_ts = ?, done_at = ?, text = ''"
            " WHERE channel = ? AND ts = ?",
            (outcome, reply_ts, now, *this),
        )
        self.file.empty_log()
        came = "SELECT received_at FROM question WHERE channel = ? AND ts = ?"
        seconds = max(0.0, now - next((at for (at,) in self.file.read(came, this)), now))
        if reply_ts is not None:
            self._answered(seconds)
        return seconds

    def speaks_in(self, channel: str, root: str) -> bool:
        """Say whether the bot was asked in that thread (within the last week)."""
        rows = self.file.read(
            "SELECT 1 FROM question WHERE channel = ? AND root = ? AND way != ? LIMIT 1",
            (channel, root, Way.FOLLOW_UP),
        )
        return bool(rows)

    def others_ask_in(self, channel: str, root: str, asker: str) -> bool:
        """Say whether anybody else put a question to the bot in that thread, within a week."""
        rows = self.file.read(
            "SELECT 1 FROM question WHERE channel = ? AND root = ? AND asker != ?"
            " AND way NOT IN (?, ?, ?)"
            " AND (outcome IS NULL OR outcome NOT IN"
            " ('not_addressed', 'asks_nothing', 'thanks', 'greeting', 'noted')) LIMIT 1",
            (channel, root, asker, Way.PRESS, Way.DELETION, Way.FEEDBACK),
        )
        return bool(rows)

    def direct_channels(self, user: str) -> set[str]:
        """Return the direct conversations with a person that are known."""
        rows = self.file.read(
            "SELECT DISTINCT channel FROM question WHERE asker = ? AND channel LIKE 'D%'", (user,)
        )
        return {f"D{user}", *(channel for (channel,) in rows)}

    def forget_user(self, user: str) -> int:
        """Delete what is kept of a person; return how many rows that were."""
        kept = {"question": "asker", "thread": "speaker", "not_before": "channel"}
        gone = sum(
            self.file.write(f"DELETE FROM {table} WHERE {column} = ?", (user,))  # noqa: S608  constants alone
            for table, column in kept.items()
            if self.file.has(table)
        )
        self.file.empty_log()
        return gone

    def forget_old(self, now: float) -> int:
        """Delete what was done a week before ``now`` (seconds since 1970); return how many."""
        return self.file.write("DELETE FROM question WHERE done_at < ?", (now - KEEP_DONE_S,))
