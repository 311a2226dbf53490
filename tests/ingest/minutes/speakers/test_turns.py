import pytest

from ingest.document.source import Line
from ingest.minutes.speakers.turns import find_openings

LAYOUTS = {
    "brackets": (
        "（田上会長）それでは始めます。",
        "（事務局）資料をご覧ください。",
        "（小森委員）なぜ遅れたのですか。",
        "（事務局）雨が続いたためです。",
    ),
    "bullets and half-width brackets": (
        "- (田上会長) それでは始める。",
        "- (事務局) 資料のとおりである。",
        "- (小森委員) なぜ遅れたのか。",
        "(事務局) 雨が続いたためである。",
    ),
    "circles with names": (
        "○議長（田上一郎君）　これより会議を開きます。",
        "◆12番（小森花子君）　なぜ遅れたのか伺います。",
        "◎市長（海野三郎君）　雨が続いたためでございます。",
        "○議長（田上一郎君）　次に進みます。",
    ),
    "circles with posts only": (
        "〇会長",
        "それでは始めます。",
        "〇委員",
        "なぜ遅れたのですか。",
        "〇事務局",
        "雨が続いたためです。",
    ),
    "colons": (
        "会長：それでは始めます。",
        "事務局：資料をご覧ください。",
        "- 委員：なぜ遅れたのですか。",
        "事務局：雨が続いたためです。",
    ),
    "square brackets": (
        "【会長】それでは始めます。",
        "【委員】なぜ遅れたのですか。",
        "【事務局】雨が続いたためです。",
    ),
    "questions and answers": (
        "【問】なぜ遅れたのか。",
        "【答】雨が続いたためである。",
        "【問】いつ終わるのか。",
        "【答】来月である。",
    ),
    "letters": (
        "Q：なぜ遅れたのか。",
        "A：雨のためである。",
        "Q：いつ終わるのか。",
        "A：来月である。",
    ),
    "bare lines": (
        "田上会長",
        "それでは始めます。",
        "小森委員",
        "なぜ遅れたのですか。",
        "海野課長",
        "雨が続いたためです。",
    ),
    "no mark but a blank": (
        "百八番（小森花子君）　なぜ遅れたのか伺います。",
        "知事（海野三郎君）　雨が続いたためであります。",
        "石山（秀）委員長　次に進みます。",
    ),
    "names set wide": (
        "議　長（田　上　一　郎　君）　これより会議を開きます。",
        "２　番（小　森　花　子　君）　なぜ遅れたのか伺います。",
        "総　務　課　長（海　野　　　誠　君）　雨が続いたためでございます。",
        "議　長（田　上　一　郎　君）　次に進みます。",
    ),
    "posts and seats set wide": (
        "○議　長　次に、２番。",
        "○２　　番　なぜ遅れたのか伺います。",
        "○建 設 課 長　雨が続いたためでございます。",
        "○町　　　　長　来年度に終わらせます。",
        "○３　　番（谷　次郎君）　次の質問に移ります。",
    ),
    "one number before every speaker": (
        "１．議長（田上一郎君）",
        "これより会議を開きます。",
        "１．２番（小森花子君）",
        "なぜ遅れたのか伺います。",
        "１．総務課長（海野三郎君）",
        "雨が続いたためでございます。",
    ),
    "a blank inside the name": (
        "〇田上　一郎議長　これより会議を開きます。",
        "〇４番　小森　花子議員　なぜ遅れたのか伺います。",
        "〇曽我部　みのり文教福祉委員会委員長　お答えします。",
        "〇市長　海野　三郎君　雨が続いたためです。",
    ),
    "numbers before": (
        "1 田上会長　それでは始めます。",
        "2 小森委員　なぜ遅れたのですか。",
        "3 事務局　雨が続いたためです。",
    ),
    "quotes": (
        "田上会長「それでは始めます。」",
        "小森委員「なぜ遅れたのですか。」",
        "事務局「雨が続いたためです。」",
    ),
    "at the end of the speech": (
        "・枯れた木は何本ありますか。（小森委員）",
        "→十二本でございます。（海野課長）",
        "・すべて植え替えますか。（谷委員）",
        "→はい。（海野課長）",
    ),
    "arrows": (
        "○委員　なぜ遅れたのですか。",
        "→事務局　雨が続いたためです。",
        "○委員　いつ終わりますか。",
        "→事務局　来月です。",
    ),
    "slashes": (
        "会長／それでは始めます。",
        "委員／なぜ遅れたのですか。",
        "事務局／雨が続いたためです。",
    ),
    "members without names": (
        "（Ａ委員）なぜ遅れたのですか。",
        "（事務局）雨が続いたためです。",
        "（Ｂ委員）いつ終わりますか。",
        "（事務局）来月です。",
    ),
    "a town and its people": (
        "（市民）なぜ遅れたのですか。",
        "（市）雨が続いたためです。",
        "（市民）いつ終わりますか。",
        "（市）来月です。",
    ),
    "names without posts": (
        "田上：始めます。",
        "小森：なぜ遅れたのですか。",
        "海野：雨が続いたためです。",
        "小森：いつ終わりますか。",
        "海野：来月です。",
        "田上：終わります。",
    ),
    "English": (
        "MAYOR FIELD: Let us begin.",
        "Councilmember Reyes: Why is it late?",
        "Director Holm: It rained for weeks.",
        "Councilmember Reyes: When will it be done?",
    ),
}


