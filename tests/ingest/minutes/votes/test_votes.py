import pytest

from index.record import Outcome
from tests.ingest.lines import read

HEAD = """\
令和4年第3回みどり市議会定例会会議録
令和4年9月28日（水曜日）午前10時開議
議事日程
日程第１　議案第12号　みどり市手数料条例の一部を改正する条例について
日程第２　議案第13号　令和4年度みどり市一般会計補正予算（第3号）
○議長（田上一郎君）　これより会議を開きます。
◎市長（海野三郎君）　提案理由を申し上げます。
◆3番（小森花子君）　昨年の議会では議案第12号は否決されました。賛成です。
"""
CHAIR = "○議長（田上一郎君）　"
ASSENT = "〔「異議なし」と呼ぶ者あり〕\n"


def votes(text, head=HEAD):
    """Return the votes of minutes whose body ends in ``text``."""
    document, _ = read(head + text)
    return document.sitting.votes


def told(text, head=HEAD):
    """Return item, result and manner of each vote."""
    return [(vote.item, vote.result, vote.manner) for vote in votes(text, head)]


def test_a_decision_has_its_matter_its_result_and_how_it_was_reached():
    """「本案」 is the matter taken up last; its words come from the agenda."""
    text = (
        f"{CHAIR}日程第１、議案第12号を議題といたします。賛成の諸君の起立を求めます。\n"
        f"〔賛成者起立〕\n{CHAIR}起立多数であります。よって、本案は原案のとおり可決されました。\n"
    )
    document, passages = read(HEAD + text)
    (vote,) = document.sitting.votes
    assert (vote.item, vote.result, vote.manner) == ("議案第12号", "可決", "起立多数")
    assert vote.title == "みどり市手数料条例の一部を改正する条例について"
    assert vote.outcome is Outcome.PASSED
    assert "本案は原案のとおり可決" in passages[vote.passage].text


def test_what_a_committee_recommends_is_not_decided_yet():
    """委員長報告, and the 議長's summary of it, are no votes of the plenary sitting."""
    text = (
        f"{CHAIR}議案第13号を議題といたします。\n"
        "○総務委員長（小森花子君）　議案第13号は原案のとおり可決すべきものと決定いたしました。\n"
        f"{CHAIR}委員会では否決されましたが、採決いたします。委員長の報告は可決であります。\n"
    )
    assert votes(text) == ()


def test_in_a_committee_the_same_words_are_its_vote():
    """「可決すべきものと決定」 by the chair of the committee is what this sitting decided."""
    head = "総務委員会会議録\n令和4年9月28日\n○田上委員長　始めます。\n○海野課長　以上です。\n"
    text = (
        "○田上委員長　議案第5号を採決いたします。\n（賛成者挙手）\n"
        "○田上委員長　挙手少数。よって、議案第5号は否決すべきものと決定いたしました。\n"
    )
    assert told(text, head) == [("議案第5号", "否決", "挙手少数")]


def test_several_at_once_are_one_vote_each():
    """「以上3件」 and 「議案第1号から第3号まで」 name each of the matters."""
    text = (
        f"{CHAIR}次に、認定第１号から認定第３号までの3件を一括議題といたします。\n"
        f"{CHAIR}以上3件は認定することに御異議ありませんか。\n{ASSENT}"
        f"{CHAIR}御異議なしと認め、以上3件は認定することに決定いたしました。\n"
    )
    expected = [(f"認定第{number}号", "認定", "異議なし") for number in "１２３"]
    assert told(text) == expected


def test_counts_are_kept():
    """「賛成12票、反対3票」 are numbers."""
    text = (
        f"{CHAIR}議案第13号を投票により採決します。\n"
        f"{CHAIR}投票の結果は、賛成12票、反対3票、賛成多数であります。\n"
        f"{CHAIR}よって、議案第13号は可決されました。\n"
    )
    (vote,) = votes(text)
    assert (vote.ayes, vote.nays, vote.manner) == (12, 3, "賛成多数")


