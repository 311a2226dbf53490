"""The measures of `kiroku evaluate`, on hits and replies made by hand."""

import dataclasses

import pytest

from cli.evaluation import measures
from cli.evaluation.questions import Case, Gold
from tests.cli import made


def case(contains="来年四月", document=None, *, answerable=True):
    """Return a question with one gold entry, or none where it is not answerable."""
    gold = (Gold(contains, document),) if answerable else ()
    return Case("q1", "運賃はいつ変わる？", gold, answerable)


def hits(*texts):
    """Return ranked hits with these texts."""
    return [
        made.hit(rank, dataclasses.replace(made.ANSWER, text=text))
        for rank, text in enumerate(texts, start=1)
    ]


def outcome(contains="来年四月", texts=(), reply=None, *, answerable=True, took_ms=1.0):
    """Judge one question."""
    return measures.judge(
        case(contains, answerable=answerable), hits(*texts), reply or made.answer(), took_ms
    )


@pytest.mark.parametrize(
    ("text", "contains", "meets"),
    [
        ("来年四月から", "来年四月", True),
        ("１２　月\n20日", "12月20日", True),
        ("12月20日", "１２月 ２０日", True),
        ("ｶﾞｽ料金", "ガス料金", True),
        ("来年五月から", "来年四月", False),
    ],
)
def test_gold_is_met_under_nfkc_without_white_space(text, contains, meets):
    """Widths, line breaks and blanks make no difference; words do."""
    (hit,) = hits(text)
    assert measures.meets(hit, case(contains)) is meets


def test_gold_that_names_a_document_is_met_only_there():
    """The same words in another document do not count."""
    (hit,) = hits("来年四月から")
    assert measures.meets(hit, case("来年四月", "審議会/第3回.pdf"))
    assert not measures.meets(hit, case("来年四月", "審議会/第4回.pdf"))


def test_words_are_shown_where_what_is_read_at_a_glance_holds_gold_or_its_value():
    """The value alone will do; words of the passage that are not quoted will not."""
    answer = made.answer()
    said = answer.sentences[0].text
    shown = Case("q1", "?", (Gold(said[:4]),), answerable=True)
    value = Case("q1", "?", (Gold(f"{said}とその先", value=said[2:5]),), answerable=True)
    other = Case("q1", "?", (Gold("どこにもない言葉"),), answerable=True)
    elsewhere = Case("q1", "?", (Gold(said[:4], "ほか.pdf"),), answerable=True)
    told = [measures.shows_words(answer, each) for each in (shown, value, other, elsewhere)]
    assert told == [True, True, False, False]


def test_gold_entries_are_alternatives():
    """Any one of them will do."""
    either = Case("q1", "?", (Gold("五月"), Gold("四月")), answerable=True)
    assert measures.meets(hits("来年四月から")[0], either)


def test_recall_and_mrr_follow_the_rank_of_the_first_right_hit():
    """Ranks 1 and 3 and nothing: recall 1/3, 2/3, 2/3 and MRR (1 + 1/3) / 3."""
    outcomes = [
        outcome(texts=["来年四月", "来年四月"]),
        outcome(texts=["あ", "い", "来年四月"]),
        outcome(texts=["あ", "い"]),
    ]
    search = measures.summary(outcomes)["search"]
    assert search == {"recall@1": 0.3333, "recall@5": 0.6667, "recall@10": 0.6667, "mrr@10": 0.4444}


def test_shares_of_ask_have_the_right_denominators():
    """Answered, cited and declined wrongly are of the answerable; declined rightly of the rest."""
    outcomes = [
        outcome(),
        outcome(contains="ない言葉"),
        outcome(reply=made.declined()),
        outcome(reply=made.declined(), answerable=False),
        outcome(reply=made.answer(), answerable=False),
    ]
    ask = measures.summary(outcomes)["ask"]
    assert ask == {
        "answered": 0.6667,
        "cited_gold": 0.3333,
        "words_shown": 0.3333,
        "declined_right": 0.5,
        "declined_wrong": 0.3333,
    }


