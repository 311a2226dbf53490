"""What a page's layout did to text is undone, and nothing else is changed."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document.source import Line
from ingest.readers.find import read_source
from ingest.repair.line_joining import usual_width
from ingest.repair.repair import repair
from tests.ingest.making import wrapped

DATA = Path(__file__).parents[4] / "shared" / "data"

PROSE = [
    "本日の審議会は委員十名のうち八名の御出席をいただき、定足数を満たしております",
    "ので、成立しております。まず事務局から昨年度の事業について説明を受け、その後",
    "に御意見を頂戴したいと存じます。",
]


def repaired(texts, page=None):
    """Return the texts after repair."""
    return [line.text for line in repair([Line(text, page, page) for text in texts])]


@pytest.mark.parametrize(
    "start",
    [
        "○議長　次に移ります。",
        "◯委員長（山本君）　次に移ります。",
        "〇会長",
        "◎市長　お答えします。",
        "◆12番　質問します。",
        "●「報告」に係る意見交換",
        "・（事務局）説明する。",
        "- (事務局) 説明する。",
        "（会長）説明を求める。",
        "(中村委員) 質問する。",
        "事務局：説明する。",
        "【事務局】説明する。",
        "【答】説明する。",
        "問：質問する。",
        "（1）報告事項",
        "(1) 報告事項",
        "① 報告事項",
        "ア) 報告事項",
        "イ　報告事項",
        "第３条　市長は、次に掲げる事項を定める。",
        "第10条の2（委任）",
        "第２章　組織",
        "１　開会",
        "2. 議事",
        "附　則",
        "〔山本一郎君登壇〕",
        "日程第３　議案第５号",
        "Q：質問する。",
    ],
)
def test_an_item_never_joins_the_line_above_it(start):
    """However full the line above, what opens a speech, an item or an article begins a line."""
    cut = PROSE[:2]
    assert repaired([*cut, start, *PROSE])[1] == start


@pytest.mark.parametrize(
    "goes_on",
    [
        "第12号議案から第15号議案までを一括して議題とします。",
        "（以下「法」という。）の規定による。",
    ],
)
def test_a_reference_after_a_comma_goes_on(goes_on):
    """A line that breaks after a comma goes on, though the next could open an item."""
    full = "ただいま議題とした案件につきましては、委員会の付託を省略することとし、"
    joined = repaired([*PROSE, full, goes_on, *PROSE])
    assert full + goes_on in joined


@pytest.mark.parametrize("start", ["a report on", "12 members of", "3.5 metres of", "I hope"])
def test_english_words_that_look_like_numbering_join(start):
    """In wrapped English a line may begin with an article, a number or a pronoun."""
    lines = [
        "The committee heard that the bridge on the coast road needs work before the spring and",
        f"{start} the work would follow, once the survey by the county's engineers is complete and",
        "the estimate of what it is to cost has been put before the members and approved by them,",
        "which is not expected before the summer.",
    ]
    assert repaired(lines) == [" ".join(lines)]


def test_a_parenthesis_in_mid_sentence_goes_on():
    """A parenthesis that is followed by a particle belongs to the sentence above."""
    full = "事務局が説明したとおり、今回は使用料の額を定めた別表の一部を改めるが、規則"
    assert full + "（案）についても同様である。" in repaired(
        [*PROSE, full, "（案）についても同様である。"]
    )


def test_a_quotation_closed_at_the_line_end_goes_on_before_a_particle():
    """A full line that ends in 」 is joined when the next begins with a particle."""
    full = "施設の管理については、条例に「市長は、必要なときは休館日を変更できる」"
    assert full + "とされている。" in repaired([*PROSE, full, "とされている。", *PROSE])


def test_short_lines_are_left_alone():
    """Titles, lists of names and agenda items stay apart."""
    lines = [
        "環境審議会会議録",
        "出席者",
        "山本会長　中村委員　小林委員",
        "議題",
        "会議の公開について",
        "その他",
    ]
    assert repaired([*lines, *PROSE])[:6] == lines


def test_entries_of_a_list_with_labels_stay_apart():
    """A full line of one entry does not swallow the label of the next."""
    first = "出席者　山本会長、中村副会長、小林委員、加藤委員、吉田委員、山田委員、松本"
    second = "説明員　環境部長、環境課長"
    assert repaired([*PROSE, first, second, *PROSE])[1:3] == [first, second]


def test_a_number_cut_at_its_point_is_joined():
    """A decimal point at the line end is no full stop."""
    full = "歳出の総額は、前の年度の決算額に比べて四億円の増、率にして全国を上回る２．"
    assert full + "５ポイントの伸びである。" in repaired([*PROSE, full, "５ポイントの伸びである。"])


def test_an_item_number_is_no_decimal_place():
    """A count of votes at a line's end and an item's number below it are two things."""
    prose = ["The council heard the report of the harbor master and thanked her for the work"] * 4
    vote = "Motion by Haddad, second by Sandoval, to approve the report. Motion carried 5-0."
    lines = [*prose, vote, "5.3 Ferry terminal parking", *prose]
    assert vote in repaired(lines)
    assert "5.3 Ferry terminal parking" in repaired(lines)


def test_text_that_is_not_wrapped_stays_as_it_is():
    """Where each line is a paragraph no line is joined, however long the lines are."""
    lines = [
        "○会長　それでは、次の議題に移ります。事務局から説明してください。",
        "○環境課長　資料の二をご覧ください。家庭から出るごみの量は三年続けて減っております。",
        "引き続き、分別の徹底に努めてまいります。",
        "○委員　承知しました。",
    ]
    assert repaired(lines) == lines


def test_a_sentence_cut_by_a_lost_page_break_is_joined():
    """In unwrapped text a blank line in the middle of a sentence was a page break."""
    left = (
        "課題は山積しているが、事務局としては、まず相談の窓口を一つにまとめ、そのうえで周知に努め"
    )
    right = "ていくことが大切であると考えている。"
    assert repaired([left, "", right]) == [left + right]
    assert repaired([left + "たい。", "", right]) == [left + "たい。", right]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本 日 の 会 議 は 、 こ れ で 散 会 し ま す 。", "本日の会議は、これで散会します。"),
        ("本日 の会 議は 、こ れで 散会 しま す。", "本日の会議は、これで散会します。"),
        ("令和 5 年 4 月 1 日 に 開 い た 会 議 の 記 録", "令和5年4月1日に開いた会議の記録"),
        ("日 時 令和5年4月1日", "日時 令和5年4月1日"),
        ("山 田 太 郎 君", "山田太郎君"),
        ("山田会長 鈴木委員", "山田会長 鈴木委員"),
        ("J-LIS の Web サイト", "J-LIS の Web サイト"),
        ("第１条　（目的）", "第１条　（目的）"),
        ("か\u3099 を含む", "か\u3099 を含む"),
    ],
)
def test_blanks_go_where_they_came_from_the_page_and_stay_where_typed(text, expected):
    """Blanks inside words go; those between words, U+3000 and combining marks stay."""
    assert repaired([text]) == [expected]


def test_page_numbers_in_text_are_dropped_when_they_count_up():
    """Page numbers that text from a PDF still holds go; a lone number between dashes stays."""
    numbered = [*PROSE, "- 1 -", *PROSE, "- 2 -", *PROSE, "- 3 -"]
    assert not any(re.fullmatch(r"- \d -", text) for text in repaired(numbered))
    assert "- 7 -" in repaired([*PROSE, "- 7 -", *PROSE])


def test_heads_of_facing_pages_are_dropped():
    """Left and right pages with heads of their own: each is dropped though on half the pages."""
    pages = [
        Line(text, page, page)
        for page in range(1, 9)
        for text in (["北浜市"] if page % 2 else ["決算審査意見書"])
        + [
            f"この段落は{word}について述べたものである。"
            for word in ("歳入", "歳出", "基金", "財産")
        ]
    ]
    texts = [line.text for line in repair(pages)]
    assert texts.count("北浜市") <= 1
    assert texts.count("決算審査意見書") == 0


def test_an_agenda_line_that_comes_back_stays():
    """A chair's line that opens a page now and then is on too few pages to be a head."""
    bodies = [
        ["○会長　次の議題に移ります。", f"第{page}回の報告である。", "以上です。"]
        for page in range(1, 9)
    ]
    lines = [
        Line(text, page, page)
        for page, body in enumerate(bodies, start=1)
        for text in (body if page in {2, 5} else body[1:])
    ]
    texts = [line.text for line in repair(lines)]
    assert texts.count("○会長　次の議題に移ります。") == 2


