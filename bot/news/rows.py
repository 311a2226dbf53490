"""How news lies in its file: the tables, what a row is read as, and how a look is written."""

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from bot.news.changes import Seen
from bot.news.post import Post
from index.language.text import fold, sentences
from index.passage import Collection, DocumentId, Passage

_DIGEST_BYTES = 8
_FEW_LETTERS = 20

SCHEMA = """
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
    """A document that was seen, with the digests of its passages and sentences."""

    seen: Seen
    texts: frozenset[bytes]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a collection found, and what is to be told of it.

    ``documents`` are those that are new or have changed, with the digests of their words,
    ``gone`` those that are not there any more; ``told`` are the digests of what each notice is
    about.
    """

    collection: Collection
    generation: int
    documents: Sequence[tuple[Seen, frozenset[bytes]]] = ()
    gone: Sequence[DocumentId] = ()
    posts: Sequence[Post] = ()
    told: Sequence[tuple[Follow, bytes]] = ()


def text_digest(passage: Passage) -> bytes:
    """Return what is the same for passages of the same words, where they answer the same."""
    folded = "".join(fold(f"{passage.question or ''}|{passage.text}").split())
    return hashlib.blake2b(folded.encode(), digest_size=_DIGEST_BYTES).digest()


def digests_of(passages: Sequence[Passage]) -> frozenset[bytes]:
    """Return all that is kept of a document's words: of each passage, and of each sentence."""
    said = (line for passage in passages for line in sentences(passage.text))
    return frozenset((*map(text_digest, passages), *map(_sentence_digest, said)))


def unsaid(passage: Passage, known: AbstractSet[bytes]) -> Passage | None:
    """Return a passage with what of it is not ``known``; ``None`` where nothing of it is new.

    Minutes come again with a word corrected here and there: only what was corrected is new. A few
    words (検討いたします) say what the question makes of them, so with another one they are new.
    """
    if text_digest(passage) in known:
        return None
    lines = sentences(passage.text)
    new = [line for line in lines if _sentence_digest(line) not in known]
    if len(new) == len(lines) or len(passage.text) < _FEW_LETTERS:
        return passage
    return replace(passage, text="\n".join(new)) if new else None


def _sentence_digest(line: str) -> bytes:
    return hashlib.blake2b("".join(fold(line).split()).encode(), digest_size=_DIGEST_BYTES).digest()


def folded_topic(topic: str) -> str:
    """Return what is the same for a topic however it is spelt."""
    return " ".join(fold(topic).split())


def statements(look: Look, now: float) -> Iterator[Statement]:
    """Yield what keeps a look, and the posts that it calls for."""
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


def cut(texts: bytes) -> Iterator[bytes]:
    """Take the digests of a document apart."""
    step = _DIGEST_BYTES
    return (texts[start : start + step] for start in range(0, len(texts), step))
