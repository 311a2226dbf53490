"""The measures of `kiroku evaluate`, on hits and replies made by hand."""

import dataclasses

import pytest

from cli import evaluation
from cli.evaluation import Case, Gold
from index.errors import QuestionError
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
    return evaluation.judge(
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
    assert evaluation.meets(hit, case(contains)) is meets


def test_gold_that_names_a_document_is_met_only_there():
    """The same words in another document do not count."""
    (hit,) = hits("来年四月から")
    assert evaluation.meets(hit, case("来年四月", "審議会/第3回.pdf"))
    assert not evaluation.meets(hit, case("来年四月", "審議会/第4回.pdf"))


def test_gold_entries_are_alternatives():
    """Any one of them will do."""
    either = Case("q1", "?", (Gold("五月"), Gold("四月")), answerable=True)
    assert evaluation.meets(hits("来年四月から")[0], either)


def test_recall_and_mrr_follow_the_rank_of_the_first_right_hit():
    """Ranks 1 and 3 and nothing: recall 1/3, 2/3, 2/3 and MRR (1 + 1/3) / 3."""
    outcomes = [
        outcome(texts=["来年四月", "来年四月"]),
        outcome(texts=["あ", "い", "来年四月"]),
        outcome(texts=["あ", "い"]),
    ]
    search = evaluation.summary(outcomes)["search"]
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
    ask = evaluation.summary(outcomes)["ask"]
    assert ask == {
        "answered": 0.6667,
        "cited_gold": 0.3333,
        "declined_right": 0.5,
        "declined_wrong": 0.3333,
    }


def test_unanswerable_questions_do_not_weigh_on_search():
    """Recall is taken over what can be found."""
    figures = evaluation.summary([outcome(texts=["来年四月"]), outcome(answerable=False)])
    assert figures["search"]["recall@1"] == 1.0
    assert figures["questions"] == 2


def test_a_share_of_nothing_is_none():
    """Without unanswerable questions there is no share of them."""
    assert evaluation.summary([outcome()])["ask"]["declined_right"] is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 50, None), ([3.0], 95, 3.0), ([1.0, 2.0, 3.0, 4.0], 50, 2.0), (range(1, 101), 95, 95.0)],
)
def test_percentiles_are_values_that_occurred(values, share, expected):
    """The nearest-rank percentile: the smallest value that so many do not exceed."""
    assert evaluation.percentile([float(value) for value in values], share) == expected


def test_questions_are_read_from_json_lines():
    """Blank lines are passed over; what has gold is answerable where the line does not say."""
    lines = [
        '{"id": 1, "question": "a", "gold": [{"contains": "x", "document": "d"}]}',
        "",
        '{"id": "2", "question": "b", "gold": [], "answerable": false}',
        '{"id": "3", "question": "c", "gold": [{"contains": "y"}]}',
    ]
    cases = evaluation.read_cases(lines)
    assert [c.id for c in cases] == ["1", "2", "3"]
    assert [c.answerable for c in cases] == [True, False, True]
    assert cases[0].gold == (Gold("x", "d"),)


@pytest.mark.parametrize("line", ["no", "[]", '{"id": 1}', '{"id": 1, "question": "a", "gold": 3}'])
def test_a_line_that_cannot_be_read_is_named(line):
    """The error says which line it is."""
    with pytest.raises(QuestionError, match="line 2"):
        evaluation.read_cases(['{"id": 1, "question": "a"}', line])


def test_a_file_without_questions_is_an_error():
    """Figures over nothing would mislead."""
    with pytest.raises(QuestionError, match="no questions"):
        evaluation.read_cases(["\n"])


def test_the_detail_of_a_question_says_what_became_of_it():
    """Rank, decline and citation stand in one line each question."""
    detail = evaluation.detail(outcome(texts=["あ", "来年四月"], took_ms=1.239))
    assert detail == {
        "id": "q1",
        "question": "運賃はいつ変わる？",
        "answerable": True,
        "rank": 2,
        "answered": True,
        "declined": None,
        "cited_gold": True,
        "took_ms": 1.24,
    }
