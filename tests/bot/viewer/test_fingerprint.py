"""A passage's words in a few bytes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.viewer.fingerprint import MOST_APART, SIZE, apart, fingerprint, is_same

WORDS = (
    "街路樹は令和8年度までに300本を植え替えます。剪定は毎年の冬に行っております。"
    "財源には国の交付金と市債を充てる予定でございます。"
)
OTHER = (
    "お見込みのとおりでございます。開館時間の延長に伴う増員は行わず、"
    "早番と遅番の交代制で対応いたします。"
)


def test_white_space_and_width_do_not_count():
    """A line that is wrapped elsewhere, or digits of another width, are the same words."""
    assert is_same(
        fingerprint(WORDS), fingerprint(WORDS.replace("。", "。\n　").replace("8", "８"))
    )


def test_a_changed_number_is_another_text_and_still_the_nearest():
    """Words with another number are not the same; unrelated ones are further away."""
    changed = fingerprint(WORDS.replace("300", "250"))
    assert not is_same(fingerprint(WORDS), changed)
    assert apart(fingerprint(WORDS), changed) <= MOST_APART
    assert apart(fingerprint(WORDS), fingerprint(OTHER)) > MOST_APART


@given(st.text())
def test_any_text_has_one(text):
    """Of any text, also of none, it has the same length each time."""
    assert len(fingerprint(text)) == SIZE
    assert apart(fingerprint(text), fingerprint(text)) == 0
