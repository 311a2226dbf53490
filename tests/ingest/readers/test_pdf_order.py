"""The order of reading: vertical lines, tiers, columns, in whatever order a page was drawn."""

import random

import pytest

from ingest.readers.find import read_source
from tests.ingest.making import canvas, write_pdf

SPEECHES = [
    "○議長（山本一郎君）　ただいまから本日の会議を開きます。日程第一、一般質問を行います。",
    (
        "○佐藤花子君　学校給食の無償化について伺います。本市では、令和五年度から第三子以降の"
        "給食費を免除しておりますが、近隣の市では全額を無償とするところが増えてまいりました。本市においても、"
        "早期に実施すべきと考えますが、教育長の御見解を伺います。"
    ),
    (
        "○教育長（高橋次郎君）　お答えいたします。学校給食の無償化につきましては、年間およそ三億円"
        "の財源が必要になると見込んでおります。国の動向を注視しながら検討してまいりたいと考えております。"
    ),
    "○議長（山本一郎君）　この際、暫時休憩いたします。",
] * 3
SIZE, PITCH, GAP = 11, 19, 26
TOP, BOTTOM, RIGHT = 770, 60, 540


def wrapped(columns):
    """Return the speeches in lines of so many characters."""
    return [
        speech[start : start + columns]
        for speech in SPEECHES
        for start in range(0, len(speech), columns)
    ]


def in_tiers(tiers, lines_a_tier):
    """Return (tier, line, row, x, y, character) of vertical lines on one page."""
    height = (TOP - BOTTOM - GAP * (tiers - 1)) / tiers
    return [
        (
            at // lines_a_tier,
            at % lines_a_tier,
            row,
            RIGHT - PITCH * (at % lines_a_tier),
            TOP - (at // lines_a_tier) * (height + GAP) - SIZE * (row + 1),
            character,
        )
        for at, line in enumerate(wrapped(int(height // SIZE)))
        for row, character in enumerate(line)
    ]


def write_vertical(path, cells):
    """Draw the characters one by one in the order given, with a head and a page number."""
    drawn = canvas(path)
    drawn.drawString(60, 810, "令和六年第三回定例会")
    for *_, x, y, character in cells:
        drawn.drawString(x, y, character)
    drawn.drawString(280, 30, "- 1 -")
    drawn.save()
    return path


ORDERS = {
    "line by line": lambda cell: (cell[0], cell[1], cell[2]),
    "lines through the tiers": lambda cell: (cell[1], cell[0], cell[2]),
    "from the left": lambda cell: (-cell[1], cell[0], cell[2]),
    "row by row": lambda cell: (cell[0], cell[2], cell[1]),
    "in no order": None,
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("tiers", "lines"), [(1, 26), (2, 17), (3, 17)])
def test_vertical_pages_are_read_tier_by_tier_from_the_right(tmp_path, order, tiers, lines):
    """However the characters were drawn, the speeches come out whole and in order."""
    cells = in_tiers(tiers, lines)
    if order == "in no order":
        random.Random(7).shuffle(cells)  # noqa: S311 (no secret)
    else:
        cells.sort(key=ORDERS[order])
    source = read_source(write_vertical(tmp_path / "a.pdf", cells))
    head, *texts = [line.text for line in source.lines]
    assert head == "令和六年第三回定例会"
    assert "".join(texts).removesuffix("- 1 -") == "".join(SPEECHES)
    assert source.warnings == ()


def test_tiers_of_short_speeches_are_told_by_their_measure(tmp_path):
    """Few lines run to the other edge where questions and answers are short."""
    text = "".join("".join(SPEECHES).split())
    lengths = [9, 30, 14, 22, 11, 17, 26, 30, 8, 19, 12, 20] * 2
    lines = [text[at * 9 :][:length] for at, length in enumerate(lengths)]
    cells = [
        (x, 770 - (at // 12) * 370 - SIZE * (row + 1), character)
        for at, line in enumerate(lines)
        for x in [RIGHT - PITCH * (at % 12)]
        for row, character in enumerate(line)
    ]
    cells.sort(key=lambda cell: -cell[0])
    source = read_source(write_vertical(tmp_path / "a.pdf", cells))
    read = "".join(line.text for line in source.lines[1:]).removesuffix("- 1 -")
    assert "".join(read.split()) == "".join(lines)


def test_figures_side_by_side_in_a_vertical_line_are_one_figure(tmp_path):
    """Two digits set upright beside each other (縦中横) are read from left to right."""
    drawn = canvas(tmp_path / "a.pdf")
    for column, line in enumerate(
        ["令和#年の決算を認定する。", "第＊号議案を議題とする件です。"] * 3
    ):
        for row, character in enumerate(line):
            x, y = 500 - PITCH * column, 700 - SIZE * row
            if character == "#":
                drawn.drawString(x + 5.5, y, "8")
                drawn.drawString(x, y, "1")
            else:
                drawn.drawString(x, y, character)
    drawn.save()
    assert "令和18年の決算を認定する。" in [
        line.text for line in read_source(tmp_path / "a.pdf").lines
    ]


def test_a_list_of_posts_and_names_is_read_across_its_gap(tmp_path):
    """Posts above and names below in vertical lines are no tiers: each post keeps its name."""
    people = [
        "市長　　　　中嶋太郎",
        "副市長　　　山本一郎",
        "教育長　　　高橋次郎",
        "総務部長　　鈴木三郎",
    ]
    drawn = canvas(tmp_path / "a.pdf")
    for column, line in enumerate([*people, *people]):
        for row, character in enumerate(line):
            if character != "\u3000":
                drawn.drawString(500 - PITCH * column, 700 - SIZE * row, character)
    drawn.save()
    plain = ["".join(line.text.split()) for line in read_source(tmp_path / "a.pdf").lines]
    assert plain == ["".join(line.split()) for line in [*people, *people]]


def two_columns(rows):
    """Return (column, row, x, y, line) of prose in two columns."""
    return [
        (at // rows, at % rows, 60 + 250 * (at // rows), 760 - 18 * (at % rows), line)
        for at, line in enumerate(wrapped(20))
    ]


@pytest.mark.parametrize("across", [False, True])
def test_columns_are_read_one_after_the_other(tmp_path, across):
    """The left column comes first also where the program drew line by line across both."""
    cells = two_columns(18)
    if across:
        cells.sort(key=lambda cell: (cell[1], cell[0]))
    drawn = canvas(tmp_path / "a.pdf")
    for _, _, x, y, line in cells:
        drawn.drawString(x, y, line)
    drawn.save()
    text = "".join(line.text for line in read_source(tmp_path / "a.pdf").lines)
    assert text == "".join(SPEECHES)


def test_the_end_of_a_line_and_the_next_one_are_not_taken_for_vertical_text(tmp_path):
    """Short pieces one below the other at the left edge: an item, and the next item."""
    lines = [
        "第１条　設備",
        "整備",
        "２　前項の額は、予算の範囲内で市長が定めるものとする。",
        "と",
        "３　委任する。",
    ]
    texts = [line.text for line in read_source(write_pdf(tmp_path / "a.pdf", [lines])).lines]
    assert texts == lines
