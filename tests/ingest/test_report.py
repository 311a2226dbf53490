from index.passage import DocumentKind, PassageKind
from ingest.report import read_report
from ingest.source import Line
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
