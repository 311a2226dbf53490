"""The OCR engines beside Kiroku: one that is missing, one that fails, and the extra alone."""

import sys

import pytest
from PIL import Image

from benchmarks.page_pictures import FONT, error_rate, horizontal_page
from ingest.ocr.page import INSTALL, installed_engines, read_image
from ingest.ocr.rapid import RapidOcr

LINES = [
    "ただいまの出席委員は六名で、定足数に達しております。",
    "学校給食の食材の値上がりについて説明を求めます。",
    "献立の工夫と市の補助で続けたいと考えております。",
]


@pytest.fixture
def no_rapid(monkeypatch):
    """Leave Tesseract alone, whatever is installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("no_rapid")
def test_an_engine_that_fails_is_a_warning(tmp_path, monkeypatch):
    """A Tesseract that ends with an error does not take the document with it."""
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo jpn && exit 0\nexit 3\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    picture = Image.new("L", (900, 900), 255)
    picture.paste(0, (100, 400, 600, 440))
    page = read_image(picture, 2)
    assert page.lines == ()
    assert page.warnings == ("page 2: OCR read nothing of it: tesseract failed on it (code 3)",)


@pytest.mark.usefixtures("no_rapid")
def test_without_an_engine_there_is_no_page(tmp_path, monkeypatch):
    """Nothing fails, and the advice names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_engines() is None
    assert read_image(Image.new("L", (500, 500), 255), 1) is None
    assert "tesseract-ocr-jpn-vert" in INSTALL
    assert "kiroku-council[ocr]" in INSTALL


def test_rapidocr_alone_reads_a_page_in_order(monkeypatch, tmp_path):
    """Where only the extra is installed, it reads: lines from top to bottom, with their boxes."""
    if not RapidOcr().installed():
        pytest.skip("the extra 'ocr' (RapidOCR) is not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_engines() == "RapidOCR"
    if not FONT.exists():
        pytest.skip(f"no Japanese font at {FONT}")
    picture = horizontal_page(LINES, 200).crop((0, 0, 1654, 500))
    page = read_image(picture, 1)
    assert error_rate("".join(LINES), "".join(page.lines)) < 0.06
    assert [len(line) for line in page.lines] == [len(line) for line in LINES]
    assert len(page.glyphs.boxes) == len(page.glyphs.text)
    tops = [box[1] for box in page.glyphs.boxes]
    assert tops[0] < tops[-1]
