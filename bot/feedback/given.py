"""What is kept of an answer, of what somebody thought of it, and of what was declined. Data only.

Identifiers of channels, messages and people are whatever the chat calls them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.passage import Collection, DocumentId, PassageId


class Verdict(StrEnum):
    """What somebody thought of a reply."""

    UP = "up"
    DOWN = "down"


class Complaint(StrEnum):
    """What was wrong with a reply."""

    WRONG = "wrong"
    """It does not answer, or not rightly."""
    WRONG_PLACE = "wrong_place"
    """Another passage answers."""
    SHOULD_DECLINE = "should_decline"
    """The documents do not cover it."""
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class ReplyId:
    """One state of a reply: ``turn`` counts how often it was replaced where it stands."""

    channel: str
    reply: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage that a reply showed.

    ``near``: below what was declined, as the nearest; not as an answer. ``quote`` are its words
    that were quoted, where any were. ``value`` is the amount or time in them that was asked for.
    ``at_a_glance``: the quote was seen without pressing anything. ``page`` counts from 1; ``place``
    is where it stands as people read it.
    """

    collection: Collection
    document: DocumentId
    title: str
    passage: PassageId
    near: bool = False
    quote: str | None = None
    value: str | None = None
    at_a_glance: bool = False
    page: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ShownReply:
    """What a reply showed, without the words of its question.

    ``outcome`` is ``answered`` or ``declined``, ``reason`` that of the decline. ``asked`` is a
    digest of the question, which tells whether it was edited since. ``alone``: it replies to one
    question, as its words say and no more, so that asking them again asks the same. ``generations``
    are the index's, by collection.
    """

    id: ReplyId
    outcome: str
    asked: str
    reason: str | None = None
    alone: bool = True
    passages: tuple[ShownPassage, ...] = ()
    generations: Mapping[Collection, int] = field(default_factory=dict)

    @property
    def collections(self) -> frozenset[Collection]:
        """The collections that its passages are of."""
        return frozenset(each.collection for each in self.passages)


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thought of a reply.

    ``question`` is what it replied to and ``before`` the earlier questions that this leans on,
    oldest first; ``asked`` is its digest, as in :class:`ShownReply`. ``at`` is in seconds since
    1970.
    """

    id: ReplyId
    user: str
    verdict: Verdict
    question: str
    asked: str
    at: float
    complaint: Complaint | None = None
    comment: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A vote and the reply that it is about; ``None`` where that is no longer known.

    ``workspace`` tells where, of several; ``None`` in the one whose token is set.
    """

    vote: Vote
    shown: ShownReply | None
    workspace: str | None = None

    @property
    def edited(self) -> bool:
        """Whether the question has other words than those that were answered."""
        return self.shown is not None and self.shown.asked != self.vote.asked


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was declined; ``about`` is the matter that it took over from another one.

    ``sees`` are the collections that it was asked of: its words may tell of what is in them.
    """

    question: str
    reason: str
    about: str = ""
    sees: frozenset[Collection] = frozenset()


@dataclass(frozen=True, slots=True)
class OftenDeclined:
    """A question that was declined ``count`` times, as it was put last, and when that was."""

    question: str
    about: str
    reason: str
    count: int
    last: float


@dataclass(frozen=True, slots=True)
class Referral:
    """A question that a person handed on to the staff in charge."""

    channel: str
    question: str
    user: str
