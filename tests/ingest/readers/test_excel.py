"""Excel files: what the sheets show, which rows are tables, what is hidden, and bad files."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from index.errors import ReadingError
from index.passage import DocumentId, DocumentKind
from ingest.readers.excel.reader import ExcelReader
from ingest.readers.find import read_source
from ingest.understand import understand


def write(path, build, name="歳入"):
    """Write a workbook whose first sheet ``build`` fills."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = name
    build(sheet)
    workbook.save(path)
    return path


def fill(*rows):
    """Return what fills a sheet with rows, ``None`` for a blank one."""

    def build(sheet):
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row or (), start=1):
                if value is not None:
                    sheet.cell(number, column, value)

    return build


def read(tmp_path, build, name="歳入"):
    """Return what is read of a workbook of one sheet."""
    return read_source(write(tmp_path / "a.xlsx", build, name))


def shape(source):
    """Return the lines as cells where they have any, else as text."""
    return [line.cells or line.text for line in source.lines]


SHEET = "xl/worksheets/sheet1.xml"
BUDGET = (("款", "本年度", "前年度"), ("市税", 4390, 4310), ("交付税", 4720, 4655))


def test_a_table_stands_below_its_title_and_above_its_note(tmp_path):
    """The sheet is a heading; titles, units and notes are words; rows have cells and places."""
    rows = [("令和5年度歳入",), (None, None, "（単位：千円）"), *BUDGET, ("※　決算は見込み。",)]
    source = read(tmp_path, fill(*rows))
    assert shape(source) == [
        "歳入",
        "令和5年度歳入",
        "（単位：千円）",
        ("款", "本年度", "前年度"),
        ("市税", "4390", "4310"),
        ("交付税", "4720", "4655"),
        "※　決算は見込み。",
    ]
    assert [line.level for line in source.lines] == [1, None, None, None, None, None, None]
    assert [line.header for line in source.lines] == [
        False,
        False,
        False,
        True,
        False,
        False,
        False,
    ]
    assert [line.locator.row for line in source.lines] == [None, 1, 2, 3, 4, 5, 6]
    assert {line.locator.sheet for line in source.lines} == {"歳入"}
    assert source.lines[4].text == "市税\t4390\t4310"


def test_heads_of_several_rows_become_one(tmp_path):
    """Merged heads stand over each of their columns: 歳入 / 市税."""

    def build(sheet):
        rows = [("年度", "歳入", None, "歳出"), (None, "市税", "国税", None), ("令和4", 10, 20, 5)]
        fill(*rows, ("令和5", 11, 21, 6))(sheet)
        for merged in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(merged)

    lines = read(tmp_path, build).lines[1:]
    assert lines[0].cells == ("年度", "歳入 / 市税", "歳入 / 国税", "歳出")
    assert (lines[0].locator.row, lines[0].locator.last_row) == (1, 2)
    assert [line.header for line in lines] == [True, False, False]
    assert lines[2].cells == ("令和5", "11", "21", "6")


def test_cells_merged_downwards_hold_for_each_row_and_those_across_stand_once(tmp_path):
    """A row of a table means nothing without the cell that reaches into it."""

    def build(sheet):
        rows = [
            ("款", "項", "額"),
            ("総務費", "管理費", 10),
            (None, "徴税費", 20),
            ("合計", None, 30),
        ]
        fill(*rows)(sheet)
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:B4")

    cells = [line.cells for line in read(tmp_path, build).lines[1:]]
    assert cells[2:] == [("総務費", "徴税費", "20"), ("合計", "", "30")]


def test_two_tables_on_a_sheet_have_their_own_heads(tmp_path):
    """Blank rows, or a title between figures and heads, part tables."""
    other = (("区分", "人数"), ("職員", 12), ("委員", 20))
    for gap in ([None], []):
        source = read(tmp_path, fill(*BUDGET, *gap, ("職員数",), *other))
        heads = [line.cells for line in source.lines if line.header]
        assert heads == [BUDGET[0], other[0]]
        assert "職員数" in shape(source)


def test_a_blank_row_inside_a_table_does_not_end_it(tmp_path):
    """Rows of figures under the same columns belong to the table before the gap."""
    source = read(tmp_path, fill(*BUDGET, None, ("合計", 9110, 8965)))
    assert shape(source)[-1] == ("合計", "9110", "8965")


