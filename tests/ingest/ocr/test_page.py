"""OCR of pictures of pages drawn from known text: what is read, where it stands, what is said."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.page_pictures import (
    FONT,
    error_rate,
    horizontal_page,
    squeezed,
    vertical_page,
    worn,
    wrapped,
)
from ingest.ocr.page import read_image
from ingest.ocr.tesseract import Tesseract

TEXT = [
    "〇委員長　　これより教育委員会の会議を開きます。",
    (
        "ただいまの出席委員は六名で、定足数に達しております。初めに、学校給食の食材の値上がりに"
        "ついて、教育部長から説明を求めます。"
    ),
    (
        "〇教育部長　牛乳と小麦の価格が昨年の春から上がり続けており、本年度の予算では夏までしか"
        "足りない見込みであります。保護者の負担を増やすことなく、献立の工夫と市の補助で続けたいと"
        "考えております。"
    ),
    "〇佐野委員　補助はいつまで続けるのか伺います。",
]


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FONT.exists() or not Tesseract().installed(),
        reason=f"needs tesseract with its Japanese model, and the font {FONT}",
    ),
]


@pytest.fixture
def no_rapid(monkeypatch):
    """Leave Tesseract alone, whatever is installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def said(columns=30):
    """Return the text in lines."""
    return wrapped(TEXT, columns)


def rate(page, lines):
    """Return the error rate, signs that only look different taken as one."""
    same = str.maketrans("()[]", "（）【】")
    return error_rate("".join(lines).translate(same), "".join(page.lines).translate(same))


def ink_under(picture, box):
    """Return the darkest level inside a box given in shares of the picture."""
    left, top, right, bottom = box
    width, height = picture.size
    cut = picture.crop(
        (int(left * width), int(top * height), int(right * width) + 1, int(bottom * height) + 1)
    )
    return int(np.asarray(cut).min())


def test_a_clean_page_is_read_line_by_line():
    """Almost every character comes back, each line as the line it was, blanks where there were."""
    page = read_image(horizontal_page(said()), 3)
    assert rate(page, said()) < 0.03
    assert len(page.lines) == len(said())
    assert page.lines[3].startswith("〇教育部長\u3000牛乳と小麦")
    assert page.glyphs.page == 3
    assert page.confidence > 0.8
    assert page.warnings == ()


def test_a_skewed_and_grainy_copy_is_read_too():
    """Grain and skew, on which Tesseract alone finds nothing, are taken out first."""
    assert rate(read_image(worn(horizontal_page(said()[:5])), 1), said()[:5]) < 0.06


def test_tiers_of_vertical_text_are_read_one_after_the_other():
    """Columns from right to left, the upper tier before the lower one."""
    if "jpn_vert" not in models():
        pytest.skip("the model for vertical text (tesseract-ocr-jpn-vert) is not installed")
    lines = wrapped(TEXT[:3] * 2, 30)
    tiers = [lines[: len(lines) // 2], lines[len(lines) // 2 :]]
    page = read_image(vertical_page(tiers), 1)
    assert rate(page, lines) < 0.06
    assert page.lines[0].startswith("〇委員長")


def models():
    """Return what Tesseract says of its models."""
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True)  # noqa: S607
    return listed.stdout.decode().split()


@pytest.mark.parametrize("turn", [0, 180])
def test_boxes_lie_on_the_characters_however_the_page_lies(turn):
    """Every box has ink in it; together they leave little outside, also on a page upside down."""
    picture = horizontal_page(said()[:4], 200).rotate(turn)
    page = read_image(picture, 1)
    assert rate(page, said()[:4]) < 0.04
    assert len(page.glyphs.boxes) == len(page.glyphs.text) == len(squeezed("".join(page.lines)))
    assert all(ink_under(picture, box) < 128 for box in page.glyphs.boxes)
    rest = picture.copy()
    for left, top, right, bottom in page.glyphs.boxes:
        edges = (left * rest.width, top * rest.height, right * rest.width, bottom * rest.height)
        ImageDraw.Draw(rest).rectangle(edges, fill=255)
    dark = [(np.asarray(image) < 128).sum() for image in (picture, rest)]
    assert dark[1] < 0.15 * dark[0]


def test_boxes_follow_the_skew():
    """On a skewed page a box lies where the word was printed, not where it was set straight."""
    straight = horizontal_page(said()[:6], 200)
    skewed = straight.rotate(3, Image.Resampling.BICUBIC, fillcolor=255)
    page = read_image(skewed, 1)
    assert rate(page, said()[:6]) < 0.05
    inked = [ink_under(skewed, box) < 160 for box in page.glyphs.boxes]
    assert sum(inked) > 0.97 * len(inked)


def test_cells_of_a_table_are_parted_by_tabs():
    """What stands far apart in one row comes out as the cells of a row."""
    picture = Image.new("L", (2481, 900), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 46)
    rows = [
        ("区分", "予算額", "前年度"),
        ("土木費", "4,390", "4,310"),
        ("教育費", "4,720", "4,655"),
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = (250 + 700 * column, 200 + 100 * row)
            pen.rectangle((place[0] - 20, place[1] - 25, place[0] + 680, place[1] + 75), outline=0)
            pen.text(place, cell, font=font, fill=0)
    lines = read_image(picture, 1).lines
    assert [line.count("\t") for line in lines] == [2, 2, 2]
    assert lines[0].split("\t") == list(rows[0])


def test_light_text_on_a_dark_ground_is_read():
    """A picture in negative says the same."""
    picture = horizontal_page(said()[:3], 200).point(lambda level: 255 - level).convert("RGB")
    assert rate(read_image(picture, 1), said()[:3]) < 0.05


@pytest.mark.usefixtures("no_rapid")
def test_a_page_that_takes_too_long_is_given_up_with_a_warning():
    """No lines and no failure: the warning names the page and the reason."""
    page = read_image(horizontal_page(said()), 7, seconds=0.01)
    assert page.lines == ()
    assert page.warnings == ("page 7: OCR read nothing of it: it took too long",)


def test_an_empty_page_has_no_lines():
    """White paper is no fault."""
    page = read_image(Image.new("RGB", (800, 1100), "white"), 1)
    assert page.lines == ()
    assert page.confidence == 0
    assert page.glyphs.text == ""


@pytest.mark.usefixtures("no_rapid")
def test_a_page_that_is_hardly_read_says_so():
    """Where the engine itself is not sure, the warning names the page and how sure it is."""
    blurred = horizontal_page(said(), 300).reduce(6).resize((2481, 3507))
    page = read_image(blurred, 4)
    assert page.confidence < 0.75
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("page 4: OCR ")


def test_no_file_is_left_behind(tmp_path, monkeypatch):
    """Pages go to the engine without being written anywhere."""
    for name in ("TMPDIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    read_image(horizontal_page(said()[:2]), 1)
    assert list(tmp_path.iterdir()) == []
