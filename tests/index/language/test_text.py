import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.text import fold, is_japanese, sentences

MIXED = st.text(alphabet="あ亜ア。、「」（）『』！？\n .?!A a1.5Mr３．　", max_size=80)


@given(MIXED)
def test_no_character_is_lost(text):
    """The sentences put together again are the text."""
    assert "".join(sentences(text)) == text


@given(st.text(alphabet="ー－―‐髙①㈱ｱﾞ○〇 　ＡaÅ﨑い\ufe00", max_size=40))
def test_folding_twice_changes_nothing_more(text):
    """Folded text is folded."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("行く。来る。", ["行く。", "来る。"]),
        ("「行く。来る。」と言った。次だ。", ["「行く。来る。」と言った。", "次だ。"]),
        ("開いた（拍手。歓声）。閉じた。", ["開いた（拍手。歓声）。", "閉じた。"]),
        ("率は3.5％です。次は", ["率は3.5％です。", "次は"]),
        ("なぜか？そうか！！わかった", ["なぜか？", "そうか！！", "わかった"]),
        ("一行目\n二行目。", ["一行目\n", "二行目。"]),
        ("Mr. Smith left. He was late.", ["Mr. Smith left. ", "He was late."]),
        ("See No. 5 of the U.S. Code. Then stop.", ["See No. 5 of the U.S. Code. ", "Then stop."]),
        ("I said no. They said yes.", ["I said no. ", "They said yes."]),
        ("It is 3.5 percent. Why?", ["It is 3.5 percent. ", "Why?"]),
    ],
)
def test_where_sentences_end(text, parts):
    """Sentences end at their stops, not inside brackets, numbers or abbreviations."""
    assert sentences(text) == parts


def test_a_bracket_left_open_does_not_swallow_the_rest():
    """A stray opening bracket does not keep sentences together."""
    assert sentences("「始めた。続けた。終えた。") == ["「始めた。", "続けた。", "終えた。"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("第１０条", "第10条"),
        ("髙橋﨑子", "高橋崎子"),
        ("コ―ヒ－", "コーヒー"),
        ("○議長", "〇議長"),
        ("葛\U000e0100城", "葛城"),
        ("中 嶋 会 長", "中嶋会長"),
        ("ﾊﾞｽ", "バス"),
        ("A－B", "a-b"),
        ("⿊⽥⺠⻑", "黒田民長"),
        ("黑田と戶田", "黒田と戸田"),
    ],
)
def test_look_alikes_fold_together(left, right):
    """Spellings that people take for the same compare equal."""
    assert fold(left) == fold(right)


def test_circled_numbers_do_not_run_together():
    """①② is one and two, not twelve."""
    assert "12" not in fold("①②")


def test_languages_are_told_apart():
    """Japanese with some Latin words is Japanese, English is not."""
    assert is_japanese("DXの推進について")
    assert not is_japanese("The meeting was called to order at 7 p.m.")
