"""PDF files: pages, wrapped lines, running heads, tables, and what cannot be read."""

import io
import struct
import time
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFont
from reportlab.pdfgen.canvas import Canvas

from index.errors import ReadingError
from ingest.document.source import PageGlyphs
from ingest.ocr.page import OcrPage
from ingest.readers.find import read_source
from ingest.readers.pdf.pages import Pages
from ingest.readers.pdf.pdfium import PdfiumDocument
from ingest.readers.pdf.reader import PdfFileReader
from tests.ingest.making import canvas, write_minutes, write_pdf

SPEECHES = [
    "第４回北浜市環境審議会　会議録",
    (
        "○会長（高瀬一郎君）　ただいまから第４回の会議を開きます。本日は、廃棄物の減量に係る計画の"
        "改定について御審議をいただき、あわせて、海岸の清掃に関する報告を受けることとしております。"
    ),
    (
        "○環境課長（西田花子君）　資料に沿って御説明いたします。昨年度に市内から出た可燃ごみは、"
        "前の年度に比べ三百トン少なくなりましたが、主として分別の徹底によるものであり、"
        "家庭から出る生ごみの量は、まだ目標とする水準に達しておりません。"
    ),
    "（事務局説明）",
    "○委員（大森次郎君）　生ごみの堆肥化を希望する家庭への補助は、来年度も続けるのでしょうか。",
    "○環境課長（西田花子君）　続けてまいる考えであります。",
]


def texts(path):
    """Return the texts of a PDF's lines."""
    return [line.text for line in read_source(path).lines]


def test_wrapped_lines_are_joined_and_nothing_else(tmp_path):
    """A hard-wrapped PDF gives its paragraphs back, character for character."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    assert texts(path) == SPEECHES


def test_a_sentence_cut_by_a_page_break_is_joined_and_knows_both_pages(tmp_path):
    """The line runs from one page to the next, page number and running head in between gone."""
    path = write_minutes(
        tmp_path / "a.pdf", SPEECHES * 4, 7, head="北浜市環境審議会（第４回）", foot="- {page} -"
    )
    source = read_source(path)
    spoken = [line for line in source.lines if line.text in SPEECHES]
    assert [line.text for line in spoken] == SPEECHES * 4
    assert any((line.page, line.last_page) == (1, 2) for line in spoken)
    assert source.pages == spoken[-1].last_page


@pytest.mark.parametrize(
    "foot", ["- {page} -", "{page}", "{page}/{pages}", "{page}ページ", "－{page}－"]
)
def test_page_numbers_are_dropped_in_every_form(tmp_path, foot):
    """However a page number is printed, it is no part of the text."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 2, 8, foot=foot)
    assert texts(path) == SPEECHES * 2


