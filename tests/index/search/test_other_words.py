"""A question in words of daily life is read in words that an index holds."""

import pytest

from index.search.other_words import in_other_words

HELD = {"エアコン": 3, "空調": 5, "補助": 20, "助成": 6, "過料": 1, "可決された": 8}
HELD |= {"自治会": 2, "行政区": 3, "減免": 2}


def holders(text):
    """Return how many passages hold a text."""
    return HELD.get(text, 0)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("クーラーの補助はある？", ("エアコンの補助はある?", "空調の補助はある?")),
        ("犬のフンで罰金？", ("犬のフンで過料?",)),
        ("予算は通りましたか？", ("予算は可決されたか?",)),
        ("通った予算は", ("可決された予算は",)),
        ("安くなる人は", ("減免の人は",)),
        ("自治会の加入は", ()),
        ("エアコンとクーラー", ("エアコンと空調",)),
        ("残業代はいくら", ()),
        ("クーラー" * 60, ()),
    ],
)
def test_what_is_held_much_oftener_is_read_for_a_word_of_daily_life(question, read_as):
    """What it mostly means, and what most passages hold; a word that is held itself stays."""
    assert in_other_words(question, holders) == read_as
