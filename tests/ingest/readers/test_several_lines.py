"""Cells with several lines, each with its own amount: a row for each of them."""

import openpyxl

from ingest.isolation.in_process import read_document

HEADS = ["目", "本年度", "節", "金額", "説明"]


def rows_of(path):
    """Return the rows of the tables of a file, as their passages hold them."""
    document, passages = read_document(path, path.name, "0" * 64)
    assert document.coverage == 1.0
    return [line.split("\t") for p in passages for line in p.text.split("\n") if "\t" in line]


def test_lines_of_two_cells_that_go_together_are_rows(tmp_path):
    """節 and 金額 line by line; what stands once is repeated, and 同上 is told."""
    book = openpyxl.Workbook()
    for row in (
        ["令和6年度一般会計予算"],
        HEADS,
        ["一般管理費", "150", "報酬\n旅費", "120\n30", "委員報酬　120\n費用弁償　30"],
        ["文書費", "80", "役務費", "80", "郵便料　50\n電話料　30"],
        ["会計費", "20", "同上", "20", "〃"],
    ):
        book.active.append(row)
    book.save(tmp_path / "予算.xlsx")
    assert rows_of(tmp_path / "予算.xlsx") == [
        HEADS,
        ["一般管理費", "150", "報酬", "120", "委員報酬　120"],
        ["一般管理費", "150", "旅費", "30", "費用弁償　30"],
        ["文書費", "80", "役務費", "80", "郵便料　50"],
        ["文書費", "80", "役務費", "80", "電話料　30"],
        ["会計費", "20", "同上（役務費）", "20", "〃"],
    ]


def test_a_page_sets_them_with_line_breaks(tmp_path):
    """Lines that only wrap a name, or do not go with each other, stay one row."""
    rows = (
        "<tr><td>公園管理<br>街路樹剪定</td><td>500千円<br>300千円</td><td>委託料</td></tr>"
        "<tr><td>広報<br>（町だより）</td><td>400千円</td><td>同上</td></tr>"
        "<tr><td>研修<br>会議<br>視察</td><td>90千円<br>60千円</td><td>旅費</td></tr>"
    )
    heads = "<tr><th>事業</th><th>予算額</th><th>節</th></tr>"
    path = tmp_path / "a.html"
    page = f"<html><body><h1>予算の概要</h1><table>{heads}{rows}</table></body></html>"
    path.write_text(page, encoding="utf-8")
    assert rows_of(path)[1:] == [
        ["公園管理", "500千円", "委託料"],
        ["街路樹剪定", "300千円", "委託料"],
        ["広報 （町だより）", "400千円", "同上（委託料）"],
        ["研修 会議 視察", "90千円 60千円", "旅費"],
    ]
