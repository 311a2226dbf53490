"""A history as a picture."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.handout.fonts import Font, drawable, font_in, has, japanese_font
from bot.handout.timeline import MOST_DRAWN, WIDTH, lines_of, spread, timeline
from tests.bot.handout.histories import history_of
from tests.bot.history import past_meetings
from tests.index.making import minutes

FONT = japanese_font()
needs_font = pytest.mark.skipif(FONT is None, reason="no Japanese font on this machine")


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Give the history of the bicycle park."""
    return history_of("駐輪場", past_meetings.ALL, tmp_path_factory.mktemp("past"))


@pytest.fixture
def font() -> Font:
    """Give the font of this machine."""
    assert FONT is not None
    return FONT


def opened(png: bytes) -> Image.Image:
    """Return a picture in colours."""
    return Image.open(io.BytesIO(png)).convert("RGB")


@needs_font
def test_the_picture_is_as_wide_as_a_phone_and_says_what_it_shows(history, font):
    """Each meeting with a date, oldest first, in words; a decision in its own colour."""
    picture = timeline(history, font)
    image = opened(picture.png)
    assert image.width == WIDTH
    days = ["令和2年4月1日", "令和3年6月10日", "令和4年9月5日", "令和5年3月20日"]
    places = [picture.alternative.index(f"、{day} ") for day in days[1:]]
    assert places == sorted(places)
    assert f"4件、{days[0]}から{days[-1]}まで" in picture.alternative
    assert "令和3年6月10日 今後の対応: 来年度に増設を検討してまいります。" in picture.alternative
    counted = {colour: count for count, colour in image.getcolors(1 << 16)}
    decided = sum(n for (red, _, blue), n in counted.items() if blue > 150 and red < 60)
    assert decided > 1000


@needs_font
def test_the_picture_is_drawn_with_the_shapes_of_its_characters(history, font):
    """Every character of a history has one: not the box that stands for a missing one."""
    drawn = font.at(32)
    assert all(has(drawn, each) for each in "「駐輪場」のこれまでの議論令和年月日原案可決→◆①髙﨑")
    assert drawable("髙橋\ue000", drawn) == "髙橋〓"
    other = replace(history, topic="図書館")
    one, two = (opened(timeline(each, font).png) for each in (history, other))
    assert one.size == two.size
    assert ImageChops.difference(one, two).getbbox() is not None


def test_without_a_date_there_is_no_picture(tmp_path):
    """Nor is one made up."""
    history = history_of("駐輪場", [past_meetings.UNDATED], tmp_path)
    assert timeline(history, Font(Path("none.ttf"))) is None


@needs_font
def test_of_many_meetings_the_newest_are_drawn_and_the_rest_is_told(tmp_path, font):
    """A picture that can be read; a day with several meetings, and names longer than a head."""
    asks = [("谷口委員", past_meetings.ASK, "駐輪場は。", None)]
    documents = [
        minutes(f"{n}.txt", f"{2000 + n}-03-10", asks, body=f"{'とても' * n}長い名前の特別委員会")
        for n in range(1, 25)
    ]
    again = minutes("again.txt", "2024-03-10", asks, body="Committee on Bicycles")
    history = history_of("駐輪場", [*documents, again], tmp_path)
    picture = timeline(history, font)
    assert f"{MOST_DRAWN}件、" in picture.alternative
    assert opened(picture.png).height < 4_500


def test_labels_move_apart_and_stay_within_the_picture():
    """In their order, none nearer than a row."""
    moved = spread([10, 11, 12, 400, 401], 100, 450)
    assert all(b - a >= 100 for a, b in pairwise(moved))
    assert moved[-1] <= 450
    assert moved[0] <= 50


@needs_font
def test_lines_are_broken_within_their_room(font):
    """What is over is cut with a mark; English between words."""
    face = font.at(32)
    lines = lines_of("駐輪場の増設を検討してまいります。" * 3, face, 300, 2)
    assert len(lines) == 2
    assert all(face.getlength(line) <= 300 for line in lines)
    assert lines[-1].endswith("…")
    assert lines_of("検討してまいります。", face, 300, 2) == ["検討してまいりま", "す。"]
    assert lines_of("Forty racks next spring", face, 230, 3)[0] == "Forty racks"


@needs_font
def test_a_font_is_found_by_its_name_at_any_depth(tmp_path, font):
    """A file that is none is passed over; where there is none, nothing is found."""
    assert font_in([tmp_path]) is None
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font")
    assert font_in([tmp_path]) is None
    (tmp_path / "a" / "b" / "ipaexg.ttf").symlink_to(font.path)
    assert font_in([tmp_path]).path == tmp_path / "a" / "b" / "ipaexg.ttf"
