"""The history of a topic as data: its meetings, what was said and decided in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.passage import Document, Hit, Passage, PassageKind
from index.record import Vote


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence of an answer that says what will be done, and the passage that it stands in."""

    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Decided:
    """A vote of the sitting about the topic; ``hit`` is the passage that says so."""

    vote: Vote
    hit: Hit | None

    @property
    def told(self) -> str:
        """The vote in the words of the minutes: what, how it ended, how it was reached."""
        vote = self.vote
        counted = vote.ayes is not None and vote.nays is not None
        counts = f"{vote.ayes}–{vote.nays}" if counted else None
        manner = ", ".join(part for part in (vote.manner, counts) if part)
        what = " ".join(part for part in (vote.item, vote.title, vote.result) if part)
        return f"{what} ({manner})" if manner else what


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange, or one speech or text that stands alone.

    ``hit`` is its best passage, with its number in the history as rank; ``quote`` is the part of
    its text that is shown. ``asker`` and ``answerer`` are names as printed; neither is there for
    a report, an opinion or an article.
    """

    hit: Hit
    quote: str
    asker: str | None
    answerer: str | None
    promised: tuple[Promise, ...] = ()

    @property
    def people(self) -> str:
        """Who asked and who answered, or who spoke, as far as the document says."""
        names = (self.asker, self.answerer)
        return " → ".join(name for name in names if name) or self.hit.passage.speaker or ""

    @property
    def says_what_will_be_done(self) -> bool:
        """Whether the quote itself holds a promise."""
        return len(self.promised_beside) < len(self.promised)

    @property
    def promised_beside(self) -> tuple[Promise, ...]:
        """The promises that the quote does not hold."""
        return tuple(promise for promise in self.promised if promise.text not in self.quote)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What one meeting (or one ordinance or report) holds about the topic, in its own order."""

    document: Document
    entries: tuple[Entry, ...]
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The meetings, oldest first unless it was turned round, those without a date at the end.

    ``count`` is how many meetings there are in all, also beyond the limit, ``others`` how many
    ordinances and reports. Times are in milliseconds.
    """

    topic: str
    language: str
    meetings: tuple[Meeting, ...] = ()
    count: int = 0
    others: int = 0
    took_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_spoken_of(self) -> bool:
        """Whether somebody spoke of the topic in a meeting: no agenda, no turn of procedure."""
        spoken = {PassageKind.QUESTION, PassageKind.ANSWER, PassageKind.STATEMENT}
        return any(
            entry.hit.passage.kind in spoken
            for meeting in self.meetings
            for entry in meeting.entries
        )

    @property
    def left_out(self) -> int:
        """How many are beyond the limit: the oldest ones."""
        return self.count + self.others - len(self.meetings)


def hits_of(meetings: Iterable[Meeting]) -> tuple[Hit, ...]:
    """Return what some meetings show: of their entries, and of their votes where there is any."""
    return tuple(
        hit
        for meeting in meetings
        for hit in (*(e.hit for e in meeting.entries), *(d.hit for d in meeting.decided))
        if hit is not None
    )
