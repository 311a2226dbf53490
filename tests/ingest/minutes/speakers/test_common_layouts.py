"""Forms of minutes as towns publish them, each with what a careful clerk reads in it."""

import pytest

from index.passage import DocumentId, DocumentKind, PassageKind
from index.record import Role
from ingest.isolation.in_process import read_document
from tests.ingest.lines import read, spoken

VILLAGE = """令和6年第2回杉野村議会定例会会議録（第1号）
招集年月日　　令和6年6月11日
議事日程（第1号）
　日程第1　会期の決定
　日程第2　一般質問
　　　◎会期の決定
議　　長　日程第1、会期の決定を議題とします。会期を本日から3日間とすることにご異議ありませんか。
　　　　　（「異議なし」の声あり）
議　　長　異議なしと認めます。よって、会期は3日間と決定いたしました。
　　　◎一般質問
２　　番　村営バスの朝の便を元に戻す考えはありますか。
村　　　長　10月から運転手が加わりますので、その時点で戻します。
２　　番　冬の増便はどうなりますか。
建 設 課 長　11月の議会までにお示しいたします。
"""
COMMITTEE = """総務常任委員会記録
日時　令和6年3月8日（金）午前9時30分
場所　第一委員会室
{before}
○議案第7号　令和6年度みなと市一般会計予算
質疑　ふるさと納税の目標額は。
答弁　12億円を見込んでいる。
質疑　給食費を無償とする考えは。
答弁　国の動きを見ている。第3子からの半額は続ける。
討論　反対　負担の重い家庭に目が向いていない。
採決の結果、賛成多数で原案のとおり可決すべきものと決定。
○議案第12号　みなと市手数料条例の一部改正について
資料2により説明があった。
質疑　いつから適用されるか。
答弁　令和6年7月1日からである。
"""
BOARD = """令和6年度第1回みなと市国民健康保険運営協議会　議事録
日時　令和6年7月18日（木）13時30分
場所　市役所201会議室
3．議事
(1) 決算見込みについて
事務局より資料1に基づき説明
≪質疑応答≫
Q　基金の残高はいくらか。
A　3億2千万円である。
(2) 保険税率の改定について
≪質疑応答≫
Q　4人の世帯の負担はどれだけ増えるのか。
A　次の2つを合わせて1万8千円である。
1　所得割
率を0.3ポイント上げる。
≪採決≫
賛成多数で諮問のとおり承認された。
"""
ROUTES = """令和5年度第1回みなと市地域公共交通会議　会議録
開催日時　令和5年5月25日（木）午前10時
【議題】
1　事業報告について
2　デマンドタクシーの運行について
【会議の内容】
1　事業報告について
（事務局より資料1により説明）
Ａ委員　利用者が1割減った原因は何か。
事務局　診療所が閉院したことが大きい。
会長　報告のとおり承認してよろしいか。
【異議なし】
2　デマンドタクシーの運行について
Ｂ委員　土曜日の運行はできないか。
事務局　当面は平日だけとしたい。
会長　案について、承認することでよろしいか。
【全員賛成】
会長　原案のとおり承認された。
"""
REFORM = """第13回みなと市行政改革推進委員会　議事録
日時：令和6年9月5日（木）10時から
出席委員：戸田会長、円谷委員
2　議題
議題1　指定管理者の評価について
会長
議題1の説明をお願いします。
行革推進課長
（資料1に基づき説明）
円谷委員
市民プールの評価がCである理由を教えてください。
行革推進課長
監視員が足りない日が11日あったためです。
議題2　窓口の委託について
会長
意見はありますか。
"""


def test_a_post_set_wide_needs_no_mark():
    """A village prints 議　　長 before a blank; each character of the post is set apart."""
    said = spoken(VILLAGE)
    assert [speaker for speaker, *_ in said] == [
        *("議長", "議長", "２番", "村長", "２番", "建設課長"),
    ]
    assert [kind for *_, kind, _ in said][2:] == [PassageKind.QUESTION, PassageKind.ANSWER] * 2


def test_a_committee_marks_only_what_is_asked_and_answered():
    """質疑 asks where 答弁 answers; debate, result, words below a heading are nobody's."""
    said = spoken(COMMITTEE.format(before="質疑"))
    assert [(speaker, role) for speaker, role, *_ in said] == [
        ("質疑", Role.MEMBER),
        ("答弁", Role.EXECUTIVE),
    ] * 3
    document, passages = read(COMMITTEE.format(before=""))
    assert [(v.item, v.result) for v in document.sitting.votes] == [("議案第7号", "可決")]
    told = [p.text for p in passages if p.speaker is None and p.kind is not PassageKind.HEADER]
    assert [text[:2] for text in told] == ["討論", "採決", "資料"]


