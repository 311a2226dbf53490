"""The JSON that scripts rely on, made from the data classes. Pure functions; fields are only added.

``docs/commands.md`` names every field; the tests check keys and types.
"""

import json
from collections.abc import Mapping, Sequence

from bot.answer import Answer, Choice, Citation, Mode, Reply
from cli.document_json import day, place_json
from cli.shape import Json
from index.passage import Hit


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
            "confidence": _share(reply.confidence),
            **_how_understood(reply),
            "withheld": reply.withheld,
            "choices": [],
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
        "confidence": _share(reply.confidence),
        **_how_understood(reply),
        "withheld": False,
        "choices": [_choice_json(choice) for choice in reply.choices],
    }


def _how_understood(reply: Reply) -> Json:
    return {"understood": list(reply.understood), "loosened": list(reply.loosened)}


def _choice_json(choice: Choice) -> Json:
    """Return a choice: its label, and its filters by the names that ``--batch`` takes."""
    filters = choice.filters
    named = {
        "from": filters.since,
        "to": filters.until,
        "body": filters.body,
        "speaker": filters.speaker,
        "kind": filters.kind,
        "as_of": filters.as_of,
    }
    return {
        "label": choice.label,
        "filters": {name: str(value) for name, value in named.items() if value is not None},
    }


def citation_json(citation: Citation) -> Json:
    """Return a citation: number and quote, then all of its hit but the rank."""
    return {"number": citation.number, "quote": citation.quote} | _found(citation.hit)


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
        "date": day(document),
        "page": passage.page,
        "last_page": passage.last_page,
        "speaker": passage.speaker,
        "role": passage.role and passage.role.value,
        "heading": list(passage.heading),
        "article": passage.article,
        "question": passage.question,
        "url": hit.url,
        **place_json(passage),
    }


def _share(confidence: float | None) -> float | None:
    return None if confidence is None else round(float(confidence), 4)


def _rounded(took_ms: Mapping[str, float]) -> dict[str, float]:
    return {step: round(float(spent), 2) for step, spent in took_ms.items()}