def openings(*texts, names=()):
    """Find the openings among lines of these texts."""
    return find_openings([Line(text) for text in texts], names)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read(layout):
    """In each layout every line with a speaker opens a turn, and no other line does."""
    texts = LAYOUTS[layout]
    bare = layout in {
        "bare lines",
        "circles with posts only",
        "one number before every speaker",
    }
    expected = list(range(0, len(texts), 2 if bare else 1))
    assert [opening.index for opening in openings(*texts)] == expected


def test_label_and_speech_are_parted():
    """The speaker is as printed, the speech is what follows."""
    found = openings(*LAYOUTS["circles with names"])
    assert (found[1].speaker, found[1].speech) == ("12番（小森花子君）", "なぜ遅れたのか伺います。")


def test_two_members_of_one_surname_stay_apart():
    """A bracketed part of a name belongs to the label."""
    found = openings(
        "○石山（秀）委員　賛成です。",
        "○石山（ち）委員　反対です。",
        "○石山（秀）委員　なぜですか。",
    )
    assert [opening.speaker for opening in found] == [
        "石山（秀）委員",
        "石山（ち）委員",
        "石山（秀）委員",
    ]


@pytest.mark.parametrize(
    "trap",
    [
        "○会議録署名議員の指名について",
        "○午後１時開会",
        "○日程",
        "（事務局説明）",
        "（拍手）",
        "（１）予算について",
        "「市長：頑張ります」という記事があった。",
        "なお、○の付いた項目は継続です。",
    ],
)
def test_what_only_looks_like_a_speaker(trap):
    """The same marks before headings, hours, stage directions and numbers open no turn."""
    texts = [*LAYOUTS["circles with names"], trap]
    assert len(openings(*texts)) == 4


def test_a_name_alone_is_a_speaker_when_it_is_in_the_attendance_list():
    """Names without a post are told by the list of those present."""
    texts = ("○田上　始めます。", "○小森　なぜ遅れたのですか。")
    assert [opening.speaker for opening in openings(*texts, names=["田上一郎", "小森花子"])] == [
        "田上",
        "小森",
    ]


def test_a_post_with_a_name_alone_on_a_line_is_a_speaker():
    """Also where the list of those present does not have the name, if it comes again."""
    texts = ("会長　田上　一郎", "始めます。", "主査　谷　ミチ", "説明します。", "５番　小森　花子")
    texts = (
        *texts,
        "なぜですか。",
        "主査　谷　ミチ",
        "雨のためです。",
        "会長　異議なし",
        "次です。",
    )
    found = openings(*texts, names=["田上一郎", "小森花子"])
    assert [opening.speaker for opening in found] == [texts[at] for at in (0, 2, 4, 6)]


