import datetime as dt

import pytest

from index.passage import DocumentId
from index.record import Role
from ingest.document.source import Line, Source
from ingest.minutes.sitting.attendance import read_attendees
from ingest.understand import understand
from tests.ingest.lines import read

MINUTES = """\
令和４年度第２回　みどり市環境審議会　会議録
１　日　時　令和４年１２月２０日（火）　午前１０時から
２　場　所　みどり市役所　３階　大会議室
３　出席者　＜委員＞
田上会長　小森委員　谷委員
＜事務局＞
海野環境課長　浜野主査
４　議題
（１）計画の見直しについて
①　目標
②　日程
（２）その他
５　議事の概要
（田上会長）始めます。
（小森委員）目標はいくつですか。
（事務局）四割です。
"""


def people(text, **more):
    """Return name, post and role of those in the list."""
    return [(person.name, person.post, person.role) for person in read_attendees(text, **more)]


def test_the_head_is_read():
    """Title, body, date, place and agenda come from the head."""
    document, _ = read(MINUTES)
    assert document.title == "令和４年度第２回 みどり市環境審議会 会議録"
    assert document.body == "みどり市環境審議会"
    assert document.date == dt.date(2022, 12, 20)
    assert document.place == "みどり市役所 ３階 大会議室"
    assert document.agenda == ("（１）計画の見直しについて", "①　目標", "②　日程", "（２）その他")


def test_those_present_have_posts_and_roles():
    """Members and staff are told apart by their posts and by the group they stand in."""
    document, _ = read(MINUTES)
    assert [(p.name, p.post, p.role) for p in document.attendees] == [
        ("田上", "会長", Role.CHAIR),
        ("小森", "委員", Role.MEMBER),
        ("谷", "委員", Role.MEMBER),
        ("海野", "環境課長", Role.EXECUTIVE),
        ("浜野", "主査", Role.EXECUTIVE),
    ]


def test_who_attended_can_be_found():
    """The head stands in passages of its own, one for each field."""
    _, passages = read(MINUTES)
    heads = [p.text for p in passages if p.kind == "header"]
    assert any("田上会長" in text and "日" not in text for text in heads)
    assert any(text.startswith("２　場") for text in heads)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市長　海野三郎君　　副市長　浜野　聡君", [("海野三郎", "市長"), ("浜野 聡", "副市長")]),
        ("３番　小森花子君　　７番　谷　剛君", [("小森花子", "３番"), ("谷 剛", "７番")]),
        ("議長田上一郎、財政部長海野誠", [("田上一郎", "議長"), ("海野誠", "財政部長")]),
        ("委員　小森花子、谷剛", [("小森花子", "委員"), ("谷剛", "委員")]),
        ("会長　田上　一郎（みどり大学教授）", [("田上 一郎", "会長")]),
        ("海野環境政策課長　浜野課長補佐", [("海野", "環境政策課長"), ("浜野", "課長補佐")]),
        ("委　員　小森花子", [("小森花子", "委員")]),
        ("谷　剛副委員長", [("谷 剛", "副委員長")]),
        ("総務部長、企画課長", []),
        (
            "１　番　田　上　一　郎　君　　　　２　番　谷　　　　　剛　君",
            [("田上一郎", "１番"), ("谷剛", "２番")],
        ),
        ("総　務　課　長　海　野　　　誠　君", [("海野誠", "総務課長")]),
        ("会長代理　　海野　　誠", [("海野 誠", "会長代理")]),
        (
            "田上部会長、小森、谷口の各委員",
            [("田上", "部会長"), ("小森", "委員"), ("谷口", "委員")],
        ),
        ("波木井ゆう子委員", [("波木井ゆう子", "委員")]),
    ],
)
def test_names_and_posts_in_either_order(text, expected):
    """Lists are read whichever of name and post stands first."""
    assert [(name, post) for name, post, _ in people(text)] == expected


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("第20回みどり市個人情報保護審議会 議事録", "みどり市個人情報保護審議会"),
        ("みどり市議会　文教委員会　会議録", "文教委員会"),
        ("令和４年第３回みどり市議会定例会会議録（第３号）", "みどり市議会定例会"),
        ("みどり市議会　平成24年　第１回定例会（第３日目）　会議録", "みどり市議会定例会"),
        ("建設委員会記録", "建設委員会"),
        ("第5期 みどり村総合計画審議会 第2部会 会議概要", "みどり村総合計画審議会 第2部会"),
        ("Lakeside Planning Commission Meeting Minutes", "Lakeside Planning Commission"),
    ],
)
def test_the_body_is_named_without_numbers(title, body):
    """The name of the body that met is that of the title, less number, year and 会議録."""
    document, _ = read(MINUTES.replace("令和４年度第２回　みどり市環境審議会　会議録", title))
    assert document.body == body


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("R41220_第20回議事録.pdf", dt.date(2022, 12, 20)),
        ("20221220議事録.pdf", dt.date(2022, 12, 20)),
        ("会議録（令和4年12月20日）.txt", dt.date(2022, 12, 20)),
        ("h24-20120820-9.txt", dt.date(2012, 8, 20)),
        ("議事録99999999.txt", None),
    ],
)
def test_the_file_name_is_the_last_resort_for_the_date(name, date):
    """Where the text names no day, the file's name does, or nothing."""
    text = MINUTES.replace("令和４年１２月２０日（火）　", "")
    document, _ = read(text, name)
    assert document.date == date
    assert ("no date was found" in document.warnings) == (date is None)


