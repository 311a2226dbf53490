import pytest

from index.passage import PassageKind
from index.record import Role
from tests.ingest.lines import read, spoken

COUNCIL = """\
第３回みどり市緑地審議会 議事録
日時　令和5年6月1日（木）午後2時から
場所　みどり市役所　第２会議室
出席者　田上会長、小森委員、谷委員
事務局　海野課長、浜野主査
議題
（１）公園の樹木について
（２）その他

１　開会
（海野課長）ただいまから審議会を開会いたします。
２　議事
（１）公園の樹木について
（田上会長）事務局から説明をお願いします。
（事務局説明）
（小森委員）枯れた木は何本ありますか。
（海野課長）十二本でございます。
（谷委員）すべて今年度中に植え替えるということでよろしいですか。
（海野課長）お見込みのとおりです。
（田上会長）それではこれで終了いたします。
（以上）
"""

FILLER = "市民の皆様から多くの声をいただいており、暮らしに関わる大切な問題です。" * 8
PLENARY = f"""\
みどり市議会定例会会議録
令和5年9月5日（火曜日）午前10時開議
○議長（田上一郎君）　これより一般質問を行います。3番小森花子君。
〔3番小森花子君登壇〕
◆3番（小森花子君）　通告に従い質問いたします。初めに、駅前の駐輪場についてであります。{FILLER}
駐輪場の台数を増やす考えはあるのか伺います。
次に、給食の地産地消についてであります。{FILLER}
地元の野菜の割合を高める考えはあるのか伺います。
○議長（田上一郎君）　市長。
◎市長（海野三郎君）　小森議員のご質問にお答えいたします。
駐輪場についてのお尋ねですが、来年度に二百台分を増やしてまいります。
◎教育長（浜野四郎君）　給食についてのお尋ねですが、地元の野菜の割合を四割まで高めてまいります。
○議長（田上一郎君）　以上で質問を終わります。
"""


def test_speakers_roles_and_kinds():
    """Each speech has its speaker, role and kind."""
    assert [(who, role, kind) for who, role, kind, _ in spoken(COUNCIL)] == [
        ("海野課長", Role.EXECUTIVE, PassageKind.PROCEDURE),
        ("田上会長", Role.CHAIR, PassageKind.PROCEDURE),
        ("小森委員", Role.MEMBER, PassageKind.QUESTION),
        ("海野課長", Role.EXECUTIVE, PassageKind.ANSWER),
        ("谷委員", Role.MEMBER, PassageKind.QUESTION),
        ("海野課長", Role.EXECUTIVE, PassageKind.ANSWER),
        ("田上会長", Role.CHAIR, PassageKind.PROCEDURE),
    ]


def test_a_short_answer_carries_its_question():
    """「お見込みのとおりです」 names the question passage and holds its words with the asker."""
    _, passages = read(COUNCIL)
    answer = next(p for p in passages if p.text == "お見込みのとおりです。")
    question = next(p for p in passages if p.passage_id == answer.answers)
    assert question.speaker == "谷委員"
    assert answer.question == "（谷委員）すべて今年度中に植え替えるということでよろしいですか。"


def test_headings_in_force_are_the_path():
    """A speech knows the agenda headings above it, outermost first."""
    _, passages = read(COUNCIL)
    paths = {p.speaker: p.heading for p in passages if p.kind is PassageKind.QUESTION}
    assert paths["小森委員"] == ("２　議事", "（１）公園の樹木について")
    first = next(p for p in passages if p.speaker == "海野課長")
    assert first.heading == ("１　開会",)


def test_stage_directions_have_no_speaker():
    """（事務局説明） is procedure by itself and does not end up in somebody's mouth."""
    _, passages = read(COUNCIL)
    stage = next(p for p in passages if "事務局説明" in p.text)
    assert (stage.kind, stage.speaker) == (PassageKind.PROCEDURE, None)


def test_parts_of_a_bundled_question_meet_their_answers():
    """Each answer is joined to the part of the long speech that it meets."""
    _, passages = read(PLENARY)
    by_id = {p.passage_id: p for p in passages}
    answers = {p.speaker: p for p in passages if p.kind is PassageKind.ANSWER}
    mayor, head = answers["市長（海野三郎君）"], answers["教育長（浜野四郎君）"]
    assert "駐輪場" in by_id[mayor.answers].text
    assert "給食" in by_id[head.answers].text
    assert "駐輪場の台数を増やす考えはあるのか伺います。" in mayor.question
    assert "地元の野菜の割合を高める考えはあるのか伺います。" in head.question
    assert len(head.question) < 230


