"""A question typed all in kana is spelled with the words of the index."""

import pytest

from index.language.tokens import character_pairs, words
from index.search.kana import KanaSpeller, is_kana

TEXT = (
    "堤防の桜の手入れは、河川課が毎年二回行います。保育園の給食費は月額五千円です。図書館の開館時間は"
    "午後七時までです。市長は温泉の入浴料の値上げを見送りました。火葬場の予約は電話で受けます。"
    "利用者は九百人です。町内の空き家は三十軒で、学校の校庭は芝生です。"
)


@pytest.fixture(scope="module")
def speller():
    """Return a speller over the words of a few sentences."""
    known, pairs = set(words(TEXT)), set(character_pairs(TEXT))
    return KanaSpeller(known, lambda word: 2.0 if word in known else None, pairs.__contains__)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("かそうばのよやくはどうする？", "火葬場の予約はどうする?"),
        ("ほいくえんのきゅうしょくひはいくら", "保育園の給食費はいくら"),
        ("としょかんはいつまで", "図書館はいつまで"),
        ("おんせんのにゅうよくりょう　ねあげ", "温泉の入浴料値上げ"),
        ("ていぼうのさくら", "堤防のさくら"),
        ("りようしゃ　なんにん", "利用者なんにん"),
        ("ちょうないのあきや", "町内の空き家"),
        ("ねこはいますか", "ねこはいますか"),
    ],
)
def test_kana_is_spelled_with_words_that_are_held(speller, typed, spelled):
    """The longest that stand side by side there; what is asking, known so, or unknown, stays."""
    assert speller.spelled(typed) == spelled


@pytest.mark.parametrize(
    ("question", "kana"),
    [
        ("ほいくえんはいくら", True),
        ("ゴミふくろ　いくらかな？", True),
        ("保育園はいくらですか", False),
        ("いくら？", False),
        ("How much is it?", False),
        ("ホテル", False),
        ("ほいくえん" * 30, False),
    ],
)
def test_which_questions_are_in_kana(question, kana):
    """Short ones with some hiragana in a row and not one kanji."""
    assert is_kana(question) is kana
