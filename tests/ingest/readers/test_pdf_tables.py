import pytest
from reportlab.lib.pagesizes import A4

from index.passage import DocumentId, PassageKind
from ingest.readers.find import read_source
from ingest.readers.pdf.tables import page_tables
from ingest.understand import understand
from tests.ingest.making import canvas

HEIGHT = A4[1]
EDGES = (40, 150, 230, 310, 400, 480)
HEADS = ("目", "本年度", "前年度", "節", "金額")


def draw_rules(drawn, edges, tops):
    """Draw all rules of a table."""
    for top in tops:
        drawn.line(edges[0], HEIGHT - top, edges[-1], HEIGHT - top)
    for edge in edges:
        drawn.line(edge, HEIGHT - tops[0], edge, HEIGHT - tops[-1])


def draw_cell(drawn, place, text, edges=EDGES, *, right=False):
    """Draw the words of a cell; ``place`` is its column, and where they stand from the top."""
    column, top = place
    drawn.setFont("mincho", 9)
    if right:
        drawn.drawRightString(edges[column + 1] - 3, HEIGHT - top, text)
    else:
        drawn.drawString(edges[column] + 3, HEIGHT - top, text)


def rows_of(path):
    """Return the cells of the rows of a file, heads first."""
    return [line.cells for line in read_source(path).lines if line.cells]


def passages_of(path):
    """Return the passages of a file that hold rows."""
    _, passages = understand(read_source(path), DocumentId(path.name), "0")
    return [passage for passage in passages if passage.kind is PassageKind.TABLE]


def write_budget(path, pages=1):
    """Write a page of a budget: a 目 is one ruled row, its 節 stand line by line in it."""
    drawn = canvas(path)
    for page in range(pages):
        drawn.setFont("mincho", 9)
        drawn.drawString(400, HEIGHT - 50, "（単位：千円）")
        draw_rules(drawn, EDGES, (60, 80, 140, 180))
        for column, head in enumerate(HEADS):
            draw_cell(drawn, (column, 74), head)
        # column by column, as some programs draw; the label is wrapped
        draw_cell(drawn, (0, 94), "1 児童福祉総")
        draw_cell(drawn, (0, 110), "務費")
        draw_cell(drawn, (0, 154), f"2 保育所費{page}")
        for column, figures in enumerate((("1,200", "8,400"), ("△950", "8,100")), start=1):
            draw_cell(drawn, (column, 94), figures[0], right=True)
            draw_cell(drawn, (column, 154), figures[1], right=True)
        for row, (kind, amount) in enumerate(
            (("1 報酬", "700"), ("8 旅費", "80"), ("12 委託料", "420"))
        ):
            draw_cell(drawn, (3, 94 + 16 * row), kind)
            draw_cell(drawn, (4, 94 + 16 * row), amount, right=True)
        draw_cell(drawn, (3, 154), "12 委託料")
        draw_cell(drawn, (4, 154), "8,400", right=True)
        drawn.showPage()
    drawn.save()
    return path


def test_each_amount_in_a_tall_cell_is_a_row_under_its_label(tmp_path):
    """節 by 節, with the 目 that they belong to; its own amount stands once."""
    rows = rows_of(write_budget(tmp_path / "a.pdf"))
    assert rows == [
        HEADS,
        ("1 児童福祉総務費", "1,200", "△950", "1 報酬", "700"),
        ("1 児童福祉総務費", "", "", "8 旅費", "80"),
        ("1 児童福祉総務費", "", "", "12 委託料", "420"),
        ("2 保育所費0", "8,400", "8,100", "12 委託料", "8,400"),
    ]


def test_every_page_of_a_table_has_unit_and_heads(tmp_path):
    """Heads that each page repeats are no running heads, and stand with the rows of each."""
    passages = passages_of(write_budget(tmp_path / "a.pdf", pages=4))
    for page in range(4):
        home = next(passage for passage in passages if f"2 保育所費{page}" in passage.text)
        assert "（単位：千円）\n目\t本年度\t前年度\t節\t金額\n" in home.text


def test_heads_of_two_rows_and_merged_cells_are_filled_in(tmp_path):
    """A cell merged down stands in each of its rows, one merged across over each of its columns."""
    edges = (40, 160, 260, 340, 420)
    drawn = canvas(tmp_path / "a.pdf")
    for top in (60, 100, 140):
        drawn.line(40, HEIGHT - top, 420, HEIGHT - top)
    drawn.line(260, HEIGHT - 80, 420, HEIGHT - 80)
    drawn.line(160, HEIGHT - 120, 420, HEIGHT - 120)
    for edge in edges:
        drawn.line(edge, HEIGHT - (80 if edge == 340 else 60), edge, HEIGHT - 140)
    cells = [
        (0, 84, "施設"),
        (1, 84, "室"),
        (2, 74, "使用料（円）"),
        (2, 94, "午前"),
        (3, 94, "午後"),
    ]
    cells += [(0, 124, "北浜公民館"), (1, 114, "会議室"), (1, 134, "和室")]
    cells += [(2, 114, "500"), (3, 114, "700"), (2, 134, "400"), (3, 134, "600")]
    for column, top, text in cells:
        draw_cell(drawn, (column, top), text, edges)
    drawn.save()
    assert rows_of(tmp_path / "a.pdf") == [
        ("施設", "室", "使用料（円） / 午前", "使用料（円） / 午後"),
        ("北浜公民館", "会議室", "500", "700"),
        ("北浜公民館", "和室", "400", "600"),
    ]