def test_a_casting_vote():
    """可否同数 is how it came to the chair's decision."""
    text = (
        f"{CHAIR}請願第4号を採決いたします。\n{CHAIR}可否同数であります。\n"
        f"{CHAIR}よって議長が裁決いたします。議長は請願第4号を不採択と裁決いたします。\n"
    )
    assert told(text) == [("請願第4号", "不採択", "可否同数")]
    assert votes(text)[0].outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("words", "result", "outcome"),
    [
        ("陳情第2号は採択することに決定いたしました。", "採択", Outcome.ADOPTED),
        ("陳情第2号は趣旨採択と決しました。", "趣旨採択", Outcome.ADOPTED),
        (
            "陳情第2号は閉会中の継続審査とすることに決しました。",
            "閉会中の継続審査",
            Outcome.CONTINUED,
        ),
        ("同意第1号はこれに同意することに決定いたしました。", "同意", Outcome.PASSED),
        ("認定第1号は認定しないことに決定いたしました。", "認定しない", Outcome.REJECTED),
        ("議案第9号の撤回を承認することに決定いたしました。", "撤回", Outcome.WITHDRAWN),
        ("諮問第1号は適任と認めることに決定いたしました。", "適任", Outcome.PASSED),
        ("発議第３号は否決されました。", "否決", Outcome.REJECTED),
        ("議案第十二号は修正案のとおり可決されました。", "修正案のとおり可決", Outcome.PASSED),
    ],
)
def test_results(words, result, outcome):
    """Each word for a result is read as printed and comes to one outcome."""
    (vote,) = votes(f"{CHAIR}採決の結果を申し上げます。{words}\n")
    assert (vote.result, vote.outcome) == (result, outcome)


@pytest.mark.parametrize(
    "words",
    [
        "議案第12号は可決することに賛成の諸君の起立を求めます。",
        "議案第12号は原案のとおり可決することに御異議ありませんか。",
        "さきの定例会で議案第12号は可決されました。",
        "本日は延会とすることに決定いたしました。",
        "議案第12号を日程に追加し、議題とすることに決定いたしました。",
        "委員長から議案第12号は可決すべきものと決した旨の報告がありました。",
        "議案第12号は否決すべき。町民の声を聞いていない。",
    ],
)
def test_what_only_sounds_like_a_vote(words):
    """Questions, other days, other bodies and the order of business are no votes."""
    assert votes(f"{CHAIR}{words}\n") == ()


def test_assent_without_further_words_decides():
    """A council that hears no objection has agreed to what the chair put, under its heading."""
    text = """\
第2回環境審議会 会議録
日時　令和4年9月28日
議題
（１）計画について
１　議事
（１）計画の答申案について
（会長）答申案のとおり了承することとしてよろしいでしょうか。
（異議なし）
（会長）それでは次に移ります。
（委員）分かりました。
"""
    (vote,) = votes("", text)
    assert (vote.title, vote.result, vote.manner) == ("計画の答申案について", "了承", "異議なし")


def test_a_table_of_results():
    """Rows of number, name and result are votes; the chair's words on one of them add to it."""
    text = """\
総務委員会 会議要旨
日時　令和4年9月28日
議案番号\t件名\t議決結果
議案第1号\t市税条例の一部を改正する条例について\t原案可決（全会一致）
議案第2号\t令和4年度補正予算\t否決（賛成3名、反対12名）
請願第1号\t道路に関する請願\t一部採択
・議案第１号については、全会一致で原案のとおり可決された。
"""
    found = votes("", text)
    assert [(vote.item, vote.result) for vote in found] == [
        ("議案第1号", "原案可決"),
        ("議案第2号", "否決"),
        ("請願第1号", "一部採択"),
    ]
    assert found[0].title == "市税条例の一部を改正する条例について"
    assert found[0].manner == "全会一致"
    assert (found[1].ayes, found[1].nays) == (3, 12)


