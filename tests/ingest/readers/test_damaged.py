"""Damaged files: whatever bytes are changed or lost, the outcome is text or one named fault."""

import random

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