def test_a_heading_that_repeats_is_no_speaker():
    """A mark before words without a sentence, or above others who speak, is one of headings."""
    texts = [
        "■報告　海の家の結果（観光課）",
        *LAYOUTS["circles with names"],
        "■報告　市場の入札（水産課）",
        "○主な意見",
        "◆12番（小森花子君）　賛成です。",
        "○主な意見",
        "◆12番（小森花子君）　反対です。",
    ]
    assert {opening.index for opening in openings(*texts)} == {1, 2, 3, 4, 7, 9}


@pytest.mark.parametrize(
    "people",
    [
        "■出た人　委員長 田上一郎、副委員長 小森花子、委員 海野三郎・谷次郎",
        "■いた人　委員長　田上、委員　小森・海野・谷（全員）",
    ],
)
def test_a_list_of_those_present_is_no_speech(people):
    """Whatever the list is called, its first post does not speak the names of the others."""
    assert len(openings(*LAYOUTS["circles with names"], people)) == 4


def test_a_surname_may_end_as_an_office_does():
    """磯部 and 田村 are no offices, 支所 and 総務部 are."""
    texts = ("磯部：なぜ遅れたのですか。", "支所：雨のためです。", "総務部：来月です。")
    assert [opening.speaker for opening in openings(*texts)] == ["支所", "総務部"]


def test_those_who_ask_and_answer_are_named_in_brackets():
    """With no blank behind; an answer by a mere letter goes with them, or behind an arrow."""
    found = openings(
        "Q（小森）なぜ遅れたのか？",
        "A（海野課長）雨のため。",
        "Q（谷）いつ終わる？",
        "A 来月に終わる。",
        "・問（5番）いくらかかるか。→答（海野課長）200万円である。",
    )
    assert [(o.index, o.speaker, o.speech) for o in found[2:]] == [
        (2, "Q（谷）", "いつ終わる？"),
        (3, "A", "来月に終わる。"),
        (4, "問（5番）", "いくらかかるか。"),
        (4, "答（海野課長）", "200万円である。"),
    ]
    assert openings("A　木造の家をいう。", "B　石の家をいう。", "A　藁の家をいう。") == []


def test_those_who_answer_need_no_mark_where_they_are_as_many():
    """Seat and name in a bracket ask, posts before a blank answer, also more than once."""
    texts = (
        "【5番　小森花子】防災ラジオはなぜ遅れているのか。",
        "町長　8月末までに配る。",
        "防災課長　2人が倒れた。",
        "【8番　谷次郎】設計の結果は。",
        "産業課長　4億円である。",
        "【2番　海野三郎】統合の調査は。",
        "教育長　賛成が多い。",
    )
    assert [o.speaker for o in openings(*texts)] == [
        *("5番　小森花子", "町長", "防災課長"),
        *("8番　谷次郎", "産業課長", "2番　海野三郎", "教育長"),
    ]


def test_who_answers_may_stand_behind_the_mark():
    """The bracket is the speaker's name, and no word of the answer; other brackets are words."""
    found = openings(
        *("【問】なぜ遅れたのか。", "【答】（海野課長）雨のためである。"),
        *("【問】いつ終わるのか。", "【答】（予定では）来月である。"),
    )
    assert [(o.speaker, o.speech) for o in found[1::2]] == [
        ("答（海野課長）", "雨のためである。"),
        ("答", "（予定では）来月である。"),
    ]


ENGLISH = (
    "Chair: Cllr G. Pettifer (Mayor)    Present: 29    Apologies: Cllr Marsden",
    "OFFICERS: Dr P. Nanda (Chief Executive); M. Okafor (Director of Finance).",
    "There: Prof. Calloway (chair), B. Rourke (sailing club).",
    "THE MAYOR: I have three announcements.",
    "MS D. LOCKYER (Fenside): What am I paying for?",
    "OFF-STREET PARKING: FEES AND CHARGES 2025/26",
    "COUNCILLOR DODD: No decision has been taken.",
    "AMENDMENT: Lower the cap from 150 to 120. Moved: Sauer.",
    "Complaint: loudspeaker from 5.40am.",
    "Tom Abara: I live there.",
    "Next: 3 February 2026.",
)