def test_running_heads_that_count_the_pages_are_dropped(tmp_path):
    """A head with the page number in it is the same head on every page."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 3, 7, head="北浜市　第４回　（{page}頁）")
    assert [text for text in texts(path) if text not in SPEECHES] == ["北浜市　第４回　（1頁）"]


def test_two_pages_lose_only_what_is_the_same_line_for_line(tmp_path):
    """In a document of two pages a stage direction on both is no running head."""
    pages = [
        [
            "○会長　説明を求めます。",
            "（事務局説明）",
            "○委員　質問します。",
            "○課長　お答えします。",
        ],
        ["（事務局説明）", "○委員　別の質問です。", "○課長　お答えします。", "○会長　閉会します。"],
    ]
    path = write_pdf(tmp_path / "a.pdf", pages, foot="- {page} -")
    assert texts(path) == pages[0] + pages[1]


def test_forms_numbered_page_by_page_are_no_running_heads(tmp_path):
    """様式第1号, 様式第2号, … at the top of each page count like pages, but are headings."""
    pages = [
        [f"様式第{number}号（第3条関係）", f"申請書その{name}", "次のとおり申請します。"]
        for number, name in enumerate("一二三四五", start=1)
    ]
    path = write_pdf(tmp_path / "a.pdf", pages)
    assert [text for text in texts(path) if text.startswith("様式")] == [page[0] for page in pages]


def test_what_repeats_inside_the_page_is_no_running_head(tmp_path):
    """A bill a page, each with who submits it and when: that is text, not the foot of a page."""
    signed = ["令和６年６月１０日提出", "みどり市長　山田太郎"]
    pages = [
        [f"{name}条例を改正する。", "提案理由", *signed] for name in ("斎場", "公園", "税", "水道")
    ]
    path = write_pdf(tmp_path / "a.pdf", pages, head="みどり市議会", foot="- {page} -")
    read = texts(path)
    assert read.count("みどり市長　山田太郎") == 4
    assert read.count("提案理由") == 4
    assert "- 2 -" not in read


def test_amounts_are_no_count_of_the_pages(tmp_path):
    """The thousands of an amount may grow by chance as the pages do."""
    amounts = ["1,950千円", "2,418千円", "3,572千円", "4,006千円"]
    pages = [
        [f"{name}の整備", "その費用は次のとおり。", "財源"]
        for name in ("斎場", "公園", "図書館", "市道")
    ]
    path = tmp_path / "a.pdf"
    write_pdf(path, [[*lines, amount] for lines, amount in zip(pages, amounts, strict=True)])
    assert all(amount in texts(path) for amount in amounts)


def test_the_title_printed_as_the_head_of_the_first_page_is_kept(tmp_path):
    """A running head that nothing on the first page says again may be the title: it stays once."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES[1:] * 3, 7, head="令和５年度　事業報告")
    assert texts(path)[0] == "令和５年度　事業報告"
    assert texts(path).count("令和５年度　事業報告") == 1


def test_blanks_between_every_two_characters_are_dropped(tmp_path):
    """Text whose characters were placed with blanks between them is read as the words it is."""
    sentence = "本日の会議は、定足数に達しておりますので、これから議事に入ります。"
    path = write_pdf(tmp_path / "a.pdf", [[" ".join(sentence), "資 料 １ を 御 覧 く だ さ い 。"]])
    assert texts(path) == [sentence, "資料１を御覧ください。"]


def test_blanks_that_part_names_are_kept(tmp_path):
    """A blank that the author typed between names stays: the list of attendees hangs on it."""
    lines = ["出席者 高瀬会長 大森委員 西田委員", "これから会議を開きます。"]
    assert texts(write_pdf(tmp_path / "a.pdf", [lines])) == lines


def test_a_row_that_is_one_object_of_the_file_has_its_cells(tmp_path):
    """Word processors move the pen inside one text object: pypdf gives blanks for such cells."""
    table = [
        ("款", "令和６年度", "令和５年度", "所管"),
        ("議会費", "268,000", "265,000", "議会事務局"),
        ("消防費", "2,214,000", "1,498,000", "危機管理課"),
        ("教育費", "4,720,000", "△65,000", "教育総務課"),
    ]
    drawn = canvas(tmp_path / "a.pdf")
    for number, cells in enumerate(table):
        row = drawn.beginText(60, 740 - 20 * number)
        for cell in cells:
            row.textOut(cell[:1])
            row.setFont("mincho", 10.5)  # a change of font parts a cell, too
            row.textOut(cell[1:])
            row.moveCursor(110, 0)
        drawn.drawText(row)
    drawn.save()
    rows = [line for line in read_source(tmp_path / "a.pdf").lines if line.cells]
    assert [row.cells for row in rows] == table
    assert [row.header for row in rows] == [True, False, False, False]


