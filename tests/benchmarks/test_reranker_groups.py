"""What the reranker is trained on: where gold stands, what is changed, what is drawn."""

import random

import numpy as np
import pytest

from benchmarks.fitting.reranker_altered import Names, altered
from benchmarks.fitting.reranker_batches import draw_rows, worth
from benchmarks.fitting.reranker_exchanges import asking_sentences
from benchmarks.fitting.reranker_groups import Mark, spans_in
from benchmarks.fitting.reranker_material import Gold


def group(candidates, *, answerable=True, altered_rows=()):
    """Return a group as it is written to the disk."""
    return {
        "looked_up": False,
        "alone": False,
        "answerable": answerable,
        "candidates": candidates,
        "altered": list(altered_rows),
    }


def test_gold_is_found_across_widths_and_white_space():
    """The place of gold words is that in the passage's own text, however they are spaced."""
    text = "利用料は、\n１回　３００円です。"
    spans, partly = spans_in(text, [Gold("1回 300円", "a.txt")], "a.txt")
    assert [text[start:end] for start, end in spans] == ["１回　３００円"]
    assert not partly


def test_of_several_places_the_one_with_the_same_surroundings_is_meant():
    """A short answer that stands twice is told apart by what stands around it."""
    text = "前年は16人、本年も16人でした。"
    spans, _ = spans_in(text, [Gold("16人", None, "本年も", "でした")], "a.txt")
    assert spans == [(text.rindex("16人"), text.rindex("16人") + 3)]


def test_some_of_a_long_gold_makes_a_passage_neither_right_nor_wrong():
    """A passage that holds half of the words that answer is left out of training."""
    gold = Gold("条例の施行日は令和六年四月一日とし、経過措置は設けないこととしております。", None)
    assert spans_in("条例の施行日は令和六年四月一日とし、以下続く。", [gold], "a") == ([], True)


def test_gold_of_another_document_does_not_count():
    """The same words in another document are not the answer."""
    assert spans_in("三百円です。", [Gold("三百円", "b.txt")], "a.txt") == ([], False)


def test_the_year_that_a_question_names_is_changed_in_the_passage():
    """An altered passage says the same of another year, and keeps its widths."""
    parts = {"head": "報告", "asked": "", "words": "令和５年度の利用者は50人でした。"}
    changed = altered("令和5年度の利用者数は？", parts, Names(), random.Random(1))  # noqa: S311 - the same each time
    assert changed is not None
    assert "令和５年度" not in changed["words"]
    assert changed["words"].endswith("年度の利用者は50人でした。")
    assert any(sign in changed["words"] for sign in "０１２３４５６７８９")


def test_nothing_is_changed_where_the_question_names_nothing():
    """A passage that cannot be altered with certainty is not."""
    parts = {"head": "", "asked": "", "words": "無料です。"}
    assert altered("お金はかかる？", parts, Names(), random.Random(1)) is None  # noqa: S311 - as above


def test_a_draw_holds_an_answer_and_its_nearest_others():
    """At most two that answer, and no passage that holds some of the gold."""
    rows = [[str(at), 9.0 - at, Mark.WRONG, []] for at in range(10)]
    rows[3][2], rows[4][2] = Mark.RIGHT, Mark.PARTLY
    drawn = draw_rows(group(rows), 6, np.random.default_rng(0))
    assert len(drawn.rows) == 6
    assert sum(row[2] == Mark.RIGHT for row in drawn.rows) == 1
    assert not any(row[2] == Mark.PARTLY for row in drawn.rows)


def test_the_best_passages_of_an_unanswered_question_are_near():
    """What is nearest and does not answer is marked, as it teaches the most."""
    rows = [[str(at), 9.0 - at, Mark.WRONG, []] for at in range(4)]
    drawn = draw_rows(group(rows, answerable=False), 4, np.random.default_rng(0))
    marked = {row[0] for row, near in zip(drawn.rows, drawn.near, strict=True) if near}
    assert marked == {"0", "1", "2"}


@pytest.mark.parametrize(("right", "expected"), [(0, 0.35), (1, 1.0)])
def test_what_the_search_gets_right_is_drawn_less(right, expected):
    """A group whose right passage leads by far teaches little."""
    rows = [[str(at), 9.0 - 4 * at, Mark.WRONG, []] for at in range(3)]
    rows[right][2] = Mark.RIGHT
    assert worth(group(rows)) == expected


def test_asking_sentences_need_no_context():
    """A member's last sentence that can be understood alone, with the answer that follows."""
    answer = "来年度から、区内の三つの公園で順に工事を始める予定でございます。"
    text = (
        "○山田委員　お願いします。児童公園の改修工事はいつごろから始まる見込みでしょうか。\n"
        f"○中川公園課長　お答えします。{answer}その他の公園は未定です。\n"
        "○山田委員　それはどうしてなのでしょうか。理由をお聞かせください。\n"
    )
    (found,) = asking_sentences(text)
    assert found[1] == "児童公園の改修工事はいつごろから始まる見込みでしょうか。"
    assert answer in found[2]
