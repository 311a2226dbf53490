import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import DocumentKind
from ingest.references.resolve import references_in
from tests.ingest.lines import read

TOWN = """\
つばき市手数料条例
平成12年3月27日条例第5号
（趣旨）
第一条　この条例は、地方自治法（昭和22年法律第67号。以下「法」という。）に基づく。
（手数料）
第二条　手数料の額は、別表第一のとおりとする。
第三条及び第四条　削除
（減免）
第五条　市長は、前条の規定にかかわらず、次に掲げる者の手数料を減免する。
　一　被保護者
　二　前号に準ずる者
２　{second}
３　前二項の規定は、第二条の手数料について準用する。同条の額は、次条による。
（委任）
第六条　必要な事項は、規則で定める。
附　則
１　この条例は、公布の日から施行する。
２　前項の規定にかかわらず、第二条の規定は、別に定める日から施行する。
"""
LONG = "前項第二号に掲げる者は、書類を提出しなければならない。" * 16


def pairs(text):
    """Return (article, title) of the references of a text."""
    return [(found.article, found.title) for found in references_in(text)]


def inside(text, article):
    """Return (text, article, title) of the references of the passages at an address."""
    _, passages = read(text)
    return {
        (ref.text, ref.article, ref.title)
        for passage in passages
        if passage.article == article
        for ref in passage.references
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先ほどの緑地条例第10条第2項です。", [("第10条第2項", "緑地条例")]),
        ("市民は緑地条例第十条の二第三号により", [("第10条の2第3号", "緑地条例")]),
        ("区長から緑地条例第5条", [("第5条", "緑地条例")]),
        ("知事または緑地条例第5条", [("第5条", "緑地条例")]),
        ("これは緑地条例第5条", [("第5条", "緑地条例")]),
        ("犬及び猫の飼養に関する条例第5条", [("第5条", "犬及び猫の飼養に関する条例")]),
        ("改正後のつばき市税条例附則第7条", [("附則第7条", "つばき市税条例")]),
        ("緑地条例（令和4年条例第12号）第5条ただし書", [("第5条", "緑地条例")]),
        ("地方自治法及び緑地条例第5条", [("第5条", "緑地条例")]),
        ("緑地条例第5条及び第6条", [("第5条", "緑地条例"), ("第6条", "緑地条例")]),
        ("緑地条例第5条第1項又は第3項", [("第5条第1項", "緑地条例"), ("第5条第3項", "緑地条例")]),
        ("緑地条例第5条です。同条第2項は", [("第5条", "緑地条例"), ("第5条第2項", "緑地条例")]),
        ("緑地条例第5条です。同条例第7条は", [("第5条", "緑地条例"), ("第7条", "緑地条例")]),
        ("緑地条例を改めます。条例第3条は", [("第3条", "緑地条例")]),
        ("地方自治法（昭和22年法律第67号）の規定", [(None, "地方自治法")]),
        (
            "緑地条例（令和4年条例第1号。以下「本件条例」という。）です。本件条例第4条は",
            [(None, "緑地条例"), ("第4条", "緑地条例")],
        ),
    ],
)
def test_any_text_may_name_articles_of_an_ordinance(text, expected):
    """The name may be long, short, given before, or stand before a number in parentheses."""
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "条例第5条はどうですか。",
        "本条例第5条によります。",
        "議案第5号、令和4年条例第12号、様式第3号",
        "簡単な方法第3条",
        "前項のとおりです。第2項も同じです。",
    ],
)
def test_what_stays_unknown_is_left_out(text):
    """An article of an ordinance that nobody named is not guessed at."""
    assert references_in(text) == ()


def test_a_range_names_every_article_in_it():
    """「第5条から第7条まで」 refers to 第6条 too."""
    assert pairs("緑地条例第5条から第7条までの規定") == [
        (f"第{number}条", "緑地条例") for number in (5, 6, 7)
    ]


@given(st.integers(1, 300), st.integers(1, 20), st.integers(1, 40))
def test_the_address_is_the_one_that_is_printed(article, paragraph, item):
    """By the 条・項・号 rule an address names article, paragraph and item in this order."""
    address = f"第{article}条第{paragraph}項第{item}号"
    assert pairs(f"緑地条例{address}に掲げる者") == [(address, "緑地条例")]


def test_relative_references_count_in_the_order_of_the_articles():
    """前条 passes over no deleted article, 前号 is an item, 次条 the article after."""
    text = TOWN.format(second="前項第二号に掲げる者は、この限りでない。")
    found = inside(text, "第5条")
    assert ("前条", "第4条", None) in found
    assert ("前号", "第5条第1号", None) in found
    assert ("前項第二号", "第5条第1項第2号", None) in found
    assert {("前二項", "第5条第1項", None), ("前二項", "第5条第2項", None)} <= found
    assert ("同条", "第2条", None) in found
    assert ("次条", "第6条", None) in found


def test_a_paragraph_cut_off_knows_where_it_stands():
    """前項 in a passage that begins with paragraph 2 is paragraph 1 of its article."""
    found = inside(TOWN.format(second=LONG), "第5条第2項")
    assert found == {("前項第二号", "第5条第1項第2号", None)}


def test_other_laws_appendices_and_supplements_are_resolved():
    """A short name stands for its law; 別表第一 and 前項 of a supplement have addresses."""
    text = TOWN.format(second="法第三条の規定は、適用しない。")
    assert ("法第三条", "第3条", "地方自治法") in inside(text, "第5条")
    assert ("別表第一", "別表第1", None) in inside(text, "第2条")
    assert {("前項", "附則第1項", None), ("第二条", "第2条", None)} <= inside(text, "附則")


def test_the_ordinance_of_its_own_rules_is_known_by_the_title():
    """条例第5条 in 「○○条例施行規則」 is an article of that 条例."""
    text = (
        "つばき市緑地条例施行規則\n第１条　条例第５条の届出は、様式による。\n第２条　別に定める。"
    )
    assert inside(text, "第1条") == {("条例第５条", "第5条", "つばき市緑地条例")}


def test_minutes_refer_to_ordinances_by_name():
    """A passage of minutes carries the named articles, and only those."""
    text = "\n".join(
        f"○議長（田上君）　つばき市緑地条例第{number}条について伺います。第3条もです。"
        for number in range(1, 7)
    )
    document, passages = read("会議録\n" + text)
    assert document.kind is DocumentKind.MINUTES
    found = [(ref.article, ref.title) for passage in passages for ref in passage.references]
    assert found == [(f"第{number}条", "つばき市緑地条例") for number in range(1, 7)]
