"""Damaged files: whatever bytes are changed or lost, the outcome is text or one named fault."""

import random
import zlib

import pytest

from index.errors import ReadingError
from ingest.document.source import Source
from ingest.readers.pdf.reader import PdfFileReader
from ingest.readers.word.reader import WordReader
from tests.ingest.making import write_minutes, write_word

SPEECH = "○会長　ただいまから会議を開きます。本日は、計画の改定について御審議をいただきます。"


def pdf(path):
    """Write a PDF."""
    return write_minutes(path / "whole.pdf", [SPEECH] * 30, foot="- {page} -")


def word(path):
    """Write a Word file."""
    return write_word(path / "whole.docx", lambda document: document.add_paragraph(SPEECH * 9))


def damaged(content, seed):
    """Change or cut out some bytes, more with some seeds than with others."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    spoilt = bytearray(content)
    for _ in range(dice.choice([1, 5, 40, 400])):
        place = dice.randrange(len(spoilt))
        if dice.random() < 0.7:
            spoilt[place] = dice.randrange(256)
        else:
            del spoilt[place : place + dice.randrange(1, 60)]
    return bytes(spoilt)


def no_ocr(image, page):
    """Stand for a machine without OCR, which would take a second for each page that is spoilt."""
    del image, page


@pytest.mark.parametrize(
    ("make", "reader"), [(pdf, PdfFileReader(read_image=no_ocr)), (word, WordReader())]
)
def test_damage_never_ends_in_another_error(tmp_path, make, reader):
    """Sixty damaged copies of a file are each read or refused, and some are refused."""
    whole = make(tmp_path)
    content = whole.read_bytes()
    refused = 0
    for seed in range(60):
        path = tmp_path / f"damaged{whole.suffix}"
        path.write_bytes(damaged(content, seed))
        try:
            assert isinstance(reader.read(path), Source)
        except ReadingError:
            refused += 1
    assert refused > 0


def cut_off_with_packed_objects():
    """Return a PDF whose catalogue and page lie in an object stream and whose end is missing."""
    shown = b"BT /F1 12 Tf 50 700 Td (The council met and approved the budget.) Tj ET"
    packed = {
        1: b"<< /Type /Catalog /Pages 2 0 R >> ",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >> ",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 6 0 R >> >> >> ",
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> ",
    }
    numbers, body = b"", b""
    for number, content in packed.items():
        numbers += b"%d %d " % (number, len(body))
        body += content
    data = zlib.compress(numbers + body)
    return (
        b"%%PDF-1.5\n4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<< /Type /ObjStm /N 4 /First %d /Length %d /Filter /FlateDecode >>\n"
        b"stream\n%s\nendstream\nendobj\n7 0 obj\n<< /Type /XRef /Si"
    ) % (len(shown), shown, len(numbers), len(data), data)


def test_packed_objects_of_a_pdf_without_its_end_are_found(tmp_path):
    """A download that broke off before the table of objects is read as far as it goes."""
    path = tmp_path / "cut.pdf"
    path.write_bytes(cut_off_with_packed_objects())
    source = PdfFileReader(read_image=no_ocr).read(path)
    assert [line.text for line in source.lines] == ["The council met and approved the budget."]
    assert source.warnings[0].startswith("the end of the file is missing")
