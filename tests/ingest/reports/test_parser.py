import pytest

from index.passage import DocumentId, DocumentKind, PassageKind
from index.record import Role
from ingest.document.source import Line
from ingest.reports.parser import parse_report, read_report
from tests.ingest.lines import read


def row(*cells, header=False, page=None):
    """Return a row of a table as readers make it."""
    return Line("\t".join(cells), page, page, cells=cells, header=header)


BUDGET = (
    Line("１　歳入"),
    Line("市税は増える見込みです。"),
    Line("表１　歳入の内訳（単位：千円）"),
    row("区分", "令和５年度", "令和４年度", header=True, page=2),
    row("市税", "10,000", "9,000", page=2),
    row("市債", "3,000", "4,000", page=3),
    Line("２　歳出"),
    Line("民生費が最も大きくなっています。"),
)


def test_prose_stands_under_its_heading():
    """Each section knows the numbered headings above it."""
    passages = read_report(BUDGET)
    assert [(p.heading, p.kind) for p in passages if p.text.startswith(("市税は", "民生費"))] == [
        (("１　歳入",), PassageKind.SECTION),
        (("２　歳出",), PassageKind.SECTION),
    ]


def test_rows_carry_title_and_column_heads():
    """A table's rows are the source's words; what they mean nothing without is in the heading."""
    table = next(p for p in read_report(BUDGET) if p.kind is PassageKind.TABLE)
    assert table.heading == (
        "１　歳入",
        "表１　歳入の内訳（単位：千円）",
        "区分 | 令和５年度 | 令和４年度",
    )
    assert "市税\t10,000\t9,000" in table.text
    assert (table.page, table.last_page) == (2, 3)


def test_a_long_table_repeats_its_heads():
    """Every passage of a long table has the heads."""
    rows = [row(f"事業{n}", f"{n},000", "○" * 40) for n in range(40)]
    tables = [p for p in read_report((*BUDGET[:4], *rows)) if p.kind is PassageKind.TABLE]
    assert len(tables) > 2
    assert all(table.heading[-1].startswith("区分") for table in tables)


def test_headings_that_follow_one_another_stand_in_a_passage():
    """Nothing is said under them but what they say: amounts of a project, bills by name."""
    items = ("①対象　北浜の３地区", "②事業費　７８５，０００円")
    lines = ("１　整備の状況", *items, "２　その他", "特にない。")
    said = "\n".join(passage.text for passage in read_report([Line(text) for text in lines]))
    assert all(item in said for item in items)


def test_headings_of_the_format_itself_nest():
    """Heading levels that the format marks make the path."""
    passages = read_report(
        (
            Line("概要", level=1),
            Line("経緯", level=2),
            Line("昨年始めた。"),
            Line("結果", level=2),
            Line("増えた。"),
        )
    )
    assert [p.heading for p in passages] == [("概要", "経緯"), ("概要", "結果")]


def test_a_plain_paragraph_is_a_report():
    """Prose without speakers and articles is a report, named by its first line."""
    document, passages = read("灯台\n灯台は船の目印である。夜は光を放つ。")
    assert (document.kind, document.title) == (DocumentKind.REPORT, "灯台")
    assert passages[-1].kind is PassageKind.SECTION
    assert document.coverage == 1.0


def table(passages):
    """Return the one passage that is a table."""
    (found,) = [passage for passage in passages if passage.kind is PassageKind.TABLE]
    return found


def test_heads_of_two_rows_are_told_together():
    """A column under a head that spans several means nothing without it."""
    found = table(
        read_report(
            (
                row("区分", "令和５年度", "令和５年度", header=True),
                row("区分", "予算", "決算", header=True),
                row("市税", "10,000", "9,900"),
            )
        )
    )
    assert found.heading == ("区分 | 令和５年度/予算 | 令和５年度/決算",)


def test_the_unit_of_figures_stands_with_the_title():
    """Title and unit on lines of their own are both told with every row."""
    lines = (Line("市税の収入"), Line("（単位：千円）"), *BUDGET[3:5])
    assert table(read_report(lines)).heading[:2] == ("市税の収入", "（単位：千円）")


