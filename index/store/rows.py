"""Between rows of the store and the data classes, in one place and one order of columns."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import msgspec

from index.passage import (
    Collection,
    Copy,
    Document,
    DocumentId,
    DocumentKind,
    Passage,
    PassageId,
    PassageKind,
)
from index.place import Box, Locator
from index.record import Attendee, Enactment, Reference, Role, Sitting


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already holds of a document, the pending generation included."""

    content_hash: str
    reader: str
    root: str
    readable: bool


class _DocumentDetail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a document is no column: stored as JSON, fields left out where they are empty."""

    attendees: tuple[Attendee, ...] = ()
    agenda: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    date_text: str | None = None
    sitting: Sitting | None = None
    enactment: Enactment | None = None
    labels: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()


class _PassageDetail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a passage is no column: stored as JSON, fields left out where they are empty."""

    person: str | None = None
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()
    locator: Locator | None = None
    by_machine: bool = False
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows from ``first`` to ``last``, both counted in."""

    first: int = 0
    last: int = (1 << 63) - 1


ALL_ROWS = Stretch()


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its row (its number in the store) and the words it is found by."""

    row: int
    document: DocumentId
    passage: Passage
    words: tuple[str, ...]


DOCUMENT_COLUMNS = (
    "collection, document, content_hash, title, kind, body, date, place, pages, language, coverage,"
    " readable, detail"
)
PASSAGE_COLUMNS = (
    "passage_id, text, kind, page, last_page, speaker, role, turn, heading, article, answers,"
    " question, detail"
)
_SHARE_DIGITS = 4
"""Of a box's edges: a tenth of a millimetre on a page."""


def document_detail(document: Document) -> str:
    """Return the JSON of what has no column of its own."""
    names = _DocumentDetail.__struct_fields__
    detail = _DocumentDetail(**{name: getattr(document, name) for name in names})
    return msgspec.json.encode(detail).decode()


def passage_detail(passage: Passage) -> str:
    """Return the JSON of what has no column of its own."""
    boxes = tuple(_rounded(box) for box in passage.boxes)
    detail = _PassageDetail(
        passage.person, boxes, passage.locator, passage.by_machine, passage.references
    )
    return msgspec.json.encode(detail).decode()


def _rounded(box: Box) -> tuple[int, float, float, float, float]:
    left, top, right, bottom = (round(edge, _SHARE_DIGITS) for edge in box.edges)
    return box.page, left, top, right, bottom


def to_document(row: tuple[object, ...]) -> Document:
    """Make a document of a row of ``DOCUMENT_COLUMNS``."""
    (collection, document, content_hash, title, kind, body, date, place, pages, *rest) = row
    language, coverage, readable, detail = rest
    more = msgspec.json.decode(str(detail), type=_DocumentDetail)
    return Document(
        collection=Collection(str(collection)),
        document=DocumentId(str(document)),
        title=str(title),
        kind=DocumentKind(str(kind)),
        content_hash=str(content_hash),
        body=None if body is None else str(body),
        date=None if date is None else dt.date.fromisoformat(str(date)),
        place=None if place is None else str(place),
        pages=pages if isinstance(pages, int) else None,
        language=str(language),
        coverage=float(str(coverage)),
        readable=bool(readable),
        **{name: getattr(more, name) for name in more.__struct_fields__},
    )


def to_passage(row: tuple[object, ...]) -> Passage:
    """Make a passage of a row of ``PASSAGE_COLUMNS``."""
    (pid, text, kind, page, last_page, speaker, role, turn, heading, article, answers, *rest) = row
    question, detail = rest
    more = msgspec.json.decode(str(detail), type=_PassageDetail)
    return Passage(
        passage_id=PassageId(str(pid)),
        text=str(text),
        kind=PassageKind(str(kind)),
        page=page if isinstance(page, int) else None,
        last_page=last_page if isinstance(last_page, int) else None,
        speaker=None if speaker is None else str(speaker),
        role=None if role is None else Role(str(role)),
        turn=turn if isinstance(turn, int) else None,
        heading=tuple(json.loads(str(heading))),
        article=None if article is None else str(article),
        answers=None if answers is None else PassageId(str(answers)),
        question=None if question is None else str(question),
        person=more.person,
        boxes=tuple(Box(*box) for box in more.boxes),
        locator=more.locator,
        by_machine=more.by_machine,
        references=more.references,
    )


def to_stored(row: tuple[Any, ...]) -> StoredPassage:
    """Make a stored passage of row, document, words and a row of ``PASSAGE_COLUMNS``."""
    words = tuple(row[2].split(" ")) if row[2] else ()
    return StoredPassage(row[0], DocumentId(row[1]), to_passage(row[3:]), words)
