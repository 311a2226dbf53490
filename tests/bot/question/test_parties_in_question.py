"""What questions that name a party or group are narrowed to, from minutes that tell the parties."""

import datetime as dt

import pytest

from bot.lookup.finder import Finder
from bot.question.filters import Sort
from bot.question.question import understand
from index.passage import Filters
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2024, 11, 27)
PLENARY = """みなと市議会定例会会議録
令和5年9月12日（火曜日）午前10時開議
出席議員
自由民主党　1番　山田太郎君、2番　林花子君
公明党　3番　林健一君
日本共産党みなと市議団　4番　森明子君
立憲民主党　5番　岬渡君
説明のため出席した者
市長　海野進君　教育長　大貫久子君

○議長（山田太郎君）　これより一般質問を行います。
◆3番（林健一君）　学校給食費の無償化について伺います。市の考えはどうか。
◎市長（海野進君）　給食費の無償化は財源が課題であり、検討してまいります。
◆4番（森明子君）　学校給食に地元の野菜を使う割合を伺います。何割か。
◎教育長（大貫久子君）　地元の野菜は三割でございます。
◆2番（林花子君）　港の防波堤の修理はいつか。
◎市長（海野進君）　来年の春に始めます。
◆5番（岬渡君）　学校給食の食器はいつ替えるのか。
◎教育長（大貫久子君）　夏に替えます。
◆6番（湊徹君）　新緑の湊です。プールの開放はいつまでか。
◎教育長（大貫久子君）　八月の末まででございます。
○議長（山田太郎君）　以上で終わります。
"""
ENGLISH = """CITY OF ALDER BAY
CITY COUNCIL MINUTES
May 9, 2023
Present: Councillor Ann Holroyd (Labour), Councillor Bo Lindqvist (Labour), Councillor Cy Moreno

Councillor Holroyd: How much does the parking permit cost?
Director Voss: The parking permit costs forty dollars.
Councillor Moreno: Will the ferry run on Sundays?
Director Voss: The ferry will run on Sundays from June.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return an index of one sitting in each language."""
    folder = tmp_path_factory.mktemp("parties")
    (folder / "docs").mkdir()
    (folder / "docs" / "本会議.txt").write_text(PLENARY, encoding="utf-8")
    (folder / "docs" / "council.txt").write_text(ENGLISH, encoding="utf-8")
    with Writer.open(folder / "data", CharacterEmbedder()) as writer:
        ingest([folder / "docs"], index=writer)
    searcher = Searcher.open(folder / "data", CharacterEmbedder())
    yield searcher
    searcher.close()


KOMEI, JIMIN, KYOSAN, RIKKEN = "公明党", "自由民主党", "日本共産党みなと市議団", "立憲民主党"
SPEAKS = [
    ("公明党は給食費について何を質問したか", KOMEI),
    ("みなと市議会公明党は給食費について何と主張した？", KOMEI),
    ("自民党の代表質問で防波堤は", JIMIN),
    ("自民の議員は何を聞いた？", JIMIN),
    ("自由民主党の委員が防波堤について聞いたことは", JIMIN),
    ("日本共産党市議団の委員は給食について何を質問した？", KYOSAN),
    ("共産党は野菜について何を尋ねた？", KYOSAN),
    ("立憲の議員は食器について何を聞いた？", RIKKEN),
    ("立憲は何を質問した？", RIKKEN),
    ("会派「公明党」は給食費について何と言った", KOMEI),
    ("会派「新緑」はプールについて何と言った", "新緑"),
    ("What did the Labour members ask about parking?", "labour"),
    ("What did the Labour group say about the permit?", "labour"),
]
ASKED = [
    ("公明党の質問に市長はどう答えた？", KOMEI, "市長"),
    ("公明党の代表質問で給食費について市長は何と答えた？", KOMEI, "市長"),
    ("公明党への答弁で給食費は？", KOMEI, None),
]
NO_PARTY = [
    "維新の会は何を質問した？",
    "民主党は何を質問した？",
    "共産主義とはどんな考えか、資料で説明されている？",
    "自民党本部の前の道路の工事はいつ？",
    "公明党について市長は何と言った？",
    "公明党と共産党は何を質問した？",
    "What did the Harbor members ask?",
]


@pytest.mark.parametrize(("text", "party"), SPEAKS)
def test_a_party_that_speaks_is_narrowed_to(text, party, searcher):
    """By its name, by another that comes down to it, or by a short form beside 議員 or 質問."""
    found = understand(text, searcher.names, TODAY).restrictions
    assert [(one.sort, one.filters) for one in found] == [(Sort.PARTY, Filters(person=party))]


@pytest.mark.parametrize(("text", "party", "person"), ASKED)
def test_a_party_that_asked_is_told_from_who_answers(text, party, person, searcher):
    """The answers to its members are left."""
    found = {one.sort: one.filters for one in understand(text, searcher.names, TODAY).restrictions}
    assert found.pop(Sort.PARTY) == Filters(asker=party)
    assert [filters.person for filters in found.values()] == ([person] if person else [])


@pytest.mark.parametrize("text", NO_PARTY)
def test_what_is_no_party_of_the_index_or_only_the_matter_does_not_narrow(text, searcher):
    """An ordinary word stays one; of two parties neither is chosen."""
    found = understand(text, searcher.names, TODAY).restrictions
    assert not [one for one in found if one.sort is Sort.PARTY]


def test_the_party_before_a_surname_tells_two_persons_apart(searcher):
    """公明党の林議員 is one of two of that name."""
    (found,) = understand("公明党の林議員は何を質問した？", searcher.names, TODAY).restrictions
    assert found.filters == Filters(person="林健一")


def test_a_party_is_shown_undone_and_gives_way(searcher):
    """It has a label of its own in either language; a person given by hand comes before it."""
    finder = Finder(searcher, TODAY)
    text = "公明党は学校給食について何を質問したか"
    found = finder.find(text)
    assert found.understood("ja") == ("公明党の質問・発言",)
    assert {hit.passage.speaker for hit in found.result.hits} == {"3番（林健一君）"}
    english = finder.find("What did the Labour members ask about parking?")
    assert english.understood("en") == ("Labour's own words",)
    assert len({hit.passage.speaker for hit in finder.find(text, narrow=False).result.hits}) > 1
    given = finder.find(text, Filters(person="森明子"))
    assert given.understood("ja") == ()
    assert {hit.passage.speaker for hit in given.result.hits} == {"4番（森明子君）"}
    by_print = finder.find(text, Filters(speaker="森明子"))
    assert by_print.loosened("ja") == ()


def test_a_party_that_leaves_nothing_is_let_go_of(searcher):
    """And it is said: a party without a sitting of the year asked about."""
    found = Finder(searcher, TODAY).find(
        "公明党は給食について何を質問したか", Filters(body="alder")
    )
    assert found.loosened("ja") == ("公明党の質問・発言",)
    assert found.result.hits
