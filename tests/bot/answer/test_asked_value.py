"""The value that is asked for: what it looks like, and that a doubtful one is left out."""

import numpy as np
import pytest

from bot.answer.asked_value import asked_value
from index.reranking.reranker import Reading


def reading(text, meant, sure=4.0):
    """Return a reading, a token a character, in which the words ``meant`` answer."""
    spans = np.array([(at, at + 1) for at in range(len(text))], dtype=np.int32)
    words = np.full(len(text), -3.0, dtype=np.float32)
    start = text.index(meant)
    words[start : start + len(meant)] = sure
    return Reading(0.0, 2.0, spans, words)


@pytest.mark.parametrize(
    ("question", "text", "meant"),
    [
        ("運賃はいくら？", "運賃は現在200円、4月から１，２５０円に改める。", "１，２５０円"),
        ("重機の補助、いくらまで？", "６年度からは４分の３、１５万円に引き上げます。", "１５万円"),
        ("いつから始まる？", "令和6年度に設計し、令和七年十月一日から始める。", "令和七年十月一日"),
        ("いつまでに届ける？", "24時間以内に市長に届け出ること。", "24時間以内"),
        ("何人が来た？", "三日間で1,204人、車は310台でした。", "1,204人"),
        ("賛成の割合は？", "賛成は62.5％、反対は20％である。", "62.5％"),
        ("How much is the fee?", "The fee is $45 for residents and $60 for others.", "$45"),
        (
            "When does it open?",
            "It opens on October 18, 2025, not in September 2025.",
            "October 18, 2025",
        ),
        ("How many units are there?", "There are 188 units in 12 buildings.", "188 units"),
    ],
)
def test_the_value_that_is_meant_is_told(question, text, meant):
    """Amounts, times, counts and shares, as they stand there."""
    assert asked_value(question, text, text, reading(text, meant)) == meant


def test_no_value_where_two_are_as_likely():
    """A wrong one in bold would be believed."""
    text = "小学生は100円、大人は200円です。"
    both = reading(text, "100円、大人は200円")
    assert asked_value("運賃はいくら？", text, text, both) is None
    none = reading(text, "100円", sure=-2.5)
    assert asked_value("運賃はいくら？", text, text, none) is None


def test_no_value_out_of_a_table():
    """Which row and column are meant tell label and head, not the likeliest number."""
    text = "区分	料金\n大人	200円\n小学生	100円"
    assert asked_value("運賃はいくら？", text, text, reading(text, "200円")) is None


def test_no_value_where_none_is_asked_for_or_nothing_was_read():
    """Why and who are not answered by a number; without a reranker nobody knows which is meant."""
    text = "運賃は200円とし、審議会に諮ります。"
    assert asked_value("なぜ諮るのですか？", text, text, reading(text, "200円")) is None
    assert asked_value("運賃はいくら？", text, text, None) is None
    empty = Reading(0.0, 0.0, np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
    assert asked_value("運賃はいくら？", text, text, empty) is None


def test_only_the_quote_is_looked_at():
    """What is not shown is not told."""
    text = "運賃は200円です。定期は5,000円です。"
    read = reading(text, "5,000円")
    assert asked_value("運賃はいくら？", text, "運賃は200円です。", read) is None


def test_a_counter_that_is_named_tells_what_sort_of_value_is_meant():
    """何時 is a time, 何円 money, 何割 a share; a number of another unit is none."""
    text = "午前９時に始め、３時間で二百円、三割が参加した。"
    for question, meant in (
        ("何時に始まる？", "午前９時"),
        ("何円かかる？", "二百円"),
        ("何割が来た？", "三割"),
    ):
        assert asked_value(question, text, text, reading(text, meant)) == meant
    assert asked_value("何人が来た？", text, text, reading(text, "三割")) is None