def test_values_are_shown_as_on_the_sheet(tmp_path):
    """Units, shares, signs, eras and hours that exist only in the format are read."""
    day = dt.datetime(2023, 4, 1)  # noqa: DTZ001 (Excel knows no time zones)
    cells = [
        (1234567, '#,##0"千円"', "1,234,567千円"),
        (0.125, "0.0%", "12.5%"),
        (-5, '#,##0;"△"#,##0', "△5"),
        (day, '[$-411]ggge"年"m"月"d"日"', "令和5年4月1日"),
        (day, "mm-dd-yy", "2023/4/1"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        ("ｶﾅ", "@", "ｶﾅ"),
    ]

    def build(sheet):
        for row, (value, number_format, _) in enumerate(cells, start=1):
            sheet.cell(row, 1, value).number_format = number_format

    assert shape(read(tmp_path, build))[1:] == [shown for _, _, shown in cells]


def test_dates_in_formats_known_by_number_only_are_dates(tmp_path):
    """Japanese Excel names some date formats by a number that no file explains."""
    path = write(tmp_path / "a.xlsx", lambda sheet: sheet.append([45017]))
    change(path, "xl/styles.xml", b'<xf numFmtId="0"', b'<xf numFmtId="28"')
    assert shape(read_source(path))[1:] == ["令和5年4月1日"]


def test_formulas_without_a_value_are_counted(tmp_path):
    """A file made by a program has formulas that nobody calculated: a warning says how many."""
    source = read(tmp_path, fill(("計", "=1+1"), ("平均", "=2/2")))
    assert any(told.startswith("2 formulas were never calculated") for told in source.warnings)
    assert read(tmp_path, fill(("計", 2))).warnings == ()


def test_text_that_begins_like_a_formula_stays_text(tmp_path):
    """What a cell holds as text is never calculated."""

    def build(sheet):
        sheet["A1"] = "=HYPERLINK(1)"
        sheet["A1"].data_type = "s"
        sheet["A2"] = "+81-3"

    assert shape(read(tmp_path, build))[1:] == ["=HYPERLINK(1)", "+81-3"]


def test_what_is_hidden_is_read_and_told(tmp_path):
    """Hidden sheets, rows and columns are read; each is named in a warning."""

    def build(sheet):
        fill(*BUDGET)(sheet)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = sheet.parent.create_sheet("控え")
        other["A1"] = "内部用の控え"
        other.sheet_state = "hidden"

    source = read(tmp_path, build)
    assert ("市税", "4390", "4310") in shape(source)
    assert "内部用の控え" in shape(source)
    assert len(source.warnings) == 3
    assert "1 rows of the sheet 歳入" in source.warnings[0]
    assert "1 columns of the sheet 歳入" in source.warnings[1]
    assert "the sheet 控え is hidden" in source.warnings[2]


def test_comments_follow_the_table(tmp_path):
    """A comment is read with its cell's name, after the table, which stays in one piece."""

    def build(sheet):
        fill(*BUDGET)(sheet)
        sheet["B2"].comment = Comment("増税による。", "財政課")

    line = read(tmp_path, build).lines[-1]
    assert line.text == "コメント（B2）　増税による。"
    assert (line.locator.sheet, line.locator.row) == ("歳入", 2)


def test_what_excel_puts_before_a_threaded_comment_is_left_out(tmp_path):
    """Newer comments come with a notice for older versions; only their words are read."""
    notice = (
        "[Threaded comment]\n\nYour version allows you to read this.\n\nComment:\n    増税による。"
    )

    def build(sheet):
        fill(*BUDGET)(sheet)
        sheet["B2"].comment = Comment(notice, "財政課")

    assert read(tmp_path, build).lines[-1].text == "コメント（B2）　増税による。"


def test_years_are_heads_and_escapes_are_characters(tmp_path):
    """2023 above figures names a column; _x3042_ is how Excel keeps a character in XML."""
    rows = (("区分", 2023, 2024), ("_x5E02_税", 10_000, 12_000), ("市債", 3_000, 2_000))
    lines = read(tmp_path, fill(*rows)).lines
    assert (lines[-3].cells, lines[-3].header) == (("区分", "2023", "2024"), True)
    assert lines[-2].cells[0] == "市税"


def test_squared_paper_reads_as_lines(tmp_path):
    """Minutes typed into merged cells of a fine grid are understood as minutes."""
    turns = [
        ("○議長（中嶋太郎）", "ただいまから会議を開きます。"),
        ("○石田花子委員", "保育所の待機児童は何人か伺います。"),
        ("○子育て支援課長（森一郎）", "4月1日で12人です。"),
        ("○石田花子委員", "昨年と比べてどうか伺います。"),
        ("○子育て支援課長（森一郎）", "5人減りました。"),
    ]

    def build(sheet):
        sheet["B1"] = "総務委員会会議録"
        sheet.merge_cells("B1:Z1")
        for number, (speaker, speech) in enumerate(turns, start=3):
            sheet.cell(number, 2, speaker)
            sheet.cell(number, 8, speech)
            sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=7)
            sheet.merge_cells(start_row=number, end_row=number, start_column=8, end_column=40)

    source = read(tmp_path, build, "Sheet1")
    assert shape(source)[1] == "○議長（中嶋太郎）　ただいまから会議を開きます。"
    document, passages = understand(source, DocumentId("a.xlsx"), "0" * 64)
    assert document.kind is DocumentKind.MINUTES
    assert {passage.text for passage in passages} >= {"4月1日で12人です。", "5人減りました。"}


