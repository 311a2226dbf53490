import pytest

from ingest.document.headings import read_heading
from ingest.document.source import Line


@pytest.mark.parametrize(
    ("text", "style", "words"),
    [
        ("日程第１　議案第３号", "schedule", None),
        ("Ⅱ　財政の状況", "roman", None),
        ("第２　計画の目標", "part", None),
        ("第12号議案　つばき市緑地条例", "bill", None),
        ("令和５年陳情第４号", "bill", None),
        ("第３節　緑地", "section", None),
        ("二、報告事項", "kanji", None),
        ("3.2　歳出の見込み", "decimal", None),
        ("⑵ 歳出", "paren", None),
        ("ア　民生費", "kana", None),
        ("a) Roads", "letter", None),
        ("【質疑】", "square", None),
        ("・　1　歳入", "number", "1　歳入"),
        ("## 歳入", "level2", "歳入"),
    ],
)
def test_a_numbered_or_marked_line_is_a_heading(text, style, words):
    """Each style of numbering in official writing is told by the sign that a line begins with."""
    heading = read_heading(Line(text))
    assert (heading.style, heading.text) == (style, words or text)


@pytest.mark.parametrize("text", ["○午前10時休憩", "1　市税は増える。", "緑地の保全"])
def test_times_and_sentences_are_no_headings(text):
    """A recess, a numbered sentence and plain words open no section."""
    assert read_heading(Line(text)) is None
