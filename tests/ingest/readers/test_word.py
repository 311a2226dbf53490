"""Word files: what other readers lose, automatic numbers, tables, pages, and bad files."""

import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadingError
from ingest.readers.find import read_source
from ingest.readers.word.numbering import format_number
from tests.ingest.making import write_word

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def add(document, xml):
    """Append an element to the body."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def paragraph(inner):
    """Return the XML of a paragraph."""
    return f"<w:p {nsdecls('w')} {MC}>{inner}</w:p>"


def run(text):
    """Return the XML of a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(tmp_path, build):
    """Return what is read of a Word file that ``build`` fills."""
    return read_source(write_word(tmp_path / "a.docx", build))


def texts(tmp_path, build):
    """Return the texts of its lines."""
    return [line.text for line in read(tmp_path, build).lines]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (paragraph(f"<w:ins>{run('加えた')}</w:ins>{run('本文')}"), ["加えた本文"]),
        (
            paragraph(f"<w:del><w:r><w:delText>消した</w:delText></w:r></w:del>{run('残り')}"),
            ["残り"],
        ),
        (
            paragraph(
                f"<w:r><w:ruby><w:rt>{run('なかじま')}</w:rt>"
                f"<w:rubyBase>{run('中嶋')}</w:rubyBase></w:ruby></w:r>{run('委員')}"
            ),
            ["中嶋委員"],
        ),
        (
            paragraph(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>{run('見える')}"),
            ["見える"],
        ),
        (
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('枠内')}</w:p></w:sdtContent></w:sdt>",
            ["枠内"],
        ),
        (
            paragraph(
                f"{run('本文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>"
                f"<w:p>{run('囲み')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                f"<w:p>{run('囲み')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            ["本文", "囲み"],
        ),
        (paragraph(f"{run('一行目')}<w:r><w:br/></w:r>{run('二行目')}"), ["一行目", "二行目"]),
    ],
    ids=["inserted", "deleted", "ruby", "hidden", "control", "text box", "line break"],
)
def test_what_other_readers_lose_is_read_once(tmp_path, xml, expected):
    """Tracked changes, ruby, hidden text, controls and text boxes read as a person sees them."""
    assert texts(tmp_path, lambda document: add(document, xml)) == expected


def test_headings_have_the_level_of_their_style(tmp_path):
    """The title and the heading styles give levels; body text has none."""

    def build(document):
        document.add_heading("年次報告", 0)
        document.add_heading("概要", 1)
        document.add_heading("経緯", 2)
        document.add_paragraph("本文である。")

    lines = read(tmp_path, build).lines
    assert [(line.text, line.level) for line in lines] == [
        ("年次報告", 1),
        ("概要", 1),
        ("経緯", 2),
        ("本文である。", None),
    ]


def number(document, levels, nums="<w:num w:numId='91'><w:abstractNumId w:val='90'/></w:num>"):
    """Define a numbered list of ``levels`` (format, text) with the id 91."""
    defined = "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for depth, (form, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    abstract = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>{defined}</w:abstractNum>"
    root.insert(0, parse_xml(abstract))
    wrapped = parse_xml(f"<w:numbering {nsdecls('w')}>{nums}</w:numbering>")
    root.extend(list(wrapped))


def item(text, depth=0, number_id=91):
    """Return the XML of a numbered paragraph."""
    return paragraph(
        f"<w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number_id}'/></w:numPr></w:pPr>"
        f"{run(text)}"
    )


def test_automatic_numbers_of_articles_are_worked_out(tmp_path):
    """Numbers that exist only in numbering.xml stand before the text, sub-levels begin anew."""

    def build(document):
        levels = [("decimalFullWidth", "第%1条"), ("decimalFullWidth", "%2"), ("decimal", "(%3)")]
        number(document, levels)
        for text, depth in [
            ("目的", 0),
            ("定義", 0),
            ("市長は", 1),
            ("事業者", 2),
            ("市民", 2),
            ("責務", 0),
            ("何人も", 1),
        ]:
            add(document, item(text, depth))

    assert texts(tmp_path, build) == [
        "第１条　目的",
        "第２条　定義",
        "１　市長は",
        "(1) 事業者",
        "(2) 市民",
        "第３条　責務",
        "１　何人も",
    ]


