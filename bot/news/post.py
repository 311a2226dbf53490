"""What is to be told in Slack, as it lies in the file: facts, and not yet words. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from index.passage import Collection, DocumentId, PassageId


class Kind(StrEnum):
    """What a post is."""

    REPORT = "report"
    """What an ingest changed."""
    DIGEST = "digest"
    """What a meeting decided, asked and promised."""
    NOTICE = "notice"
    """What is new on a topic, for one person who follows it."""


@dataclass(frozen=True, slots=True)
class About:
    """What a post is about; which of these are set depends on its kind.

    ``lines`` are those of a report. ``user`` follows ``topic``; ``passages`` are what is new on it.
    """

    collection: Collection
    language: str = "ja"
    lines: tuple[str, ...] = ()
    document: DocumentId | None = None
    user: str | None = None
    topic: str = ""
    passages: tuple[PassageId, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post on its way: ``to`` is a channel, or a person for a direct message.

    ``part`` is how many of its messages stand already, ``ts`` the first of them, in ``place`` (the
    channel as Slack names it). ``tried_at`` (seconds since 1970) is when the next one was sent
    without being confirmed: it may stand there. ``made_at`` is when it was called for.
    """

    key: str
    kind: Kind
    to: str
    about: About
    part: int = 0
    ts: str | None = None
    place: str | None = None
    tried_at: float | None = None
    made_at: float = 0.0
