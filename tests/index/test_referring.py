"""References lead to documents of the index and to the passages of articles."""

import datetime as dt

import pytest

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageId, PassageKind
from index.record import Enactment, Reference
from index.referring import named, resolve

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


def test_a_title_leads_to_the_ordinance_of_that_name():
    """The town's name before it may be left out; a report of the same name is none."""
    library = law("みどり市図書館条例", "library")
    others = [library, law("みどり市公園条例", "park"), law("図書館条例", kind=DocumentKind.REPORT)]
    assert named("図書館条例", others) == "library"
    assert named("みどり市図書館条例", others) == "library"
    assert named("下水道条例", others) is None


def test_two_towns_ordinances_of_one_name_are_not_guessed_between():
    """Wrong would be worse than nothing."""
    assert (
        named("図書館条例", [law("みどり市図書館条例", "a"), law("あおば市図書館条例", "b")])
        is None
    )


def test_of_several_texts_of_an_ordinance_the_newest_in_force_is_meant():
    """What was repealed is older than what is in force."""
    texts = [
        law("図書館条例", "2020", date=dt.date(2020, 4, 1)),
        law("図書館条例", "2022", date=dt.date(2022, 4, 1)),
        law("図書館条例", "2023", date=dt.date(2023, 4, 1), enactment=Enactment(is_repealed=True)),
    ]
    assert named("図書館条例", texts) == "2022"
