"""``news.sqlite3`` in the data folder: what was seen of the index, and what is to be told of it.

What a look at the index found, and the posts that it calls for, are written in one transaction: so
each change is told once, also where the process is killed in between.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from bot.news.changes import Seen
from bot.news.post import About, Kind, Post
from bot.news.rows import SCHEMA, Follow, Held, Look, cut, folded_topic, statements
from bot.private_file import PrivateFile
from index.passage import Collection, DocumentId

FILE_NAME = "news.sqlite3"
KEEP_DONE_S = 7 * 24 * 3600.0
KEEP_MEETINGS_S = 400 * 24 * 3600.0
"""A meeting whose minutes come again within so long is not digested again."""
KEEP_GONE_S = 90 * 24 * 3600.0
"""What a document said that is gone is no news within so long, where another says it again."""


class NewsStore:
    """The file. Every method raises :class:`index.errors.StorageError` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path, "the news file")
        self._file.make(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # --- what was seen -----------------------------------------------------------------------

    def generation(self, collection: Collection) -> int | None:
        """Return the generation that was looked at last; ``None`` where there was none."""
        rows = self._file.read("SELECT generation FROM look WHERE collection = ?", (collection,))
        return int(rows[0][0]) if rows else None

    def held(self, collection: Collection) -> Mapping[DocumentId, Held]:
        """Return what was seen of a collection, also of what has gone since."""
        rows = self._file.read(
            "SELECT document, title, content_hash, readable, day, body, texts, gone_at"
            " FROM seen"
            " WHERE collection = ?",
            (collection,),
        )
        return {
            DocumentId(name): Held(
                Seen(
                    DocumentId(name),
                    title,
                    content_hash,
                    bool(readable),
                    date.fromisoformat(day) if day else None,
                    body,
                ),
                frozenset(cut(texts)),
                gone_at is not None,
            )
            for name, title, content_hash, readable, day, body, texts, gone_at in rows
        }

    def looked(self, look: Look, now: float) -> None:
        """Keep what a look found together with what is to be told, at ``now`` (since 1970)."""
        self._file.write_together(statements(look, now))

    # --- what is to be told ------------------------------------------------------------------

    def waiting(self) -> list[Post]:
        """Return the posts that do not stand yet, the oldest first."""
        rows = self._file.read(
            "SELECT key, kind, recipient, about, part, ts, place, tried_at, made_at"
            " FROM post"
            " WHERE done_at IS NULL ORDER BY made_at, rowid"
        )
        return [
            Post(
                key,
                Kind(kind),
                recipient,
                msgspec.json.decode(about, type=About),
                part,
                ts,
                place or self._place_of(recipient),
                tried_at,
                made_at,
            )
            for key, kind, recipient, about, part, ts, place, tried_at, made_at in rows
        ]

    def digested(self) -> list[str]:
        """Return the keys of the digests that are told, or are to be."""
        rows = self._file.read("SELECT key FROM post WHERE kind = ?", (Kind.DIGEST,))
        return [key for (key,) in rows]

    def sending(self, post: Post, now: float) -> Post:
        """Note that the next message of a post is about to be sent."""
        self._file.write("UPDATE post SET tried_at = ? WHERE key = ?", (now, post.key))
        return replace(post, tried_at=now)

    def not_sent(self, post: Post) -> Post:
        """Note that it was not: Slack refused it."""
        self._file.write("UPDATE post SET tried_at = NULL WHERE key = ?", (post.key,))
        return replace(post, tried_at=None)

    def stands(self, post: Post, ts: str, place: str) -> Post:
        """Note that the next message of a post stands."""
        now = replace(post, part=post.part + 1, ts=post.ts or ts, place=place, tried_at=None)
        self._file.write(
            "UPDATE post SET part = ?, ts = ?, place = ?, tried_at = NULL WHERE key = ?",
            (now.part, now.ts, place, post.key),
        )
        if place != post.to:
            self._file.write("UPDATE follow SET place = ? WHERE user = ?", (place, post.to))
        return now

    def done(self, post: Post, outcome: str) -> None:
        """Note that a post is over, and forget what it was about."""
        self._file.write(
            "UPDATE post SET done_at = ?, outcome = ?, about = '', tried_at = NULL WHERE key = ?",
            (time.time(), outcome, post.key),
        )
        self._file.empty_log()

    def forget_old(self, now: float) -> None:
        """Delete what is of no use any more at ``now`` (seconds since 1970)."""
        self._file.write(
            "DELETE FROM post WHERE done_at < ? AND (kind != ? OR done_at < ?)",
            (now - KEEP_DONE_S, Kind.DIGEST, now - KEEP_MEETINGS_S),
        )
        self._file.write("DELETE FROM seen WHERE gone_at < ?", (now - KEEP_GONE_S,))

    # --- who follows what --------------------------------------------------------------------

    def follow(self, follow: Follow) -> bool:
        """Keep that a person follows a topic; return false where they do already."""
        values = (follow.user, follow.folded, follow.topic, follow.language, time.time())
        place = self._place_of(follow.user)
        return bool(
            self._file.write(
                "INSERT OR IGNORE INTO follow (user, folded, topic, language, since, place)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*values, place),
            )
        )

    def unfollow(self, user: str, topic: str) -> bool:
        """Forget that a person follows a topic; return false where they do not."""
        folded = folded_topic(topic)
        own = (user, folded)
        known = [each.key for each in self.waiting() if _is_for(each, user, folded)]
        self._file.write_together(
            [
                ("DELETE FROM told WHERE user = ? AND folded = ?", own),
                *(("DELETE FROM post WHERE key = ?", (key,)) for key in known),
            ]
        )
        gone = self._file.write("DELETE FROM follow WHERE user = ? AND folded = ?", own)
        self._file.empty_log()
        return bool(gone)

    def follows(self, user: str | None = None) -> list[Follow]:
        """Return what a person follows, or what all do, the oldest first."""
        rows = self._file.read(
            "SELECT user, topic, language FROM follow WHERE ? IS NULL OR user = ?"
            " ORDER BY since, topic",
            (user, user),
        )
        return [Follow(*row) for row in rows]

    def told(self, follow: Follow) -> frozenset[bytes]:
        """Return the digests of what a person was told on a topic."""
        rows = self._file.read(
            "SELECT text FROM told WHERE user = ? AND folded = ?", (follow.user, follow.folded)
        )
        return frozenset(text for (text,) in rows)

    def forget_user(self, user: str) -> int:
        """Delete all that is kept of a person; return how many rows that were."""
        gone = sum(
            self._file.write(f"DELETE FROM {table} WHERE {column} = ?", (user,))  # noqa: S608  constants alone
            for table, column in (("follow", "user"), ("told", "user"), ("post", "recipient"))
        )
        self._file.empty_log()
        return gone

    def direct_channels(self, user: str) -> set[str]:
        """Return the direct conversation with a person, where it is known."""
        place = self._place_of(user)
        return set() if place is None else {place}

    def _place_of(self, recipient: str) -> str | None:
        """Return the direct conversation with a person; ``None`` where it is not known yet."""
        rows = self._file.read(
            "SELECT place FROM follow WHERE user = ? AND place IS NOT NULL LIMIT 1", (recipient,)
        )
        return rows[0][0] if rows else None


def _is_for(post: Post, user: str, folded: str) -> bool:
    return post.to == user and folded_topic(post.about.topic) == folded