def test_tables_in_text_have_rows_and_heads():
    """Lines of the same number of cells with figures in them are a table's rows."""
    lines = repair(
        [Line(text) for text in ["款 本年度 前年度", "土木費 4,390 4,310", "教育 費 4,720 △5"]]
    )
    assert [line.cells for line in lines] == [
        ("款", "本年度", "前年度"),
        ("土木費", "4,390", "4,310"),
        ("教育 費", "4,720", "△5"),
    ]
    assert [line.header for line in lines] == [True, False, False]


def test_english_words_are_no_cells():
    """Blanks part words there; a table's row is words with figures behind them."""
    dates = [
        "Tuesday, May 9, 2023, 7:00 p.m.",
        "Friday, June 2, 2023, 6:30 p.m.",
        "Room 4, 118 Bay Street 2",
    ]
    assert not any(line.cells for line in repair([Line(text) for text in dates]))
    rows = ["Parks and roads 4,390 4,310", "Schools 720 655", "Water supply 88 90"]
    cells = [line.cells for line in repair([Line(text) for text in rows])]
    assert cells[0] == ("Parks and roads", "4,390", "4,310")


def test_names_in_columns_are_no_table():
    """Lists of names have as many blanks as a table, but no figures."""
    lines = repair(
        [Line(text) for text in ["山本会長 中村委員 小林委員", "加藤委員 吉田委員 松本委員"]]
    )
    assert not any(line.cells for line in lines)


