"""Ordinances by a name that is not their title, and addresses that are no article."""

import datetime as dt

import pytest

from bot.answer.answer import Declined, DeclineReason
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.council.addresses import find_address
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Role
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.lookup.test_articles import OLD, PARKING, TREES, ordinance
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes

TODAY = dt.date(2024, 11, 27)
CLUBS = ordinance(
    "児童クラブ.txt",
    "みなと市放課後児童健全育成事業の実施に関する条例",
    [
        ("前文", "すべてのこどもが安心して過ごせるよう、この条例を定める。", ()),
        ("第1条", "第1条　放課後児童健全育成事業について定める。", ()),
        ("第2条", "第2条　利用できる者は、小学生とする。", ()),
        ("附則", "この条例は、平成27年4月1日から施行する。", ()),
        ("別表第1", "別表第1　利用料 月額五千円", ()),
        ("別表第2", "別表第2　延長の利用料 月額千円", ()),
        ("様式第1号", "様式第1号　利用申請書", ()),
    ],
)
SCHOOLS = ordinance(
    "学校.txt",
    "みなと市立学校設置条例",
    [("第2条", "第2条　学校の位置は、別表のとおりとする。", ()), ("別表", "別表　中央小学校", ())],
)
SITTING = minutes(
    "委員会.txt",
    "2024-06-05",
    [
        ("林委員", Role.MEMBER, "学童の利用料について伺う。上げるのか。", None),
        ("こども部長", Role.EXECUTIVE,
         "学童、つまり放課後児童健全育成事業の利用料は上げません。", 0),
    ],
)  # fmt: skip


def plan(name, title, sections):
    """Return a report of (headings, text) sections."""
    document = Document(DocumentId(name), title, DocumentKind.REPORT, f"hash of {name}")
    passages = [
        Passage(passage_id(document.document, at), text, PassageKind.SECTION, heading=heading)
        for at, (heading, text) in enumerate(sections)
    ]
    return document, passages


PLAN = plan("計画.txt", "みなと市総合計画", [
    (("第２章　人口", "１　見通し"), "人口は減る。"),
    (("第３章　まちづくり", "１　道路"), "橋を架け替える。"),
    (("第３章　まちづくり", "２　公園"), "公園を増やす。"),
])  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens an index of the given documents."""

    def open_on(*held):
        with Writer.open(tmp_path, CharacterEmbedder()) as writer:
            writer.put(list(held), root="/in", reader="1")
            writer.publish()
        return Searcher.open(tmp_path, CharacterEmbedder())

    return open_on


def looked_up(searcher, text):
    """Return document and texts of what stands at the address."""
    lookup = Finder(searcher, TODAY).find(text).lookup
    if lookup is None:
        return None
    return [law.document for law in lookup.documents], [piece.text for piece in lookup.pieces]


def test_a_nickname_is_the_ordinance_that_the_materials_say_it_is(opened):
    """The minutes speak of 学童 and of the title's matter in one breath."""
    searcher = opened(CLUBS, SCHOOLS, TREES, PARKING, OLD, SITTING)
    assert looked_up(searcher, "学童条例第2条は？") == (
        ["児童クラブ.txt"],
        ["第2条　利用できる者は、小学生とする。"],
    )


def test_a_text_that_gives_the_name_tells_it(opened):
    """以下「…」 says so in plain words, against what else is said."""
    named = minutes("議案.txt", "2024-06-05", [
        ("市長", Role.EXECUTIVE, "みなと市立学校設置条例（以下「学童条例」という。）です。", None)
    ])  # fmt: skip
    searcher = opened(CLUBS, SCHOOLS, SITTING, named)
    assert looked_up(searcher, "学童条例第2条は？")[0] == ["学校.txt"]


def test_a_nickname_that_nothing_explains_is_no_guess(opened):
    """Another ordinance's article is never shown for it."""
    assert looked_up(opened(SCHOOLS, TREES, PARKING, SITTING), "学童条例第2条は？") is None
    assert looked_up(opened(CLUBS, TREES, PARKING), "個人情報保護条例第2条は？") is None


def test_a_nickname_that_fits_two_is_asked_back(opened):
    """Both are named; neither is chosen in silence."""
    other = ordinance("基準.txt", "みなと市放課後児童健全育成事業の基準に関する条例",
                      [("第2条", "第2条　学童の部屋は広くする。", ())])  # fmt: skip
    own = ordinance("実施.txt", CLUBS[0].title,
                    [("第2条", "第2条　学童は小学生とする。", ())])  # fmt: skip
    reply = Answerer(opened(own, other), decider=sure(9), today=TODAY).answer("学童条例第2条は？")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert {choice.filters.document for choice in reply.choices} == {"基準.txt", "実施.txt"}


@pytest.mark.parametrize(
    ("text", "document", "opens"),
    [
        ("放課後児童健全育成条例の附則は？", "児童クラブ.txt", "この条例は、平成27年"),
        ("放課後児童健全育成条例の別表第2は？", "児童クラブ.txt", "別表第2"),
        ("放課後児童健全育成条例の別表の利用料", "児童クラブ.txt", "別表第1"),
        ("放課後児童健全育成条例の様式第1号", "児童クラブ.txt", "様式第1号"),
        ("放課後児童健全育成条例の第一号様式", "児童クラブ.txt", "様式第1号"),
        ("放課後児童健全育成条例の前文には何とある？", "児童クラブ.txt", "すべてのこども"),
        ("学校設置条例の別表", "学校.txt", "別表　中央"),
        ("総合計画の第3章には何が書かれているか", "計画.txt", "橋を架け替える。"),
        ("総合計画第三章", "計画.txt", "橋を架け替える。"),
    ],
)
def test_a_part_that_is_no_article_comes_first(opened, text, document, opens):
    """附則, 別表, 様式, 前文, and a chapter also of a report that is named by its title."""
    found = Finder(opened(CLUBS, SCHOOLS, PLAN, SITTING), TODAY).find(text).result.hits[0]
    assert found.document.document == document
    assert found.passage.text.startswith(opens)


@pytest.mark.parametrize(
    "text", ["第3章には何が書かれているか", "別表の第9号は？", "学校計画の第3章"]
)
def test_a_part_of_nothing_that_is_named_is_only_searched_for(opened, text):
    """Whose chapter or appendix it is, nobody says."""
    assert looked_up(opened(CLUBS, SCHOOLS, PLAN, TREES), text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("附則は", "附則"),
        ("附則第二項", "附則第2項"),
        ("附則第3条", "附則第3条"),
        ("別表2", "別表第2"),
        ("第2条の別表", "第2条"),
        ("第2号様式", "様式第2号"),
        ("第三章", "第3章"),
    ],
)
def test_addresses_of_parts(text, address):
    """As people type them, in the index's spelling."""
    found = find_address(text)
    assert found is not None
    assert found.article == address
