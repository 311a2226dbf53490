"""Documents and their passages as JSON: what was read, how it was understood, and where it stands.

``docs/commands.md`` names every field. Pure functions; fields are only added.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from cli.output.json_types import Json
from index.language.dates import find_dates, fiscal_year
from index.passage import Document, DocumentId, Passage, PassageId
from index.record import Attendee, Enactment, RollCall, Sitting, Vote
from index.search.references import Target, resolve


def documents_json(documents: Sequence[Document], passages: Mapping[DocumentId, int]) -> Json:
    """Return the list of documents; ``passages`` counts the passages of each."""
    return {"documents": [_listed(d, passages.get(d.document, 0)) for d in documents]}


def show_json(
    document: Document, passages: Sequence[Passage], others: Sequence[Document] = ()
) -> Json:
    """Return how one document was understood; ``others`` are all that it may refer to."""
    return {
        "document": document.document,
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": day(document),
        "place": document.place,
        "attendees": [_attendee(person) for person in document.attendees],
        "agenda": list(document.agenda),
        "passages": [_understood(passage, document, passages, others) for passage in passages],
        "coverage": document.coverage,
        "warnings": list(document.warnings),
        "pages": document.pages,
        "language": document.language,
        "date_text": document.date_text,
        "fiscal_year": fiscal_year(document.date) if document.date else None,
        **_sitting(document.sitting or Sitting(), passages),
        "enactment": None if document.enactment is None else _enactment(document.enactment),
        "page_labels": list(document.labels),
        "roll_calls": [roll_call_json(call) for call in (document.sitting or Sitting()).roll_calls],
        "parties": [asdict(one) for one in document.sitting.parties] if document.sitting else [],
    }


def day(document: Document) -> str | None:
    """Return the document's date in ISO."""
    return document.date.isoformat() if document.date else None


def place_json(passage: Passage) -> Json:
    """Return where a passage stands and whether a machine read it."""
    locator = passage.locator
    return {
        "person": passage.person,
        "locator": None if locator is None else asdict(locator),
        "by_machine": passage.by_machine,
    }


def roll_call_json(call: RollCall) -> Json:
    """Return how members voted on a matter."""
    members = [
        {"name": each.name, "cast": each.cast.value, "mark": each.mark} for each in call.members
    ]
    return {"item": call.item, "title": call.title, "members": members, "partial": call.partial}


def _listed(document: Document, passages: int) -> Json:
    return {
        "document": document.document,
        "title": document.title,
        "kind": document.kind.value,
        "date": day(document),
        "body": document.body,
        "pages": document.pages,
        "passages": passages,
        "warnings": list(document.warnings),
        "session": document.sitting.session if document.sitting else None,
        "coverage": document.coverage,
    }


def _understood(
    passage: Passage, document: Document, passages: Sequence[Passage], others: Sequence[Document]
) -> Json:
    return {
        "passage_id": passage.passage_id,
        "page": passage.page,
        "last_page": passage.last_page,
        "kind": passage.kind.value,
        "speaker": passage.speaker,
        "role": passage.role and passage.role.value,
        "heading": list(passage.heading),
        "article": passage.article,
        "answers": passage.answers,
        "text": passage.text,
        "turn": passage.turn,
        "question": passage.question,
        **place_json(passage),
        "boxes": [asdict(box) for box in passage.boxes],
        "dates": _dates(passage.text),
        "references": [
            _target(target) for target in resolve(passage.references, document, passages, others)
        ],
    }


def _dates(text: str) -> list[Json]:
    return [
        {
            "text": text[slice(*found.span)],
            "from": found.start.isoformat(),
            "to": found.end.isoformat(),
        }
        for found in find_dates(text)
    ]


def _target(target: Target) -> Json:
    return {
        "text": target.reference.text,
        "article": target.reference.article,
        "title": target.reference.title,
        "document": target.document,
        "passage_id": target.passage,
    }


def _attendee(person: Attendee) -> Json:
    told = {"party": person.party} if person.party else {}
    role = person.role and person.role.value
    return {"name": person.name, "post": person.post, "role": role, **told}


def _sitting(sitting: Sitting, passages: Sequence[Passage]) -> Json:
    return {
        "session": sitting.session,
        "opened": sitting.opened and sitting.opened.isoformat("minutes"),
        "adjourned": sitting.adjourned and sitting.adjourned.isoformat("minutes"),
        "absentees": [_attendee(person) for person in sitting.absentees],
        "materials": list(sitting.materials),
        "votes": [vote_json(vote, _said_in(vote, passages)) for vote in sitting.votes],
    }


def vote_json(vote: Vote, passage: PassageId | None) -> Json:
    """Return a vote and the id of the passage that says so."""
    return {
        "item": vote.item,
        "title": vote.title,
        "result": vote.result,
        "outcome": vote.outcome.value,
        "manner": vote.manner,
        "ayes": vote.ayes,
        "nays": vote.nays,
        "passage_id": passage,
    }


def _said_in(vote: Vote, passages: Sequence[Passage]) -> PassageId | None:
    if vote.passage is None or vote.passage >= len(passages):
        return None
    return passages[vote.passage].passage_id


def _enactment(enactment: Enactment) -> Json:
    told = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(enactment).items()
    }
    parts = [{"address": p.address, "day": p.day.isoformat()} for p in enactment.parts]
    return told | {"parts": parts}
