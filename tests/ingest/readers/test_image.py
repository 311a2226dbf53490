"""Pictures as files: their formats, pages, how they lie, and what is refused."""

import struct
import sys
import zlib

import pytest
from PIL import Image

from benchmarks.page_pictures import FONT, error_rate, horizontal_page
from index.errors import ReadingError
from ingest.ocr.tesseract import Tesseract
from ingest.readers.find import read_source
from ingest.readers.image import ImageReader

LINES = ["ただいまから教育委員会を開会します。", "学校給食の費用について説明を求めます。"]

needs_engine = pytest.mark.skipif(
    not FONT.exists() or not Tesseract().installed(),
    reason=f"needs tesseract with its Japanese model, and the font {FONT}",
)


def drawn(lines=LINES):
    """Return a picture of some lines, as large as they need."""
    return horizontal_page(lines, 200).crop((100, 100, 1000, 420))


def rate(source):
    """Return the error rate of a file's text."""
    return error_rate("".join(LINES), "".join(line.text for line in source.lines))


@needs_engine
@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "gif", "webp"])
def test_every_format_is_read_by_its_content(tmp_path, suffix):
    """Whatever the file is called, the picture in it is read, and marked as read by OCR."""
    drawn().save(tmp_path / f"a.{suffix}")
    path = (tmp_path / f"a.{suffix}").rename(tmp_path / "scan.pdf")
    source = read_source(path)
    assert rate(source) < 0.1
    assert source.pages == 1
    assert all(line.by_machine and line.page == 1 for line in source.lines)
    assert source.warnings[0] == "read by OCR: 1 page"
    assert [page.page for page in source.glyphs] == [1]


@needs_engine
def test_pages_of_a_tiff_count_from_1(tmp_path):
    """Each page's lines know their page; a blank page between them is named."""
    pages = [drawn(LINES[:1]), Image.new("L", (900, 300), 255), drawn(LINES[1:])]
    path = tmp_path / "fax.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    source = read_source(path)
    assert source.pages == 3
    assert [line.page for line in source.lines] == [1, 3]
    assert "page 2: OCR found no text on it" in source.warnings
    assert rate(source) < 0.1


@needs_engine
def test_a_photograph_is_read_as_its_exif_turns_it(tmp_path):
    """A picture stored on its side with a note how to turn it has boxes as it is shown."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    drawn().rotate(90, expand=True).save(tmp_path / "photo.jpg", exif=exif)
    source = read_source(tmp_path / "photo.jpg")
    assert rate(source) < 0.1
    left, top, right, bottom = source.glyphs[0].boxes[0]
    assert left < 0.2
    assert top < 0.5
    assert right > left
    assert bottom > top


def test_a_bomb_is_refused_unopened(tmp_path):
    """A few bytes that unfold to more than is read are named as too large, with what to do."""

    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    for side in (12_000, 60_000):
        head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
        body = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
        path = tmp_path / "bomb.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body)
        with pytest.raises(ReadingError, match=r"pixels.*: save it at 300 dpi"):
            read_source(path)


def test_too_many_pages_are_refused(tmp_path):
    """A TIFF of more pages than are read says how many it has."""
    path = tmp_path / "many.tif"
    one = Image.new("1", (8, 8), 1)
    one.save(path, save_all=True, append_images=[one] * 4)
    with pytest.raises(ReadingError, match="it has 5 pages, more than 3: split it"):
        ImageReader(most_pages=3).read(path)


@pytest.mark.parametrize("keep", [60, 300])
def test_a_broken_picture_says_so(tmp_path, keep):
    """A file cut short is no crash."""
    whole = tmp_path / "whole.png"
    Image.effect_noise((200, 200), 80).save(whole)
    path = tmp_path / "cut.png"
    path.write_bytes(whole.read_bytes()[:keep])
    with pytest.raises(ReadingError, match="the picture is broken: open it in a viewer"):
        read_source(path)


def test_without_an_engine_the_error_says_what_to_install(tmp_path, monkeypatch):
    """The file is named as a picture; the packages are named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    Image.new("L", (50, 50), 255).save(tmp_path / "a.png")
    with pytest.raises(ReadingError, match=r"picture: .*apt-get install tesseract-ocr"):
        read_source(tmp_path / "a.png")


def test_a_picture_without_text_is_refused(tmp_path):
    """Nothing is taken in as a document of no words."""
    if not Tesseract().installed():
        pytest.skip("tesseract with its Japanese model is not installed")
    Image.new("L", (300, 300), 255).save(tmp_path / "a.png")
    with pytest.raises(ReadingError, match="no text was found in the picture"):
        read_source(tmp_path / "a.png")


def test_text_that_begins_like_a_bitmap_is_text(tmp_path):
    """Two letters do not make a picture."""
    path = tmp_path / "minutes.txt"
    path.write_text("BMX track: the committee agreed to fund it. The motion carried.\n")
    assert read_source(path).lines[0].text.startswith("BMX track")
