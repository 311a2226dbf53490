"""What each degree of caution would give, on outcomes made by hand."""

from cli.evaluation.caution import by_caution
from cli.evaluation.measures import Outcome
from cli.evaluation.questions import Case, Gold


def outcome(confidence, *, answerable=True, answered=False, right=True):
    """Return an outcome that was held so likely."""
    gold = (Gold("x"),) if answerable else ()
    return Outcome(
        case=Case("q", "?", gold, answerable),
        rank=None,
        answered=answered,
        declined=None if answered else "not_covered",
        cited_gold=answered and right,
        took_ms=1.0,
        nearest_gold=right,
        confidence=confidence,
    )


def test_an_eager_bot_answers_what_a_careful_one_declines():
    """.55 is answered by the eager alone; the others show it as the nearest."""
    found = by_caution([outcome(0.55), outcome(0.9, answered=True)])
    assert [found[name]["answered"] for name in ("careful", "normal", "eager")] == [0.5, 0.5, 1.0]
    assert [found[name]["unsure"] for name in ("careful", "normal", "eager")] == [0.5, 0.5, 0.0]


def test_what_was_held_back_for_another_reason_stays_declined():
    """.9 and not answered: somebody else's words, a body that is not here."""
    found = by_caution([outcome(0.9)])
    assert {found[name]["answered"] for name in found} == {0.0}


def test_questions_without_an_answer_are_counted_apart():
    """An eager bot answers one of the two; wrong passages are never cited rightly."""
    found = by_caution([outcome(0.55, answerable=False), outcome(0.1, answerable=False)])
    assert found["eager"]["declined_right"] == 0.5
    assert found["normal"]["declined_right"] == 1.0
    assert found["eager"]["answered"] is None
    assert by_caution([outcome(0.6, right=False)])["eager"]["cited_gold"] == 0.0
