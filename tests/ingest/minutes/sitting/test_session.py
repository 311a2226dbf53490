import datetime as dt

import pytest

from index.passage import DocumentId
from ingest.document.source import Line, Source
from ingest.understand import understand
from tests.ingest.lines import read

PLENARY = """\
令和４年　第３回　みどり市議会定例会　会議録（第３号）
令和４年９月２８日（水曜日）　午前１０時００分開議
出席議員（３名）
１番　田上一郎君　２番　小森花子君
３番　谷　剛君
欠席議員（１名）
４番　海野　三郎君
○議長（田上一郎君）　これより会議を開きます。資料１をご覧ください。
○市長（浜野四郎君）　お手元の資料No.2-1と別紙、資料１によりご説明します。
○議長（田上一郎君）　次回は明日午前１１時開議です。
午後４時３０分散会
"""
COUNCIL = """\
第２回みどり市環境審議会 会議録
日時　令和4年12月20日（火）　午後2時から4時まで
出席者　田上会長　小森委員（欠席）　谷　剛委員（欠席）　岡委員
事務局　海野課長
配布資料　資料１　計画案
　資料２－１　意見一覧
（田上会長）資料２の１をご覧ください。
（海野課長）資料3の5ページです。予算資料は資料５ページにあります。
（岡委員）参考資料は古い。
"""


def test_a_plenary_tells_session_day_and_hours():
    """Session and date stand as printed; the hours are those at which it was opened and closed."""
    document, _ = read(PLENARY)
    sitting = document.sitting
    assert sitting.session == "令和４年第３回みどり市議会定例会"
    assert document.date_text == "令和４年９月２８日（水曜日）"
    assert (sitting.opened, sitting.adjourned) == (dt.time(10), dt.time(16, 30))


def test_the_absent_are_not_among_those_present():
    """A list of the absent and a mark beside a name both tell who was not there."""
    document, _ = read(PLENARY)
    assert [p.name for p in document.sitting.absentees] == ["海野 三郎"]
    assert [p.name for p in document.attendees] == ["田上一郎", "小森花子", "谷 剛"]
    document, _ = read(COUNCIL)
    assert [p.name for p in document.sitting.absentees] == ["小森", "谷 剛"]
    assert [p.name for p in document.attendees] == ["田上", "岡", "海野"]


def test_nobody_absent_is_nobody():
    """「欠席者　なし」 names no person."""
    document, _ = read(COUNCIL.replace("事務局　海野課長", "欠席者　なし\n事務局　海野課長"))
    assert "なし" not in [person.name for person in document.sitting.absentees]


def test_a_column_of_presence_parts_the_list():
    """In a table with a column 出欠, those marked 欠 are absent."""
    rows = [("役職", "氏名", "出欠"), ("会長", "田上　一郎", "出"), ("委員", "谷　剛", "欠")]
    lines = [Line("第２回審議会 議事録"), Line("出席者")]
    lines += [Line("\t".join(row), cells=row) for row in rows]
    lines += [Line("（会長）始めます。"), Line("（事務局）四割です。")]
    document, _ = understand(Source(tuple(lines)), DocumentId("a.docx"), "0")
    assert [person.name for person in document.attendees] == ["田上 一郎"]
    assert [person.name for person in document.sitting.absentees] == ["谷 剛"]


@pytest.mark.parametrize(
    ("printed", "opened", "adjourned"),
    [
        ("（開会　午前10時）", dt.time(10), dt.time(16)),
        ("開会時刻　14:05", dt.time(14, 5), dt.time(16)),
        ("（15:20　閉会）", dt.time(14), dt.time(15, 20)),
        ("午後五時半　閉議", dt.time(14), dt.time(17, 30)),
        ("正午散会", dt.time(14), dt.time(12)),
    ],
)
def test_hours_in_every_spelling(printed, opened, adjourned):
    """What the minutes tell wins over the planned span of the 日時 line."""
    document, _ = read(COUNCIL + printed + "\n")
    assert (document.sitting.opened, document.sitting.adjourned) == (opened, adjourned)


def test_papers_are_named_once():
    """The list of the head comes first with its words; 資料２の１ is 資料２－１, a page is none."""
    document, _ = read(COUNCIL)
    assert document.sitting.materials == (
        "資料１ 計画案",
        "資料２－１ 意見一覧",
        "資料3",
        "参考資料",
    )
    document, _ = read(PLENARY)
    assert document.sitting.materials == ("資料１", "資料No.2-1", "別紙")


@pytest.mark.parametrize(
    ("title", "session"),
    [
        ("みどり市議会　令和5年9月定例会会議録", "令和5年9月定例会"),
        ("みどり市議会9月議会　会議録", "9月議会"),
        ("平成三十年第二回みどり市議会臨時会会議録", "平成三十年第二回みどり市議会臨時会"),
        ("令和４年みどり市議会通年会期会議録", "令和４年みどり市議会通年会期"),
        ("第２回みどり市環境審議会 会議録", None),
    ],
)
def test_sessions(title, session):
    """A session is that of an assembly; the number of a council's meeting is none."""
    document, _ = read(COUNCIL.replace("第２回みどり市環境審議会 会議録", title))
    assert document.sitting.session == session
