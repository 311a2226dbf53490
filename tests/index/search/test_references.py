"""References lead to documents of the index and to the passages of articles."""

import datetime as dt

import pytest

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageId, PassageKind
from index.record import Enactment, Reference
from index.search.references import ordinance_titled, resolve

ARTICLES = ("第3条", "第4条第1項", "第4条第2項", "第4条第2項第1号", "第14条", "附則")
PASSAGES = [
    Passage(PassageId(article), "…", PassageKind.ARTICLE, article=article) for article in ARTICLES
]


def law(title, document="a", **more):
    """Return an ordinance."""
    kind = more.pop("kind", DocumentKind.ORDINANCE)
    return Document(DocumentId(document), title, kind, "0", **more)


@pytest.mark.parametrize(
    ("address", "passage"),
    [
        ("第3条", "第3条"),
        ("第4条", "第4条第1項"),
        ("第4条第2項", "第4条第2項"),
        ("第4条第2項第9号", "第4条第2項"),
        ("第3条第5項", "第3条"),
        ("第1条", None),
        ("附則", "附則"),
    ],
)
def test_an_address_leads_to_its_passage_or_the_nearest_around_it(address, passage):
    """第4条第2項第9号 stands in the passage of 第4条第2項; 第1条 is not 第14条."""
    (target,) = resolve([Reference("…", address)], law("図書館条例"), PASSAGES, [])
    assert target.passage == passage
    assert target.document == "a"


@pytest.mark.parametrize(
    ("address", "passage"),
    [
        ("第4条", "第3条から第5条まで"),
        ("第5条第2項", "第3条から第5条まで"),
        ("第3条の2", "第3条から第5条まで"),
        ("第5条の2", None),
        ("第6条", None),
        ("第8条", "第7条及び第8条"),
    ],
)
def test_articles_deleted_together_are_found_each(address, passage):
    """第4条 is one of 「第3条から第5条まで　削除」, 第5条の2 is not."""
    ranges = ("第3条から第5条まで", "第7条及び第8条")
    held = [Passage(PassageId(one), "…", PassageKind.ARTICLE, article=one) for one in ranges]
    (target,) = resolve([Reference("…", address)], law("図書館条例"), held, [])
    assert target.passage == passage


def test_a_title_leads_to_the_ordinance_of_that_name():
    """The town's name before it may be left out; a report of the same name is none."""
    library = law("みどり市図書館条例", "library")
    others = [library, law("みどり市公園条例", "park"), law("図書館条例", kind=DocumentKind.REPORT)]
    assert ordinance_titled("図書館条例", others) == "library"
    assert ordinance_titled("みどり市図書館条例", others) == "library"
    assert ordinance_titled("下水道条例", others) is None


def test_two_towns_ordinances_of_one_name_are_not_guessed_between():
    """Wrong would be worse than nothing."""
    assert (
        ordinance_titled(
            "図書館条例", [law("みどり市図書館条例", "a"), law("あおば市図書館条例", "b")]
        )
        is None
    )


def test_of_several_texts_of_an_ordinance_the_newest_in_force_is_meant():
    """What was repealed is older than what is in force."""
    texts = [
        law("図書館条例", "2020", date=dt.date(2020, 4, 1)),
        law("図書館条例", "2022", date=dt.date(2022, 4, 1)),
        law("図書館条例", "2023", date=dt.date(2023, 4, 1), enactment=Enactment(is_repealed=True)),
    ]
    assert ordinance_titled("図書館条例", texts) == "2022"


@pytest.mark.parametrize(
    ("today", "meant"), [(dt.date(2024, 3, 31), "2022"), (dt.date(2024, 4, 1), "2020")]
)
def test_an_ordinance_that_is_to_expire_holds_until_it_does(today, meant):
    """A sunset clause makes nothing repealed before its day."""
    life = Enactment(repealed=dt.date(2024, 4, 1), is_repealed=True)
    texts = [
        law("図書館条例", "2020", date=dt.date(2020, 4, 1)),
        law("図書館条例", "2022", date=dt.date(2022, 4, 1), enactment=life),
    ]
    assert ordinance_titled("図書館条例", texts, today) == meant