def test_a_list_of_items_to_come_is_not_a_path():
    """Headings in a row, siblings among them, announce items; what follows is under none."""
    item = "（１）公園の樹木について\n（田上会長）"
    text = COUNCIL.replace(item, item.replace("について", "\n（２）その他"))
    _, passages = read(text)
    question = next(p for p in passages if p.speaker == "小森委員")
    assert question.heading == ("２　議事",)
    assert any("（２）その他" in p.text and p.kind is PassageKind.PROCEDURE for p in passages)


def test_a_summary_in_questions_and_answers_names_who_signs():
    """Where only 問 and 答 are marked, the post in brackets at the end is the speaker."""
    text = """\
経済委員会 会議録
日時　令和5年6月1日
【問】店は増えたか。（小森委員）
【答】三店増えた。（商工課長）
【問】なぜか。（小森委員）
【答】家賃の補助を始めたためである。（商工課長）
"""
    assert [(who, role) for who, role, _, _ in spoken(text)] == [
        ("小森委員", Role.MEMBER),
        ("商工課長", Role.EXECUTIVE),
    ] * 2


def test_votes_stand_by_themselves():
    """The passage that announces a decision is a vote, in Japanese and in English."""
    text = PLENARY.replace(
        "以上で質問を終わります。", "起立多数であります。よって議案第5号は可決されました。"
    )
    _, passages = read(text)
    assert [p.text for p in passages if p.kind is PassageKind.VOTE] == [
        "起立多数であります。よって議案第5号は可決されました。"
    ]
    english = """\
Lakeside Town Council Minutes
Monday, June 5, 2023
MAYOR FIELD: Is there any discussion?
Councilmember Reyes: How much does the bridge cost?
Director Holm: Two million dollars.
Motion by Reyes, second by Lund. Motion carried 4-1.
Councilmember Lund: Thank you.
"""
    _, passages = read(english)
    vote = next(p for p in passages if p.kind is PassageKind.VOTE)
    assert (vote.speaker, vote.text[:15]) == (None, "Motion by Reyes")


def test_a_circle_inside_a_sentence_stays_in_it():
    """○ in the middle of a speech, or before a heading, is not a speaker."""
    text = PLENARY.replace("市長。\n", "市長。\n○会議時間の延長について\n")
    assert len(spoken(text)) == len(spoken(PLENARY))


def test_a_heading_may_run_over_two_lines_before_a_rule():
    """A ruled heading of two lines is one heading, and the chair's sentence goes on after it."""
    rule = "─" * 20
    text = PLENARY.replace(
        "これより一般質問を行います。",
        f"これより\n{rule}\n日程第１\n一般質問\n{rule}\nを行います。",
    )
    _, passages = read(text)
    asked = next(p for p in passages if p.kind is PassageKind.QUESTION)
    assert asked.heading == ("日程第１ 一般質問",)
    assert {p.turn for p in passages if "行います" in p.text and p.speaker} == {0}


def test_opinions_without_names_are_statements():
    """In summary form what was said is kept as said, under its heading."""
    text = """\
第５回みどり市水道審議会（要点記録）
日時　平成31年4月25日
１　料金について
事務局から資料に基づき説明があった。
・古い管を早く替えるべきである。
"""
    _, passages = read(text)
    assert passages[-1].kind is PassageKind.STATEMENT
    assert passages[-1].heading == ("１　料金について",)


def test_markdown_bold_around_labels_is_no_part_of_them():
    """``**会長**：`` is a speaker like any other."""
    text = "第２回観光委員会 議事録\n**会長**: 始めます。\n"
    text += "**谷委員**: なぜですか。\n**事務局**: 例年どおりです。"
    assert [who for who, *_ in spoken(text)] == ["会長", "谷委員", "事務局"]


def test_a_long_question_shows_only_the_words_that_the_answer_meets():
    """Of a speech with many points, a short answer takes the last that asks."""
    points = "".join(f"{n}番目の橋の塗り替えはいつ終わるのですか。" for n in range(1, 12))
    text = f"""\
建設委員会 会議録
○小森委員　橋について順に伺います。{points}最後に、費用は市の負担ということですか。
○海野課長　お見込みのとおりです。
○小森委員　分かりました。
○海野課長　ありがとうございます。
"""
    _, passages = read(text)
    answer = next(p for p in passages if p.text == "お見込みのとおりです。")
    assert "費用は市の負担ということですか。" in answer.question
    assert len(answer.question) <= 220