def test_an_amendment_is_voted_on_apart():
    """The 修正案 falls, the bill itself passes: two votes under one number."""
    text = (
        f"{CHAIR}議案第12号を採決します。まず、議案第12号に対する修正案について採決いたします。\n"
        f"{CHAIR}起立少数であります。よって、修正案は否決されました。\n"
        f"{CHAIR}次に、議案第12号の原案を採決いたします。\n"
        f"{CHAIR}起立多数であります。よって、議案第12号は可決されました。\n"
    )
    found = votes(text)
    assert [(vote.item, vote.outcome) for vote in found] == [
        ("議案第12号", Outcome.REJECTED),
        ("議案第12号", Outcome.PASSED),
    ]
    assert "修正案" in found[0].title


def test_a_vote_stands_under_its_matter_and_apart_from_the_next():
    """The chair goes on to the next item in the same speech; that is another passage."""
    text = (
        f"{CHAIR}日程第１、議案第12号を議題といたします。賛成の諸君の起立を求めます。\n"
        f"〔賛成者起立〕\n{CHAIR}起立多数であります。よって、本案は可決されました。次に、日程第２、"
        "議案第13号を議題といたします。提案理由の説明を求めます。\n"
    )
    document, passages = read(HEAD + text)
    (vote,) = document.sitting.votes
    told = passages[vote.passage]
    assert told.text == "起立多数であります。よって、本案は可決されました。"
    assert told.heading == ("議案第12号\u3000みどり市手数料条例の一部を改正する条例について",)
    assert passages[vote.passage + 1].text.startswith("次に、日程第２、議案第13号")
    assert passages[vote.passage + 1].heading == ()


def test_results_listed_without_numbers_or_behind_the_title():
    """Rows under a head for results need no numbers; a result may end a line in brackets."""
    text = """\
総務委員会 会議要旨
日時　令和4年9月28日
番号\t件名\t議決結果
1\t市税条例の一部を改正する条例について\t原案可決
2\t補正予算について\t否決
議案第3号　市道路線の認定について（原案可決）
議案第4号　市道路線の廃止について……否決
"""
    found = [(vote.item, vote.title, vote.result) for vote in votes("", text)]
    assert found == [
        (None, "市税条例の一部を改正する条例について", "原案可決"),
        (None, "補正予算について", "否決"),
        ("議案第3号", "市道路線の認定について", "原案可決"),
        ("議案第4号", "市道路線の廃止について", "否決"),
    ]


def test_a_score_and_a_confirmation():
    """「12対8で可決」 counts both sides; 「そのように決定します」 decides what was put before."""
    text = (
        f"{CHAIR}議案第12号は、12対8で可決されました。\n"
        f"{CHAIR}議案第13号を承認することとしてよろしいでしょうか。\n"
        f"{CHAIR}では、そのように決定いたします。\n"
    )
    found = votes(text)
    assert [(v.item, v.result, v.ayes, v.nays) for v in found] == [
        ("議案第12号", "可決", 12, 8),
        ("議案第13号", "承認", None, None),
    ]


LISTED = """\
令和6年第3回みどり町議会定例会　議決結果
議案第30号　補正予算について　原案可決（賛成多数）　議案第31号　手数料条例について　否決（賛成少数）
議案第33号・第34号　原案可決（全員賛成）
議案第35号から議案第37号まで　継続審査
議案第38号及び議案第39号の撤回について　承認
議案第40号　基金条例について　議案第41号　町道の認定について　原案可決
"""


def test_results_squashed_into_a_line_are_one_each():
    """Two matters in a line, and several with one result; a report's results are data, too."""
    document, _ = read(LISTED)
    found = [(vote.item, vote.title, vote.result, vote.manner) for vote in document.sitting.votes]
    assert found == [
        ("議案第30号", "補正予算について", "原案可決", "賛成多数"),
        ("議案第31号", "手数料条例について", "否決", "賛成少数"),
        ("議案第33号", None, "原案可決", "全員賛成"),
        ("議案第34号", None, "原案可決", "全員賛成"),
        *((f"議案第{number}号", None, "継続審査", None) for number in (35, 36, 37)),
    ]