def test_cells_of_a_table_are_rows_with_their_heads(tmp_path):
    """A table's cells, each drawn by itself, come out as rows; the first row names the columns."""
    drawn = canvas(tmp_path / "a.pdf")
    table = [
        ("区分", "予算額", "前年度"),
        ("土木費", "4,390", "4,310"),
        ("教育費", "4,720", "4,655"),
    ]
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            drawn.drawString(60 + 150 * column, 700 - 18 * row, cell)
    drawn.save()
    rows = read_source(tmp_path / "a.pdf").lines
    assert [row.cells for row in rows] == table
    assert [row.header for row in rows] == [True, False, False]


def test_english_is_joined_with_blanks_and_hyphens_mended(tmp_path):
    """Wrapped English gets its blanks back; a word parted by a hyphen is one word again."""
    lines = [
        "Councillor Harding asked whether the harbour wall would be repaired before the win-",
        "ter storms, since the survey of last spring had found three gaps wider than a man's",
        "hand, and whether the cost could be shared with the port, which has used the quay",
        "for long-term storage of timber since the fire.",
        "The director said that the work would begin in August.",
    ]
    joined = texts(write_pdf(tmp_path / "a.pdf", [lines]))
    assert len(joined) == 2
    assert "before the winter storms" in joined[0]
    assert "than a man's hand, and whether" in joined[0]
    assert "the quay for long-term storage" in joined[0]


def test_the_title_is_the_metadata_s_unless_a_program_made_it_up(tmp_path):
    """A title that somebody typed is handed on; a file name or a program's word is not."""
    titles = {}
    for title in ("令和５年度事業報告", "Microsoft Word - a.doc", "minutes.docx", "a"):
        drawn = canvas(tmp_path / "a.pdf")
        drawn.setTitle(title)
        drawn.drawString(60, 700, "本文である。")
        drawn.save()
        titles[title] = read_source(tmp_path / "a.pdf").title
    assert titles == {
        "令和５年度事業報告": "令和５年度事業報告",
        "Microsoft Word - a.doc": None,
        "minutes.docx": None,
        "a": None,
    }


def picture():
    """Return a grey picture of 300 by 300 points, as a scanner makes."""
    row = b"\x00" + b"\x80" * 300
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 300, 300, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * 300)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def no_ocr(image, page):
    """Stand for a machine on which no OCR engine is installed."""
    del image, page


def without_ocr(path):
    """Read a PDF as a machine without OCR does."""
    return PdfFileReader(read_image=no_ocr).read(path)


def write_scans(path, texts_of_pages):
    """Write a PDF in which a page without text is a picture."""
    drawn = canvas(path)
    for text in texts_of_pages:
        drawn.setFont("mincho", 11)
        if text:
            drawn.drawString(60, 700, text)
        else:
            drawn.drawImage(ImageReader(picture()), 50, 50, 500, 700)
        drawn.showPage()
    drawn.save()
    return path


def test_a_scanned_page_is_named_and_the_others_are_read(tmp_path):
    """A page that is only a picture is told in the warnings; the rest of the file is read."""
    source = without_ocr(write_scans(tmp_path / "a.pdf", ["開会する。", "", "閉会する。"]))
    assert [line.text for line in source.lines] == ["開会する。", "閉会する。"]
    told, advice = source.warnings
    assert told == "page 2: no text (scan); not read"
    assert "tesseract-ocr-jpn-vert" in advice
    assert source.pages == 3


def test_a_document_of_scans_is_refused_with_what_to_do(tmp_path):
    """Where most pages are pictures the document is not read, and OCR is named."""
    with pytest.raises(ReadingError, match=r"2 of its 3 pages are scanned images.*tesseract.*OCR"):
        without_ocr(write_scans(tmp_path / "a.pdf", ["表紙", "", ""]))


def test_a_pdf_without_any_text_is_refused(tmp_path):
    """Blank pages hold nothing to read."""
    with pytest.raises(ReadingError, match="no text"):
        read_source(write_pdf(tmp_path / "a.pdf", [[], []]))


