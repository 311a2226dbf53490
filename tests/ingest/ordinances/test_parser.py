import datetime as dt

import pytest

from index.passage import DocumentKind, PassageKind
from tests.ingest.lines import read

ORDINANCE = """\
○みどり市緑地の保全に関する条例
令和3年9月24日条例第18号
目次
第１章　総則（第１条・第２条）
第２章　保全（第３条―第10条の２）
附則
第１章　総則
（目的）
第１条　この条例は、緑地を守ることを目的とする。
（定義）
第２条　この条例において「緑地」とは、次に掲げるものをいう。
（１）　樹林
（２）　草地
第２章　保全
（届出）
第10条　緑地の木を切ろうとする者は、市長に届け出なければならない。{long}
２　前項の届出は、切る日の三十日前までにしなければならない。{long}
（手数料）
第10条の２　手数料は、別表のとおりとする。
附　則
１　この条例は、令和3年10月1日から施行する。
２　この条例の施行の際現に届け出た者は、なお従前の例による。
附　則（令和6年3月15日条例第7号）
この条例は、令和6年4月1日から施行する。
別表（第10条の２関係）
届出一件　三百円
""".format(long="ただし、規則で定める場合はこの限りでない。" * 12)


def articles():
    """Return the passages that have an address."""
    _, passages = read(ORDINANCE)
    return {p.article: p for p in passages if p.article}


def test_an_ordinance_is_known_by_its_articles():
    """Kind, title and day of promulgation come from the text."""
    document, _ = read(ORDINANCE, "reiki.txt")
    assert document.kind is DocumentKind.ORDINANCE
    assert document.title == "みどり市緑地の保全に関する条例"
    assert document.date == dt.date(2021, 9, 24)
    assert document.coverage == 1.0


def test_every_article_has_its_address():
    """Articles, branches, paragraphs of long articles, supplements and appendices are addressed."""
    assert list(articles()) == [
        "第1条",
        "第2条",
        "第10条第1項",
        "第10条第2項",
        "第10条の2",
        "附則",
        "附則（令和6年3月15日条例第7号）",
        "別表",
    ]


def test_chapter_and_caption_stand_in_the_heading():
    """An article knows its chapter and its caption; its text begins with its number."""
    passage = articles()["第10条第2項"]
    assert passage.heading == ("第２章 保全", "（届出）")
    assert passage.text.startswith("２　前項の届出は")
    assert articles()["第1条"].heading == ("第１章 総則", "（目的）")


def test_a_short_article_keeps_its_items():
    """The items of an article stay with their lead-in."""
    assert articles()["第2条"].text.endswith("（２）　草地")
    assert articles()["第2条"].kind is PassageKind.ARTICLE


def test_the_table_of_contents_opens_no_article():
    """Entries of the contents are part of the head."""
    _, passages = read(ORDINANCE)
    assert passages[0].kind is PassageKind.HEADER
    assert "第２章　保全（第３条―第10条の２）" in passages[0].text


def test_items_of_a_long_paragraph_carry_their_lead_in():
    """What is cut off from a long list of items has the lead-in above it."""
    items = "\n".join(
        f"（{n}）　市長が必要と認める第{n}の種類の緑地で規則に定めるもの" for n in range(1, 30)
    )
    _, passages = read(ORDINANCE.replace("（１）　樹林\n（２）　草地", items))
    parts = [p for p in passages if p.article == "第2条"]
    assert len(parts) > 1
    assert parts[1].heading[-1].startswith("第２条　この条例において「緑地」とは")


def test_a_reference_at_the_start_of_a_line_opens_no_article():
    """「第１条の規定により」 at the start of a line is a sentence."""
    _, passages = read(ORDINANCE.replace("届出一件　三百円", "第１条の規定による届出一件　三百円"))
    assert [p.article for p in passages if p.article].count("第1条") == 1


def test_captions_of_paragraphs_in_a_supplement_are_kept():
    """（施行期日） before paragraph 1 of a supplement stays with that paragraph."""
    text = ORDINANCE.replace(
        "１　この条例は、令和3年", "（施行期日）\n１　この条例は、令和3年"
    ).replace(
        "２　この条例の施行の際", f"（経過措置）\n２　{'前項にかかわらず、' * 41}この条例の施行の際"
    )
    document, passages = read(text)
    assert document.coverage == 1.0
    parts = {p.article: p.text for p in passages if (p.article or "").startswith("附則第")}
    assert parts["附則第1項"].startswith("（施行期日）\n１")
    assert parts["附則第2項"].startswith("（経過措置）\n２")


CODE = """TOWN OF FALLOW HILL
MUNICIPAL CODE
{outer}
SOLID WASTE
{inner}
Sec. 12-1. Fees.
The monthly fee is $18.50.
Sec. 12-2. Hours.
Collection is from 7:00 a.m. to 5:00 p.m.
"""


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("CHAPTER 12", "ARTICLE I. IN GENERAL"), ("ARTICLE 12", "CHAPTER I. IN GENERAL")],
)
def test_each_code_says_itself_which_division_holds_which(outer, inner):
    """The name of a division stands in capitals below its number; the title is not the town."""
    document, passages = read(CODE.format(outer=outer, inner=inner))
    assert document.title == "MUNICIPAL CODE"
    headings = [p.heading for p in passages if p.article]
    assert headings == [
        (f"{outer} SOLID WASTE", inner, "Fees"),
        (f"{outer} SOLID WASTE", inner, "Hours"),
    ]


def test_an_ordinance_is_of_the_day_on_which_it_was_passed():
    """A day in its recitals is that of a hearing."""
    document, _ = read(
        "ORDINANCE NO. 2024-11\nWHEREAS, a hearing was held on April 9, 2024;\n"
        "SECTION 1. The fee is $250.\nSECTION 2. This takes effect on July 1, 2024.\n"
        "PASSED AND ADOPTED this 21st day of May, 2024.\n"
    )
    assert document.date == dt.date(2024, 5, 21)