def test_the_word_for_questions_is_no_speaker_where_nobody_answers():
    """質疑 before the words of a report only names what it tells of."""
    assert not spoken(COMMITTEE.replace("答弁", "なお").format(before=""))


def test_a_new_heading_ends_an_answer_that_bears_only_a_mark():
    """An item of the answer's own does not; nor is what was told before the first question lost."""
    document, passages = read(BOARD)
    assert [p.text for p in passages if p.speaker == "A"][1:] == [
        "次の2つを合わせて1万8千円である。",
        "率を0.3ポイント上げる。",
    ]
    explained = next(p for p in passages if p.text.startswith("事務局より"))
    assert explained.heading == ("(1) 決算見込みについて",)
    assert [vote.manner for vote in document.sitting.votes] == ["賛成多数"]


def test_what_all_say_stands_in_brackets_of_any_kind():
    """【異議なし】 is no heading; the agenda ends before what the clerk tells of it."""
    document, passages = read(ROUTES)
    assert document.agenda == ("1　事業報告について", "2　デマンドタクシーの運行について")
    assert [(v.title, v.manner) for v in document.sitting.votes] == [
        ("事業報告について", "異議なし"),
        ("デマンドタクシーの運行について", "全員賛成"),
    ]
    first = next(p for p in passages if p.speaker == "Ａ委員")
    assert first.heading == ("1　事業報告について",)


def test_a_speaker_may_have_only_explained():
    """What the clerk tells in place of the words is that one's; 議題1 stands above its speeches."""
    said = spoken(REFORM)
    assert [speaker for speaker, *_ in said] == [
        *("会長", "行革推進課長", "円谷委員", "行革推進課長", "会長"),
    ]
    assert said[1][3] == "（資料1に基づき説明）"
    _, passages = read(REFORM)
    assert {p.heading for p in passages if p.speaker} == {
        ("議題1　指定管理者の評価について",),
        ("議題2　窓口の委託について",),
    }


PLAN = """第4回みなと市総合計画審議会{called}
1　日時　令和6年2月20日（火）18時30分
2　会場　市民プラザ
3　出席　委員14名
4　議事
（1）基本構想について
5　主な意見
（1）基本構想について
・人口の目標は現実的か
→移住の効果を見込んだ（企画課）
・スポーツの分野が抜けている
→第3章に項目を加える
6　今後の予定
・3月　意見の募集
"""
NEWS = """みなと市議会だより　第87号
一般質問
避難所の暑さを防ぐ策は
浅見　由紀　議員
問　体育館に空調を設ける考えは。
答　市長　3年で全11校に設ける。
問　停電のときは使えるのか。
答　危機管理課長　72時間動かせる。
給食に市の米を
赤羽　弘　議員
問　給食の米は市のものか。
答　教育長　全て市のものである。
港の車を減らせ
千田　恵　議員
問　路上の車への備えは。
答　商工観光課長　市場の跡地に停める。
"""
ARROWS = """みなと市まちづくり審議会　議事録
日時　令和6年5月1日（水）
（Ａ委員）駅前の工事はいつ始まるのか。
→来年度に始める。（都市計画課）
（Ｂ委員）費用はいくらか。
→2億円である。（都市計画課）
（Ａ委員）案に賛成する。
"""


@pytest.mark.parametrize("called", ["（概要）", "　会議の結果", "の開催結果"])
def test_the_outline_of_a_numbered_sitting_is_minutes(called):
    """Also without a sentence: each item stands with its answer, below its matter."""
    document, passages = read(PLAN.format(called=called))
    assert (document.kind, document.place) == (DocumentKind.MINUTES, "市民プラザ")
    answered = [p for p in passages if "→" in p.text]
    assert [p.text[:4] for p in answered] == ["・人口の", "・スポー"]
    assert answered[1].heading == ("5　主な意見", "（1）基本構想について")


@pytest.mark.parametrize("called", ["　議決結果", "について", "の委員を募集"])
def test_what_a_body_is_named_in_is_not_its_minutes(called):
    """Nor are items of a report run together where an answer stands behind an arrow."""
    document, passages = read(PLAN.format(called=called))
    assert document.kind is DocumentKind.REPORT
    assert [p.text.count("→") for p in passages if "→" in p.text] == [1, 1]