def test_one_speech_answers_point_after_point():
    """The passages of one answering speech follow the order of the points they meet."""
    second = "次に、給食についてのお尋ねですが、地元の野菜の割合を四割まで高めてまいります。"
    filler = "これまでも丁寧に取り組んでまいりましたが、今後とも力を尽くしてまいります。" * 6
    text = PLENARY.replace(
        "増やしてまいります。\n", f"増やしてまいります。{filler}\n{second}{filler}\n"
    )
    _, passages = read(text)
    by_id = {p.passage_id: p for p in passages}
    met = [by_id[p.answers].text for p in passages if p.speaker == "市長（海野三郎君）"]
    assert "駐輪場" in met[0]
    assert "給食" in met[-1]


GENERAL = "この件は市民の皆様から多くの声をいただいており、暮らしに関わる大切な問題です。" * 4
REPLY = "これまでも関係機関と力を合わせ、丁寧に取り組んでまいりました。" * 4
BUNDLED = {
    "heads answer out of order": (
        f"""\
○3番（小森花子君）　壇上から伺います。1点目は、通学路の安全についてであります。{GENERAL}
歩道の整備をいつまでに終えるのか伺います。
2点目は、図書館についてであります。{GENERAL}夜間も開く考えはあるのか伺います。
3点目は、ごみの減量についてであります。{GENERAL}生ごみの回収を広げるのか伺います。
""",
        f"""\
○市長（海野三郎君）　初めに、ごみの減量についてのお尋ねであります。{REPLY}三地区に広げます。
次に、通学路の安全についてのお尋ねであります。{REPLY}令和八年度までに終えます。
○教育長（浜野四郎君）　図書館についてお答えいたします。{REPLY}夜八時まで開きます。
""",
        [
            "生ごみの回収を広げるのか伺います。",
            "歩道の整備をいつまでに終えるのか伺います。",
            "夜間も開く考えはあるのか伺います。",
        ],
    ),
    "numbers alone": (
        f"""\
○3番（小森花子君）　大項目1、防災について伺います。{GENERAL}
中項目1、備蓄は足りているのか。中項目2、避難所を増やす考えはあるか。
大項目2、子育てについて伺います。{GENERAL}
中項目1、保育士の処遇をどう改善するのか。中項目2、病児保育の場所を増やすのか。
""",
        f"""\
○市長（海野三郎君）　大項目1、中項目2についてお答えいたします。{REPLY}二か所です。
○部長（浜野四郎君）　大項目2の中項目1についてお答えいたします。{REPLY}九千円です。
中項目2についてお答えいたします。{REPLY}駅前に一か所です。
""",
        [
            "避難所を増やす考えはあるか。",
            "保育士の処遇をどう改善するのか。",
            "病児保育の場所を増やすのか。",
        ],
    ),
    "circled numbers": (
        f"""\
○3番（小森花子君）　質問（1）市道について。①穴の数は幾つか。②予算は幾らか。{GENERAL}
質問（2）消防団について。①団員は何人か。②報酬を上げる考えはあるか。{GENERAL}
質問（3）給食について。①価格はどれだけ上がったか。②無償化の考えはあるか。{GENERAL}
""",
        """\
○建設部長（海野三郎君）　質問（1）の②ですが、五千万円でございます。
○消防長（浜野四郎君）　質問（2）の①、三百十人です。
○教育部長（谷　剛君）　質問（3）の②については、国の動きを見て判断いたします。
""",
        ["②予算は幾らか。", "①団員は何人か。", "②無償化の考えはあるか。"],
    ),
}


@pytest.mark.parametrize("style", BUNDLED)
def test_each_part_of_an_answer_meets_its_part_of_the_question(style):
    """By words or by numbers, whoever answers first: every answer carries the words it answers."""
    asked, answered, expected = BUNDLED[style]
    _, passages = read(
        f"{PLENARY.split('○', 1)[0]}○議長（田上一郎君）　小森花子君。\n{asked}{answered}"
    )
    by_id = {p.passage_id: p for p in passages}
    answers = [p for p in passages if p.kind is PassageKind.ANSWER]
    assert len(answers) == len(expected)
    for answer, words in zip(answers, expected, strict=True):
        assert words in answer.question
        assert words in by_id[answer.answers].text


def test_what_is_asked_again_has_its_own_answers():
    """再質問 opens a new exchange; its answers do not go to the first speech."""
    text = PLENARY.replace(
        "○議長（田上一郎君）　以上",
        "◆3番（小森花子君）　再質問いたします。駐輪場の料金は上がりますか。\n"
        "◎市長（海野三郎君）　料金は変わりません。\n○議長（田上一郎君）　以上",
    )
    _, passages = read(text)
    answer = next(p for p in passages if p.text == "料金は変わりません。")
    assert answer.question == "（3番（小森花子君））再質問いたします。駐輪場の料金は上がりますか。"


