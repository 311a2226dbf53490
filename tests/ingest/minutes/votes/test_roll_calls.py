"""Lists of votes by member (賛否一覧) as data, in whatever format and whichever way round."""

import openpyxl
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from index.passage import DocumentKind
from index.record import Cast
from ingest.isolation.in_process import read_document
from tests.ingest.lines import read
from tests.ingest.making import font

NAMES = ["青山一郎", "石田花子", "上村健", "江川さくら", "大野清", "加藤実"]
ROWS = [
    ["議案第30号", "令和6年度一般会計補正予算", "原案可決", *"○○○×○議"],
    ["議案第31号", "手数料条例の一部を改正する条例", "原案可決", *"○×○×○議"],
    ["請願第2号", "給食費の無償化を求める請願", "不採択", *"×○×○欠議"],
]
HEADS = ["議案番号", "件名", "結果", *NAMES]
TITLE = "令和6年第3回定例会　議案等の賛否一覧"
TRUE = [
    ("議案第30号", ["for", "for", "for", "against", "for", "presiding"]),
    ("議案第31号", ["for", "against", "for", "against", "for", "presiding"]),
    ("請願第2号", ["against", "for", "against", "for", "absent", "presiding"]),
]


def write_csv(path):
    """Write it as a program exports it."""
    rows = [[TITLE], HEADS, *ROWS]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")