def without_character_map(path, pages):
    """Take the character map from the fonts of some pages, as broken programs do."""
    writer = pypdf.PdfWriter(clone_from=path)
    for number in pages:
        resources = writer.pages[number]["/Resources"]
        fonts = DictionaryObject()
        for name, font in resources["/Font"].items():
            spoilt = DictionaryObject(font.get_object())
            spoilt.pop(NameObject("/ToUnicode"), None)
            fonts[name] = spoilt
        own = DictionaryObject(resources)
        own[NameObject("/Font")] = fonts
        writer.pages[number][NameObject("/Resources")] = own
    writer.write(path)
    return path


def test_a_page_whose_text_is_garbled_is_not_believed(tmp_path):
    """Characters that no map turns into text are not taken for text; the page is named."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 3, 8)
    whole = read_source(path)
    source = without_ocr(without_character_map(path, [1]))
    assert [warning for warning in source.warnings if warning.startswith("page 2:")]
    assert all(line.page != 2 for line in source.lines)
    assert source.lines[0] == whole.lines[0]


def test_a_document_whose_pages_are_all_garbled_is_refused(tmp_path):
    """Where no page's text can be believed, the reason names the font."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 2, 8)
    count = read_source(path).pages
    with pytest.raises(ReadingError, match="font"):
        without_ocr(without_character_map(path, range(count)))


def test_a_broken_page_is_named_and_the_rest_goes_on(tmp_path):
    """One page that breaks the rules of the format does not cost the others."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES * 3, 8)
    writer = pypdf.PdfWriter(clone_from=path)
    contents = writer.pages[1]["/Contents"].get_object()
    contents[NameObject("/Filter")] = NameObject("/NoSuchFilter")
    writer.write(path)
    source = without_ocr(path)
    assert "page 2: the page is broken; not read" in source.warnings
    assert source.lines[0].text == SPEECHES[0]
    assert {line.page for line in source.lines} >= {1, 3}


def test_an_empty_password_opens_the_file(tmp_path):
    """A PDF that only forbids printing opens without a password and is read."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user_password="", owner_password="owner", algorithm="AES-256")
    writer.write(path)
    assert texts(path) == SPEECHES


def test_a_password_is_asked_for_by_name(tmp_path):
    """A PDF with a password is refused, and what to do is said."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user_password="secret", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(ReadingError, match="password"):
        read_source(path)


def test_a_cut_off_pdf_is_refused_or_read(tmp_path):
    """A download that broke off ends in one named fault, never in another error."""
    whole = write_minutes(tmp_path / "a.pdf", SPEECHES * 3).read_bytes()
    for share in (0.1, 0.5, 0.93):
        path = tmp_path / f"{share}.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(ReadingError):
            read_source(path)


def test_more_pages_than_the_limit_are_refused(tmp_path):
    """A file of more pages than the limit is named with both numbers."""
    path = write_pdf(tmp_path / "a.pdf", [["一"], ["二"], ["三"]])
    with pytest.raises(ReadingError, match="3 pages, more than 2"):
        PdfFileReader(most_pages=2).read(path)


def test_a_pdf_without_its_suffix_is_found_by_its_content(tmp_path):
    """The content says what a file is, not its name."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    named = path.rename(tmp_path / "minutes.txt")
    assert texts(named) == SPEECHES


COUNCIL = Path(__file__).parents[3] / "samples" / "council"


@pytest.mark.parametrize("path", sorted(COUNCIL.rglob("*.pdf")), ids=lambda path: path.stem)
def test_sample_documents_are_read_whole(path):
    """Each sample PDF reads without a warning, on all of its pages, without page numbers."""
    source = read_source(path)
    assert source.warnings == ()
    assert {line.page for line in source.lines} | {line.last_page for line in source.lines} == set(
        range(1, source.pages + 1)
    )
    numbers = [
        line.text
        for line in source.lines
        if line.text.strip("-－ 0123456789/０１２３４５６７８９") == ""
    ]
    assert numbers == []


