"""A history as CSV."""

import csv
import dataclasses
import io

import pytest

from bot.handout.table import harmless, table
from tests.bot.handout.histories import history_of
from tests.bot.history import past_meetings
from tests.index.making import minutes

JA = [
    *("年月日", "会議", "件名", "資料", "ページ", "発言者", "質問者"),
    *("発言（原文）", "決定", "リンク", "今後の対応"),
]


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Give the history of the bicycle park."""
    return history_of("駐輪場", past_meetings.ALL, tmp_path_factory.mktemp("past"))


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_entry_and_each_vote_is_a_line(history):
    """Under heads in the language of the history, with a mark by which Excel knows UTF-8."""
    content = table(history)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = rows_of(content)
    entries = sum(len(meeting.entries) + len(meeting.decided) for meeting in history.meetings)
    assert len(rows) == entries
    assert list(rows[0]) == JA
    said = next(row for row in rows if row["発言者"] == "土木課長")
    assert (said["年月日"], said["会議"], said["質問者"]) == (
        "2021-06-10",
        "総務委員会",
        "谷口委員",
    )
    assert said["ページ"] == "2"
    assert said["今後の対応"] == "来年度に増設を検討してまいります。"
    voted = next(row for row in rows if row["決定"])
    assert "原案のとおり可決 (賛成多数, 14–3)" in voted["決定"]
    assert voted["発言（原文）"] == ""
    english = rows_of(table(dataclasses.replace(history, language="en")))
    assert english[0]["Words (as printed)"] == rows[0]["発言（原文）"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81", "-5度", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝１", "\u200e=1"]
)
def test_what_begins_like_a_formula_is_made_harmless(cell):
    """Also behind white space and what is not seen."""
    assert harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["五百=千の半分", "3-1番", "", "a@b.example"])
def test_all_else_stays_as_it_is(cell):
    """A sign within a text is none of a formula."""
    assert harmless(cell) == cell


def test_a_quote_with_commas_quotes_and_lines_comes_back_whole(tmp_path):
    """However a document writes it; a name that is a formula, too."""
    said = '駐輪場は、"無料"です。\n=HYPERLINK("https://evil.example")とも言います。'
    turns = [("=cmd|' /C calc'!A0", past_meetings.SAY, said, None)]
    document = minutes("一.txt", "2023-03-20", turns)
    (row,) = rows_of(table(history_of("駐輪場", [document], tmp_path)))
    assert row["発言（原文）"] == said
    assert row["発言者"].startswith("'=")