def test_the_usual_width_is_known_only_of_wrapped_text():
    """Lines of one width that stop in mid-sentence are wrapped; paragraphs are not."""
    assert usual_width([Line(text) for text in PROSE * 3]) == pytest.approx(76, abs=4)
    assert (
        usual_width([Line(text) for text in ["短い。", "これは少し長い段落である。"] * 5]) is None
    )


SENTENCES = st.lists(
    st.text(alphabet="市議会の予算はを審査し、条例案", min_size=8, max_size=120).map(
        lambda text: f"本市で{text.strip('、')}である。"
    ),
    min_size=4,
    max_size=12,
)


@given(SENTENCES)
def test_no_character_is_lost_or_changed(paragraphs):
    """Whatever is joined, the characters and their order stay those of the source."""
    lines = wrapped(paragraphs)
    assert "".join(repaired(lines)) == "".join(paragraphs)


@given(SENTENCES)
def test_repairing_twice_changes_nothing_more(paragraphs):
    """What was repaired is not wrapped any more."""
    once = repair([Line(text) for text in paragraphs])
    assert repair(once) == once


def needs(folder):
    """Return the text files of a folder of test data, or skip."""
    found = sorted((DATA / folder).rglob("*.txt"))
    if not found:
        pytest.skip(f"no test data in ../shared/data/{folder}")
    return found


def test_a_real_document_has_no_sentence_cut():
    """In the real minutes all sentences that page breaks had cut are whole, every word is kept."""
    (path,) = needs("real")
    lines = read_source(path).lines
    cut = [
        line.text
        for line in lines
        if len(line.text) > 60 and not line.text.endswith(("。", "）", ")", "について"))
    ]
    assert cut == []
    original = re.sub(r"\s", "", path.read_text())
    assert re.sub(r"\s", "", "".join(line.text for line in lines)) == original


def test_text_with_a_paragraph_a_line_is_left_alone():
    """Sittings with one paragraph a line come out line for line."""
    for path in needs("shinagawa")[::5]:
        given_lines = [text for text in path.read_text().split("\n") if text.strip()]
        assert len(read_source(path).lines) == len(given_lines)


def test_a_dash_and_a_number_do_not_make_lines_of_words_a_table():
    """The head of English minutes: as many words in each line, by chance."""
    head = [
        *("CITY COUNCIL REGULAR MEETING MINUTES", "Tuesday, March 14, 2023 - 6:30 p.m."),
        "Council Chambers, 120 Main Street",
    ]
    assert not any(line.cells for line in repair([Line(text) for text in head]))


def test_a_day_set_wide_is_one_word_and_no_row_of_a_table():
    """Gaps inside a day and an ordinal go, also over several such lines; columns keep theirs."""
    lines = [
        Line("令 和 ５ 年 第 ２ 回 緑 町 議 会 定 例 会 会 議 録"),
        Line("令 和５年 ６月 １２ 日（月曜日）"),
        Line("令和５年 １月 ２月"),
    ]
    assert [line.text for line in repair(lines)] == [
        "令和５年 第２回 緑町議会定例会会議録",
        "令和５年６月１２日（月曜日）",
        "令和５年 １月 ２月",
    ]