def test_minutes_kept_as_a_table_read_as_turns(tmp_path):
    """Where the columns are called speaker and speech, rows are turns, not rows."""
    rows = [
        ("No.", "発言者", "発言内容"),
        (1, "議長", "開会します。"),
        (2, "石田委員", "伺います。"),
    ]
    assert shape(read(tmp_path, fill(*rows)))[2:] == ["議長　開会します。", "石田委員　伺います。"]


def test_a_line_break_in_a_cell_parts_lines_but_not_rows(tmp_path):
    """Words on a sheet keep their lines; a cell of a table stays on one."""
    source = read(
        tmp_path, fill(("一行目\n二行目",), None, ("款", "額", "備考"), ("市税", 1, "甲\n乙"))
    )
    assert shape(source)[1:] == ["一行目", "二行目", ("款", "額", "備考"), ("市税", "1", "甲 乙")]


def test_text_boxes_are_read_and_pictures_told(tmp_path):
    """What is drawn on a sheet: words are read, a sheet of pictures only is named."""
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(picture, "PNG")

    def build(sheet):
        sheet["A1"] = "本文"
        for name in ("図", "枠"):
            sheet.parent.create_sheet(name).add_image(Image(io.BytesIO(picture.getvalue())), "B3")

    path = write(tmp_path / "a.xlsx", build)
    office = "http://schemas.openxmlformats.org/drawingml/2006"
    box = (
        f'<x:sp xmlns:a="{office}/main" xmlns:x="{office}/spreadsheetDrawing"><x:txBody><a:p><a:r>'
        "<a:t>囲みの文</a:t></a:r></a:p></x:txBody></x:sp>"
    )
    with zipfile.ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing2.xml")
    drawn = re.search(rb"<((?:\w+:)?pic)[ >].*</\1>", drawing, re.DOTALL)
    change(path, "xl/drawings/drawing2.xml", drawn[0], box.encode())
    source = read_source(path)
    assert shape(source)[-2:] == ["枠", "囲みの文"]
    assert source.lines[-1].locator.row == 3
    assert source.warnings == ("the sheet 図 holds only pictures or charts: not read",)


def change(path, part, old, new):
    """Replace bytes in a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'),
        (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'),
    ],
    ids=["merged", "declared", "far away"],
)
def test_a_sheet_that_says_it_is_huge_is_read_quickly(tmp_path, old, new):
    """Only cells that are there cost anything, whatever a sheet says of its size."""
    path = write(tmp_path / "a.xlsx", lambda sheet: sheet.append(["本文"]))
    change(path, "xl/worksheets/sheet1.xml", old, new)
    assert "本文" in shape(read_source(path))


def test_a_workbook_of_too_many_cells_is_read_in_part(tmp_path):
    """What is beyond the limit is left out, and a warning says how much."""
    path = write(tmp_path / "a.xlsx", fill(*[("市税", number) for number in range(1, 21)]))
    for in_memory in (1000, 10):
        source = ExcelReader(most_cells=30, most_in_memory=in_memory).read(path)
        assert len(source.lines) == 1 + 15
        assert "10 cells of the sheet 歳入 were left out" in source.warnings[-1]
    assert "very large" in source.warnings[0]


def test_found_by_content_whatever_the_name(tmp_path):
    """A workbook under another suffix is read as a workbook."""
    path = write(tmp_path / "a.bin", lambda sheet: sheet.append(["本文"]))
    assert shape(read_source(path)) == ["歳入", "本文"]


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("xl/workbook.xml", b"<sheets>", b"", "broken"),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * 30_000_000, "unpacks"),
        ("xl/workbook.xml", b"<workbook", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook", "DTD"),
    ],
    ids=["cut", "bomb", "entities"],
)
def test_a_workbook_that_breaks_the_rules_is_refused(tmp_path, part, old, new, told):
    """Broken XML, entities and what unpacks to far more than it is are refused by name."""
    path = write(tmp_path / "a.xlsx", lambda sheet: sheet.append(["本文"]))
    change(path, part, old, new)
    with pytest.raises(ReadingError, match=told):
        read_source(path)


def test_an_empty_or_cut_off_workbook_is_refused(tmp_path):
    """A workbook without a word and a download that broke off are named."""
    path = write(tmp_path / "a.xlsx", lambda _: None)
    with pytest.raises(ReadingError, match="no text"):
        read_source(path)
    path.write_bytes(path.read_bytes()[:1500])
    with pytest.raises(ReadingError, match="broken"):
        read_source(path)


def test_a_row_far_beyond_excels_last_is_not_counted_up_to(tmp_path):
    """A broken row number costs nothing, however the workbook is read."""
    path = write(tmp_path / "a.xlsx", lambda sheet: sheet.append(["本文"]))
    end = b"</sheetData>"
    change(path, SHEET, end, b'<row r="999999999999"><c><v>7</v></c></row>' + end)
    assert "本文" in shape(ExcelReader(most_in_memory=0).read(path))