def test_kanji_named_by_their_radicals_are_the_kanji_that_are_seen(tmp_path):
    """Browsers name 日, 長 and others by the code of the radical: the kanji is what is read."""
    path = write_pdf(tmp_path / "a.pdf", [["⽇時　五⽉⼆⽇", "会⻑　⻘⽊一⻑"]])
    assert texts(path) == ["日時　五月二日", "会長　青木一長"]


def test_what_stands_apart_on_a_line_is_parted(tmp_path):
    """A label and its value drawn apart, even cell by cell from the right font, keep their gap."""
    drawn = canvas(tmp_path / "a.pdf")
    drawn.drawString(60, 700, "日時")
    drawn.drawString(140, 700, "令和5年4月1日")
    for column, character in enumerate("会議の記録を作成する"):
        drawn.drawString(60 + 12.5 * column, 660, character)
    drawn.save()
    assert texts(tmp_path / "a.pdf") == ["日時　令和5年4月1日", "会議の記録を作成する"]


def test_readings_above_words_are_no_words(tmp_path):
    """The small kana above a name (ruby) is left out; the name is what is read."""
    drawn = canvas(tmp_path / "a.pdf")
    drawn.drawString(60, 700, "出席した")
    drawn.setFont("mincho", 5)
    drawn.drawString(104, 711, "なかじま")
    drawn.setFont("mincho", 11)
    drawn.drawString(104, 700, "中嶋委員は、次のとおり述べた。")
    drawn.save()
    assert texts(tmp_path / "a.pdf") == ["出席した中嶋委員は、次のとおり述べた。"]


def test_vertical_lines_are_lines(tmp_path):
    """Characters drawn one below the other are a line, read from right to left."""
    drawn = canvas(tmp_path / "a.pdf")
    for column, line in enumerate(["議長︵山本君︶開会します。", "第十二号議案を議題とします。"]):
        for row, character in enumerate(line):
            drawn.drawString(500 - 30 * column, 700 - 12 * row, character)
    drawn.save()
    assert texts(tmp_path / "a.pdf") == [
        "議長（山本君）開会します。",
        "第十二号議案を議題とします。",
    ]


def write_by_map(path, encoding, codec, lines):
    """Write lines in a font that is not embedded, their codes by a CMap of Adobe's."""
    pdfmetrics.registerFont(CIDFont("HeiseiKakuGo-W5", encoding))
    drawn = Canvas(str(path))
    drawn.setFont(f"HeiseiKakuGo-W5-{encoding}", 11)
    for row, text in enumerate(lines):
        drawn.drawString(60, 700 - 18 * row, text.encode(codec).decode("latin-1"))
    drawn.save()
    return path


@pytest.mark.parametrize(("encoding", "codec"), [("EUC-H", "euc_jp"), ("90pv-RKSJ-H", "cp932")])
def test_text_by_a_map_that_pypdf_does_not_know_is_pdfium_s(tmp_path, encoding, codec):
    """Codes that pypdf takes for UTF-16 give characters like text: PDFium knows the map."""
    path = write_by_map(tmp_path / "a.pdf", encoding, codec, SPEECHES[3:])
    source = without_ocr(path)
    assert [line.text for line in source.lines] == SPEECHES[3:]
    assert source.warnings == ()


@pytest.mark.parametrize(
    "signs", ["#$%&'()*+,-./:;<=>?@[]^_`{|}~", "qzxkvwbjhgfdmnpqzrtxkvwbjhgfds"]
)
def test_latin_letters_that_make_no_words_are_not_text(tmp_path, signs):
    """A font whose codes are its own comes out as letters and signs: the page is not read."""
    drawn = canvas(tmp_path / "a.pdf")
    for row in range(5):
        drawn.drawString(60, 700 - 18 * row, signs[row:] + signs[:row])
    drawn.save()
    with pytest.raises(ReadingError, match="garbled"):
        without_ocr(tmp_path / "a.pdf")


