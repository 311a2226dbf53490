"""Many questions in one go: JSON Lines in, JSON Lines out, in the same order, as they are ready."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cli.options import Narrowed
from cli.output.json_types import Json
from index.errors import QuestionError
from index.language.dates import parse_date
from index.passage import DocumentId, DocumentKind, Filters

_QUESTIONS = ("question", "query")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a batch that could be read."""

    id: object
    question: str
    narrowed: Narrowed


def replies(
    lines: Iterable[bytes], otherwise: Narrowed, reply: Callable[[Line], Json]
) -> Iterator[Json]:
    """Yield one result a line, with its ``id``; ``otherwise`` holds where a line says nothing.

    A line that cannot be read gives an ``error`` and the rest go on. Blank lines are passed over.
    """
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        name: object = None
        try:
            fields = _fields(raw)
            name = fields.get("id")
            yield {"id": name} | reply(_line(fields, otherwise))
        except QuestionError as error:
            yield {"id": name, "error": f"line {number}: {error}"}


def _fields(raw: bytes) -> Json:
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        message = "not JSON in UTF-8"
        raise QuestionError(message) from error
    if not isinstance(fields, dict):
        message = 'not a JSON object: write {"id": …, "question": …}'
        raise QuestionError(message)
    return fields


def _line(fields: Json, otherwise: Narrowed) -> Line:
    question = next((fields[name] for name in _QUESTIONS if name in fields), None)
    if not isinstance(question, str) or not question.strip():
        message = 'it has no text under "question"'
        raise QuestionError(message)
    return Line(
        id=fields.get("id"),
        question=question,
        narrowed=Narrowed(
            filters=_filters(fields, otherwise.filters),
            limit=_limit(fields.get("limit"), otherwise.limit),
            narrow=_flag(fields, "narrow", otherwise=otherwise.narrow),
            fast=_flag(fields, "fast", otherwise=otherwise.fast),
            before=earlier_questions(fields),
        ),
    )


def earlier_questions(fields: Json) -> tuple[str, ...]:
    """Return the questions of a line's ``before``, oldest first. Raises :class:`QuestionError`."""
    value = fields.get("before")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        message = f'"before" is {value!r}: it must be a list of earlier questions'
        raise QuestionError(message)
    return tuple(value)


def _limit(value: object, otherwise: int) -> int:
    if value is None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        message = f'"limit" is {value!r}: it must be a whole number from 1'
        raise QuestionError(message)
    return value


def _flag(fields: Json, name: str, *, otherwise: bool) -> bool:
    value = fields.get(name)
    if value is None or isinstance(value, bool):
        return otherwise if value is None else value
    message = f'"{name}" is {value!r}: it must be true or false'
    raise QuestionError(message)


def _filters(fields: Json, otherwise: Filters) -> Filters:
    kind, document = _text(fields, "kind"), _text(fields, "document")
    return Filters(
        since=_day(fields, "from") or otherwise.since,
        until=_day(fields, "to") or otherwise.until,
        body=_text(fields, "body") or otherwise.body,
        speaker=_text(fields, "speaker") or otherwise.speaker,
        kind=_kind(kind) if kind else otherwise.kind,
        as_of=_day(fields, "as_of") or _day(fields, "as-of") or otherwise.as_of,
        session=_text(fields, "session") or otherwise.session,
        document=DocumentId(document) if document else otherwise.document,
        person=_text(fields, "person") or otherwise.person,
        asker=_text(fields, "asker") or otherwise.asker,
    )


def _day(fields: Json, name: str) -> dt.date | None:
    text = _text(fields, name)
    return parse_date(text) if text else None


def _text(fields: Json, name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    message = f'"{name}" is {value!r}: it must be text'
    raise QuestionError(message)


def _kind(text: str) -> DocumentKind:
    try:
        return DocumentKind(text)
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in DocumentKind)
        message = f'"kind" is {text!r}: it must be one of {kinds}'
        raise QuestionError(message) from error
