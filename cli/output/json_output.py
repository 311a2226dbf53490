"""The JSON that scripts rely on, made from the data classes. Pure functions; fields are only added.

``docs/commands.md`` names every field; the tests check keys and types.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields

from bot.answer.answer import Answer, Citation, Declined, Mode, Reply
from bot.conversation.talk import Talk
from bot.history.meetings import History
from bot.lookup.lookup_result import Listed
from cli.output.document_json import day, place_json, roll_call_json
from cli.output.json_types import Json
from index.passage import Filters, Hit

_NAMES = {"since": "from", "until": "to"}


def dumps(value: Json) -> str:
    """Return one line of JSON with Japanese left readable; half a character pair becomes ``?``."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def hit_json(hit: Hit) -> Json:
    """Return a hit: a passage with its rank and where it comes from."""
    return {"rank": hit.rank} | _found(hit)


def search_json(
    query: str, hits: Sequence[Hit], took_ms: Mapping[str, float], understood: Json | None = None
) -> Json:
    """Return the result of a search; ``understood`` is what :func:`understood_json` gives."""
    found = {"query": query, "hits": [hit_json(hit) for hit in hits], "took_ms": _rounded(took_ms)}
    return found | (understood or understood_json((), None, ()))


def understood_json(
    labels: Sequence[str], filters: Filters | None, loosened: Sequence[str]
) -> Json:
    """Return what was narrowed to (labels, and all filters in force) and what was let go of."""
    held = filters_json(filters) if filters is not None else {}
    return {"understood": {"labels": list(labels), "filters": held}, "loosened": list(loosened)}


def filters_json(filters: Filters) -> Json:
    """Return the filters that are set, by the names that ``--batch`` takes."""
    found: Json = {}
    for name in (field.name for field in fields(Filters)):
        value = getattr(filters, name)
        if value is not None:
            text = value.isoformat() if isinstance(value, dt.date) else str(value)
            found[_NAMES.get(name, name)] = text
    return found


def _roll_calls(listed: Listed) -> list[Json]:
    return [
        roll_call_json(told.roll_call) | {"document": told.document.document}
        for told in listed.told
        if told.roll_call
    ]


def reply_json(reply: Reply, *, talk: Talk | None = None, history: History | None = None) -> Json:
    """Return an answer or a decline; exactly one of the two is set.

    ``talk`` is what was said where that was no question to the documents, ``history`` what an
    answer was made of.
    """
    answer = reply if isinstance(reply, Answer) else None
    listed = answer.listed if answer else None
    return {
        "question": reply.question,
        "answer": answer.text if answer else None,
        "declined": None if isinstance(reply, Answer) else _declined(reply),
        "citations": [citation_json(citation) for citation in answer.citations] if answer else [],
        "mode": answer.mode.value if answer else Mode.EXTRACT.value,
        "took_ms": _rounded(reply.took_ms),
        "confidence": _share(reply.confidence),
        **understood_json(reply.understood, reply.narrowed, reply.loosened),
        "absent": list(reply.absent),
        "withheld": answer.withheld if answer else False,
        "taken_over": reply.taken_over,
        "value": answer.valued.value if answer and answer.valued else None,
        "count": listed.count if listed else None,
        "counted": listed.counted if listed else None,
        "roll_calls": _roll_calls(listed) if listed else [],
        "read_as": reply.read_as,
        "talk": talk.value if talk else None,
        "history": _history_told(history) if history else None,
    }


def _history_told(history: History) -> Json:
    return {
        "topic": history.topic,
        "meetings": history.count,
        "others": history.others,
        "left_out": history.left_out,
    }


def _declined(reply: Declined) -> Json:
    quote = {} if reply.quote is None else {"quote": reply.quote}
    choices = ((choice.label, filters_json(choice.filters)) for choice in reply.choices)
    return {
        "reason": reply.reason.value,
        "message": reply.message,
        "nearest": [hit_json(hit) | quote for hit in reply.nearest],
        "choices": [{"label": label, "filters": filters} for label, filters in choices],
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
