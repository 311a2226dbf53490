"""What each degree of caution would give on the same questions: answers, wrong ones, declines.

Reckoned from how likely each answer was held: what was held back for another reason (a person who
did not speak of it, a body that is not here) stays declined.
"""

from collections.abc import Sequence

from bot.answer.answerability import THRESHOLDS, Caution
from cli.evaluation.measures import Outcome, mean
from cli.output.json_types import Json

MEASURES = ("answered", "cited_gold", "unsure", "declined_right")


def by_caution(outcomes: Sequence[Outcome], now: Caution = Caution.NORMAL) -> Json:
    """Return the shares of each degree; ``now`` is the one that the outcomes were asked with.

    ``answered``, ``cited_gold`` and ``unsure`` are shares of the answerable, ``declined_right`` of
    the others. ``unsure`` counts those whose one passage shown is right.
    """
    asked = [o for o in outcomes if o.case.answerable]
    others = [o for o in outcomes if not o.case.answerable]
    found: Json = {}
    for caution in Caution:
        answered = [_answered(o, caution, now) for o in asked]
        right = [float(a and o.nearest_gold) for a, o in zip(answered, asked, strict=True)]
        shown = [float(_is_unsure(o, caution, now) and o.nearest_gold) for o in asked]
        declined = [float(not _answered(o, caution, now)) for o in others]
        values = (mean([float(a) for a in answered]), mean(right), mean(shown), mean(declined))
        found[caution.value] = dict(zip(MEASURES, values, strict=True))
    return found


def _answered(outcome: Outcome, caution: Caution, now: Caution) -> bool:
    if outcome.confidence is None or _was_held_back(outcome, now):
        return outcome.answered
    return outcome.confidence >= THRESHOLDS[caution][0]


def _is_unsure(outcome: Outcome, caution: Caution, now: Caution) -> bool:
    if outcome.confidence is None or _was_held_back(outcome, now):
        return False
    answer_from, unsure_from = THRESHOLDS[caution]
    return unsure_from <= outcome.confidence < answer_from


def _was_held_back(outcome: Outcome, now: Caution) -> bool:
    """Tell whether something other than the probability kept it from being answered."""
    sure = outcome.confidence is not None and outcome.confidence >= THRESHOLDS[now][0]
    return sure and not outcome.answered
