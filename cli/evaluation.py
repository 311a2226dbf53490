"""How good search and answers are on questions whose answers are known: the measures, as pure code.

``recall@k`` and ``mrr@10`` are taken over the answerable questions; ``answered``, ``cited_gold``
and ``declined_wrong`` are shares of the answerable, ``declined_right`` of the unanswerable ones. A
share of nothing is ``None``.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer import Declined, Reply
from cli.shape import Json
from index.errors import QuestionError
from index.passage import Hit

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that a right passage contains, and the document that it must come from, if any."""

    contains: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question. ``gold`` are alternatives; any one of them will do."""

    id: str
    question: str
    gold: tuple[Gold, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. ``rank`` is that of the first hit that meets the gold."""

    case: Case
    rank: int | None
    answered: bool
    declined: str | None
    cited_gold: bool
    took_ms: float


def read_cases(lines: Iterable[str]) -> list[Case]:
    """Read questions from JSON Lines. Raises :class:`QuestionError` naming the line."""
    cases = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            gold = tuple(Gold(g["contains"], g.get("document")) for g in fields.get("gold", []))
            answerable = bool(fields.get("answerable", gold))
            cases.append(Case(str(fields["id"]), str(fields["question"]), gold, answerable))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = (
                f"line {number} of the questions cannot be read: it must be "
                '{"id": …, "question": …, "gold": [{"contains": …}], "answerable": …}'
            )
            raise QuestionError(message) from error
    if not cases:
        message = "the file holds no questions"
        raise QuestionError(message)
    return cases


def folded(text: str) -> str:
    """Return the text under NFKC with all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def meets(hit: Hit, case: Case) -> bool:
    """Tell whether a hit holds one of the gold texts, from the right document."""
    text = folded(hit.passage.text)
    return any(
        folded(gold.contains) in text
        and (gold.document is None or gold.document == hit.document.document)
        for gold in case.gold
    )


def judge(case: Case, hits: Sequence[Hit], reply: Reply, took_ms: float) -> Outcome:
    """Judge the hits and the reply to one question."""
    declined = reply.reason.value if isinstance(reply, Declined) else None
    cited = () if isinstance(reply, Declined) else reply.citations
    return Outcome(
        case=case,
        rank=next((rank for rank, hit in enumerate(hits, start=1) if meets(hit, case)), None),
        answered=declined is None,
        declined=declined,
        cited_gold=any(meets(citation.hit, case) for citation in cited),
        took_ms=took_ms,
    )


def summary(outcomes: Sequence[Outcome]) -> Json:
    """Return the figures over all questions. ``took_ms`` is of ``ask``, in milliseconds."""
    answerable = [o for o in outcomes if o.case.answerable]
    unanswerable = [o for o in outcomes if not o.case.answerable]
    search: Json = {
        f"recall@{k}": _mean([float(o.rank is not None and o.rank <= k) for o in answerable])
        for k in (1, 5, DEPTH)
    }
    search[f"mrr@{DEPTH}"] = _mean(
        [1 / o.rank if o.rank and o.rank <= DEPTH else 0.0 for o in answerable]
    )
    times = [o.took_ms for o in outcomes]
    return {
        "questions": len(outcomes),
        "search": search,
        "ask": {
            "answered": _mean([float(o.answered) for o in answerable]),
            "cited_gold": _mean([float(o.cited_gold) for o in answerable]),
            "declined_right": _mean([float(not o.answered) for o in unanswerable]),
            "declined_wrong": _mean([float(not o.answered) for o in answerable]),
        },
        "took_ms": {"p50": percentile(times, 50), "p95": percentile(times, 95)},
    }


def detail(outcome: Outcome) -> Json:
    """Return what became of one question, for ``--details``."""
    return {
        "id": outcome.case.id,
        "question": outcome.case.question,
        "answerable": outcome.case.answerable,
        "rank": outcome.rank,
        "answered": outcome.answered,
        "declined": outcome.declined,
        "cited_gold": outcome.cited_gold,
        "took_ms": round(outcome.took_ms, 2),
    }


def percentile(values: Sequence[float], share: int) -> float | None:
    """Return the smallest value that at least ``share`` % do not exceed; ``None`` of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 2)


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
