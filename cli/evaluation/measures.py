"""How good search and answers are on questions whose answers are known: the measures, as pure code.

``recall@k`` and ``mrr@10`` are taken over the answerable questions; ``answered``, ``cited_gold``,
``words_shown`` and ``declined_wrong`` are shares of the answerable, ``declined_right`` of the
unanswerable ones. A share of nothing is ``None``.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.answer import Answer, Declined, Reply
from bot.answer.at_a_glance import at_a_glance
from cli.evaluation.chance import interval
from cli.evaluation.questions import Case
from cli.output.json_types import Json
from index.passage import Hit

DEPTH = 10
_BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. ``rank`` is that of the first hit that meets the gold.

    ``cited_gold``: a right passage is cited; ``words_shown``: its words that answer, or the value
    asked for, are among those shown at a glance. ``nearest_gold``: a right passage is cited, or,
    where it was declined, is the nearest shown.
    ``confidence`` is how likely the bot held it that what it found answers, 0 to 1.
    """

    case: Case
    rank: int | None
    answered: bool
    declined: str | None
    cited_gold: bool
    took_ms: float
    words_shown: bool = False
    nearest_gold: bool = False
    confidence: float | None = None

    def found_within(self, depth: int) -> bool:
        """Tell whether a right passage is among the first so many."""
        return self.rank is not None and self.rank <= depth


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over the questions that are answerable, or over those that are not."""

    name: str
    part: str
    value: Callable[[Outcome], float]
    answerable: bool = True
    less_is_better: bool = False

    def values(self, outcomes: Sequence[Outcome]) -> list[float]:
        """Return the value of each question that counts, in order."""
        return [self.value(o) for o in outcomes if o.case.answerable is self.answerable]


MEASURES = (
    Measure("recall@1", "search", lambda o: float(o.found_within(1))),
    Measure("recall@5", "search", lambda o: float(o.found_within(5))),
    Measure(f"recall@{DEPTH}", "search", lambda o: float(o.found_within(DEPTH))),
    Measure(f"mrr@{DEPTH}", "search", lambda o: 1 / o.rank if o.rank and o.rank <= DEPTH else 0.0),
    Measure("answered", "ask", lambda o: float(o.answered)),
    Measure("cited_gold", "ask", lambda o: float(o.cited_gold)),
    Measure("words_shown", "ask", lambda o: float(o.words_shown)),
    Measure("declined_right", "ask", lambda o: float(not o.answered), answerable=False),
    Measure("declined_wrong", "ask", lambda o: float(not o.answered), less_is_better=True),
)
"""All measures in the order in which they are shown."""


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
        nearest_gold=any(meets(hit, case) for hit in _shown(reply)),
        took_ms=took_ms,
        words_shown=not isinstance(reply, Declined) and shows_words(reply, case),
        confidence=reply.confidence,
    )


def _shown(reply: Reply) -> tuple[Hit, ...]:
    """Return the hits that are cited or, of a decline, the nearest."""
    if isinstance(reply, Declined):
        return reply.nearest[:1]
    return tuple(citation.hit for citation in reply.citations)


def shows_words(answer: Answer, case: Case) -> bool:
    """Tell whether what is read at a glance holds a gold text or its value, rightly cited."""
    documents = {each.number: each.hit.document.document for each in answer.citations}
    said: dict[str, str] = {}
    for sentence in at_a_glance(answer):
        for number in sentence.citations:
            said[documents[number]] = said.get(documents[number], "") + folded(sentence.text)
    return any(
        folded(words) in text
        for gold in case.gold
        for document, text in said.items()
        if gold.document in {None, document}
        for words in (gold.contains, gold.value)
        if words
    )


def summary(outcomes: Sequence[Outcome]) -> Json:
    """Return the figures over all questions. ``took_ms`` is of ``ask``, in milliseconds.

    ``intervals`` are the 95 % bootstrap intervals of the measures, ``by_kind`` the same figures
    for the questions of each kind, ``reliability`` what :func:`reliability` returns.
    """
    times = [o.took_ms for o in outcomes]
    kinds = sorted({o.case.kind for o in outcomes if o.case.kind is not None})
    counted, intervals = _counted(outcomes), _intervals(outcomes)
    return {
        **counted,
        "took_ms": {"p50": percentile(times, 50), "p95": percentile(times, 95)},
        "intervals": intervals,
        "by_kind": {
            kind: _counted(of_kind) | {"intervals": _intervals(of_kind)}
            for kind in kinds
            if (of_kind := [o for o in outcomes if o.case.kind == kind])
        },
        "reliability": reliability(outcomes),
    }


def reliability(outcomes: Sequence[Outcome]) -> list[Json]:
    """Return, for each tenth of the confidence that occurs, how much of what was shown is right.

    ``questions`` counts all with such a confidence, ``shown`` those that were answered; ``score``
    is the mean confidence of the shown and ``right`` the share of them that cite what is right,
    with its interval. An answer to a question that has none is not right.
    """
    bins: list[Json] = []
    for number in range(_BINS):
        among = [
            o
            for o in outcomes
            if o.confidence is not None and min(int(o.confidence * _BINS), _BINS - 1) == number
        ]
        shown = [o for o in among if o.answered]
        right = [float(o.cited_gold) for o in shown]
        if among:
            bins.append(
                {
                    "from": number / _BINS,
                    "to": (number + 1) / _BINS,
                    "questions": len(among),
                    "shown": len(shown),
                    "score": mean([o.confidence for o in shown if o.confidence is not None]),
                    "right": mean(right),
                    "interval": interval(right),
                }
            )
    return bins


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
        "words_shown": outcome.words_shown,
        "took_ms": round(outcome.took_ms, 2),
        "confidence": None if outcome.confidence is None else round(outcome.confidence, 4),
        "kind": outcome.case.kind,
    }


def percentile(values: Sequence[float], share: int) -> float | None:
    """Return the smallest value that at least ``share`` % do not exceed; ``None`` of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 2)


def mean(values: Sequence[float]) -> float | None:
    """Return the mean to four places; ``None`` of nothing."""
    return round(sum(values) / len(values), 4) if values else None


def _counted(outcomes: Sequence[Outcome]) -> Json:
    parts: dict[str, dict[str, float | None]] = {"search": {}, "ask": {}}
    for measure in MEASURES:
        parts[measure.part][measure.name] = mean(measure.values(outcomes))
    return {"questions": len(outcomes), **parts}


def _intervals(outcomes: Sequence[Outcome]) -> Json:
    return {measure.name: interval(measure.values(outcomes)) for measure in MEASURES}