def test_a_title_of_one_word_takes_the_name_of_the_meeting():
    """「会議録」 alone is no title: the meeting's name stands beside it."""
    document, _ = read("会　議　録\n会議名　第２回みどり市緑化委員会\n" + MINUTES.split("\n", 1)[1])
    assert document.title == "第２回みどり市緑化委員会 会議録"


def test_the_year_may_stand_in_the_title_alone():
    """「二月二十六日」 under a title with a year is a day of that year."""
    text = MINUTES.replace("令和４年１２月２０日（火）", "二月二十六日（水曜日）")
    document, _ = read(text)
    assert document.date == dt.date(2022, 2, 26)


def test_a_table_of_those_present_is_read_by_its_columns():
    """Name and post are taken from the columns that say so."""
    rows = [
        ("区分", "役職", "氏名"),
        ("委員", "会長", "田上　一郎"),
        ("事務局", "環境課長", "海野　三郎"),
    ]
    lines = [Line("第２回審議会 議事録"), Line("出席者")]
    lines += [Line("\t".join(row), cells=row) for row in rows]
    lines += [Line("（会長）始めます。"), Line("（事務局）四割です。")]
    document, _ = understand(Source(tuple(lines)), DocumentId("a.docx"), "0")
    assert [(p.name, p.post, p.role) for p in document.attendees] == [
        ("田上 一郎", "会長", Role.CHAIR),
        ("海野 三郎", "環境課長", Role.EXECUTIVE),
    ]


def test_an_item_right_under_the_agenda_belongs_to_it():
    """The only item of the agenda leads to the first speech and is still no heading of the body."""
    head = "みどり市議会会議録第三号\n議事日程第三号\n第一　一般質問\n午後一時開議\n"
    text = head + "○議長（田上君）　開会します。\n○市長（海野君）　挨拶します。"
    document, passages = read(text)
    assert document.agenda == ("第一　一般質問",)
    assert all(p.heading == () for p in passages)


def test_thousands_of_names_on_a_line_are_read_and_who_was_absent_is_told_apart():
    """Time that grew with the square of their number once was minutes."""
    names = [f"{chr(0x4E00 + at)}{chr(0x6E00 + at)}" for at in range(4_000)]
    away = set(names[5::1_000])
    entries = [f"{name}委員{'（欠席）' * (name in away)}" for name in names]
    document, _ = read(MINUTES.replace("田上会長　小森委員　谷委員", "、".join(entries)))
    absent = {person.name for person in document.sitting.absentees}
    assert absent == away
    assert len(document.attendees) > len(names) - 100


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("２番　小野寺　由美子　君", [("小野寺 由美子", "２番")]),
        ("書　　　　記　　高　橋　美　咲", [("高橋美咲", "書記")]),
        ("議会事務局長　　阿　部　　　進", [("阿部進", "議会事務局長")]),
    ],
)
def test_names_set_wide_are_read_whole(line, people):
    """君 may stand apart from a name of two words; without it signs join, too."""
    assert [(person.name, person.post) for person in read_attendees(line)] == people


def test_a_head_that_is_a_table_is_read_as_fields():
    """Word keeps 日時 and the time in two cells; several lines stand in one of them."""
    rows = {
        "日時": "令和６年７月３０日（火）１４時～",
        "場所": "町民センター大会議室",
        "出席委員": "大沼委員長、片岡副委員長\n湊委員",
        "事務局": "早坂福祉課長",
    }
    table = [Line(f"{name}\t{told}", cells=(name, told)) for name, told in rows.items()]
    said = ["【大沼委員長】始めます。", "【湊委員】何件ですか。", "【早坂福祉課長】三件です。"]
    lines = [Line("地域福祉委員会　議事録"), *table, *map(Line, said)]
    document, _ = understand(Source(tuple(lines)), DocumentId("a.docx"), "0")
    assert document.place == "町民センター大会議室"
    assert [person.name for person in document.attendees] == ["大沼", "片岡", "湊", "早坂"]


def test_an_ordinal_of_a_plan_is_no_part_of_the_body():
    """第５次 stands before the plan's name."""
    document, _ = read(MINUTES.replace("みどり市環境審議会", "第５次みどり市計画策定委員会"))
    assert document.body == "みどり市計画策定委員会"