def test_an_amount_too_wide_for_its_column_stays_whole(tmp_path):
    """It begins in the column before its own: half of an amount would be a wrong amount."""
    edges = (40, 140, 180, 220)
    drawn = canvas(tmp_path / "a.pdf")
    draw_rules(drawn, edges, (60, 80, 100, 120))
    table = (("区分", "予算", "決算"), ("市税", "12", "7,123,456,789"), ("市債", "3", "45"))
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            draw_cell(drawn, (column, 74 + 20 * row), text, edges, right=column > 0)
    drawn.save()
    assert rows_of(tmp_path / "a.pdf") == list(table)


@pytest.mark.parametrize("rules", ["none", "rows"])
def test_empty_cells_of_a_table_without_columns_rules_stay_empty(tmp_path, rules):
    """Only its place says which column a figure belongs to."""
    edges = (40, 160, 260, 360, 460)
    table = [
        ("地区", "人口", "世帯", "転入"),
        *[(f"第{n}区", "1,204", "", f"{n}0") for n in range(2, 5)],
    ]
    table += [("第５区", "", "803", "12")] + [(f"第{n}区", "998", "402", "7") for n in range(6, 9)]
    drawn = canvas(tmp_path / "a.pdf")
    for column in range(4):
        for row, cells in enumerate(table):
            draw_cell(drawn, (column, 74 + 20 * row), cells[column], edges, right=column > 0)
    for row in range(len(table) + 1 if rules == "rows" else 0):
        drawn.line(40, HEIGHT - 60 - 20 * row, 460, HEIGHT - 60 - 20 * row)
    drawn.save()
    assert rows_of(tmp_path / "a.pdf") == table


def test_prose_in_two_ruled_columns_is_no_table_of_data(tmp_path):
    """Boxes around text make no rows of it."""
    edges = (40, 290, 540)
    drawn = canvas(tmp_path / "a.pdf")
    draw_rules(drawn, edges, (60, 300, 540))
    for box in range(4):
        for row in range(13):
            text = f"{box}の{row}は会議で説明のあった内容で、額は {row}00円"
            draw_cell(drawn, (box % 2, 80 + 18 * row + 240 * (box // 2)), text, edges)
    drawn.save()
    assert rows_of(tmp_path / "a.pdf") == []


def test_cells_of_wrapped_words_beside_a_label_are_one_row(tmp_path):
    """Several tall cells in a row that rules part from the next are still one row."""
    edges = (40, 140, 260, 380, 460)
    drawn = canvas(tmp_path / "a.pdf")
    draw_rules(drawn, edges, (60, 80, 160, 240))
    heads = ("施策", "内容", "方針", "所管")
    rows = [[f"{word}{n}の{'取組を続ける' * 6}" for word in ("内容", "方針")] for n in (1, 2)]
    for column, head in enumerate(heads):
        draw_cell(drawn, (column, 74), head, edges)
    for number, texts in enumerate(rows):
        draw_cell(drawn, (0, 94 + 80 * number), f"施策{number}", edges)
        draw_cell(drawn, (3, 94 + 80 * number), "福祉課", edges)
        for column, text in enumerate(texts, start=1):
            for row, start in enumerate(range(0, len(text), 10)):
                place = (column, 94 + 80 * number + 15 * row)
                draw_cell(drawn, place, text[start : start + 10], edges)
    drawn.save()
    assert rows_of(tmp_path / "a.pdf") == [
        heads,
        *[(f"施策{number}", *texts, "福祉課") for number, texts in enumerate(rows)],
    ]


def test_a_page_whose_rules_make_no_sense_is_read_without_them(tmp_path, monkeypatch):
    """A fault in finding tables costs the rows of that page, not its words."""

    def fail(rules):
        raise AssertionError(rules)

    path = write_budget(tmp_path / "a.pdf")
    monkeypatch.setattr(page_tables, "ruled_tables", fail)
    text = "\n".join(line.text for line in read_source(path).lines)
    assert all(word in text for word in ("1 児童福祉総", "務費", "12 委託料", "△950"))


def test_explanations_keep_their_own_amounts_and_their_words_together(tmp_path):
    """説明: a project's name is not run into its first item, a wrapped remark is one remark."""
    edges = (40, 140, 200, 330, 430)
    drawn = canvas(tmp_path / "a.pdf")
    draw_rules(drawn, edges, (60, 80, 150))
    heads = ("目", "予算額", "説明", "備考")
    for column, head in enumerate(heads):
        draw_cell(drawn, (column, 74), head, edges)
    draw_cell(drawn, (0, 94), "1 予防費", edges)
    draw_cell(drawn, (1, 94), "900", edges, right=True)
    items = (("○接種事業", ""), ("委託料", "600"), ("医薬材料費", "250"), ("通信費", "50"))
    for row, (name, amount) in enumerate(items):
        draw_cell(drawn, (2, 94 + 15 * row), name, edges)
        draw_cell(drawn, (2, 94 + 15 * row), amount, edges, right=True)
    draw_cell(drawn, (3, 94), "国の補助金を充てる", edges)
    draw_cell(drawn, (3, 109), "見込み", edges)
    drawn.save()
    label = "1 予防費"
    assert rows_of(tmp_path / "a.pdf") == [
        heads,
        (label, "900", "", "国の補助金を充てる見込み"),
        (label, "", "○接種事業\u3000委託料\u3000600", ""),
        (label, "", "医薬材料費\u3000250", ""),
        (label, "", "通信費\u300050", ""),
    ]
