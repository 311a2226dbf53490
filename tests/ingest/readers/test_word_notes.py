"""Word files: notes beside what refers to them, headers, comments, pictures, templates."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from index.errors import ReadingError
from ingest.readers.find import read_source
from tests.ingest.making import write_word

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text):
    """Return the XML of a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(identity, kind="footnote", more=""):
    """Return the XML of a run that refers to a note."""
    return f"<w:r><w:{kind}Reference w:id='{identity}' {more}/></w:r>"


def note(identity, text, kind="footnote"):
    """Return the XML of a note as Word writes it: its own mark, a blank, its words."""
    inner = f"<w:p><w:r><w:{kind}Ref/></w:r>{run(' ' + text)}</w:p>"
    return f"<w:{kind} w:id='{identity}'>{inner}</w:{kind}>"


def paragraph(*inner):
    """Return the XML of a paragraph."""
    return f"<w:p {nsdecls('w')}>{''.join(inner)}</w:p>"


def with_part(path, name, inner):
    """Add a part (``footnotes``, ``comments``, …) to a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {known: archive.read(known) for known in archive.namelist()}
    link = f'<Relationship Id="r{name}" Type="{KIND}/{name}" Target="{name}.xml"/></Relationships>'
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    override = f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{name}+xml"/></Types>'
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    parts[f"word/{name}.xml"] = f"<w:{name} {nsdecls('w')}>{inner}</w:{name}>".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for known, content in parts.items():
            archive.writestr(known, content)
    return path


def written(tmp_path, *paragraphs):
    """Write a Word file of such paragraphs, given as XML."""

    def build(document):
        for xml in paragraphs:
            document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))

    return write_word(tmp_path / "a.docx", build)


def texts(path):
    """Return the texts of the lines that are read."""
    return [line.text for line in read_source(path).lines]


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path):
    """Each note stands after its paragraph, and both show the mark that Word shows."""
    path = written(
        tmp_path,
        paragraph(run("人口は増加"), mark(7), run("している。"), mark(3)),
        paragraph(run("次の段落である。")),
        paragraph(run("終わりである。"), mark(5)),
    )
    with_part(path, "footnotes", note(3, "推計") + note(5, "末尾") + note(7, "住民基本台帳"))
    assert texts(path) == [
        "人口は増加¹している。²",
        "¹ 住民基本台帳",
        "² 推計",
        "次の段落である。",
        "終わりである。³",
        "³ 末尾",
    ]


def test_a_mark_is_kept_apart_from_a_figure(tmp_path):
    """12 with the note 1 is not 121."""
    path = written(tmp_path, paragraph(run("定数は12"), mark(1), run("である。")))
    assert texts(with_part(path, "footnotes", note(1, "条例による"))) == [
        "定数は12 ¹である。",
        "¹ 条例による",
    ]


def test_endnotes_count_by_themselves_in_small_roman_numbers(tmp_path):
    """Word's own form of endnotes is i, ii; they do not count on from the footnotes."""
    inner = [mark(1), run("乙"), mark(1, "endnote"), run("丙"), mark(2, "endnote")]
    path = written(tmp_path, paragraph(run("甲"), *inner))
    with_part(path, "footnotes", note(1, "脚注"))
    with_part(path, "endnotes", note(1, "一", "endnote") + note(2, "二", "endnote"))
    assert texts(path) == ["甲¹乙ⁱ丙ⁱⁱ", "¹ 脚注", "ⁱ 一", "ⁱⁱ 二"]


