"""Ordinances without articles, and extracts without a head."""

from index.passage import DocumentKind
from tests.ingest.lines import read

PLACE = """\
みどり町役場の位置を定める条例
昭和30年4月1日　条例第1号

みどり町役場の位置は、次のとおりとする。
みどり町本町1丁目1番地
　　　附　則
この条例は、公布の日から施行する。
"""
PAY = """\
○みどり町長の給料の特例に関する条例
平成20年3月20日条例第3号
1　平成20年4月1日から平成21年3月31日までの間における町長の給料月額は、70万円とする。
2　前項の規定は、退職手当の額の算定には適用しない。
附　則
この条例は、平成20年4月1日から施行する。
"""


def told(text):
    """Return kind, day and the address of each passage."""
    document, passages = read(text)
    return document, [(passage.article, passage.text) for passage in passages]


def test_an_ordinance_without_articles_is_one():
    """What it provides is its main part, apart from the head and the supplement."""
    document, passages = told(PLACE)
    assert document.kind is DocumentKind.ORDINANCE
    assert document.enactment.number == "昭和30年条例第1号"
    assert passages[1] == (
        "本則",
        "みどり町役場の位置は、次のとおりとする。\nみどり町本町1丁目1番地",
    )
    assert passages[2][0] == "附則"


def test_a_day_that_it_provides_is_not_its_own():
    """It was promulgated before, and applies from the day that its supplement names."""
    document, passages = told(PAY)
    assert document.date.isoformat() == "2008-03-20"
    assert document.enactment.in_force.isoformat() == "2008-04-01"
    assert passages[1][0] == "本則"


def test_a_paper_about_an_ordinance_is_none():
    """A notice with its title has no supplement, an explanation no sentence before one."""
    for text in (
        "みどり町手数料条例\nこのたび、手数料を改めます。\n詳しくは税務課までお問い合わせください。\n",
        "条例案の説明\n手数料条例について説明する。\n附則の説明\n以上です。\n",
    ):
        assert read(text)[0].kind is DocumentKind.REPORT
