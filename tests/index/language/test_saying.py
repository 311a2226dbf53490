"""Words of saying, in whatever form they stand."""

import pytest

from index.language.saying import ANSWERING, asks_and_answers, is_spoken, said_first


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("給水車の台数を訊いた", "聞く", False),
        ("給水車の台数を聞かれた", "聞く", True),
        ("桟橋の傷みを取り上げた", "取り上げる", False),
        ("桟橋の傷みについて質問されました", "質問", True),
        ("例として三つの町を挙げていました", "挙げる", False),
        ("見直すと約束した", "約束", False),
    ],
)
def test_a_word_of_saying_is_known_in_any_form(text: str, word: str, passive: bool):  # noqa: FBT001  drawn
    """By its dictionary form, and whether it is done to the one who is spoken of."""
    found = said_first(text)
    assert found is not None
    assert word in {found.word, found.written}
    assert found.passive is passive


@pytest.mark.parametrize("text", ["料金を上げた", "桟橋は何メートルですか", "給水車が来る"])
def test_other_words_say_nothing(text: str):
    """上げた is written otherwise than 挙げた."""
    assert said_first(text) is None


def test_an_answer_is_one_to_what_was_asked_before_it():
    """Not where the asking comes after it."""
    assert asks_and_answers("質問に課長はどう答えたか")
    assert not asks_and_answers("答弁について何を質問したか")
    assert said_first("質問に課長はどう答えたか", ANSWERING)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("桟橋の傷みが議論された", True), ("何が決まりますか", True), ("桟橋はどこですか", False)],
)
def test_what_was_decided_or_is_past_is_spoken_of(text: str, spoken: bool):  # noqa: FBT001  drawn
    """A rule, a place or a price is not."""
    assert is_spoken(text) is spoken
