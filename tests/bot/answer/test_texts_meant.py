"""The text of an ordinance that is meant, in the place of others: in force, or an older one."""

import datetime as dt
from contextlib import closing

import pytest

from bot.answer.in_force import of_texts_meant
from bot.lookup.finder import Finder
from bot.question.question import understand
from index.record import Enactment
from index.search.query import only
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.lookup.test_articles import ordinance
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2025, 1, 10)
TITLE = "みなと市駐輪場条例"


def text(name, date, limit, *more):
    """Return a text of the ordinance with that limit in 第2条."""
    articles = [
        ("第1条", "第1条　駐輪場を置く。", ()),
        ("第2条", f"第2条　駐輪は{limit}時間まで。", ()),
    ]
    return ordinance(name, TITLE, [*articles, *more], date)


@pytest.fixture
def searcher(tmp_path):
    """Search three texts of one ordinance; the newest alone has 第3条."""
    bikes = ("第3条", "第3条　電動の駐輪は50円。", ())
    texts = [text("初.txt", "2010-04-01", 72), text("中.txt", "2016-04-01", 48)]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([*texts, text("新.txt", "2022-04-01", 24, bikes)], root="/in", reader="1")
        writer.publish()
    found = Searcher.open(tmp_path, CharacterEmbedder())
    yield found
    found.close()


def of_the_newest(searcher, question):
    """Return what stands in the place of the newest text alone, and the odds of all of it."""
    found = Finder(searcher, TODAY).find("駐輪は何時間まで").result
    newest = [at for at, hit in enumerate(found.hits) if hit.document.document == "新.txt"]
    asked = understand(question, today=TODAY)
    result = of_texts_meant(only(found, newest), asked, searcher, TODAY)
    shares = sum(found.signals[at].share for at in newest)
    assert sum(signals.share for signals in result.signals) <= shares
    return {(hit.document.document, hit.passage.article) for hit in result.hits}


def test_the_first_version_stands_in_for_the_newest(searcher):
    """Though the search found that alone; an article that the first lacks is left out."""
    told = of_the_newest(searcher, "最初の版では駐輪は何時間まで")
    assert ("初.txt", "第2条") in told
    assert {name for name, _ in told} == {"初.txt"}
    assert ("初.txt", "第3条") not in told


def test_an_older_version_is_the_one_before_the_newest(searcher):
    """旧条例 of three texts is the second one."""
    assert {name for name, _ in of_the_newest(searcher, "旧条例では駐輪は何時間まで")} == {"中.txt"}


@pytest.mark.parametrize(
    "question",
    ["駐輪は何時間まで", "最初の30分は無料か", "駐輪の時間は最初の版からどう変わったか"],
)
def test_else_the_newest_stays(searcher, question):
    """Also where it is asked what changed, for which both are wanted."""
    assert {name for name, _ in of_the_newest(searcher, question)} == {"新.txt"}


def test_an_article_of_the_first_version_is_looked_up_there(searcher):
    """By its address: the oldest text, not the one before the newest."""
    for question, name in (
        ("駐輪場条例第2条の最初の版は？", "初.txt"),
        ("駐輪場条例第2条、改正前は？", "中.txt"),
        ("駐輪場条例第2条は？", "新.txt"),
    ):
        lookup = Finder(searcher, TODAY).find(question).lookup
        assert lookup is not None
        assert lookup.documents[0].document == name


def of_the_first(searcher, question, today=TODAY):
    """Return what stands in the place of the first text alone, and whether its odds were kept."""
    found = Finder(searcher, today).find("駐輪は何時間まで").result
    first = [at for at, hit in enumerate(found.hits) if hit.document.document == "初.txt"]
    result = of_texts_meant(only(found, first), understand(question, today=today), searcher, today)
    shares = sum(found.signals[at].share for at in first)
    assert sum(signals.share for signals in result.signals) == pytest.approx(shares)
    return {hit.document.document for hit in result.hits if hit.passage.article == "第2条"}


def test_an_article_in_force_stands_in_for_its_older_text(searcher):
    """Though the search found the older one alone: 72 hours do not hold any more."""
    assert of_the_first(searcher, "駐輪は何時間まで") == {"新.txt"}


def test_a_text_that_is_not_in_force_yet_stands_in_for_none(searcher):
    """What was promulgated for a day to come does not hold, although its text is the newest."""
    assert of_the_first(searcher, "駐輪は何時間まで", dt.date(2020, 5, 1)) == {"中.txt"}
    assert of_the_newest(searcher, "駐輪は何時間まで") >= {("新.txt", "第3条")}


@pytest.mark.parametrize(
    "question", ["平成23年に駐輪は何時間までだったか", "駐輪の時間は72時間からどう変わったか"]
)
def test_an_older_text_stays_where_its_time_or_a_change_is_asked_for(searcher, question):
    """A year that is named wants what held then; a change is told by both."""
    assert of_the_first(searcher, question) == {"初.txt"}


def test_an_older_text_stays_where_the_newer_lacks_the_article(tmp_path):
    """A part of an ordinance may be all that is here of its newer text."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        part = ordinance("新.txt", TITLE, [("第1条", "第1条　駐輪場を置く。", ())], "2022-04-01")
        writer.put([text("初.txt", "2010-04-01", 72), part], root="/in", reader="1")
        writer.publish()
    with closing(Searcher.open(tmp_path, CharacterEmbedder())) as searcher:
        assert of_the_first(searcher, "駐輪は何時間まで") == {"初.txt"}


@pytest.mark.parametrize(
    ("first", "newest", "told"),
    [
        ("平成22年条例第3号", "令和4年条例第7号", "初.txt"),
        ("平成22年条例第3号", "平成二十二年条例第三号", "新.txt"),
        ("平成２２年条例第３号", None, "新.txt"),
    ],
)
def test_the_ordinance_of_another_town_stands_in_for_none(tmp_path, first, newest, told):
    """It may be called alike; its number tells, in whatever figures."""
    texts = [
        ordinance(name, TITLE, [("第2条", f"第2条　駐輪は{hours}時間まで。", ())], day, life)
        for name, hours, day, life in (
            ("初.txt", 72, "2010-04-01", Enactment(first)),
            ("新.txt", 24, "2022-04-01", Enactment(newest)),
        )
    ]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put(texts, root="/in", reader="1")
        writer.publish()
    with closing(Searcher.open(tmp_path, CharacterEmbedder())) as searcher:
        assert of_the_first(searcher, "駐輪は何時間まで") == {told}