def test_what_was_done_under_a_heading_is_nobodys_speech():
    """Where each speech is an item of a list, a plain line under the next heading is none of it."""
    text = """\
総合計画審議会 会議概要
日時　令和7年6月18日
・（委員）担い手は何人か。
・（事務局）三十人である。
（２）福祉について
事務局から資料に沿って説明した。
・（委員）後任は決まったのか。
・（事務局）まだである。
"""
    _, passages = read(text)
    told = next(p for p in passages if "資料に沿って" in p.text)
    assert told.speaker is None
    assert told.heading == ("（２）福祉について",)


def test_a_correction_goes_with_the_words_that_it_corrects():
    """〔…訂正あり〕 on a line of its own belongs to the speech before it."""
    text = PLENARY.replace(
        "増やしてまいります。", "増やしてまいります。\n〔７７ページに答弁訂正あり〕"
    )
    words = next(said for *_, said in spoken(text) if "二百台分" in said)
    assert words.endswith("〔７７ページに答弁訂正あり〕")


def test_a_list_of_votes_by_member_is_said_by_nobody():
    """賛否一覧 after the last speech is the clerk's, and its marks are no title of a bill."""
    text = f"{PLENARY}賛否一覧\n議案第3号　議長　○　×\n議案第4号　議長　○　○\n"
    document, passages = read(text)
    listed = [p for p in passages if "賛否一覧" in p.text or "議案第3号" in p.text]
    assert listed
    assert {passage.speaker for passage in listed} == {None}
    assert not any("×" in (vote.title or "") for vote in document.sitting.votes)


@pytest.mark.parametrize(
    ("again", "asked"),
    [
        ("その後はどうするのか。", "苗木は町内で買うのか。…その後はどうするのか。"),
        ("苗木の値段はどうか。", "苗木の値段はどうか。"),
        ("遊具の点検はいつか。", "遊具の点検はいつか。"),
    ],
)
def test_a_brief_question_that_goes_on_has_the_one_before_it_with_it(again, asked):
    """It does not name its matter again; one that does, or is on something new, stands alone."""
    ending = "（谷委員）苗木は町内で買うのか。\n（海野課長）お見込みのとおりです。\n"
    asking = f"{ending}（谷委員）{again}\n（海野課長）調べてお答えします。\n（田上会長）それでは"
    _, passages = read(COUNCIL.replace("（田上会長）それでは", asking))
    answer = next(p for p in passages if p.text == "調べてお答えします。")
    assert answer.question == f"（谷委員）{asked}"


NOTED = """\
水産委員会　会議概要
日時　2025年7月24日
■報告1　市場の入札（水産課）
・参加が1社だけで、落札者なし。
Q（小森）なぜか？
A（海野課長）人手が取れないと聞いている。
Q（谷）名前は公募する？
A 11月に公募する予定。
・修正案：賛成2、反対4で否決。
■請願第2号
・採決：継続審査に賛成4、反対1で、継続審査に決定。
"""


def test_items_between_questions_and_answers_are_the_clerks():
    """Where items stand below a heading before anybody asks, they are nobody's words later."""
    _, passages = read(NOTED)
    assert {p.speaker for p in passages if "・" in p.text and p.text.startswith("・")} == {None}
    answers = [(p.speaker, p.text) for p in passages if p.kind is PassageKind.ANSWER]
    assert answers == [
        ("A（海野課長）", "人手が取れないと聞いている。"),
        ("A", "11月に公募する予定。"),
    ]


OPINIONS = """\
航路改善協議会 会議の概要
日時　2024年11月21日
3 出た意見
・会長 夏の混雑を考えたい。
・民宿組合 早いほうがいい。
→事務局 2026年になる。
・区長 通船も古い。
→村長 次に考える。
・議員 島民の割引も広げてほしい。
4 まとめ
協議会は、新造で進めることを了承した。
"""


def test_what_follows_a_list_of_opinions_is_nobodys():
    """Items and arrows are the speeches; text below the next heading is no more of them."""
    _, passages = read(OPINIONS)
    (told,) = (passage for passage in passages if "了承した" in passage.text)
    assert told.speaker is None
    assert {"会長", "区長", "村長", "事務局"} <= {passage.speaker for passage in passages}