def test_a_list_that_starts_anew_does_and_one_that_goes_on_does(tmp_path):
    """Two lists of one definition count on together, unless the second restarts."""

    def build(document):
        nums = (
            "<w:num w:numId='91'><w:abstractNumId w:val='90'/></w:num>"
            "<w:num w:numId='92'><w:abstractNumId w:val='90'/></w:num>"
            "<w:num w:numId='93'><w:abstractNumId w:val='90'/><w:lvlOverride w:ilvl='0'>"
            "<w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        )
        number(document, [("aiueoFullWidth", "%1）")], nums)
        for text, number_id in [("甲", 91), ("乙", 92), ("丙", 93), ("丁", 91)]:
            add(document, item(text, 0, number_id))

    assert texts(tmp_path, build) == ["ア）　甲", "イ）　乙", "ア）　丙", "ウ）　丁"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "12"),
        ("decimalFullWidth", "１２"),
        ("decimalEnclosedCircle", "⑫"),
        ("decimalEnclosedParen", "⑿"),
        ("aiueo", "シ"),
        ("iroha", "ヲ"),
        ("japaneseCounting", "十二"),
        ("ideographDigital", "一二"),
        ("upperRoman", "XII"),
        ("lowerRoman", "xii"),
        ("upperLetter", "L"),
        ("lowerLetter", "l"),
        ("decimalZero", "12"),
        ("numberInDash", "- 12 -"),
        ("a format of the future", "12"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(form, printed):
    """Each number format of Japanese documents prints the twelfth item as Word does."""
    assert format_number(12, form) == printed


@given(st.integers(1, 9999))
def test_kanji_numbers_count_without_a_gap(number):
    """Every number to 9999 has its own kanji form, made of kanji digits and units only."""
    printed = format_number(number, "japaneseCounting")
    assert set(printed) <= set("一二三四五六七八九十百千")
    assert printed != format_number(number + 1, "japaneseCounting")


def test_bullets_from_symbol_fonts_become_a_bullet(tmp_path):
    """A bullet whose character means something in Word's own font only is shown as ・."""

    def build(document):
        number(document, [("bullet", "\uf0b7")])
        add(document, item("確認した。"))

    assert texts(tmp_path, build) == ["・　確認した。"]


TABLE = [("款", "本年度", "前年度"), ("土木費", "4,390", "4,310"), ("教育費", "4,720", "4,655")]


def fill(table, rows):
    """Write texts into the cells of a table."""
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def test_rows_of_a_table_have_cells_and_heads(tmp_path):
    """A table comes row by row; its first row of words names the columns."""
    lines = read(tmp_path, lambda document: fill(document.add_table(3, 3), TABLE)).lines
    assert [line.cells for line in lines] == TABLE
    assert [line.header for line in lines] == [True, False, False]
    assert lines[1].text == "土木費\t4,390\t4,310"


def test_a_marked_heading_row_is_the_only_head(tmp_path):
    """Rows that Word marks to be repeated as heads are the heads, whatever they hold."""

    def build(document):
        table = document.add_table(3, 3)
        fill(table, [("1", "2", "3"), *TABLE[:2]])
        mark = parse_xml(f"<w:trPr {nsdecls('w')}><w:tblHeader/></w:trPr>")
        table.rows[0]._tr.insert(0, mark)  # noqa: SLF001 (python-docx has no public way)

    assert [line.header for line in read(tmp_path, build).lines] == [True, False, False]


def test_label_and_value_are_no_head(tmp_path):
    """In a table of labels and values nothing is a column head."""
    rows = [("日時", "令和5年4月1日"), ("場所", "第一会議室")]
    lines = read(tmp_path, lambda document: fill(document.add_table(2, 2), rows)).lines
    assert [line.header for line in lines] == [False, False]


def test_merged_cells_hold_for_each_of_their_rows(tmp_path):
    """A cell merged downwards is repeated; one merged across keeps its place and an empty one."""

    def build(document):
        table = document.add_table(3, 3)
        fill(table, [("款", "項", "額"), ("総務費", "管理費", "10"), ("", "徴税費", "20")])
        table.cell(1, 0).merge(table.cell(2, 0))
        wide = document.add_table(1, 3)
        fill(wide, [("合計", "", "30")])
        wide.cell(0, 0).merge(wide.cell(0, 1))

    cells = [line.cells for line in read(tmp_path, build).lines]
    assert cells[2] == ("総務費", "徴税費", "20")
    assert cells[3] == ("合計", "", "30")


def test_a_table_inside_a_cell_is_read(tmp_path):
    """A nested table's rows follow the row in which it stands."""

    def build(document):
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "内訳"
        outer.cell(0, 1).text = "次のとおり"
        fill(outer.cell(0, 1).add_table(1, 2), [("機器", "300")])

    cells = [line.cells for line in read(tmp_path, build).lines]
    assert cells == [("内訳", "次のとおり"), ("機器", "300")]


def test_pages_are_told_only_where_the_file_says_them(tmp_path):
    """Breaks that Word left behind count the pages; without any there are no pages."""
    rendered = "<w:r><w:lastRenderedPageBreak/><w:t>二頁目</w:t></w:r>"

    def with_breaks(document):
        document.add_paragraph("一頁目")
        add(document, paragraph(rendered))
        add(
            document,
            paragraph(f"{run('二頁から')}<w:r><w:lastRenderedPageBreak/></w:r>{run('三頁へ')}"),
        )

    source = read(tmp_path, with_breaks)
    assert source.pages == 3
    assert [(line.page, line.last_page) for line in source.lines] == [(1, 1), (2, 2), (2, 3)]
    without = read(tmp_path, lambda document: document.add_paragraph("本文"))
    assert without.pages is None
    assert without.lines[0].page is None


def test_typed_page_breaks_count_where_word_left_none(tmp_path):
    """A file made by a program has its typed page breaks only: they count."""

    def build(document):
        document.add_paragraph("一頁目")
        document.add_page_break()
        document.add_paragraph("二頁目")

    assert [line.page for line in read(tmp_path, build).lines] == [1, 2]


def rewritten(path, change):
    """Rewrite the main part of a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda xml: xml[:200], "broken"),
        (
            lambda xml: xml.replace(
                b"<w:document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document", 1
            ),
            "DTD",
        ),
        (lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b" " * 30_000_000), "unpacks to 31 MB"),
    ],
    ids=["cut off", "entities", "bomb"],
)
def test_a_word_file_that_breaks_the_rules_is_refused(tmp_path, change, told):
    """Broken XML, a DTD and what unpacks to far more than it is are refused by name."""
    path = write_word(tmp_path / "a.docx", lambda document: document.add_paragraph("本文"))
    with pytest.raises(ReadingError, match=told):
        read_source(rewritten(path, change))


def test_a_cut_off_word_file_and_another_zip_are_refused(tmp_path):
    """A download that broke off and a zip that is not Word are told apart."""
    whole = write_word(tmp_path / "a.docx", lambda document: document.add_paragraph("本文"))
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(ReadingError, match="broken"):
        read_source(cut)
    other = tmp_path / "other.docx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(ReadingError, match="zip file or an Office file other than Word"):
        read_source(other)


def test_an_empty_word_file_is_refused(tmp_path):
    """A Word file without a word in it is named."""
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    with pytest.raises(ReadingError, match="no text"):
        read_source(path)


def test_styles_based_on_each_other_do_not_hang(tmp_path):
    """A broken chain of styles ends; the text is read."""

    def build(document):
        style = document.styles.element.find(qn("w:style"))
        style.insert(
            0, parse_xml(f"<w:basedOn {nsdecls('w')} w:val='{style.get(qn('w:styleId'))}'/>")
        )
        document.add_paragraph("本文")

    assert texts(tmp_path, build) == ["本文"]
