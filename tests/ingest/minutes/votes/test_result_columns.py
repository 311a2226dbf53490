"""Results that stand apart from their bills: below each, or in a column behind all of them."""

import pytest

from ingest.isolation.in_process import read_document
from tests.ingest.lines import read
from tests.ingest.making import canvas

TITLE = "令和6年第3回定例会　議決結果一覧"
BILLS = [
    ("議案第30号", "令和6年度一般会計補正予算"),
    ("議案第31号", "手数料条例の一部を改正する条例"),
    ("議案第32号", "町道の認定について"),
    ("請願第2号", "給食費の無償化を求める請願"),
]
RESULTS = ["原案可決", "原案可決", "否決", "不採択"]
MANNERS = ["全会一致", "賛成多数", "賛成少数", "賛成少数"]
WHOLE = [f"{number}　{title}" for number, title in BILLS]
NUMBERS, TITLES = ([bill[at] for bill in BILLS] for at in (0, 1))


def votes(lines):
    """Return number, title, result and manner of each vote of a paper of these lines."""
    document, _ = read("\n".join([TITLE, *lines]))
    found = document.sitting.votes if document.sitting else ()
    return [(vote.item, vote.title, vote.result, vote.manner) for vote in found]


TRUE = [
    (*bill, *told) for bill, told in zip(BILLS, zip(RESULTS, MANNERS, strict=True), strict=True)
]
FORMS = {
    "a column of each": [*WHOLE, *RESULTS, *MANNERS],
    "with heads": ["件名", *WHOLE, "議決結果", *RESULTS, "採決の方法", *MANNERS],
    "numbers, titles, results": ["番号", *NUMBERS, "件名", *TITLES, "結果", *RESULTS, *MANNERS],
    "below each": [line for row in zip(WHOLE, RESULTS, MANNERS, strict=True) for line in row],
    "all of each below the other": [
        line for row in zip(NUMBERS, TITLES, RESULTS, MANNERS, strict=True) for line in row
    ],
    "titles of two lines": [
        *(line for number, title in BILLS for line in (f"{number}　{title[:6]}", title[6:])),
        *RESULTS,
        *MANNERS,
    ],
}


@pytest.mark.parametrize("form", FORMS)
def test_each_result_is_that_of_its_bill(form):
    """However the columns were drawn."""
    found = votes(FORMS[form])
    assert [(item, result, manner) for item, _, result, manner in found] == [
        (item, result, manner) for item, _, result, manner in TRUE
    ]
    if form != "titles of two lines":
        assert found == TRUE


@pytest.mark.parametrize(
    "lines",
    [
        [*WHOLE, *RESULTS[:3]],
        [*WHOLE, *RESULTS, "承認"],
        [*WHOLE[:3], *RESULTS],
        [*WHOLE, "以上、審議の結果を報告する。", *RESULTS],
    ],
)
def test_where_there_are_not_as_many_nothing_is_joined(lines):
    """A result would stand with another's bill."""
    assert not any(item for item, *_ in votes(lines))


def test_no_line_is_lost():
    """The heads between the columns stand above the rows."""
    _, passages = read("\n".join([TITLE, *FORMS["numbers, titles, results"]]))
    said = "\n".join(passage.text for passage in passages)
    assert all(said.count(word) == 1 for word in (*NUMBERS, *TITLES, "件名", "結果\n"))
    assert "議案第31号\t手数料条例の一部を改正する条例\t原案可決\t賛成多数" in said


def test_a_pdf_drawn_column_by_column(tmp_path):
    """Its text has the bills first, and the page no rules; what stands on one line is one row."""
    drawn = canvas(tmp_path / "a.pdf")
    drawn.drawString(60, 780, TITLE)
    for x, cells in ((60, WHOLE), (340, RESULTS), (440, MANNERS)):
        for row, cell in enumerate(cells):
            drawn.drawString(x, 740 - 20 * row, cell)
    drawn.save()
    document, passages = read_document(tmp_path / "a.pdf", "a.pdf", "0" * 64)
    found = [(v.item, v.title, v.result, v.manner) for v in document.sitting.votes]
    assert found == TRUE
    assert document.coverage == 1
    assert "議案第32号　町道の認定について\t否決\t賛成少数" in passages[-1].text
