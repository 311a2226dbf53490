"""The questions of an evaluation, read from JSON Lines; a line that is wrong is named and skipped.

Files of any size are read in bounded memory: a line, the lines that may be wrong and the questions
each have a limit, beyond which it says what to do.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from cli.batch import earlier_questions
from cli.output.json_types import Json
from index.errors import QuestionError

LONGEST_LINE = 1_000_000
MOST_FAULTS = 1_000
MOST_QUESTIONS = 100_000
_SHAPE = 'write {"id": …, "question": …, "gold": [{"contains": …}], "answerable": …}'


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that a right passage contains, and the document that it must come from, if any.

    ``value`` is the part of them that was asked for where that is one value: 「6,412円」.
    """

    contains: str
    document: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question. ``gold`` are alternatives; any one of them will do."""

    id: str
    question: str
    gold: tuple[Gold, ...]
    answerable: bool
    kind: str | None = None
    before: tuple[str, ...] = ()
    """Earlier questions, oldest first, that it leans on."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was skipped, counted from 1, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        """Name the line and the reason."""
        return f"line {self.line} of the questions was skipped: {self.reason}"


def _refuse(fault: Fault) -> None:
    raise QuestionError(str(fault))


def read_cases(
    lines: Iterable[str | bytes], on_fault: Callable[[Fault], None] = _refuse
) -> list[Case]:
    """Read questions from JSON Lines; what is wrong goes to ``on_fault`` and is skipped.

    Raises :class:`QuestionError` where no question is left, where far too much is wrong, and, if
    ``on_fault`` is left out, at the first line that is wrong.
    """
    cases: list[Case] = []
    seen: dict[str, int] = {}
    faults = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_once(read_case(line), number, seen))
        except QuestionError as error:
            faults += 1
            on_fault(Fault(number, str(error)))
        _check_size(len(cases), faults)
    if not cases:
        readable = " that can be read" if faults else ""
        message = f"the file holds no questions{readable}: {_SHAPE}, one a line"
        raise QuestionError(message)
    return cases


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; of a line that is too long no more than shows that it is."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def read_object(line: str | bytes) -> Json:
    """Read one line as a JSON object. Raises :class:`QuestionError`, which does not name it."""
    if len(line) > LONGEST_LINE:
        message = f"longer than {LONGEST_LINE:,} bytes"
        raise QuestionError(message)
    try:
        fields = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:
        message = "not JSON in UTF-8"
        raise QuestionError(message) from error
    if not isinstance(fields, dict):
        message = f"not a JSON object: {_SHAPE}"
        raise QuestionError(message)
    return fields


def read_case(line: str | bytes) -> Case:
    """Read one question. Raises :class:`QuestionError`, which does not name the line."""
    fields = read_object(line)
    gold = tuple(_gold(entry) for entry in _list(fields.get("gold")))
    answerable = fields.get("answerable", bool(gold))
    if not isinstance(answerable, bool):
        message = f'"answerable" is {answerable!r}: it must be true or false'
        raise QuestionError(message)
    if answerable and not gold:
        message = "it is answerable but has no gold entry, so that nothing could be right"
        raise QuestionError(message)
    kind = fields.get("kind")
    return Case(
        id=_id(fields),
        question=text_of(fields, "question"),
        gold=gold,
        answerable=answerable,
        kind=None if kind is None else text_of(fields, "kind"),
        before=earlier_questions(fields),
    )


def text_of(fields: Json, name: str) -> str:
    """Return a field that must be text and not empty. Raises :class:`QuestionError`."""
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        message = f'it has no text under "{name}": {_SHAPE}'
        raise QuestionError(message)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = f'"{name}" holds half of a character (a lone surrogate)'
        raise QuestionError(message) from error
    return value


def _id(fields: Json) -> str:
    name = fields.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        return str(name)
    return text_of(fields, "id")


def _list(value: object) -> list[object]:
    if value is None or isinstance(value, list):
        return value or []
    message = f'"gold" must be a list: {_SHAPE}'
    raise QuestionError(message)


def _gold(entry: object) -> Gold:
    if not isinstance(entry, dict):
        message = f"a gold entry must be an object: {_SHAPE}"
        raise QuestionError(message)
    names = ("document", "value")
    document, value = (text_of(entry, n) if entry.get(n) is not None else None for n in names)
    return Gold(text_of(entry, "contains"), document, value)


def _once(case: Case, number: int, seen: dict[str, int]) -> Case:
    if case.id in seen:
        message = f'its id "{case.id}" stands already on line {seen[case.id]}: ids must differ'
        raise QuestionError(message)
    seen[case.id] = number
    return case


def _check_size(cases: int, faults: int) -> None:
    if faults > MOST_FAULTS:
        message = f"more than {MOST_FAULTS:,} lines cannot be read: {_SHAPE}, one a line"
        raise QuestionError(message)
    if cases > MOST_QUESTIONS:
        message = f"more than {MOST_QUESTIONS:,} questions: split the file"
        raise QuestionError(message)
