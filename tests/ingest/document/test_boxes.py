"""Boxes: the words of a passage are marked where they stand on the picture of the page."""

from pathlib import Path

import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from index.passage import DocumentId, Passage, PassageId, PassageKind
from ingest.document.boxes import with_boxes
from ingest.document.source import PageGlyphs
from ingest.readers.pdf.reader import PdfFileReader
from ingest.understand import understand
from tests.ingest.making import SIZE, canvas, write_minutes, write_pdf

SPEECHES = [
    "第４回北浜市環境審議会　会議録",
    (
        "○会長（高瀬一郎君）　ただいまから第４回の会議を開きます。本日は、廃棄物の減量に係る計画の"
        "改定について御審議をいただき、あわせて、海岸の清掃に関する報告を受けることとしております。"
    ),
    (
        "○環境課長（西田花子君）　資料に沿って御説明いたします。昨年度に市内から出た可燃ごみは、"
        "前の年度に比べ三百トン少なくなりましたが、主として分別の徹底によるものであります。"
    ),
    "○委員（大森次郎君）　生ごみの堆肥化を希望する家庭への補助は、来年度も続けるのでしょうか。",
    "○環境課長（西田花子君）　続けてまいる考えであります。",
]
INSET = 0.8
"""Points by which a box is made smaller, so that the letters beside it are not in it."""


def passages_of(path):
    """Return the passages of a PDF, marked."""
    return understand(PdfFileReader().read(path), DocumentId(path.name), "0" * 64)[1]


def words_in(path, boxes):
    """Return what PDFium finds inside boxes, and the least share of ink in one of them."""
    with pypdfium2.PdfDocument(path) as pdf:
        text, inks = "", []
        for box in boxes:
            page = pdf[box.page - 1]
            width, height = page.get_size()
            edges = (box.left * width, box.top * height, box.right * width, box.bottom * height)
            drawn = page.get_textpage()
            if page.get_rotation() == 0:
                left, top, right, bottom = edges
                text += drawn.get_text_bounded(
                    left + INSET, height - bottom + INSET, right - INSET, height - top - INSET
                )
            crop = page.render(scale=2, grayscale=True).to_pil().crop([2 * edge for edge in edges])
            shades = crop.histogram()
            inks.append(sum(shades[:128]) / sum(shades))
    return "".join(text.split()), min(inks)


def plain(text):
    """Return a text without white space."""
    return "".join(text.split())


def test_boxes_hold_the_words_of_their_passage(tmp_path):
    """On the picture there is ink in each box, and the words inside are the passage's."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 2, 9, head="北浜市環境審議会（第４回）")
    passages = passages_of(path)
    assert len(passages) >= 8
    for passage in passages:
        words, ink = words_in(path, passage.boxes)
        assert words == plain(passage.text)
        assert ink > 0.03


def test_a_passage_over_a_page_break_has_boxes_on_both_pages(tmp_path):
    """The running head and the page number between its halves are in none of its boxes."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES[1:], 2, head="北浜市", foot="- {page} -")
    broken = [passage for passage in passages_of(path) if passage.page != passage.last_page]
    assert broken
    for passage in broken:
        assert {box.page for box in passage.boxes} == {passage.page, passage.last_page}
        assert words_in(path, passage.boxes)[0] == plain(passage.text)