def write_html(path):
    """Write it as a page of a town's site."""
    rows = [
        "<tr>" + "".join(f"<th>{cell}</th>" for cell in HEADS) + "</tr>",
        *("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS),
    ]
    above = f"<h1>{TITLE}</h1><p>○賛成　×反対</p>"
    page = f"<html><body>{above}<table>{''.join(rows)}</table></body></html>"
    path.write_text(page, encoding="utf-8")


def write_excel(path):
    """Write it with a head of two rows: groups above names."""
    book = openpyxl.Workbook()
    sheet = book.active
    groups = [*HEADS[:3], "緑政会", None, None, "みどりの会", None, None]
    for row in ([TITLE], groups, [None, None, None, *NAMES], *ROWS):
        sheet.append(row)
    for merged in ("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2"):
        sheet.merge_cells(merged)
    book.save(path)


def write_pdf(path):
    """Write it ruled, the names set downwards."""
    heads = [*HEADS[:3], *("\n".join(name) for name in NAMES)]
    style = [("FONTNAME", (0, 0), (-1, -1), font()), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    titled = [[TITLE, *[""] * 8], heads, *ROWS]
    table = Table(titled[1:], style=TableStyle(style))
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([table])


def calls_of(path):
    """Return each matter of a file with how its members voted."""
    document, passages = read_document(path, path.name, "0" * 64)
    assert document.kind is DocumentKind.REPORT
    return document.sitting.roll_calls, passages


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", write_csv), ("a.html", write_html), ("a.xlsx", write_excel), ("a.pdf", write_pdf)],
)
def test_a_list_is_read_in_any_format(tmp_path, name, write):
    """Each matter with each member's sign, and the row stands in a passage with its heads."""
    write(tmp_path / name)
    calls, passages = calls_of(tmp_path / name)
    assert [(call.item, [each.cast.value for each in call.members]) for call in calls] == TRUE
    assert [each.name for each in calls[0].members] == NAMES
    told = passages[calls[1].members[0].passage].text
    assert "江川さくら" in told
    assert "手数料条例" in told
    assert "議案第30号" not in told


def test_members_may_be_the_rows():
    """Then the matters stand above, and a member's votes are in one row."""
    document, _ = read(
        "採決の賛否一覧\n"
        "議席\t氏名\t議案第1号\t議案第2号\n1\t青山一郎\t○\t×\n2\t石田花子\t○\t○\n3\t上村健\t退\t○\n"
    )
    told = {
        call.item: [(each.name, each.cast) for each in call.members]
        for call in document.sitting.roll_calls
    }
    assert told["議案第2号"] == [
        ("青山一郎", Cast.AGAINST),
        ("石田花子", Cast.FOR),
        ("上村健", Cast.FOR),
    ]
    assert told["議案第1号"][2] == ("上村健", Cast.LEFT)


SIDES = {
    "sides of one matter": (
        "議案第5号　町道の認定について\n"
        "氏名\t賛成\t反対\n青山一郎\t○\t\n石田花子\t\t○\n上村健\t○\t－\n江川さくら\t○\n"
    ),
    "sides, with seats, those who did not vote as well": (
        "議案第5号　町道の認定について\n"
        "議席\t議員名\t賛　成\t反　対\t退席\n1\t青山一郎\t○\t\t\n2\t石田花子\t\t○\t\n"
        "3\t上村健\t○\t\t\n4\t江川さくら\t○\t\t\n"
    ),
    "words": (
        "議案第5号　町道の認定について\n"
        "氏名\t賛否\n青山一郎\t賛成\n石田花子\t反対\n上村健\t賛成\n江川さくら\t賛成\n"
    ),
    "words under matters": (
        "氏名\t議案第4号\t議案第5号　町道の認定について\n青山一郎\t反対\t賛成\n"
        "石田花子\t反対\t反対\n上村健\t棄権\t賛成\n江川さくら\t反対\t賛成\n"
    ),
    "words under members": (
        "議案\t件名\t青山一郎\t石田花子\t上村健\t江川さくら\n"
        "議案第5号\t町道の認定について\t賛成\t反対\t賛成\t賛成\n"
    ),
    "sides under matters": (
        "氏名\t議案第4号\t議案第4号\t議案第5号　町道の認定について\t議案第5号　町道の認定について\n"
        "氏名\t賛成\t反対\t賛成\t反対\n青山一郎\t\t○\t○\t\n石田花子\t\t○\t\t○\n"
        "上村健\t○\t\t○\t\n江川さくら\t○\t\t○\t\n"
    ),
}


@pytest.mark.parametrize("form", SIDES)
def test_words_and_sides_say_it_as_signs_do(form):
    """A mark under 反対 is a vote against, whichever mark; the matter may stand above the table."""
    document, _ = read(f"みどり町議会　採決の賛否一覧\n{SIDES[form]}")
    call = next(c for c in document.sitting.roll_calls if c.item == "議案第5号")
    assert call.title == "町道の認定について"
    assert [(each.name, each.cast.value) for each in call.members] == [
        ("青山一郎", "for"),
        ("石田花子", "against"),
        ("上村健", "for"),
        ("江川さくら", "for"),
    ]


def test_marks_on_both_sides_and_tables_without_a_matter_tell_nothing():
    """Nor does a list of two matters above one table."""
    table = "氏名\t賛成\t反対\n青山一郎\t○\t○\n石田花子\t\t○\n上村健\t○\t\n江川さくら\t○\t\n"
    for above in ("町のアンケート　賛否一覧", "賛否一覧\n議案第5号及び議案第6号について"):
        document, _ = read(f"{above}\n{table}")
        assert document.sitting is None or not document.sitting.roll_calls
    document, _ = read(f"賛否一覧\n議案第5号　町道の認定について\n{table}")
    (call,) = document.sitting.roll_calls
    assert "青山一郎" not in {each.name for each in call.members}


def roll_call(legend, marks, counts=("", "")):
    """Return how members voted in a list of one matter."""
    heads = "\t".join(["議案", "件名", "賛成", "反対", *NAMES[:4]])
    row = "\t".join(["議案第5号", "町道の認定", *counts, *marks])
    other = "\t".join(["議案第6号", "町道の廃止", "", "", *"○○○○"])
    document, _ = read(f"賛否一覧\n{legend}\n{heads}\n{row}\n{other}\n")
    calls = {call.item: call.members for call in document.sitting.roll_calls}
    return {each.name: each.cast for each in calls.get("議案第5号", ())}


def test_the_legend_says_what_a_sign_means():
    """● is against here and △ absent; without a legend neither means anything."""
    told = roll_call("○…賛成　●…反対　△…欠席", "○●△○")
    assert [told[name] for name in NAMES[:4]] == [Cast.FOR, Cast.AGAINST, Cast.ABSENT, Cast.FOR]
    assert set(roll_call("議員の表決", "○●○○")) == {"青山一郎", "上村健", "江川さくら"}


def test_a_list_that_contradicts_itself_tells_nothing():
    """The counts printed beside the signs are checked."""
    assert roll_call("○賛成　×反対", "○×○○", counts=("3", "1"))
    assert not roll_call("○賛成　×反対", "○×○○", counts=("4", "0"))


def test_an_amendment_and_the_bill_are_two_matters():
    """Who was for the amendment was not for the bill by that."""
    heads = "\t".join(["議案", "件名", *NAMES[:3]])
    text = (
        f"賛否一覧\n{heads}\n"
        "議案第5号\t議案第5号に対する修正案\t○\t×\t×\n議案第5号\t一般会計予算\t×\t○\t○\n"
    )
    document, _ = read(text)
    assert [[each.mark for each in call.members] for call in document.sitting.roll_calls] == [
        ["○", "×", "×"],
        ["×", "○", "○"],
    ]


def test_signs_in_another_table_are_no_votes(tmp_path):
    """A list of rooms has ○ as well: it is no list of votes, and its rows stay together."""
    rows = ("名称,駐車場,授乳室,和室", "北館,○,×,○", "南館,○,○,×", "東館,×,×,○")
    path = tmp_path / "施設.csv"
    path.write_text("施設の一覧\n" + "\n".join(rows), encoding="utf-8")
    document, passages = read_document(path, path.name, "0" * 64)
    assert document.sitting is None
    assert len([passage for passage in passages if "\t" in passage.text]) == 1


def test_the_list_behind_minutes_is_of_their_sitting(tmp_path):
    """Each row stands with the names, nobody speaks it, and the chair's words tell the result."""
    said = (
        "令和6年第3回みどり町議会定例会会議録",
        "令和6年9月20日（金曜日）午前10時開議",
        "○議長（加藤実君）　議案第30号を採決します。賛成の方の起立を求めます。",
        "○議長（加藤実君）　起立多数です。よって、議案第30号は原案のとおり可決されました。",
        "午前11時散会",
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADS, *ROWS]
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in said)
    path = tmp_path / "会議録.html"
    page = f"<html><body>{paragraphs}<h2>賛否一覧</h2><table border=1>{rows}</table></body></html>"
    path.write_text(page, encoding="utf-8")
    document, passages = read_document(path, path.name, "0" * 64)
    assert document.kind is DocumentKind.MINUTES
    calls = document.sitting.roll_calls
    assert [(call.item, [each.cast.value for each in call.members]) for call in calls] == TRUE
    listed = [passage for passage in passages if "\t" in passage.text]
    assert [passage.speaker for passage in listed] == [None] * 3
    assert {passage.text.split("\n")[0] for passage in listed} == {"\t".join(HEADS)}
    first = next(vote for vote in document.sitting.votes if vote.item == "議案第30号")
    assert "起立多数" in passages[first.passage].text


def test_a_bare_number_under_its_head_is_a_bill():
    """A petition in the same list has a count of its own, and keeps only its title."""
    heads = "\t".join(["議案番号", "件　　名", "議決結果", *NAMES[:4]])
    rows = [
        "\t".join(["30", "町道の認定について", "可決", *"○○○×"]),
        "\t".join(["2", "給食費の無償化を求める請願", "不採択", *"×○××"]),
    ]
    document, _ = read("\n".join(["令和6年第3回定例会　賛否一覧", heads, *rows]))
    assert [(call.item, call.title) for call in document.sitting.roll_calls] == [
        ("議案第30号", "町道の認定について"),
        (None, "給食費の無償化を求める請願"),
    ]
    assert [(v.item, v.result) for v in document.sitting.votes] == [("議案第30号", "可決")]
