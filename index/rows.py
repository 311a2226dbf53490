"""Between rows of the store and the data classes, in one place and one order of columns."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from index.passage import (
    Attendee,
    Document,
    DocumentId,
    DocumentKind,
    Passage,
    PassageId,
    PassageKind,
    Role,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already holds of a document, the pending generation included."""

    content_hash: str
    reader: str
    root: str
    readable: bool


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its row (its number in the store) and the words it is found by."""

    row: int
    document: DocumentId
    passage: Passage
    words: tuple[str, ...]


DOCUMENT_COLUMNS = (
    "document, content_hash, title, kind, body, date, place, pages, language, coverage, readable,"
    " detail"
)
PASSAGE_COLUMNS = (
    "passage_id, text, kind, page, last_page, speaker, role, turn, heading, article, answers,"
    " question"
)


def to_document(row: tuple[object, ...]) -> Document:
    """Make a document of a row of ``DOCUMENT_COLUMNS``."""
    (document, content_hash, title, kind, body, date, place, pages, language, coverage, *rest) = row
    readable, detail = rest
    more = json.loads(str(detail))
    return Document(
        document=DocumentId(str(document)),
        title=str(title),
        kind=DocumentKind(str(kind)),
        content_hash=str(content_hash),
        body=None if body is None else str(body),
        date=None if date is None else dt.date.fromisoformat(str(date)),
        place=None if place is None else str(place),
        attendees=tuple(
            Attendee(a["name"], a["post"], Role(a["role"]) if a["role"] else None)
            for a in more["attendees"]
        ),
        agenda=tuple(more["agenda"]),
        pages=pages if isinstance(pages, int) else None,
        language=str(language),
        coverage=float(str(coverage)),
        warnings=tuple(more["warnings"]),
        readable=bool(readable),
    )


def to_passage(row: tuple[object, ...]) -> Passage:
    """Make a passage of a row of ``PASSAGE_COLUMNS``."""
    (pid, text, kind, page, last_page, speaker, role, turn, heading, article, answers, question) = (
        row
    )
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
    )


def to_stored(row: tuple[Any, ...]) -> StoredPassage:
    """Make a stored passage of row, document, words and a row of ``PASSAGE_COLUMNS``."""
    return StoredPassage(
        row[0], DocumentId(row[1]), to_passage(row[3:]), tuple(str(row[2]).split(" "))
    )
