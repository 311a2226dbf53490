"""Words of daily life, and what papers call them."""

from collections import Counter

import pytest

from index.language.said_otherwise import entries, said_otherwise
from index.language.text import fold


@pytest.mark.parametrize(
    ("question", "everyday", "official"),
    [
        ("公民館のクーラーはいつ付く？", "クーラー", "エアコン"),
        ("ごみ袋はどこで売ってる", "ごみ袋", "指定ごみ袋"),
        ("ゴミ袋はどこで売ってる", "ゴミ袋", "指定ごみ袋"),
        ("予算は通りましたか", "通りました", "可決された"),
        ("村長の案は通らなかったの？", "通らなかった", "否決された"),
        ("保育園の月謝は", "保育園の月謝", "保育料"),
        ("When is garbage picked up?", "garbage", "solid waste"),
    ],
)
def test_a_word_of_daily_life_is_known_in_its_forms(question, everyday, official):
    """As it is written and inflected, with what follows a verb; the longest of those that fit."""
    (found,) = said_otherwise(question)
    assert fold(question)[found.start : found.end] == everyday.lower()
    assert official in found.official


@pytest.mark.parametrize(
    "question", ["", "議案第3号の結果は", "熊本県の災害", "市役所は何時から？"]
)
def test_other_words_are_left_as_they_are(question):
    """Those of papers, and names that a word of daily life is a part of."""
    assert said_otherwise(question) == []


def test_each_word_of_daily_life_stands_in_the_file_once():
    """With words to stand for it that are others than itself."""
    listed = list(entries())
    assert [word for word, times in Counter(word for word, _ in listed).items() if times > 1] == []
    assert all(word and any(each != word for each in official) for word, official in listed)
    assert all(each for _, official in listed for each in official)
