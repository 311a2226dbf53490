"""Where the quoted words of a passage stand on its page."""

import pytest

from bot.viewer.quoted import Quoted, boxes_of, quoted_in, read_quoted
from index.passage import Passage, PassageId, PassageKind
from index.place import Box

TEXT = "甲は三十本です。乙は四十本です。"
LINES = (Box(2, 0.1, 0.10, 0.5, 0.12), Box(2, 0.1, 0.14, 0.5, 0.16))
COLUMNS = (Box(2, 0.80, 0.1, 0.82, 0.5), Box(2, 0.76, 0.1, 0.78, 0.5))


def passage(text: str, *boxes: Box) -> Passage:
    """Return a passage with these lines."""
    return Passage(PassageId("0-0"), text, PassageKind.STATEMENT, page=2, last_page=2, boxes=boxes)


def edges(text: str, quote: str, *boxes: Box) -> list[tuple[float, ...]]:
    """Return the edges of what is marked, rounded."""
    quoted = quoted_in(text, quote)
    assert quoted is not None
    return [tuple(round(e, 3) for e in b.edges) for b in boxes_of(passage(text, *boxes), quoted)]


def test_a_sentence_in_the_middle_of_lines_has_its_part_of_each():
    """Sixteen characters on two lines of eight: six of them, over the end of the first line."""
    assert edges(TEXT, "です。乙は四", *LINES) == [(0.35, 0.1, 0.5, 0.12), (0.1, 0.14, 0.25, 0.16)]


def test_half_width_characters_are_half_as_wide():
    """Two of them fill the place of one."""
    assert edges("ab令和", "令和", LINES[0]) == [(0.233, 0.1, 0.5, 0.12)]


def test_vertical_lines_are_cut_from_the_top():
    """What comes first stands higher."""
    assert edges(TEXT, "乙は四十", *COLUMNS) == [(0.76, 0.1, 0.78, 0.3)]


def test_a_quote_that_is_all_or_not_there_marks_nothing_apart():
    """Then the passage is marked."""
    assert quoted_in(TEXT, TEXT + "\n") is None
    assert quoted_in(TEXT, "丙") is None
    assert quoted_in(TEXT, "") is None


def test_words_without_boxes_have_none():
    """A text file has no pages."""
    assert boxes_of(passage(TEXT), Quoted(0, 3)) == ()


@pytest.mark.parametrize("written", ["", "3", "5-3", "3-3", "-1-3", "1-3-5", "a-b", "01-3", "1-٣"])
def test_what_no_link_says_is_not_read(written: str):
    """Only what was written here."""
    assert read_quoted(written) is None


def test_what_a_link_says_is_read():
    """To and fro."""
    assert read_quoted(str(Quoted(0, 12))) == Quoted(0, 12)
