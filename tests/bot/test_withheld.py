"""Words that say that what is asked is not told, not known or not decided."""

import pytest

from bot.withheld import withholds


@pytest.mark.parametrize(
    ("quote", "question"),
    [
        ("個別の点数は公表しておりません。", "点数は何点でしたか"),
        ("お答えは差し控えさせていただきます。", "相手は誰ですか"),
        ("世帯の数は把握しておりません。", "何世帯ありますか"),
        ("時期はまだ決まっておりません。", "いつから値上げしますか"),
        ("現時点では未定でございます。", "金額はいくらですか"),
        ("面積等の記載がございません。", "面積はどれくらいですか"),
        ("ただいま手元に資料がございません。", "件数は何件ですか"),
        ("具体的な数字はまだつかめておりません。", "目標は何か所ですか"),
        ("関係者と協議しているところでございます。", "どこに建てますか"),
        ("The price has not been decided.", "How much will it cost?"),
        ("I do not have the figure with me tonight.", "How many are there?"),
    ],
)
def test_what_is_not_told_is_told_apart(quote, question):
    """Not disclosed, not known, not settled: covered, but not answered there."""
    assert withholds(quote, question)


@pytest.mark.parametrize(
    ("quote", "question"),
    [
        ("三百十二人でございます。", "利用者は何人ですか"),
        ("会議に諮って公開しないことができる。", "会議は非公開にできますか"),
        ("見直しは検討してまいります。", "見直しますか"),
        ("時期は未定ですが、費用は三億円を見込んでおります。", "費用はいくらですか"),
        ("認めないわけではありません。", "認めますか"),
        ("The council approved it.", "Was it approved?"),
    ],
)
def test_an_answer_is_not_taken_for_a_refusal(quote, question):
    """Also where something else in the same words is left open."""
    assert not withholds(quote, question)
