"""What holds now: the later text of an article, the newest minutes where now is asked for."""

import dataclasses
import datetime as dt

from bot.holding_now import holding_now
from bot.question import understand
from index.passage import DocumentKind
from tests.bot.council import hit

TODAY = dt.date(2025, 1, 10)


def dated(day, title="みなと市手数料条例", article="第3条", kind=DocumentKind.ORDINANCE):
    """Return a hit in a document of that day."""
    one = hit()
    document = dataclasses.replace(one.document, kind=kind, title=title, date=day)
    passage = dataclasses.replace(one.passage, article=article)
    return dataclasses.replace(one, document=document, passage=passage)


OLD = dated(dt.date(2020, 4, 1))
NEW = dated(dt.date(2024, 4, 1), "みなと市手数料条例（令和6年4月1日現在）")
OTHER = dated(dt.date(2020, 4, 1), article="第4条")
BEFORE = dated(dt.date(2022, 3, 1), "会議録", None, DocumentKind.MINUTES)
LATELY = dated(dt.date(2024, 9, 1), "会議録", None, DocumentKind.MINUTES)


def kept(text, *hits):
    """Return the hits that are left for a question, in order."""
    return list(holding_now(hits, understand(text, today=TODAY)))


def test_an_article_gives_way_to_its_later_text():
    """Only where that is among the hits, and only the same article."""
    assert kept("手数料はいくら", OLD, NEW, OTHER, BEFORE) == [NEW, OTHER, BEFORE]
    assert kept("手数料はいくら", OLD, BEFORE) == [OLD, BEFORE]


def test_how_it_was_before_keeps_the_earlier_text():
    """改正前 and a year that is named want what held then."""
    assert kept("改正前の手数料はいくら", OLD, NEW) == [OLD, NEW]
    assert kept("令和3年の手数料はいくら", OLD, NEW) == [OLD, NEW]


def test_the_newest_comes_first_where_now_is_asked_for():
    """今 and now; a question without such a word leaves the order to the ranking."""
    assert kept("今の手数料はいくら", BEFORE, LATELY) == [LATELY, BEFORE]
    assert kept("What is the current fee?", BEFORE, LATELY) == [LATELY, BEFORE]
    assert kept("手数料はいくら", BEFORE, LATELY) == [BEFORE, LATELY]
    assert kept("今回の手数料はいくら", BEFORE, LATELY) == [BEFORE, LATELY]
