"""新旧対照表 in PDFs without rules: the sides are told apart by where their words stand."""

import pytest

from ingest.isolation.in_process import read_document
from tests.ingest.making import SIZE, canvas, font

NEW = [
    "（手数料）",
    "第3条　住民票の写しの交付手数料は、1通につき400円とする。",
    "2　印鑑登録証明書の交付手数料は、1通につき350円とする。",
    "（減免）",
    "第4条　町長は、公益上必要があると認めるときは、手数料を減額し、又は免除することができる。",
    "（電子申請）",
    "第5条　電子情報処理組織を使用する方法による申請の手数料は、町長が規則で定める額とする。",
]
OLD = [
    "（手数料）",
    "第3条　住民票の写しの交付手数料は、1通につき300円とする。",
    "2　印鑑登録証明書の交付手数料は、1通につき300円とする。",
    "（減免）",
    "第4条　町長は、手数料を免除することができる。",
    "",
    "",
]
TITLE = "みどり町手数料条例新旧対照表"
LEFT, RIGHT, STEP, WIDTH = 60, 310, 17, 19


def side(texts, width=WIDTH):
    """Return the lines of each text, cut as a column does."""
    return [[text[at : at + width] for at in range(0, len(text), width)] for text in texts]


def columns(*, level):
    """Return the lines of both columns; ``level``: each part begins beside its other side."""
    new, old = side(NEW), side(OLD)
    if not level:
        return [line for part in new for line in part], [line for part in old for line in part]
    both = [], []
    for parts in zip(new, old, strict=True):
        for column, part in zip(both, parts, strict=True):
            column.extend(part + [""] * (max(map(len, parts)) - len(part)))
    return both


def draw(path, both, heads=("改正後", "改正前"), *, by="lines", lines_a_page=30):
    """Draw the columns on pages, line by line or one column after the other; heads come once."""
    drawn = canvas(path)
    size = max(map(len, both))
    both = [lines + [""] * (size - len(lines)) for lines in both]
    for number, first in enumerate(range(0, size, lines_a_page), start=1):
        drawn.setFont(font(), SIZE)
        top = 780 - STEP
        if number == 1:
            drawn.drawString(200, 780, TITLE)
            drawn.drawString(LEFT + 80, top, heads[0])
            drawn.drawString(RIGHT + 80, top, heads[1])
        rows = range(min(lines_a_page, size - first))
        places = [(at, side) for side in (0, 1) for at in rows]
        for at, side in sorted(places) if by == "lines" else places:
            x, y = (LEFT, RIGHT)[side], top - STEP * (at + 1)
            drawn.drawString(x, y, both[side][first + at])
        drawn.drawString(295, 40, str(number))
        drawn.showPage()
    drawn.save()


def sides(path):
    """Return the words of each side, and the passages."""
    document, passages = read_document(path, path.name, "0" * 64)
    assert document.coverage == 1
    told = {"改正後": "", "改正前": ""}
    for passage in passages:
        for name in told:
            if any(part.startswith(name) for part in passage.heading):
                told[name] += "".join(passage.text.split())
    return told, passages


def whole(texts):
    """Return texts as one, without blanks."""
    return "".join("".join(texts).split())


@pytest.mark.parametrize("by", ["lines", "columns"])
@pytest.mark.parametrize("level", [True, False])
@pytest.mark.parametrize("heads", [("改正後", "改正前"), ("改　正　後", "改　正　前")])
def test_each_side_has_its_own_words(tmp_path, by, level, heads):
    """In whatever order they were drawn, and whether or not articles stand beside each other."""
    draw(tmp_path / "a.pdf", columns(level=level), heads, by=by)
    told, passages = sides(tmp_path / "a.pdf")
    assert told == {"改正後": whole(NEW), "改正前": whole(OLD)}
    assert not any("400円" in p.text and "300円" in p.text for p in passages)


def test_an_article_stands_with_its_caption_and_its_other_side(tmp_path):
    """A passage for each side of each row; what is new says that it was not there before."""
    draw(tmp_path / "a.pdf", columns(level=True))
    _, passages = sides(tmp_path / "a.pdf")
    rows = [(p.heading[1:], p.text) for p in passages if p.heading]
    assert rows[0] == (("改正後", "第3条"), f"（手数料）　{NEW[1]}")
    assert rows[1] == (("改正前", "第3条"), f"（手数料）　{OLD[1]}")
    assert rows[-1] == (("改正後（改正前になし）", "第5条"), f"（電子申請）　{NEW[6]}")


def test_a_line_that_ends_early_was_wrapped_all_the_same(tmp_path):
    """A program breaks a line before a figure: the words go on without a blank."""
    left, right = columns(level=True)
    draw(tmp_path / "a.pdf", ([*left, "第6条　手数料は、1件につき", "1,400円とする。"], right))
    _, passages = sides(tmp_path / "a.pdf")
    assert passages[-1].text == "第6条　手数料は、1件につき1,400円とする。"


def test_it_goes_on_on_the_next_page_without_heads(tmp_path):
    """The columns stand where they stood."""
    draw(tmp_path / "a.pdf", columns(level=True), lines_a_page=5)
    told, passages = sides(tmp_path / "a.pdf")
    assert told == {"改正後": whole(NEW), "改正前": whole(OLD)}
    assert max(p.page for p in passages if "改正前" in p.heading) > 1


def test_what_stands_below_across_both_columns_is_of_neither(tmp_path):
    """A remark of the whole width ends the table."""
    remark = (
        "備考　この表は参考のために付したものであり、条例の一部ではない。改正の理由は議案にある。"
    )
    left, right = columns(level=True)
    draw(tmp_path / "a.pdf", ([*left, remark[:46], remark[46:]], right))
    told, passages = sides(tmp_path / "a.pdf")
    assert told == {"改正後": whole(NEW), "改正前": whole(OLD)}
    assert any("参考のため" in p.text for p in passages)


def test_words_that_name_sides_head_no_table_without_two_columns(tmp_path):
    """A line with both words above prose of the whole width."""
    lines = [text * 2 for text in NEW[1:3]]
    drawn = canvas(tmp_path / "a.pdf")
    drawn.drawString(LEFT, 780, "改正後")
    drawn.drawString(RIGHT, 780, "改正前")
    for at, line in enumerate(lines):
        drawn.drawString(LEFT, 760 - STEP * at, line[:44])
    drawn.save()
    told, _ = sides(tmp_path / "a.pdf")
    assert told == {"改正後": "", "改正前": ""}
