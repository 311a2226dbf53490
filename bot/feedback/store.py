"""Where feedback is kept: ``feedback.sqlite3`` in the data folder.

What a reply showed is kept without its question; a question's words only where somebody judged the
answer, or where it was declined (without who asked). All of it goes after the days for which the
audit log is kept.
"""

import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from enum import Enum
from pathlib import Path

import msgspec

from bot.feedback.given import (
    Given,
    OftenDeclined,
    Referral,
    ReplyId,
    ShownReply,
    Unanswered,
    Verdict,
    Vote,
)
from bot.feedback.rows import (
    SCHEMA,
    SHOWN,
    VOTE,
    VOTE_COLUMNS,
    as_json,
    key_of,
    shown_of,
    vote_of,
)
from bot.private_file import PrivateFile
from index.language.text import fold
from index.passage import Collection

FILE_NAME = "feedback.sqlite3"
_DAY_S = 24 * 3600.0


class Handed(Enum):
    """How far a question is on its way to the staff in charge."""

    NEW = "new"
    OPEN = "open"
    """It was to be sent before, and nobody knows whether it was."""
    SENT = "sent"


class FeedbackStore:
    """One file. Every method raises :class:`index.errors.StorageError` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path, "the feedback file")
        self._file.make(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def remember(self, shown: ShownReply) -> None:
        """Keep what a reply shows, for whoever judges it later."""
        self._file.write(
            "INSERT OR REPLACE INTO shown (channel, reply, turn, outcome, reason, asked, alone,"
            " passages, generations, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *key_of(shown.id),
                shown.outcome,
                shown.reason,
                shown.asked,
                shown.alone,
                as_json(shown.passages),
                as_json(shown.generations),
                time.time(),
            ),
        )

    def shown(self, reply: ReplyId) -> ShownReply | None:
        """Return what a reply showed; ``None`` where that is not known."""
        rows = self._file.read(
            f"SELECT {SHOWN}, s.generations FROM shown s"  # noqa: S608  constants alone
            " WHERE channel = ? AND reply = ? AND turn = ?",
            key_of(reply),
        )
        return shown_of(rows[0]) if rows else None

    def vote(self, vote: Vote) -> bool:
        """Keep what a person thinks of a reply, in the place of what they thought before.

        Return whether that changed anything. Who calls it bad once more, without a reason, does
        not take the reason back that was given.
        """
        before = self._file.read(
            "SELECT verdict, complaint, comment FROM vote"
            " WHERE channel = ? AND reply = ? AND turn = ? AND user = ?",
            (*key_of(vote.id), vote.user),
        )
        told = vote.complaint is not None or bool(vote.comment)
        if before and before[0][0] == vote.verdict and not told:
            return False
        self._file.write(
            "INSERT OR REPLACE INTO vote (channel, reply, turn, user, verdict, question,"
            " asked, at, complaint, comment, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *key_of(vote.id),
                vote.user,
                vote.verdict,
                vote.question,
                vote.asked,
                vote.at,
                vote.complaint,
                vote.comment,
                as_json(vote.before),
            ),
        )
        self._file.empty_log()
        return not before or before[0] != (vote.verdict, vote.complaint, vote.comment)

    def votes(self) -> list[Given]:
        """Return all votes with what they are about, the newest first."""
        rows = self._file.read(
            f"SELECT {VOTE}, {SHOWN}, s.generations FROM vote v"  # noqa: S608  constants alone
            " LEFT JOIN shown s USING (channel, reply, turn) ORDER BY v.at DESC, v.rowid DESC"
        )
        halves = [(row[:VOTE_COLUMNS], row[VOTE_COLUMNS:]) for row in rows]
        return [
            Given(vote_of(vote), shown_of(shown) if shown[0] is not None else None)
            for vote, shown in halves
        ]

    def verdicts(self) -> dict[Verdict, int]:
        """Return how often each was given."""
        rows = self._file.read("SELECT verdict, COUNT(*) FROM vote GROUP BY verdict")
        return {Verdict(verdict): count for verdict, count in rows}

    def decline(self, questions: Sequence[Unanswered], at: float) -> None:
        """Keep that these were declined at that moment (seconds since 1970)."""
        for each in questions:
            self._file.write(
                "INSERT INTO declined (folded, about, question, reason, sees, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    same_words(each.question),
                    *(each.about, each.question, each.reason),
                    as_json(sorted(each.sees)),
                    at,
                ),
            )

    def most_declined(self, within: AbstractSet[Collection] | None = None) -> list[OftenDeclined]:
        """Return what was declined, what was so most often first, the latest of these first.

        ``within`` are the collections that who reads it may see: what was asked of others as well
        is left out. Without it, all is told.
        """
        rows = self._file.read(
            # beside MAX, SQLite takes the other columns from the row that has it
            "SELECT folded, question, about, reason, sees, COUNT(*), MAX(at) FROM declined"
            " GROUP BY folded, about, sees ORDER BY MAX(at) DESC"
        )
        found: dict[tuple[str, str], OftenDeclined] = {}
        for folded, question, about, reason, sees, count, last in rows:
            if within is None or set(msgspec.json.decode(sees)) <= within:
                key = (folded, about)
                newest = found.get(key, OftenDeclined(question, about, reason, 0, last))
                found[key] = replace(newest, count=newest.count + count)
        return sorted(found.values(), key=lambda each: (-each.count, -each.last))

    def forget_declined(self) -> None:
        """Forget all that was declined."""
        if self._file.write("DELETE FROM declined"):
            self._file.empty_log()

    def hand_on(self, referral: Referral) -> Handed:
        """Write down that a question is handed on; return how far it was before."""
        known = (referral.channel, referral.question, referral.user)
        new = self._file.write(
            "INSERT OR IGNORE INTO referred (channel, question, user, at) VALUES (?, ?, ?, ?)",
            (*known, time.time()),
        )
        if new:
            return Handed.NEW
        rows = self._file.read(
            "SELECT sent FROM referred WHERE channel = ? AND question = ? AND user = ?", known
        )
        return Handed.SENT if rows and rows[0][0] else Handed.OPEN

    def handed_on(self, referral: Referral) -> None:
        """Write down that it arrived."""
        self._file.write(
            "UPDATE referred SET sent = 1 WHERE channel = ? AND question = ? AND user = ?",
            (referral.channel, referral.question, referral.user),
        )

    def forget_user(self, user: str, direct: AbstractSet[str]) -> int:
        """Delete what a person thought and handed on, and what was shown in ``direct`` to them.

        ``direct`` are direct conversations with that person. Return how many rows that were.
        """
        voted = self._file.read("SELECT channel FROM vote WHERE user = ?", (user,))
        alone = direct | {channel for (channel,) in voted if channel.startswith("D")}
        gone = sum(
            self._file.write(f"DELETE FROM {table} WHERE user = ?", (user,))  # noqa: S608  constants alone
            for table in ("vote", "referred")
        )
        for channel in sorted(alone):
            gone += self._file.write("DELETE FROM shown WHERE channel = ?", (channel,))
        self._file.empty_log()
        return gone

    def forget_old(self, now: float, days: int) -> None:
        """Delete what is more than ``days`` old at ``now`` (seconds since 1970); 0: nothing.

        What a reply showed stays as long as a vote on it does.
        """
        if not days:
            return
        first = (now - days * _DAY_S,)
        gone = sum(
            self._file.write(f"DELETE FROM {table} WHERE at < ?", first)  # noqa: S608  constants alone
            for table in ("vote", "declined", "referred")
        )
        gone += self._file.write(
            "DELETE FROM shown WHERE at < ? AND NOT EXISTS (SELECT 1 FROM vote v WHERE"
            " v.channel = shown.channel AND v.reply = shown.reply AND v.turn = shown.turn)",
            first,
        )
        if gone:
            self._file.empty_log()


def same_words(question: str) -> str:
    """Return what is the same for questions of the same words: folded, only letters and digits."""
    folded = fold(question)
    return "".join(filter(str.isalnum, folded)) or folded
