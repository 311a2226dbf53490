"""The JSON that scripts rely on, made from the data classes. Pure functions; fields are only added.

``docs/commands.md`` names every field; the tests check keys and types.
"""

import json
from collections.abc import Mapping, Sequence

from bot.answer import Answer, Citation, Mode, Reply
from index.passage import Document, DocumentId, Hit, Passage

Json = dict[str, object]


def dumps(value: Json) -> str:
    """Return one line of JSON with Japanese left readable."""
    return json.dumps(value, ensure_ascii=False)


def hit_json(hit: Hit) -> Json:
    """Return a hit: a passage with its rank and where it comes from."""
    return {"rank": hit.rank} | _found(hit)


def search_json(query: str, hits: Sequence[Hit], took_ms: Mapping[str, float]) -> Json:
    """Return the result of a search."""
    return {"query": query, "hits": [hit_json(hit) for hit in hits], "took_ms": _rounded(took_ms)}


def reply_json(reply: Reply) -> Json:
    """Return an answer or a decline; exactly one of the two is set."""
    if isinstance(reply, Answer):
        return {
            "question": reply.question,
            "answer": reply.text,
            "declined": None,
            "citations": [citation_json(citation) for citation in reply.citations],
            "mode": reply.mode.value,
            "took_ms": _rounded(reply.took_ms),
        }
    return {
        "question": reply.question,
        "answer": None,
        "declined": {
            "reason": reply.reason.value,
            "message": reply.message,
            "nearest": [hit_json(hit) for hit in reply.nearest],
        },
        "citations": [],
        "mode": Mode.EXTRACT.value,
        "took_ms": _rounded(reply.took_ms),
    }


def citation_json(citation: Citation) -> Json:
    """Return a citation: number and quote, then all of its hit but the rank."""
    return {"number": citation.number, "quote": citation.quote} | _found(citation.hit)


def documents_json(documents: Sequence[Document], passages: Mapping[DocumentId, int]) -> Json:
    """Return the list of documents; ``passages`` counts the passages of each."""
    return {"documents": [_listed(d, passages.get(d.document, 0)) for d in documents]}


def show_json(document: Document, passages: Sequence[Passage]) -> Json:
    """Return how one document was understood."""
    return {
        "document": document.document,
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": _day(document),
        "place": document.place,
        "attendees": [
            {"name": person.name, "post": person.post, "role": person.role and person.role.value}
            for person in document.attendees
        ],
        "agenda": list(document.agenda),
        "passages": [_understood(passage) for passage in passages],
        "coverage": document.coverage,
        "warnings": list(document.warnings),
        "pages": document.pages,
        "language": document.language,
    }


def _found(hit: Hit) -> Json:
    passage, document = hit.passage, hit.document
    return {
        "score": float(hit.score),
        "passage_id": passage.passage_id,
        "text": passage.text,
        "document": document.document,
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": _day(document),
        "page": passage.page,
        "last_page": passage.last_page,
        "speaker": passage.speaker,
        "role": passage.role and passage.role.value,
        "heading": list(passage.heading),
        "article": passage.article,
        "question": passage.question,
        "url": hit.url,
    }


def _listed(document: Document, passages: int) -> Json:
    return {
        "document": document.document,
        "title": document.title,
        "kind": document.kind.value,
        "date": _day(document),
        "body": document.body,
        "pages": document.pages,
        "passages": passages,
        "warnings": list(document.warnings),
    }


def _understood(passage: Passage) -> Json:
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
    }


def _day(document: Document) -> str | None:
    return document.date.isoformat() if document.date else None


def _rounded(took_ms: Mapping[str, float]) -> dict[str, float]:
    return {step: round(float(spent), 2) for step, spent in took_ms.items()}