def test_a_list_of_results_is_called_by_its_own_title():
    """Not after its first matter; its session is read, and nothing of the next word."""
    document, _ = read(LISTED)
    assert document.title == "令和6年第3回みどり町議会定例会 議決結果"
    assert document.sitting.session == "令和6年第3回みどり町議会定例会"


def test_a_result_that_a_report_mentions_is_no_list():
    """One alone, which no title announces, may be told as an example."""
    document, _ = read("議会のしくみ\n採決の例を示します。\n議案第1号　町道の認定　原案可決\n")
    assert document.sitting is None


COMMITTEE = """\
みどり市議会 総務委員会会議録
令和7年6月12日（木）午前10時00分
【開会　午前10時00分】
委員長　議案第4号と議案第5号を一括して議題とします。
◎税務課長　手数料を改めるものです。
◆小森委員　いくら上がるのですか。
◎税務課長　200円です。
◆谷委員　議案第4号に賛成します。
委員長　議案第4号、挙手4名、賛成多数、可決すべきもの。議案第5号、挙手2名、否決と決定しました。
◎税務課長　先ほどの額に誤りがありました。300円です。
委員長　ただいまの訂正を了承します。
【閉会　午前11時30分】
"""


def test_a_chair_without_a_mark_announces_results():
    """Not under the name of who spoke before; that a correction is accepted decides no bill."""
    document, passages = read(COMMITTEE)
    found = [(v.item, v.result, v.ayes) for v in document.sitting.votes]
    assert found == [("議案第4号", "可決", 4), ("議案第5号", "否決", 2)]
    cited = {passages[vote.passage].speaker for vote in document.sitting.votes}
    assert cited == {"委員長"}
    assert all("賛成" in passages[vote.passage].text for vote in document.sitting.votes)


def test_an_hour_in_square_brackets_is_no_heading():
    """What is said after 【開会　午前10時00分】 does not stand below it."""
    _, passages = read(COMMITTEE)
    assert not any("開会" in text for passage in passages for text in passage.heading)


PLANNING = """\
第48回 みどり市都市計画審議会 議事録
１．日　時　　令和6年8月27日（火）　午後1時30分
２．場　所　　みどり市役所　3階会議室
３．議　案
　　　第１号　用途地域の変更について（旧工場跡地）
　　　報　告　計画の策定について
【第１号議案】
事務局　　対象は工場の跡地である。
Ｃ委員　　店舗の広さはどうか。
会　長　　採決する。原案に賛成の方は挙手願う。賛成8名、反対2名。原案のとおり答申する。
【第２号議案】
事務局　　駅南線の一部を廃止する。
会　長　　原案に賛成の方は挙手願う。全員賛成。原案のとおり答申する。
"""


def test_a_field_of_the_head_is_no_title_of_a_bill():
    """第１号議案 is the 第１号 of the list of bills, not the first field of the notice."""
    document, _ = read(PLANNING)
    assert [(vote.item, vote.title, vote.ayes) for vote in document.sitting.votes] == [
        ("第１号議案", "用途地域の変更について（旧工場跡地）", 8),
        ("第２号議案", None, None),
    ]


ASSEMBLED = """\
みどり町農業委員会 第10回総会 議事録
日時　令和7年10月10日
議案第31号　農地法第3条の許可申請について
会長　田上　一郎
議案第31号を上程します。
主査　谷　ミチ
申請は2件です。
会長　田上　一郎
ご意見はありませんか。
（質疑）
主査　谷　ミチ
雪のことは計画に書いてあります。
（採決）
賛成6人、反対1人により、原案のとおり決定した。
"""


def test_what_is_told_below_the_vote_is_nobodys_speech():
    """（採決） ends the speech above it: its result counts, though no chair announces it."""
    document, passages = read(ASSEMBLED)
    assert [(v.item, v.ayes, v.nays) for v in document.sitting.votes] == [("議案第31号", 6, 1)]
    (told,) = (p for p in passages if "原案のとおり" in p.text)
    assert told.speaker is None
