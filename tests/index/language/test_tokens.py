from concurrent.futures import ThreadPoolExecutor

import pytest

from index.language.tokens import content_words, content_words_in_groups, index_terms, words


def test_english_words_stay_english_but_for_a_plural():
    """The dictionary writes those that it knows in katakana, and "the" among them."""
    assert words("The library and Sunday hours") == ["the", "library", "and", "sunday", "hour"]
    assert words("class, bus, gas") == ["class", "bus", "gas"]
    assert content_words("What did the council decide about library hours?") == [
        "council",
        "decide",
        "library",
        "hour",
    ]


def test_words_in_japanese_are_in_normal_form():
    """打ち合わせ and 打合せ are one word."""
    assert words("打ち合わせ") == words("打合せ")


def test_many_threads_cut_words_at_once():
    """Questions are read as they come in, several at a time."""
    text = "図書館の金曜の開館時間の延長に伴う職員の増員について" * 200
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(words, [text] * 64))
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("無料", "無償"),
        ("学童", "放課後児童クラブ"),
        ("補助金", "助成金"),
        ("値段", "価格"),
        ("始まる", "開始"),
        ("parking", "駐車場"),
        ("library", "図書館"),
    ],
)
def test_words_of_one_meaning_share_a_group(asked: str, written: str):
    """The staff's word and the document's are synonyms in Sudachi's dictionary."""
    groups = {group for word in content_words_in_groups(asked) for group in word.groups}
    assert groups & set(index_terms(written))
    assert not groups & set(index_terms("委員長が開会を宣言した"))


def test_names_have_no_synonyms():
    """桜井 is a person here, not a flower's kin."""
    assert [term for term in index_terms("桜井委員") if term not in words("桜井委員")] == []


def test_the_words_of_a_question_are_the_same_with_their_groups():
    """Each once, in order, without those that only ask."""
    for text in ("補助金はいくら、補助金は", "What did the council decide?", "４月から無料？"):
        assert [each.word for each in content_words_in_groups(text)] == content_words(text)