def test_a_councils_paper_names_the_member_above_what_was_asked():
    """Each 問 is that member's, 答 the post's behind it, and the headline stands above the name."""
    said = spoken(NEWS)
    assert [(speaker, kind) for speaker, _, kind, _ in said] == [
        ("問（浅見　由紀　議員）", PassageKind.QUESTION),
        ("答（市長）", PassageKind.ANSWER),
        ("問（浅見　由紀　議員）", PassageKind.QUESTION),
        ("答（危機管理課長）", PassageKind.ANSWER),
        ("問（赤羽　弘　議員）", PassageKind.QUESTION),
        ("答（教育長）", PassageKind.ANSWER),
        ("問（千田　恵　議員）", PassageKind.QUESTION),
        ("答（商工観光課長）", PassageKind.ANSWER),
    ]
    _, passages = read(NEWS)
    assert passages[-1].heading == ("港の車を減らせ",)


def test_an_answer_behind_an_arrow_may_be_signed():
    """It is of who signs it, not of the member above."""
    assert [(speaker, kind) for speaker, _, kind, _ in spoken(ARROWS)][:4] == [
        ("Ａ委員", PassageKind.QUESTION),
        ("都市計画課", PassageKind.ANSWER),
        ("Ｂ委員", PassageKind.QUESTION),
        ("都市計画課", PassageKind.ANSWER),
    ]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("≪委員≫", "≪事務局≫"),
        ("委員 Ａ：", "事務局："),
        ("Ｑ１．", "Ａ１．"),
        ("【委員】", "→【事務局】"),
        ("（組合員Ａ）", "（理事長）"),
        ("中島委員…", "都市計画課長…"),
        ("中島委員・・・", "都市計画課長・・・"),
        ("Ｑ：", "Ａ："),
        ("Ｑ．", "Ａ．"),
        ("○５番中島一郎君　", "○副町長佐藤次郎君　"),
    ],
)
def test_marks_of_those_who_ask_and_answer(asks, answers):
    """Each is read with its side, and the answers with their questions."""
    pairs = f"{asks}いつ始まるのか。\n{answers}来年度に始める。\n" * 3
    _, passages = read(f"みなと市まちづくり審議会　議事録\n日時　令和6年5月1日（水）\n{pairs}")
    kinds = [p.kind for p in passages if p.speaker]
    assert kinds == [PassageKind.QUESTION, PassageKind.ANSWER] * 3


def test_an_arrow_before_a_bracket_is_no_part_of_the_name():
    """Of 「→（事務局）…」 the speaker is 事務局."""
    pairs = "・いつ始まるのか。（5番）\n→（事務局）来年度に始める。\n" * 3
    said = spoken(f"みなと市まちづくり審議会　議事録\n日時　令和6年5月1日（水）\n{pairs}")
    assert "事務局" in {speaker for speaker, *_ in said}


TABLE = """<html><body><h1>令和6年第2回みなと市議会定例会　一般質問の会議録</h1>
<table><tr><th>番号</th><th>質問者</th><th>質問要旨</th><th>答弁者</th><th>答弁要旨</th></tr>
<tr><td>Q1</td><td>県の課長補佐</td><td>遊具を置く公園はどこか。</td><td>都市整備部長</td>
<td>中央公園に置く。</td></tr>
<tr><td>Q2</td><td>国見委員</td><td>統合の時期は。</td><td>教育長</td><td>令和10年4月である。</td></tr>
</table><p>結果：承認された。</p>
<table><tr><th>番号</th><th>質問者</th><th>質問要旨</th><th>答弁者</th><th>答弁要旨</th></tr>
<tr><td>Q3</td><td>国見委員</td><td>報酬を上げる考えは。</td><td>消防長</td><td>9月に提案する。</td></tr>
</table></body></html>"""


