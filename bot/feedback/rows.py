"""How what is kept of feedback lies in its file: the tables, and a row read and written."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.feedback.given import Complaint, ReplyId, ShownPassage, ShownReply, Verdict, Vote
from index.passage import Collection

SCHEMA = """
CREATE TABLE IF NOT EXISTS shown (
    channel     TEXT NOT NULL,
    reply       TEXT NOT NULL,
    turn        INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    reason      TEXT,
    asked       TEXT NOT NULL,
    alone       INTEGER NOT NULL,
    passages    TEXT NOT NULL,
    generations TEXT NOT NULL,
    at          REAL NOT NULL,
    PRIMARY KEY (channel, reply, turn)
) STRICT;
CREATE TABLE IF NOT EXISTS vote (
    channel     TEXT NOT NULL,
    reply       TEXT NOT NULL,
    turn        INTEGER NOT NULL,
    user        TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    complaint   TEXT,
    comment     TEXT NOT NULL,
    question    TEXT NOT NULL,
    before      TEXT NOT NULL,
    asked       TEXT NOT NULL,
    at          REAL NOT NULL,
    PRIMARY KEY (channel, reply, turn, user)
) STRICT;
CREATE TABLE IF NOT EXISTS declined (
    folded      TEXT NOT NULL,
    about       TEXT NOT NULL,
    question    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    sees        TEXT NOT NULL,
    at          REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS by_words ON declined (folded, about, sees);
CREATE TABLE IF NOT EXISTS referred (
    channel     TEXT NOT NULL,
    question    TEXT NOT NULL,
    user        TEXT NOT NULL,
    sent        INTEGER NOT NULL DEFAULT 0,
    at          REAL NOT NULL,
    PRIMARY KEY (channel, question, user)
) STRICT;
"""
SHOWN = "s.channel, s.reply, s.turn, s.outcome, s.reason, s.asked, s.alone, s.passages"
VOTE = (
    "v.channel, v.reply, v.turn, v.user, v.verdict, v.question, v.asked, v.at, v.complaint,"
    " v.comment, v.before"
)
VOTE_COLUMNS = VOTE.count(",") + 1


def key_of(reply: ReplyId) -> tuple[str, str, int]:
    """Return the columns that name a reply."""
    return reply.channel, reply.reply, reply.turn


def as_json(value: Any) -> str:  # noqa: ANN401  whatever msgspec writes
    """Return a value as a JSON column holds it."""
    return msgspec.json.encode(value).decode()


def shown_of(row: Sequence[Any]) -> ShownReply:
    """Read what a reply showed from the columns of ``SHOWN`` and the generations."""
    channel, reply, turn, outcome, reason, asked, alone, passages, generations = row
    return ShownReply(
        ReplyId(channel, reply, turn),
        outcome,
        asked,
        reason,
        bool(alone),
        msgspec.json.decode(passages, type=tuple[ShownPassage, ...]),
        msgspec.json.decode(generations, type=dict[Collection, int]),
    )


def vote_of(row: Sequence[Any]) -> Vote:
    """Read a vote from the columns of ``VOTE``."""
    channel, reply, turn, user, verdict, question, asked, at, complaint, comment, before = row
    return Vote(
        ReplyId(channel, reply, turn),
        user,
        Verdict(verdict),
        question,
        asked,
        at,
        Complaint(complaint) if complaint else None,
        comment,
        msgspec.json.decode(before, type=tuple[str, ...]),
    )
