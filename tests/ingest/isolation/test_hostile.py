"""Attacks by the content of a file, from the folder to the published index."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from benchmarks.mutated import tried, without_ocr
from tests.index.making import CharacterEmbedder
from tests.ingest.isolation import contorted_office, contorted_pdf
from tests.ingest.isolation.mutating import zipped
from tests.ingest.isolation.seeds import seeds

pytestmark = pytest.mark.slow

SPEECH = "○議長（山田太郎君）　これより会議を開きます。"
HOST = Path("/etc/hostname")
_MACRO = b"Sub AutoOpen() Shell steal End Sub"
_PDFS = ("bomb.pdf", "bomb-twice.pdf", "form-in-itself.pdf", "filter-JBIG2.pdf")
_ENTITIES = (
    ("minutes.docx", "word/document.xml", contorted_office.documents),
    ("table.xlsx", "xl/worksheets/sheet1.xml", contorted_office.sheets),
    ("book.epub", "a.xhtml", lambda: contorted_office.parts("html")),
)
"""Whole files, the part that is another, and what that may be."""


def with_part(name, part, content):
    """Return a whole file with another part in it."""
    with zipfile.ZipFile(io.BytesIO(seeds()[name])) as archive:
        parts = {known: archive.read(known) for known in archive.namelist()}
    return zipped({**parts, part: content})


def sheet():
    """Return a workbook whose cells begin as formulas do."""
    book = openpyxl.Workbook()
    for cell in ("区分", '=HYPERLINK("http://example.jp","x")', "@SUM(1)"):
        book.active.append(["予算", cell])
        book.active.cell(book.active.max_row, 2).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def photograph():
    """Return a picture whose EXIF has words."""
    out, told = io.BytesIO(), Image.Exif()
    told[0x010E] = "steal this"
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=told)
    return out.getvalue()


def acting():
    """Return a PDF that wants a script and a program run when it is opened."""
    whole = contorted_pdf.page_with(
        b"/OpenAction << /S /JavaScript /JS (steal\\(\\)) /Next << /S /Launch /F (/bin/steal) >> >>"
    )
    assert b"Launch" in whole
    return whole


def files():
    """Return the attacks by name."""
    bomb = zipped({"zeros.txt": bytes(9_000_000)})
    for _ in range(4):
        bomb = zipped({f"{number}.zip": bomb for number in range(9)})
    page = f"<html><body><p>{SPEECH}</p></body></html>".encode()
    pdfs = contorted_pdf.pdfs()
    entities = {
        f"{way}-{name}": with_part(name, part, made[way])
        for name, part, make in _ENTITIES
        for made in [make()]
        for way in ("laughing", "outer")
    }
    return {
        "half.eml": b"From: a@example.jp\nMIME-Version: 1.0\nSubject: =?utf-7?Q?+2AA-x?=\n"
        b"Content-Type: text/plain; charset=utf-7\n\nThe motion +2AA- was carried.\n",
        "escape.txt": f"{SPEECH}\n本日の\x1b[2J議題は、予算です。\n".encode(),
        "script.html": f"<body><p>{SPEECH}</p><script>steal()</script>".encode(),
        "page.pdf": page,
        "bomb.zip": bomb,
        "cells.xlsx": sheet(),
        "exif.jpeg": photograph(),
        "macro.docm": with_part("minutes.docx", "word/vbaProject.bin", _MACRO),
        "macro.xlsm": with_part("table.xlsx", "xl/vbaProject.bin", _MACRO),
        "action.pdf": acting(),
        "action-and-zip.pdf": acting() + zipped({"hidden.txt": b"steal"}),
        "zip.pdf": zipped({"inside.txt": SPEECH.encode()}),
        "text.docx": f"{SPEECH}\n名は体を表しません。".encode(),
        **{name: pdfs[name] for name in _PDFS},
        **entities,
    }


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Give what came of the files between two whole ones."""
    place = tmp_path_factory.mktemp("hostile")
    with without_ocr(place / "no-ocr"):
        return tried(place / "run", files(), CharacterEmbedder())


def test_nothing_in_a_file_ends_the_run_or_steers_a_terminal(outcome):
    """Halves of characters, escapes and wrong names are text, or are left out."""
    assert outcome.faults == []
    words = "".join(outcome.texts.values())
    assert not set(words) & set("\x1b\x00\ud800")
    assert "carried" in outcome.texts["half.eml"]


def test_what_would_run_is_neither_run_nor_read(outcome):
    """Scripts, macros, actions and what pictures say of themselves are no words of a document."""
    assert "steal" not in "".join(outcome.texts.values())
    assert "議長" in outcome.texts["script.html"]
    assert "運賃" in outcome.texts["macro.docm"]
    assert "10000" in outcome.texts["macro.xlsm"].replace(",", "")
    assert "carried" in outcome.texts["action.pdf"]


def test_entities_are_neither_unfolded_nor_fetched(outcome):
    """A file of this machine is never in a passage, nor ten to the ninth laughs."""
    words = "\n".join(outcome.texts.values())
    assert len(HOST.read_text().strip()) > 0
    assert HOST.read_text().strip() not in words
    assert "haha" not in words


def test_cells_that_begin_as_formulas_are_shown_as_text(outcome):
    """What stands in a cell is said as it stands, and worked out by nobody."""
    assert '=HYPERLINK("http://example.jp","x")' in outcome.texts["cells.xlsx"]
    assert "@SUM(1)" in outcome.texts["cells.xlsx"]


def test_a_file_is_what_its_content_says(outcome):
    """A zip named as a PDF is unpacked, text named as Word is text; of two in one, the first."""
    assert "名は体を" in outcome.texts["text.docx"]
    assert "議長" in "".join(text for name, text in outcome.texts.items() if "zip.pdf" in name)
    assert "carried" in outcome.texts["action-and-zip.pdf"] + outcome.texts["action.pdf"]


def test_bombs_are_refused_and_a_page_that_draws_itself_is_read(outcome):
    """A small file that unfolds to gigabytes gives no text; forms in circles cost nothing."""
    assert not any(text for name, text in outcome.texts.items() if name.startswith("bomb"))
    assert "carried" in outcome.texts["form-in-itself.pdf"]
