"""What within a line of Markdown is layout, and what is a word of the paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.find import read_source
from ingest.readers.markdown_inline import words_alone


def lines_of(tmp_path, text):
    """Return the texts of the lines of a Markdown file."""
    path = tmp_path / "report.md"
    path.write_text(text)
    return [line.text for line in read_source(path).lines]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("**大切**なお知らせ", "大切なお知らせ"),
        ("利用料は**300円**です。", "利用料は300円です。"),
        ("第3**回**の会", "第3回の会"),
        (
            "これは**「試行」**である。**注：**次のとおり。",
            "これは「試行」である。注：次のとおり。",
        ),
        ("***とても***よい", "とてもよい"),
        ("*斜体*の字、これも*斜体*だ", "斜体の字、これも斜体だ"),
        ("**a *b* c**", "a b c"),
        ("It is *very* **large**.", "It is very large."),
        ("__強い__ と _弱い_", "強い と 弱い"),
        ("`kiroku ask` を打つ", "kiroku ask を打つ"),
        ("``a`b``", "a`b"),
        ("`**そのまま**`", "**そのまま**"),
        ('[募集要項](https://town.example/a_(b).pdf "題")を見る', "募集要項を見る"),
        ("[**要項**](youko.pdf)と![地図](map.png)", "要項と地図"),
        ("<https://town.example/>へ", "https://town.example/へ"),
        (r"1\*2は2、\[写\]、\_", "1*2は2、[写]、_"),
    ],
)
def test_layout_within_a_line_is_no_word(typed, words):
    """The words alone are left of bold, italic, code, links, pictures and escapes."""
    assert words_alone(typed) == (words, 0)


@pytest.mark.parametrize(
    "words",
    [
        "2*3*4、3 * 4 = 12、2**3**4",
        "面積=縦*横*高さ",
        "単価*と数量*は税込み",
        "金額*1と率*2",
        "300円**、200円**",
        "*印は対象、*なしは対象外",
        "単価（*）と数量（*）",
        "氏名______　住所______",
        "file_name_2.csv",
        "[様式](1)と[別表](第3条関係)",
        "9~~10月、11~~12月",
        "**閉じない",
        "* * *",
    ],
)
def test_a_sign_that_is_no_layout_stays(words):
    """Footnote marks, multiplications, blanks to fill in, names of files, brackets."""
    assert words_alone(words) == (words, 0)


def test_stars_mark_notes_where_a_line_explains_them(tmp_path):
    """With 「*市外の方」 below, the stars in the text lead to it."""
    text = "大人*料金*は300円です。\n\n*市外の方は400円\n"
    assert lines_of(tmp_path, text) == ["大人*料金*は300円です。", "*市外の方は400円"]


def test_paragraphs_headings_and_cells_hold_words_alone(tmp_path):
    """Also where bold goes on in the next line; but not over items, and not within a fence."""
    text = (
        "## **利用料**\n\n市民は**300円、市外の\n方は400円**です。\n\n"
        "- *一つ\n- 二つ*\n\n| 区分 | **額** |\n|---|---|\n| *大人* | `300` |\n\n"
        "```\n**そのまま**\n```\n"
    )
    source_lines = lines_of(tmp_path, text)
    assert source_lines[0] == "利用料"
    assert "".join(source_lines[1:3]).replace("\n", "") == "市民は300円、市外の方は400円です。"
    assert "- *一つ" in source_lines
    assert "- 二つ*" in source_lines
    assert source_lines[-3:] == ["区分\t額", "大人\t300", "**そのまま**"]


def test_what_is_struck_out_is_left_out_and_told(tmp_path):
    """As in HTML and Word: it no longer holds, and a warning counts."""
    path = tmp_path / "report.md"
    path.write_text("料金は~~200円~~300円です。\n")
    source = read_source(path)
    assert [line.text for line in source.lines] == ["料金は300円です。"]
    assert source.warnings == ("text that is struck out was left out (1 times)",)


@given(st.text(alphabet="あ漢a1*_`~[]()\\.、。 \n", max_size=60))
def test_no_line_is_added_or_lost(text):
    """Whatever is typed, there are as many lines as before, and no letter comes in."""
    words, _ = words_alone(text)
    assert words.count("\n") == text.count("\n")
    assert len(words) <= len(text)