def test_there_is_one_box_for_each_line(tmp_path):
    """A paragraph of two lines has two boxes, one below the other, of the width of its lines."""
    path = write_pdf(tmp_path / "a.pdf", [[SPEECHES[1][:38], SPEECHES[1][38:76]]])
    [passage] = passages_of(path)
    first, second = passage.boxes
    assert first.bottom <= second.top
    assert first.left == pytest.approx(60 / A4[0], abs=0.001)
    assert first.right == pytest.approx((60 + 38 * SIZE) / A4[0], abs=0.001)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_are_right_on_a_turned_page(tmp_path, turn):
    """The edges are those of the page as it is shown: ink inside, and none of it outside."""
    path = write_pdf(tmp_path / "a.pdf", [SPEECHES[3:]])
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(turn)
    writer.pages[0].cropbox.lower_left = (20, 40)
    writer.write(path)
    source = PdfFileReader().read(path)
    [page] = source.glyphs
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[0].render(scale=2, grayscale=True).to_pil()
    for left, top, right, bottom in page.boxes:
        edges = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        crop = [round(edge) for edge in edges]
        assert min(image.crop(crop).tobytes()) < 200
        image.paste(255, [crop[0] - 2, crop[1] - 2, crop[2] + 2, crop[3] + 2])
    assert min(image.tobytes()) > 200


def test_cells_of_a_row_are_marked_cell_by_cell(tmp_path):
    """A row drawn column by column stands in no one stretch of the page; each cell is found."""
    table = [
        ("区分", "令和五年度の予算額", "令和四年度の予算額"),
        ("土木費", "4,390千円", "4,310千円"),
        ("教育費", "4,720千円", "4,655千円"),
    ]
    drawn = canvas(tmp_path / "a.pdf")
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            drawn.drawString(60 + 160 * column, 700 - 18 * row, cell)
    drawn.save()
    for passage in passages_of(tmp_path / "a.pdf"):
        words, _ = words_in(tmp_path / "a.pdf", passage.boxes)
        assert sorted(set(words)) == sorted(set(plain(passage.text)))
        assert len(passage.boxes) > 2


def row_of(text, top=0.1):
    """Return the glyphs of one line of characters, each a hundredth of the page wide."""
    boxes = tuple((at / 100, top, (at + 1) / 100, top + 0.02) for at in range(len(text)))
    return PageGlyphs(1, text, boxes)


def passage(text, page=1):
    """Return a passage of a page."""
    return Passage(PassageId("x-0000"), text, PassageKind.SECTION, page, page)


def test_other_forms_of_a_character_are_the_same_character():
    """Ligatures, brackets of vertical lines and marks set apart match what was made of them."""
    [marked] = with_boxes([passage("offiの（が）㈱")], [row_of("oﬀiの︵か\u3099︶㈱")])
    [box] = marked.boxes
    assert (box.left, box.right) == (0.0, 0.09)


def test_the_same_words_are_found_in_the_order_of_the_document():
    """Of two passages with the same words the second is marked at their second place."""
    glyphs = [row_of("異議ありませんか次の件です異議ありませんか")]
    same = [passage("異議ありませんか"), passage("次の件です"), passage("異議ありませんか")]
    lefts = [marked.boxes[0].left for marked in with_boxes(same, glyphs)]
    assert lefts == [0.0, 0.08, 0.13]


def test_a_reading_between_the_words_is_left_out():
    """Small kana that were dropped from the passage part it, and are in no box."""
    words = "本日の議事は中嶋なかじま委員が進行する"
    [marked] = with_boxes([passage(words.replace("なかじま", ""))], [row_of(words)])
    covered = "".join(
        letter
        for at, letter in enumerate(words)
        if any(box.left <= (at + 0.5) / 100 <= box.right for box in marked.boxes)
    )
    assert covered == "本日の議事は中嶋委員が進行する"


def test_words_that_are_not_on_the_page_get_no_box():
    """Nothing is marked where nothing was found."""
    [marked] = with_boxes([passage("どこにもない文である")], [row_of("全く別の言葉が並んでいる")])
    assert marked.boxes == ()


COUNCIL = Path(__file__).parents[3] / "samples" / "council"


@pytest.mark.parametrize("path", sorted(COUNCIL.rglob("*.pdf")), ids=lambda path: path.stem)
def test_every_passage_of_the_samples_is_marked(path):
    """Each passage has boxes on its own pages."""
    for found in passages_of(path):
        assert found.boxes
        assert {box.page for box in found.boxes} <= {found.page, found.last_page}
