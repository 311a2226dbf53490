"""Two runs side by side: what they differ by, whether that is more than chance, what changed.

An earlier run comes as the file that ``--details`` wrote, question by question, or as the output of
``--json``. Only the first tells which questions are the same, so only it can be tested for chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from cli.evaluation.chance import paired
from cli.evaluation.measures import MEASURES, Measure, Outcome, mean
from cli.evaluation.questions import Case, bounded_lines, read_object, text_of
from cli.output.json_types import Json
from index.errors import QuestionError

_LISTED = tuple(m for m in MEASURES if not m.name.startswith("mrr") and not m.less_is_better)
"""What a change is told by; the reciprocal rank shows as ranks, declined_wrong as answered."""

_LATER = frozenset({"words_shown"})
"""Measures that files of earlier versions lack: they are not compared then."""
_NEEDED = "give a file that `kiroku evaluate` wrote with --details, or its --json output"
_FROM_SUMMARY = (
    "the earlier run is given by its --json output, which does not say what became of each "
    "question: for the test of chance and the questions that changed, give its --details file"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run: what became of each question, or only its figures.

    ``lacking`` names the measures that a file of an earlier version does not tell.
    """

    outcomes: tuple[Outcome, ...] = ()
    figures: Json | None = None
    lacking: frozenset[str] = frozenset()


def read_earlier(file: IO[bytes]) -> Earlier:
    """Read an earlier run. Raises :class:`QuestionError` naming the line that is wrong."""
    outcomes: list[Outcome] = []
    lacking: set[str] = set()
    for number, line in enumerate(bounded_lines(file), start=1):
        if not line.strip():
            continue
        try:
            fields = read_object(line)
            if not outcomes and "search" in fields and "ask" in fields:
                return Earlier(figures=fields)
            outcomes.append(_outcome(fields))
            lacking |= _LATER - fields.keys()
        except QuestionError as error:
            message = f"line {number} of the earlier run cannot be read: {_NEEDED}"
            raise QuestionError(message) from error
    if not outcomes:
        message = f"the earlier run holds nothing: {_NEEDED}"
        raise QuestionError(message)
    return Earlier(tuple(outcomes), lacking=frozenset(lacking))


def comparison(earlier: Earlier, outcomes: Sequence[Outcome]) -> Json:
    """Return the measures of both runs on the questions that both have, and what changed.

    Questions are the same where id, words and answerability are; the others are counted.
    """
    if earlier.figures is not None:
        return _of_figures(earlier.figures, outcomes)
    then = {_key(o): o for o in earlier.outcomes}
    pairs = [(then[_key(o)], o) for o in outcomes if _key(o) in then]
    before, now = [b for b, _ in pairs], [n for _, n in pairs]
    return {
        "questions": len(pairs),
        "only_before": len(then) - len(pairs),
        "only_now": len(outcomes) - len(pairs),
        "measures": {
            m.name: _tested(m, before, now) for m in MEASURES if m.name not in earlier.lacking
        },
        "changed": [change for b, n in pairs if (change := _change(b, n, earlier.lacking))],
        "note": None,
    }


def _tested(measure: Measure, before: Sequence[Outcome], now: Sequence[Outcome]) -> Json:
    then, today = measure.values(before), measure.values(now)
    found = paired(then, today)
    return {
        "before": mean(then),
        "now": mean(today),
        "difference": found and found.difference,
        "interval": found and found.interval,
        "p": found and found.p,
        "beyond_chance": found and found.beyond_chance,
    }


def _of_figures(figures: Json, outcomes: Sequence[Outcome]) -> Json:
    measures = {}
    for measure in MEASURES:
        part = figures[measure.part]
        value = part.get(measure.name) if isinstance(part, dict) else None
        before = float(value) if isinstance(value, (int, float)) else None
        now = mean(measure.values(outcomes))
        measures[measure.name] = {
            "before": before,
            "now": now,
            "difference": _minus(now, before),
            "interval": None,
            "p": None,
            "beyond_chance": None,
        }
    return {
        "questions": None,
        "only_before": None,
        "only_now": None,
        "measures": measures,
        "changed": None,
        "note": _FROM_SUMMARY,
    }


def _minus(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 4)


def _change(before: Outcome, now: Outcome, lacking: frozenset[str]) -> Json | None:
    """Return what a question gained and lost by name of measure; ``None`` where nothing did."""
    told = (m for m in _LISTED if m.name not in lacking)
    of_it = [m for m in told if m.answerable is now.case.answerable]
    gained = [m.name for m in of_it if m.value(now) > m.value(before)]
    lost = [m.name for m in of_it if m.value(now) < m.value(before)]
    if not gained and not lost:
        return None
    return {
        "id": now.case.id,
        "question": now.case.question,
        "gained": gained,
        "lost": lost,
        "rank": [before.rank, now.rank],
    }


def _key(outcome: Outcome) -> tuple[str, str, bool]:
    return outcome.case.id, outcome.case.question, outcome.case.answerable


def _outcome(fields: Json) -> Outcome:
    rank = fields.get("rank")
    if rank is not None and (isinstance(rank, bool) or not isinstance(rank, int) or rank < 1):
        message = f'"rank" is {rank!r}'
        raise QuestionError(message)
    case = Case(text_of(fields, "id"), text_of(fields, "question"), (), _flag(fields, "answerable"))
    return Outcome(
        case=case,
        rank=rank,
        answered=_flag(fields, "answered"),
        declined=None,
        cited_gold=_flag(fields, "cited_gold"),
        took_ms=0.0,
        words_shown="words_shown" in fields and _flag(fields, "words_shown"),
    )


def _flag(fields: Json, name: str) -> bool:
    value = fields.get(name)
    if isinstance(value, bool):
        return value
    message = f'"{name}" is {value!r}: it must be true or false'
    raise QuestionError(message)
