"""PowerPoint files: slides in order, shapes, tables, notes, what is hidden, and bad files."""

import io
import zipfile

import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm

from index.errors import ReadingError
from ingest.readers.find import read_source

TITLE_ONLY, BLANK = 5, 6


def write(path, *builds):
    """Write a presentation with a slide for each of ``builds``, which fills it."""
    shown = pptx.Presentation()
    for build in builds:
        layout = TITLE_ONLY if getattr(build, "title", None) else BLANK
        slide = shown.slides.add_slide(shown.slide_layouts[layout])
        if layout == TITLE_ONLY:
            slide.shapes.title.text = build.title
        build(slide)
    shown.save(path)
    return path


def titled(title, build=lambda _: None):
    """Return what fills a slide that has a title."""

    def filled(slide):
        build(slide)

    filled.title = title
    return filled


def box(shapes, text, left=1, top=5):
    """Add a text box; left and top in centimetres."""
    added = shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(1))
    added.text_frame.text = text
    return added


def read(tmp_path, *builds):
    """Return what is read of a presentation of such slides."""
    return read_source(write(tmp_path / "a.pptx", *builds))


def texts(source):
    """Return the texts of the lines."""
    return [line.text for line in source.lines]


def test_slides_are_pages_with_their_titles_as_headings(tmp_path):
    """Each slide is a page; its title is a heading, its text stands on that slide."""
    source = read(
        tmp_path,
        titled(
            "令和5年度の概要", lambda slide: box(slide.shapes, "人口は増えた。\n世帯も増えた。")
        ),
        titled("今後の予定"),
    )
    assert texts(source) == ["令和5年度の概要", "人口は増えた。", "世帯も増えた。", "今後の予定"]
    assert [line.level for line in source.lines] == [1, None, None, 1]
    assert [(line.page, line.locator.slide) for line in source.lines] == [(1, 1)] * 3 + [(2, 2)]
    assert source.pages == 2
    assert source.warnings == ()


def test_shapes_are_read_from_top_to_bottom_and_left_to_right(tmp_path):
    """The order of reading is that of the slide, not that in which shapes were drawn."""

    def build(slide):
        box(slide.shapes, "右", left=12, top=5)
        box(slide.shapes, "下", left=1, top=9)
        box(slide.shapes, "左", left=1, top=5.2)

    assert texts(read(tmp_path, titled("題", build))) == ["題", "左", "右", "下"]


def test_groups_in_groups_are_read(tmp_path):
    """Shapes inside groups are read where the group stands."""

    def build(slide):
        box(slide.shapes, "後", top=12)
        group = slide.shapes.add_group_shape()
        box(group.shapes, "組の中", top=5)
        box(group.shapes.add_group_shape().shapes, "組の組の中", top=7)

    assert texts(read(tmp_path, titled("題", build))) == ["題", "組の中", "組の組の中", "後"]


def test_tables_have_rows_and_heads(tmp_path):
    """A table comes row by row; a cell merged downwards holds for each of its rows."""
    rows = [("款", "項", "額"), ("総務費", "管理費", "10"), ("", "徴税費", "20")]

    def build(slide):
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(5), Cm(20), Cm(5)).table
        for number, row in enumerate(rows):
            for at, text in enumerate(row):
                table.cell(number, at).text = text
        table.cell(1, 0).merge(table.cell(2, 0))

    lines = read(tmp_path, titled("題", build)).lines[1:]
    assert [line.cells for line in lines] == [*rows[:2], ("総務費", "徴税費", "20")]
    assert [line.header for line in lines] == [True, False, False]


def test_notes_are_a_part_of_their_own(tmp_path):
    """The speaker's notes stand under a heading of their own, on the same slide."""

    def build(slide):
        slide.notes_slide.notes_text_frame.text = "ここで資料2を配る。"

    lines = read(tmp_path, titled("題", build)).lines
    assert [(line.text, line.level, line.page) for line in lines] == [
        ("題", 1, 1),
        ("ノート", 2, 1),
        ("ここで資料2を配る。", None, 1),
    ]