def test_unanswerable_questions_do_not_weigh_on_search():
    """Recall is taken over what can be found."""
    figures = measures.summary([outcome(texts=["来年四月"]), outcome(answerable=False)])
    assert figures["search"]["recall@1"] == 1.0
    assert figures["questions"] == 2


def test_a_share_of_nothing_is_none():
    """Without unanswerable questions there is no share of them."""
    assert measures.summary([outcome()])["ask"]["declined_right"] is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 50, None), ([3.0], 95, 3.0), ([1.0, 2.0, 3.0, 4.0], 50, 2.0), (range(1, 101), 95, 95.0)],
)
def test_percentiles_are_values_that_occurred(values, share, expected):
    """The nearest-rank percentile: the smallest value that so many do not exceed."""
    assert measures.percentile([float(value) for value in values], share) == expected


def test_the_detail_of_a_question_says_what_became_of_it():
    """Rank, decline and citation stand in one line each question."""
    detail = measures.detail(outcome(texts=["あ", "来年四月"], took_ms=1.239))
    assert detail == {
        "id": "q1",
        "question": "運賃はいつ変わる？",
        "answerable": True,
        "rank": 2,
        "answered": True,
        "declined": None,
        "cited_gold": True,
        "words_shown": True,
        "took_ms": 1.24,
        "confidence": None,
        "kind": None,
    }


def test_measures_of_each_kind_stand_apart():
    """Each kind has its own figures and intervals; a question without a kind is in none."""
    found = outcome(texts=["来年四月"])
    missed = outcome(texts=["あ"])
    figures = measures.summary(
        [
            dataclasses.replace(found, case=dataclasses.replace(found.case, kind="rule")),
            dataclasses.replace(missed, case=dataclasses.replace(missed.case, kind="number")),
            missed,
        ]
    )
    assert list(figures["by_kind"]) == ["number", "rule"]
    shares = {kind: of["search"]["recall@1"] for kind, of in figures["by_kind"].items()}
    assert shares == {"number": 0.0, "rule": 1.0}
    assert figures["by_kind"]["rule"]["questions"] == 1
    assert figures["by_kind"]["rule"]["intervals"]["recall@1"] == (1.0, 1.0)
    assert figures["search"]["recall@1"] == 0.3333


def test_every_measure_has_an_interval_around_it():
    """Where there is no question to measure on, there is none."""
    figures = measures.summary([outcome(texts=["来年四月"]), outcome(), outcome(texts=["あ"])])
    shares = figures["search"] | figures["ask"]
    assert list(figures["intervals"]) == list(shares)
    for name, share in shares.items():
        spread = figures["intervals"][name]
        assert spread is None if share is None else spread[0] <= share <= spread[1], name


def sure(confidence, *, right=True, declined=False, answerable=True):
    """Return the outcome of a question that was weighed with this confidence."""
    reply = made.declined() if declined else made.answer()
    return outcome(
        "来年四月" if right else "ない言葉",
        reply=dataclasses.replace(reply, confidence=confidence),
        answerable=answerable,
    )


def test_reliability_sets_the_share_shown_right_against_the_confidence():
    """Of what was shown only; an answer to what has none is wrong, a decline is but counted."""
    bins = measures.reliability(
        [
            sure(0.52),
            sure(0.58, right=False),
            sure(0.55, declined=True),
            sure(0.91, answerable=False),
            sure(1.0),
            sure(0.04, declined=True),
            sure(None),
        ]
    )
    assert [(b["from"], b["to"], b["questions"], b["shown"]) for b in bins] == [
        (0.0, 0.1, 1, 0),
        (0.5, 0.6, 3, 2),
        (0.9, 1.0, 2, 2),
    ]
    assert [b["right"] for b in bins] == [None, 0.5, 0.5]
    assert [b["score"] for b in bins] == [None, 0.55, 0.955]
    assert bins[0]["interval"] is None
