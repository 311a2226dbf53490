"""Words that say that what is asked is not told, not known or not decided."""

import pytest

from bot.answer.nondisclosure import is_withheld


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
        ("We don't have the breakdown, but we will look into it.", "How many are there?"),
        ("The route is still under review.", "Which route was chosen?"),
        ("面積をお示しできる段階にはございません。", "どれくらいの広さですか"),
        ("委員の名簿は非公開としております。", "委員は誰ですか"),
        ("欠席した人数は統計を取っておりません。", "欠席は何人ですか"),
        ("再開の見通しは立っておりません。", "いつ再開しますか"),
        ("場所は今後の検討課題です。", "どこに建てますか"),
        ("延べ人数は公表されておりません。", "延べ何人ですか"),
        ("件数は数えておりません。", "何件ありますか"),
        ("影響額の算出は困難でございます。", "影響はいくらですか"),
        ("数字は後ほど資料でお示しいたします。", "内訳は何件ですか"),
        ("地元とはまだ合意に至っておりません。", "地元は何と言っていますか"),
        ("We have not counted them.", "How many are there?"),
        ("人数は把握しておりませんが、聞き取りを進めてまいります。", "何人いますか"),
        ("申し訳ないのですが、根拠となる資料は持ち合わせておりません。", "そう決めたわけは"),
    ],
)
def test_what_is_not_told_is_told_apart(quote, question):
    """Not disclosed, not known, not settled: covered, but not answered there."""
    assert is_withheld(quote, question)


@pytest.mark.parametrize(
    ("quote", "question"),
    [
        ("三百十二人でございます。", "利用者は何人ですか"),
        ("会議に諮って公開しないことができる。", "会議は非公開にできますか"),
        ("見直しは検討してまいります。", "見直しますか"),
        ("時期は未定ですが、費用は三億円を見込んでおります。", "費用はいくらですか"),
        ("認めないわけではありません。", "認めますか"),
        ("The council approved it.", "Was it approved?"),
        ("詳しくは分かりませんが、職員が交代で見回っております。", "見回りはどうしていますか"),
        ("ただし、船の費用については未定です。", "船も対象に入りますか"),
        ("いつから行うかは決まっておりません。", "半額の話はどうなりましたか"),
        ("治療に至っていない方に、受診を勧めております。", "誰に勧めますか"),
        ("公表していない部分は、黒く塗ってお渡しします。", "資料はどう渡しますか"),
        ("内訳は公表しておりませんが、全部で三百十二人です。", "利用者は何人ですか"),
    ],
)
def test_an_answer_is_not_taken_for_a_refusal(quote, question):
    """Also where something else in the same words is left open."""
    assert not is_withheld(quote, question)


@pytest.mark.parametrize(
    ("lead", "other", "question", "withheld"),
    [
        (
            "業者は浜手観光に決まりました。",
            "両者の点数は公表しておりません。",
            "何点でしたか",
            True,
        ),
        (
            "制度は四月に変わりました。",
            "どのぐらいの方かは把握しておりません。",
            "何人ですか",
            True,
        ),
        ("対象は三百人でございます。", "年齢別の数は把握しておりません。", "何人ですか", False),
        ("業者は浜手観光に決まりました。", "両者の点数は公表しておりません。", "業者はどこ", False),
        ("制度は四月に変わりました。", "詳しくは分かりません。", "何人ですか", False),
    ],
)
def test_a_figure_may_be_held_back_beside_the_sentence_that_is_likeliest(
    lead, other, question, withheld
):
    """Where a number is asked for and the likeliest sentence gives none, another one counts."""
    assert is_withheld(lead, question, lead + other) is withheld
