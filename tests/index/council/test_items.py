import pytest

from index.council.items import item_key, items_in, key_without_year, year_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("議案第十二号", "議案第12号"),
        ("議案　第１２号", "議案第12号"),
        ("議案12号", "議案第12号"),
        ("第12号議案", "議案第12号"),
        ("陳情４号", "陳情第4号"),
        ("陳情5-3号", "陳情5-3号"),
    ],
)
def test_spellings_of_one_number_share_a_key(text, key):
    """Kanji and digits, with 第 and without, in both orders."""
    assert [item_key(item) for item in items_in(f"{text}の結果")] == [key]


def test_the_year_before_a_number_is_told_apart_from_it():
    """令和6年議案第12号 is named without its year as a rule."""
    assert key_without_year("令和６年度議案第12号") == key_without_year("議案第十二号")
    assert year_of("令和６年度議案第12号") == "令和6年"
    assert year_of("議案第12号") is None
