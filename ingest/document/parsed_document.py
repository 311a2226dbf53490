"""What a parser returns for a document."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.passage import Passage
from index.record import Attendee, Enactment, Sitting


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document's passages, not numbered yet, and what it says of itself.

    ``answers`` maps the number of an answering turn to that of the turn it answers. ``date_text``
    is the date as printed. ``warnings`` are the parser's own; those for every document
    (coverage, no text) are added later.
    """

    passages: tuple[Passage, ...]
    answers: Mapping[int, int] = field(default_factory=dict)
    body: str | None = None
    date: dt.date | None = None
    date_text: str | None = None
    place: str | None = None
    attendees: tuple[Attendee, ...] = ()
    agenda: tuple[str, ...] = ()
    sitting: Sitting | None = None
    enactment: Enactment | None = None
    warnings: tuple[str, ...] = ()