def test_english_words_before_a_colon_are_no_speakers():
    """Fields of the head, headings in capitals, and single words that come once."""
    spoken = [opening.speaker for opening in openings(*ENGLISH)]
    assert spoken == ["THE MAYOR", "MS D. LOCKYER (Fenside)", "COUNCILLOR DODD", "Tom Abara"]


CHAIRED = (
    "{}これより質疑に入ります。",
    "◆小森委員　なぜ遅れたのか伺います。",
    "◎海野課長　雨が続いたためです。",
    "◆谷委員　いつ終わるのですか。",
    "◎海野課長　来月です。",
    "{}採決します。",
)


@pytest.mark.parametrize(
    "form", ["委員長　", "委 員 長　", "委員長\n", "（委員長）", "田上委員長　"]
)
def test_a_chair_without_the_mark_of_the_others_speaks_too(form):
    """Where no marked speaker is the chair, a line that begins with the chair's post is one."""
    texts = [line for text in CHAIRED for line in text.format(form).split("\n")]
    spoken = [opening.speaker for opening in openings(*texts)]
    assert len(spoken) == len(CHAIRED)
    assert spoken[0] == spoken[-1] == form.strip("\n　（）").replace(" ", "")


def test_a_post_without_mark_is_no_speaker_where_the_chair_has_one():
    """Words of a speech may begin with 議長; a post that comes once without mark is no speaker."""
    marked = [text.format("○委員長　") for text in CHAIRED]
    assert len(openings(*marked, "議長　これは別の話です。", "議長　終わりです。")) == len(CHAIRED)
    silent = CHAIRED[1:-1]
    assert len(openings("委員長　一度だけです。", *silent)) == len(silent)


def rows(*cells):
    """Return the lines of a table."""
    return [Line("\t".join(row), cells=row) for row in cells]


def test_a_table_of_speakers_and_words():
    """Heads say which column is which; a row without a speaker goes on, a new 議題 is a topic."""
    found = find_openings(
        rows(
            ("No.", "議題", "発言者", "発言内容"),
            ("1", "道路", "会長", "それでは始めます。"),
            ("2", "道路", "小森委員", "なぜ遅れたのですか。"),
            ("3", "公園", "事務局", "雨が続いたためです。"),
            ("", "公園", "", "風も強い日でした。"),
        )
    )
    assert [(o.index, o.speaker, o.speech, o.topic, o.continues) for o in found] == [
        (1, "会長", "それでは始めます。", "道路", False),
        (2, "小森委員", "なぜ遅れたのですか。", "", False),
        (3, "事務局", "雨が続いたためです。", "公園", False),
        (4, "", "風も強い日でした。", "", True),
    ]


def test_a_table_without_heads():
    """A column of posts beside a column of sentences is one of speakers."""
    found = find_openings(
        rows(
            ("会長", "それでは始めます。"),
            ("小森委員", "なぜ遅れたのですか。"),
            ("事務局", "雨が続いたためです。"),
        )
    )
    assert [opening.speaker for opening in found] == ["会長", "小森委員", "事務局"]


def test_a_table_of_questions_and_answers():
    """One row asks and answers: two speeches."""
    found = find_openings(
        rows(("質問", "回答"), ("なぜ遅れたのか。", "雨のためです。"), ("いつか。", "来月です。"))
    )
    assert [(o.index, o.speaker) for o in found] == [
        (1, "質問"),
        (1, "回答"),
        (2, "質問"),
        (2, "回答"),
    ]


def test_a_table_of_figures_has_no_speakers():
    """Offices with their amounts are no speeches."""
    cells = (("区分", "金額"), ("総務部", "1,200"), ("環境部", "300"), ("教育委員会事務局", "40"))
    assert find_openings(rows(*cells)) == []