def test_heads_that_a_new_page_repeats_do_not_part_a_table():
    """The table goes on after the page break."""
    found = table(read_report((*BUDGET[3:5], BUDGET[3], *BUDGET[5:6])))
    assert "市税" in found.text
    assert "市債" in found.text


def test_notes_under_a_table_stand_with_its_rows():
    """A ※ under a table says what its figures are; it is no heading of what follows."""
    passages = read_report((*BUDGET[3:6], Line("※ 令和５年度は見込み"), Line("本文です。")))
    assert "※ 令和５年度は見込み" in table(passages).text
    assert passages[-1].heading == ()


def test_a_footnote_goes_to_the_words_that_refer_to_it():
    """At the foot of the page it stands far from its mark, and between other words."""
    lines = (
        Line("財政力指数※1は0.8である。"),
        Line("経常収支比率※2は92％である。"),
        Line("次年度も同じ水準を見込む。"),
        Line("※1 三か年の平均。"),
        Line("※2 一般財源に占める割合。"),
    )
    text = "\n".join(passage.text for passage in read_report(lines))
    assert text.index("三か年") < text.index("経常収支比率")
    assert text.index("92％") < text.index("一般財源") < text.index("次年度")


def test_a_footnote_without_its_mark_stays_where_it_is():
    """Nothing is lost, and nothing is guessed."""
    lines = (Line("本文です。"), Line("続きです。"), Line("※3 どこからも引かれない注。"))
    assert read_report(lines)[-1].text.endswith("※3 どこからも引かれない注。")


def test_a_footnote_of_a_row_stands_behind_the_table():
    """It does not part the rows."""
    found = table(
        read_report(
            (
                row("区分", "人口", header=True),
                row("北区※1", "1,000"),
                row("南区", "2,000"),
                Line("調査は毎年行う。"),
                Line("※1 旧町村を含む。"),
            )
        )
    )
    assert found.text == "区分\t人口\n北区※1\t1,000\n南区\t2,000\n※1 旧町村を含む。"


def test_the_date_of_a_report_is_kept_as_printed():
    """The ISO date stands beside the wareki."""
    document, _ = read("財政の報告\n令和５年６月\n財政は健全である。")
    assert document.date.isoformat() == "2023-06-01"
    assert document.date_text == "令和５年６月"


def test_levels_that_hold_on_are_filled_in():
    """款 and 項 are printed once; a new 款 ends the 項 before it. No other column is filled."""
    lines = (
        row("款", "項", "目", "所管", "本年度", header=True),
        row("3 民生費", "1 社会福祉費", "1 総務費", "福祉課", "500"),
        row("", "", "2 老人福祉費", "", "300"),
        row("", "2 児童福祉費", "1 保育費", "", "200"),
        row("4 衛生費", "", "", "", "900"),
        row("", "1 保健衛生費", "1 予防費", "健康課", "900"),
    )
    rows = table(read_report(lines)).text.splitlines()
    assert rows[2] == "3 民生費\t1 社会福祉費\t2 老人福祉費\t\t300"
    assert rows[3] == "3 民生費\t2 児童福祉費\t1 保育費\t\t200"
    assert rows[4] == "4 衛生費\t\t\t\t900"
    assert rows[5].startswith("4 衛生費\t1 保健衛生費\t1 予防費")


def test_the_same_as_above_says_what_it_means():
    """The source's own mark stays in front of it."""
    lines = (
        row("補助金", "所管", "額", header=True),
        row("自治会補助金", "総務課", "10"),
        row("防犯灯補助金", "同上", "20"),
        row("敬老会補助金", "〃", "30"),
    )
    rows = table(read_report(lines)).text.splitlines()
    assert rows[2:] == ["防犯灯補助金\t同上（総務課）\t20", "敬老会補助金\t〃（総務課）\t30"]


def test_a_row_of_sentences_is_not_cut():
    """What a project is stands with its amount, however long its words are."""
    words = "施設の改修を行い、利用者の安全を確かめる。" * 26
    lines = (row("事業", "内容", "額", header=True), row("斎場改修事業", words, "9,870"))
    passages = read_report(lines)
    assert any(p.text.endswith(f"斎場改修事業\t{words}\t9,870") for p in passages)