def test_a_table_has_columns_for_who_asks_and_who_answers(tmp_path):
    """Row numbers are no words, and what stands between two tables is no answer."""
    path = tmp_path / "shitsumon.html"
    path.write_text(TABLE, encoding="utf-8")
    _, passages = read_document(path, DocumentId("shitsumon.html"), "0" * 64)
    said = [(p.speaker, p.role, p.text) for p in passages if p.speaker]
    assert said[:2] == [
        ("質問（県の課長補佐）", Role.MEMBER, "遊具を置く公園はどこか。"),
        ("回答（都市整備部長）", Role.EXECUTIVE, "中央公園に置く。"),
    ]
    assert said[3] == ("回答（教育長）", Role.EXECUTIVE, "令和10年4月である。")
    assert said[5][:2] == ("回答（消防長）", Role.EXECUTIVE)
    assert any(p.speaker is None and p.text == "結果：承認された。" for p in passages)


PRESENT = """令和6年6月定例会　厚生常任委員会会議録
日時　令和6年6月11日（火）
{lists}
会議の内容
委員長　これから始めます。
委員　いつ始まりますか。
事務局　来月に始めます。
"""


@pytest.mark.parametrize(
    ("lists", "present"),
    [
        (
            "応招議員\n１番　大　沢　昇　　２番　野々村　和子\n３番　堀　光　江\n不応招議員　なし",
            ["大沢昇", "野々村 和子", "堀光江"],
        ),
        ("出席委員　委員長　乾　　良平君　　副委員長　五味　和歌君", ["乾 良平", "五味 和歌"]),
        (
            "出席者　会長：常盤　洋子　委員：相良　美和、由良　孝 事務局：福祉部長",
            ["常盤 洋子", "相良 美和", "由良 孝"],
        ),
        ("出席者　館長、副館長、司書係長", []),
        ("出席委員　林一郎　森茂　谷幸子", ["林一郎", "森茂", "谷幸子"]),
        ("出席委員　中島一郎　佐藤次郎", ["中島一郎", "佐藤次郎"]),
        ("欠席委員　なし\n農業委員会事務局職員\n事務局長　桐山　昭", ["桐山 昭"]),
    ],
)
def test_those_present_in_lists_set_wide(lists, present):
    """Names set character by character, of one character, and on one line with the next post."""
    document, _ = read(PRESENT.format(lists=lists))
    assert [person.name for person in document.attendees] == present
    assert document.sitting.absentees == ()


def test_the_agenda_may_be_nothing_but_the_headings_of_the_body():
    """They are what was dealt with; what the clerk tells below them is not."""
    document, _ = read(BOARD)
    assert document.agenda == ("(1) 決算見込みについて", "(2) 保険税率の改定について")


def test_what_closes_the_sitting_is_nobodys():
    """閉会 alone is no word of the last speaker; nor is a dash before a bold name part of it."""
    text = "みなと市まちづくり審議会　議事録\n日時　令和6年5月1日（水）\n"
    text += "- **委員**　いつ始まるのか。\n- **事務局**　来年度に始める。\n" * 3
    _, passages = read(f"{text}閉会\n")
    assert {p.speaker for p in passages if p.speaker} == {"委員", "事務局"}
    assert (passages[-1].speaker, passages[-1].text) == (None, "閉会")


def test_a_summary_says_what_somebody_did_in_place_of_the_words():
    """「資料1を説明」 ends in no full stop, and is no word of the chair above."""
    text = "みなと市まちづくり審議会　会議録\n日時　令和6年5月1日（水）\n"
    text += "会　長\t次第により始めます。\n都市計画課長\t資料1を説明\n"
    text += "日下委員\tいつ始まるのか。\n都市計画課長\t来年度に始める。\n"
    assert [(speaker, words) for speaker, *_, words in spoken(text)][:2] == [
        ("会長", "次第により始めます。"),
        ("都市計画課長", "資料1を説明"),
    ]


OUTLINE = """第2回みなと市空家等対策協議会　会議録（要点）
日時　令和6年5月1日（水）
出席者　委員　学識経験者、自治会連合会
事務局　建築課長、建築課係長
議題　空家の認定について
委員　駅前の空家はいつ取り壊すのか
事務局　来年度を予定している
委員　{second}
事務局　国の補助が2分の1で、残りは市が負担する
会長　原案のとおりとする
"""


def test_a_summary_may_print_no_full_stops():
    """Posts before a blank speak where they ask; the list of those present does not."""
    said = spoken(OUTLINE.format(second="費用はだれが負担するのか"))
    assert [(speaker, kind) for speaker, _, kind, _ in said[:4]] == [
        ("委員", PassageKind.QUESTION),
        ("事務局", PassageKind.ANSWER),
    ] * 2
    assert not spoken(OUTLINE.format(second="費用について").replace("のか", ""))
