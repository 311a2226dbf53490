"""What speaks for a passage once its text is read again: sentences, units, titles."""

from dataclasses import replace

import numpy as np
import pytest

from index.search.second_stage import NAMES, Wording, features
from tests.index.making import minutes


def read(question, turns, title="会議録", rarity=lambda _: 1.0):
    """Return the features of the passages of one sitting."""
    document, passages = minutes("a.txt", "2023-05-01", turns)
    wording = Wording.of(question, rarity)
    return features(wording, [(passage, replace(document, title=title)) for passage in passages])


@pytest.mark.parametrize(
    ("question", "held", "lacking"),
    [
        ("利用者は何人ですか", "利用者は３１２名でした。", "利用料は３００円でした。"),
        ("補助はいくら出ますか", "上限は三十万円です。", "対象は三十人です。"),
        ("何割が知っていますか", "17％でございます。", "17人でございます。"),
        ("工事はいつ終わりますか", "令和7年秋を見込んでおります。", "二社が応札しました。"),
        ("運賃は？", "一乗車350円です。", "三割が知っています。"),
        ("給食費はいつから無料？", "九月分から無償とします。", "一食300円です。"),
        ("予算はいつ決まりますか", "三月に議決されます。", "三億円です。"),
        ("How many families are there?", "We have five families.", "We have families."),
    ],
)
def test_a_number_is_of_the_unit_that_is_asked_for(question, held, lacking):
    """People are not yen; counters that mean the same are the same."""
    turns = [("課長", None, text, None) for text in (held, lacking)]
    assert read(question, turns)["unit"].tolist() == [1.0, 0.0]


def test_the_label_of_a_row_is_no_value():
    """「300円（現在の運賃）　96.1％」 of a survey tells a share, not a fare."""
    turns = [
        ("課長", None, "大人\t300円\n小人\t150円", None),
        ("課長", None, "300円（現在の運賃）\t96.1％\n350円\t80.4％", None),
    ]
    assert read("運賃はいくらですか", turns)["unit"].tolist() == [1.0, 0.0]


def test_a_number_counts_by_the_words_of_its_own_sentence():
    """The number asked for beside its matter says more than the same number beside another's."""
    turns = [
        ("課長", None, "駐輪場の利用者は三百人です。雨の日は別です。", None),
        ("課長", None, "駐輪場の利用者は増えました。会議には三百人です。", None),
    ]
    beside, apart = read("駐輪場の利用者は何人ですか", turns)["unit_pairs"]
    assert beside > apart > 0


def test_without_a_number_asked_for_no_unit_speaks_for_a_passage():
    """A question after a way of doing something marks no numbers."""
    found = read("どのように進めますか", [("課長", None, "三人で進めます。", None)])
    assert not found["unit"].any()
    assert not found["unit_pairs"].any()


def test_words_in_one_sentence_say_more_than_the_same_words_apart():
    """The sentence counts, not the passage."""
    turns = [
        ("課長", None, "駐輪場の料金は百円です。雨の日もあります。", None),
        ("課長", None, "駐輪場があります。料金は百円です。", None),
    ]
    together, apart = read("駐輪場の料金", turns)["sentence_pairs"]
    assert together > apart > 0


def test_the_words_that_are_answered_and_the_title_are_looked_at_apart():
    """Neither counts as said in the passage."""
    turns = [
        ("甲委員", None, "駐輪場の料金はいくらか。", None),
        ("課長", None, "百円です。", 0),
    ]
    found = read("駐輪場の料金はいくらか", turns, title="駐輪場条例の審査")
    assert found["sentence_pairs"][1] < found["asked_pairs"][1]
    assert found["title_pairs"][1] > 0
    assert found["asked_pairs"][0] == 0


def test_nothing_read_gives_a_column_of_nothing_for_each_feature():
    """No passage, no word of the question: zeros and no division by zero."""
    assert {name: v.shape for name, v in read("何", []).items()} == dict.fromkeys(NAMES, (0,))
    odd = read("？", [("課長", None, "百円です。", None)], rarity=lambda _: 0.0)
    assert all(np.isfinite(values).all() for values in odd.values())
