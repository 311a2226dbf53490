"""``news.sqlite3`` in the data folder: what was seen of the index, and what is to be told of it.

What a look at the index found, and the posts that it calls for, are written in one transaction: so
each change is told once, also where the process is killed in between.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from bot.news.changes import Seen
from bot.news.post import About, Kind, Post
from bot.private_file import PrivateFile
from index.language.text import fold
from index.passage import Collection, DocumentId, Passage

FILE_NAME = "news.sqlite3"
KEEP_DONE_S = 7 * 24 * 3600.0
KEEP_MEETINGS_S = 400 * 24 * 3600.0
"""A meeting whose minutes come again within so long is not digested again."""
KEEP_GONE_S = 90 * 24 * 3600.0
"""What a document said that is gone is no news within so long, where another says it again."""
_DIGEST_BYTES = 8

_SCHEMA = """
CREATE TABLE IF NOT EXISTS look (
    collection TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    at         REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS seen (
    collection   TEXT NOT NULL,
    document     TEXT NOT NULL,
    title        TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    readable     INTEGER NOT NULL,
    day          TEXT,
    body         TEXT,
    texts        BLOB NOT NULL,
    gone_at      REAL,
    PRIMARY KEY (collection, document)
) STRICT;
CREATE TABLE IF NOT EXISTS post (
    key      TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    recipient TEXT NOT NULL,
    about    TEXT NOT NULL,
    part     INTEGER NOT NULL DEFAULT 0,
    ts       TEXT,
    place    TEXT,
    tried_at REAL,
    made_at  REAL NOT NULL,
    done_at  REAL,
    outcome  TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS waiting ON post (made_at) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS follow (
    user     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    topic    TEXT NOT NULL,
    language TEXT NOT NULL,
    since    REAL NOT NULL,
    place    TEXT,
    PRIMARY KEY (user, folded)
) STRICT;
CREATE TABLE IF NOT EXISTS told (
    user   TEXT NOT NULL,
    folded TEXT NOT NULL,
    text   BLOB NOT NULL,
    PRIMARY KEY (user, folded, text)
) STRICT;
"""

_NEW = "key, kind, recipient, about, made_at"
Statement = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Follow:
    """That a person wants to know of what is new on a topic, in their language."""

    user: str
    topic: str
    language: str

    @property
    def folded(self) -> str:
        """What is the same however the topic is spelt."""
        return folded_topic(self.topic)


@dataclass(frozen=True, slots=True)
class Held:
    """A document that was seen, with the digests of its passages."""

    seen: Seen
    texts: frozenset[bytes]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a collection found, and what is to be told of it.

    ``documents`` are those that are new or have changed, with the digests of their passages,
    ``gone`` those that are not there any more; ``told`` are the digests of what each notice is
    about.
    """

    collection: Collection
    generation: int
    documents: Sequence[tuple[Seen, frozenset[bytes]]] = ()
    gone: Sequence[DocumentId] = ()
    posts: Sequence[Post] = ()
    told: Sequence[tuple[Follow, bytes]] = ()


class NewsStore:
    """The file. Every method raises :class:`index.errors.StorageError` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path, "the news file")
        self._file.make(_SCHEMA)

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
                frozenset(_cut(texts)),
                gone_at is not None,
            )
            for name, title, content_hash, readable, day, body, texts, gone_at in rows
        }

    def looked(self, look: Look, now: float) -> None:
        """Keep what a look found together with what is to be told, at ``now`` (since 1970)."""
        self._file.write_together(_statements(look, now))

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

    def _place_of(self, recipient: str) -> str | None:
        """Return the direct conversation with a person; ``None`` where it is not known yet."""
        rows = self._file.read(
            "SELECT place FROM follow WHERE user = ? AND place IS NOT NULL LIMIT 1", (recipient,)
        )
        return rows[0][0] if rows else None


def text_digest(passage: Passage) -> bytes:
    """Return what is the same for passages of the same words, where they answer the same."""
    folded = "".join(fold(f"{passage.question or ''}|{passage.text}").split())
    return hashlib.blake2b(folded.encode(), digest_size=_DIGEST_BYTES).digest()


def folded_topic(topic: str) -> str:
    """Return what is the same for a topic however it is spelt."""
    return " ".join(fold(topic).split())


def _is_for(post: Post, user: str, folded: str) -> bool:
    return post.to == user and folded_topic(post.about.topic) == folded


def _statements(look: Look, now: float) -> Iterator[Statement]:
    yield (
        "INSERT OR REPLACE INTO look VALUES (?, ?, ?)",
        (look.collection, look.generation, now),
    )
    for seen, texts in look.documents:
        day = seen.day.isoformat() if seen.day else None
        row = (seen.title, seen.content_hash, seen.readable, day, seen.body)
        yield (
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (look.collection, seen.document, *row, b"".join(sorted(texts))),
        )
    for name in look.gone:
        yield (
            "UPDATE seen SET gone_at = ? WHERE collection = ? AND document = ?",
            (now, look.collection, name),
        )
    for post in look.posts:
        about = msgspec.json.encode(post.about).decode()
        values = (post.key, post.kind, post.to, about, now)
        yield f"INSERT OR IGNORE INTO post ({_NEW}) VALUES (?, ?, ?, ?, ?)", values  # noqa: S608  constants alone
    for follow, text in look.told:
        yield "INSERT OR IGNORE INTO told VALUES (?, ?, ?)", (follow.user, follow.folded, text)


def _cut(texts: bytes) -> Iterable[bytes]:
    step = _DIGEST_BYTES
    return (texts[start : start + step] for start in range(0, len(texts), step))