FAQ = """\
ごみの有料化　よくある質問
Q1. 5リットルの袋はありますか。
説明会で多くの要望がありました。来年10月から売ります。
Q2. 袋はいくらですか。
10枚で450円です。
Q3. 草も有料ですか。
Q4. 持ち込みの料金は変わりますか。
変わりません。
説明会
11月までに96回開きました。
"""
MARKED = """\
バス　よくある質問
Ｑ１　誰が乗れますか。
Ａ１　どなたでも乗れます。
　　登録はいりません。
Ｑ２　運賃は。
Ａ２　400円です。
Ｑ３　予約はいりますか。
Ａ３　いりません。
"""


@pytest.mark.parametrize("text", [FAQ, MARKED])
def test_a_page_of_questions_is_no_minutes(text):
    """Nobody speaks on it."""
    document, passages = read(text)
    assert document.kind is DocumentKind.REPORT
    assert not any(passage.speaker or passage.role for passage in passages)


def test_an_answer_with_a_mark_of_its_own_is_found_by_its_question():
    """As an answer in minutes is; what goes on in the next line belongs to it."""
    _, passages = read(MARKED)
    found = next(p for p in passages if p.text == "Ａ１　どなたでも乗れます。\n登録はいりません。")
    assert (found.kind, found.question) == (PassageKind.ANSWER, "Ｑ１　誰が乗れますか。")
    asked = next(p for p in passages if p.passage_id == found.answers)
    assert (asked.kind, asked.text) == (PassageKind.QUESTION, found.question)


def test_an_answer_without_a_mark_is_one_passage_with_its_question():
    """Each question begins another, also one that nothing answers."""
    _, passages = read(FAQ)
    said = [passage.text.split("\n")[0] for passage in passages if passage.text.startswith("Q")]
    assert [text[:3] for text in said] == ["Q1.", "Q2.", "Q3.", "Q4."]
    assert "Q2. 袋はいくらですか。\n10枚で450円です。" in [p.text for p in passages]


def test_a_table_below_a_question_is_found_by_it():
    """It stays a table with its heads; the question is in its heading."""
    lines = (
        *(Line(text) for text in ("Q1 いつからですか。", "A 4月からです。", "Q2 いくらですか。")),
        Line("A 次のとおりです。"),
        row("大きさ", "値段", header=True),
        row("45リットル", "45円"),
    )
    roles = [Role.MEMBER, Role.EXECUTIVE, Role.MEMBER, Role.EXECUTIVE]
    asked = {line.text: role for line, role in zip(lines, roles, strict=False)}
    parsed = parse_report(lines, "袋", DocumentId("faq.html"), asked)
    assert parsed.answers == {2: 1, 4: 3}
    table = parsed.passages[-1]
    assert (table.kind, table.heading) == (
        PassageKind.TABLE,
        ("Q2 いくらですか。", "大きさ | 値段"),
    )


def test_questions_of_a_sitting_stay_minutes():
    """問 and 答 under the name of a session are what members asked."""
    text = "令和6年9月定例会 質疑応答\n" + "問　いくらか。\n答　200万円である。\n" * 3
    document, passages = read(text)
    assert document.kind is DocumentKind.MINUTES
    assert {passage.speaker for passage in passages} >= {"問", "答"}


def test_the_questions_of_a_survey_are_headings():
    """What stands below is a section with its tables, and nobody's answer."""
    text = "アンケート結果\n" + "".join(
        f"■問{n}　住みやすいか（%）\n区分\tはい\tいいえ\n全体\t60\t40\n前回より増えました。\n"
        for n in range(1, 6)
    )
    document, passages = read(text)
    assert document.kind is DocumentKind.REPORT
    assert not any(passage.answers or passage.speaker for passage in passages)
    said = [p for p in passages if p.text.endswith("前回より増えました。")]
    assert [p.heading[-1] for p in said] == [f"■問{n}　住みやすいか（%）" for n in range(1, 6)]


def test_a_resolution_is_of_the_day_on_which_it_was_adopted():
    """A day in what it provides is none of its own."""
    document, _ = read(
        "RESOLUTION NO. R-2024-08\nA RESOLUTION ESTABLISHING A GRANT\n"
        "1. Applications shall be made by June 30, 2024.\nADOPTED this 4th day of March, 2024.\n"
    )
    assert str(document.date) == "2024-03-04"
