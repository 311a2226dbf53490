"""Between rows of the store and the data classes, in one place and one order of columns."""

import datetime as dt
import json

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