def test_header_lines_with_posts_are_no_speeches():
    """「会長：田上一郎」 in the list of members stands before the first speech and is none."""
    found = openings("会長：田上一郎", "委員：小森花子", *LAYOUTS["colons"])
    assert found[0].index == 2


def test_prose_has_no_speakers():
    """A text without speaker marks has no turns."""
    assert openings("昨年は雨が多かった。", "工事は三か月遅れた。", "（図１）工程") == []


def test_a_label_in_a_column_of_its_own_may_stand_above_its_speech():
    """A PDF's table sets the name beside a speech of one line, above a longer one."""
    found = openings(
        *("矢口部長　本日はお集まりいただき、ありがとうございます。", "松永会長"),
        "それでは、議題について事務局から説明をお願いします。",
        *("今村課長　資料により説明します。", "北原委員　理由は何ですか。"),
        *("今村課長", "出生数が減り、空きが増えています。", "松永会長"),
        *("次に移ります。", "北原委員　わかりました。"),
    )
    labels = ["矢口部長", "松永会長", "今村課長", "北原委員", "今村課長", "松永会長", "北原委員"]
    assert [opening.speaker for opening in found] == labels


def test_a_mark_before_the_name_is_no_part_of_it():
    """Minutes search systems set ○ and ◆ into the cell of the speaker."""
    found = find_openings(
        rows(
            ("○ 議長（戸田実君）", "これより会議を開きます。"),
            ("◆ １１番（浅利久美子君）", "空き家について伺います。"),
            ("◎ 市長（桜田敬君）", "補助を始めます。"),
            ("○ 議長（戸田実君）", "散会いたします。"),
        )
    )
    assert [opening.speaker[0] for opening in found] == ["議", "１", "市", "議"]


def test_a_post_set_wide_is_shown_in_one_piece():
    """The gaps inside a post are the printer's, the one inside a name is not."""
    shown = [opening.speaker for opening in openings(*LAYOUTS["posts and seats set wide"])]
    assert shown == ["議長", "２番", "建設課長", "町長", "３番（谷　次郎君）"]


def test_the_post_before_a_name_belongs_to_the_speaker():
    """The number before 総務課長（海野三郎君） is a mark; the post is not left in the words."""
    found = openings(*LAYOUTS["one number before every speaker"])
    assert [opening.speaker for opening in found] == [
        "議長（田上一郎君）",
        "２番（小森花子君）",
        "総務課長（海野三郎君）",
    ]


def test_a_numbered_list_of_people_has_no_speeches():
    """Numbers that rise count people; they mark no speech."""
    people = ("１．町長（田上一郎君）", "２．副町長（小森花子君）", "３．総務課長（海野三郎君）")
    assert openings("説明のため出席した者", *people, "以上のとおり出席した。") == []


def test_who_asks_and_answers_may_be_named_behind_what_the_speech_is():
    """質問, 答弁, 再質問 say what the speech is; the speaker and the matter follow."""
    found = openings(
        "○質問　小森花子議員「道路の工事」",
        "なぜ遅れたのか。",
        "○答弁　海野三郎町長",
        "雨が続いた。",
        "○再質問　小森花子議員",
        "いつ終わるのか。",
        "○再答弁　建設課長",
        "来月である。",
    )
    assert [(o.speaker, o.speech, o.topic) for o in found] == [
        ("小森花子議員", "", "道路の工事"),
        ("海野三郎町長", "", ""),
        ("小森花子議員", "", ""),
        ("建設課長", "", ""),
    ]


def test_a_title_and_a_name_in_capitals_open_a_speech():
    """MR. HOLM (via Zoom). stands before what he says, with a full stop."""
    found = openings(
        "MR. HOLM (via Zoom). Why is the work late?",
        "MS. REYES. It rained for weeks.",
        "CHAIR FIELD. Thank you.",
        "MR. HOLM (via Zoom). I move to approve the plan.",
    )
    assert [(o.speaker, o.speech) for o in found[:2]] == [
        ("MR. HOLM (via Zoom)", "Why is the work late?"),
        ("MS. REYES", "It rained for weeks."),
    ]
    assert len(found) == 4