def test_labels_outline_and_form_are_told(tmp_path):
    """Page labels are handed on, titles of the outline are headings, filled fields are read."""
    drawn = canvas(tmp_path / "a.pdf")
    for number, title in enumerate(["第１章　総則", "第２章　雑則"]):
        drawn.setFont("mincho", 11)
        drawn.drawString(60, 780, title)
        drawn.drawString(60, 740, "この要綱は、必要な事項を定めるものとする。")
        drawn.bookmarkPage(title)
        drawn.addOutlineEntry(title.replace("１", "1"), title, level=0)
        if number:
            drawn.acroForm.textfield(name="a", tooltip="name", x=60, y=600, value="Ito")
        drawn.showPage()
    drawn.addPageLabel(0, style="ROMAN_LOWER", start=1)
    drawn.save()
    source = without_ocr(tmp_path / "a.pdf")
    assert source.labels == ("i", "ii")
    assert [line.text for line in source.lines if line.level] == ["第１章　総則", "第２章　雑則"]
    assert source.lines[-1].text == "name\u3000Ito"
    assert source.lines[-1].page == 2
    assert any("filled field" in warning for warning in source.warnings)


def test_attached_files_are_told(tmp_path):
    """Files inside the PDF are not read, and their number is in the warnings."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_attachment("plan.xlsx", b"x")
    writer.write(path)
    [warning] = without_ocr(path).warnings
    assert "1 files attached" in warning


def test_what_is_left_of_a_pdf_that_broke_off_is_read(tmp_path):
    """Only the table of the objects is missing: the pages are read, and the loss is told."""
    path = write_minutes(tmp_path / "a.pdf", SPEECHES)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref", 0, content.rindex(b"startxref"))])
    source = without_ocr(path)
    assert [line.text for line in source.lines] == SPEECHES
    assert "the end of the file is missing" in source.warnings[0]


def test_a_page_by_ocr_is_marked_and_told(tmp_path):
    """A scan's lines carry the mark of the machine, its warning is one for a run of pages."""

    def engine(image, page):
        assert image.width * image.height <= 8_000_000
        text = f"第{page}頁の本文である。"
        return OcrPage((text,), PageGlyphs(page, text, ((0.1, 0.1, 0.2, 0.2),) * len(text)), 0.5)

    path = write_scans(tmp_path / "a.pdf", ["開会する。", "", ""])
    source = PdfFileReader(read_image=engine).read(path)
    assert [(line.text, line.by_machine) for line in source.lines] == [
        ("開会する。", False),
        ("第2頁の本文である。", True),
        ("第3頁の本文である。", True),
    ]
    [told] = source.warnings
    assert told.startswith("pages 2-3: read by OCR, unsure")
    assert [page.page for page in source.glyphs] == [1, 2, 3]


def test_time_that_ocr_takes_is_not_taken_from_the_other_pages(tmp_path):
    """A long scan is read to its end: each page gives back what reading it took."""
    path = write_scans(tmp_path / "a.pdf", [""] * 6)

    def slow(image, page):
        del image
        time.sleep(0.3)
        return OcrPage((f"{page}頁の議事を記録する。",), PageGlyphs(page, "", ()), 0.9)

    with PdfiumDocument(path.read_bytes()) as drawn:
        pages = Pages(None, drawn, slow, time.monotonic() + 1).read(6)
    assert [page.text for page in pages] == [f"{n}頁の議事を記録する。" for n in range(1, 7)]


def test_a_page_that_ocr_hardly_reads_is_told_of_once(tmp_path):
    """The engine's own warning and that of the PDF say the same."""
    told = "page 1: OCR is not sure of it (40%): look at the page"

    def unsure(image, page):
        del image
        return OcrPage(("議事を記録する。",), PageGlyphs(page, "", ()), 0.4, (told,))

    source = PdfFileReader(read_image=unsure).read(write_scans(tmp_path / "a.pdf", [""]))
    assert source.warnings == ("page 1: read by OCR, unsure of its words: compare with the page",)