def test_a_slide_without_a_title_does_not_stand_under_the_one_before(tmp_path):
    """A short first line serves as its title, else the slide's number."""
    source = read(
        tmp_path,
        titled("題"),
        lambda slide: box(slide.shapes, "短い見出し\n本文である。"),
        lambda slide: box(slide.shapes, "本文だけがある。"),
    )
    headings = [line.text for line in source.lines if line.level == 1]
    assert headings == ["題", "短い見出し", "スライド 3"]
    assert "本文だけがある。" in texts(source)


def test_what_is_hidden_or_drawn_is_told(tmp_path):
    """Hidden slides are read; slides of pictures only and charts are named in warnings."""
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")

    def chart(slide):
        data = CategoryChartData()
        data.categories = ["甲"]
        data.add_series("人口", (1,))
        added = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Cm(5), Cm(5), data).chart
        added.has_title = True
        added.chart_title.text_frame.text = "人口の推移"

    source = read(
        tmp_path,
        titled("隠し", lambda slide: slide.element.set("show", "0")),
        lambda slide: slide.shapes.add_picture(picture, 0, 0),
        titled("図表", chart),
    )
    assert texts(source) == ["隠し", "図表", "人口の推移"]
    assert [told.rpartition(": ")[2] for told in source.warnings] == ["1", "2", "3"]


def test_the_words_of_a_diagram_are_read(tmp_path):
    """SmartArt keeps its words in a part of its own."""
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    model = (
        f'<d:dataModel xmlns:d="{drawn}/diagram" xmlns:a="{drawn}/main"><d:ptLst><d:pt><d:t><a:p>'
        "<a:r><a:t>計画</a:t></a:r></a:p></d:t></d:pt><d:pt><d:t><a:p><a:r><a:t>実行</a:t></a:r>"
        "</a:p></d:t></d:pt></d:ptLst></d:dataModel>"
    )

    def build(slide):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        name = PackURI("/ppt/diagrams/data1.xml")
        content_type = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        part = Part(name, content_type, slide.part.package, model.encode())
        key = slide.part.relate_to(part, f"{kind}/diagramData")
        frame = slide.shapes.add_table(1, 1, 0, Cm(5), Cm(5), Cm(5))._element  # noqa: SLF001
        data = frame.find(f".//{{{drawn}/main}}graphicData")
        data.set("uri", f"{drawn}/diagram")
        data[:] = [etree.fromstring(f'<d:relIds xmlns:d="{drawn}/diagram" xmlns:r="{kind}"/>')]
        data[0].set(f"{{{kind}}}dm", key)

    assert texts(read(tmp_path, titled("題", build))) == ["題", "計画", "実行"]


def changed(path, part, old, new):
    """Replace bytes in a part of the file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "kind", ["ms-powerpoint.presentation.macroEnabled", "openxmlformats-officedocument.slideshow"]
)
def test_slide_shows_and_files_with_macros_are_read(tmp_path, kind):
    """Found by content: .ppsx and .pptm differ from .pptx in one word only."""
    path = write(tmp_path / "a.bin", titled("題"))
    usual = b"vnd.openxmlformats-officedocument.presentationml.presentation.main"
    other = {
        "ms": f"vnd.{kind}.main",
        "op": "vnd.openxmlformats-officedocument.presentationml.slideshow.main",
    }
    changed(path, "[Content_Types].xml", usual, other[kind[:2]].encode())
    assert texts(read_source(path)) == ["題"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<p:sldIdLst", b"<p:sldIdLs", "broken"),
        (b"<p:presentation", b"<!DOCTYPE a [<!ENTITY b 'c'>]><p:presentation", "DTD"),
        (b"<p:sldIdLst", b" " * 30_000_000 + b"<p:sldIdLst", "unpacks"),
    ],
    ids=["broken", "entities", "bomb"],
)
def test_a_presentation_that_breaks_the_rules_is_refused(tmp_path, old, new, told):
    """Broken XML and what unpacks to far more than it is are refused by name."""
    path = changed(write(tmp_path / "a.pptx", titled("題")), "ppt/presentation.xml", old, new)
    with pytest.raises(ReadingError, match=told):
        read_source(path)


def test_a_presentation_without_words_is_refused(tmp_path):
    """Where there is nothing to read, the message says what to do."""
    path = write(tmp_path / "a.pptx", lambda _: None)
    with pytest.raises(ReadingError, match="no text in it"):
        read_source(path)