def test_the_form_and_first_number_of_notes_are_those_of_the_section(tmp_path):
    """①, ② and a first number of 4 come from the section's settings; typed marks do not count."""
    form = "<w:footnotePr><w:numFmt w:val='decimalEnclosedCircle'/><w:numStart w:val='4'/>"
    typed = mark(2, more="w:customMarkFollows='1'")
    path = written(
        tmp_path,
        paragraph(f"<w:pPr><w:sectPr>{form}</w:footnotePr></w:sectPr></w:pPr>", run("甲"), mark(1)),
        paragraph(run("乙"), typed, run("＊"), run("丙"), mark(3)),
    )
    own = f"<w:footnote w:id='2'><w:p>{run('＊ 別')}</w:p></w:footnote>"
    with_part(path, "footnotes", note(1, "一") + own + note(3, "二"))
    assert texts(path) == ["甲④", "④ 一", "乙＊丙⑤", "＊ 別", "⑤ 二"]


def test_notes_of_a_table_follow_the_table(tmp_path):
    """A note that a cell refers to does not break the table's rows apart."""
    rows = "".join(
        f"<w:tr><w:tc><w:p>{run(name)}{more}</w:p></w:tc><w:tc><w:p>{run(sum_)}</w:p></w:tc></w:tr>"
        for name, sum_, more in [("款", "額", ""), ("市税", "10", mark(1)), ("国税", "20", "")]
    )
    path = written(tmp_path, f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>", paragraph(run("本文")))
    lines = read_source(with_part(path, "footnotes", note(1, "見込み"))).lines
    assert [line.cells or line.text for line in lines] == [
        ("款", "額"),
        ("市税¹", "10"),
        ("国税", "20"),
        "¹ 見込み",
        "本文",
    ]


def test_a_note_that_refers_to_itself_ends(tmp_path):
    """A broken file's note does not go round in circles."""
    path = written(tmp_path, paragraph(run("本文"), mark(1)), paragraph(run("次")))
    own = f"<w:footnote w:id='1'><w:p>{run('注')}{mark(1)}</w:p></w:footnote>"
    assert texts(with_part(path, "footnotes", own)) == ["本文¹", "¹ 注²", "次"]


def test_headers_are_read_once_and_only_where_they_say_something_new(tmp_path):
    """A document number in the header is read; page numbers and repeated titles are not."""

    def build(document):
        document.add_paragraph("総合計画の概要")
        section = document.sections[0]
        section.header.paragraphs[0].text = "資料１－２"
        section.header.add_paragraph("総合計画の概要")
        field = "<w:fldSimple w:instr=' PAGE '>" + run("3") + "</w:fldSimple>"
        footer = section.footer.paragraphs[0]._p  # noqa: SLF001 (python-docx has no public way)
        for child in parse_xml(paragraph(run("第"), field, run("ページ"))):
            footer.append(child)
        document.add_section().header.is_linked_to_previous = False
        document.sections[1].header.paragraphs[0].text = "資料１－２"

    assert texts(write_word(tmp_path / "a.docx", build)) == ["資料１－２", "総合計画の概要"]


def test_comments_in_the_margin_are_told_and_left_out(tmp_path):
    """What somebody remarked about the text is not the text."""
    path = written(tmp_path, paragraph(run("本文")))
    remark = f"<w:comment w:id='1'><w:p>{run('要確認')}</w:p></w:comment>"
    source = read_source(with_part(path, "comments", remark * 2))
    assert [line.text for line in source.lines] == ["本文"]
    assert source.warnings == ("2 comments in the margin are no part of the text: left out",)


def test_a_file_of_pictures_only_says_so(tmp_path):
    """Scans pasted into Word hold no text: the message says what to do."""
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    path = write_word(tmp_path / "a.docx", lambda document: document.add_picture(picture))
    with pytest.raises(ReadingError, match="only pictures: save it as PDF"):
        read_source(path)


@pytest.mark.parametrize(
    "content_type",
    [
        "vnd.ms-word.document.macroEnabled.main+xml",
        "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_read(tmp_path, content_type):
    """.docm and .dotx differ from .docx in one word only; no macro is run."""
    path = tmp_path / "a.docm"
    document = docx.Document()
    document.add_paragraph("本文")
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "[Content_Types].xml"
    assert usual in parts[types]
    parts[types] = parts[types].replace(usual, content_type.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert texts(path) == ["本文"]
