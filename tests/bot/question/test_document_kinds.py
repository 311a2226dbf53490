"""Which kind of document a question says that it wants, and when it only talks about one."""

import datetime as dt

import pytest

from bot.lookup.finder import Finder
from bot.question.filters import Sort
from bot.question.question import understand
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Role
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.lookup.test_articles import PARKING
from tests.index.making import CharacterEmbedder, minutes

TODAY = dt.date(2024, 11, 27)
MINUTES, ORDINANCE, REPORT = DocumentKind.MINUTES, DocumentKind.ORDINANCE, DocumentKind.REPORT
SITTING = minutes(
    "委員会.txt",
    "2024-06-05",
    [
        ("林委員", Role.MEMBER, "駐輪場の利用料の値上げはなぜか。", None),
        ("建設部長", Role.EXECUTIVE, "駐輪場の利用料は、費用が増えたため見直します。", 0),
    ],
    body="建設委員会",
)


def report(name, title, text):
    """Return a report of one passage."""
    document = Document(DocumentId(name), title, REPORT, f"hash of {name}")
    return document, [Passage(passage_id(document.document, 0), text, PassageKind.SECTION)]


BUDGET = report("決算.txt", "みなと市決算のあらまし", "駐輪場の利用料の収入は、三千万円であった。")
PLAN = report("計画.txt", "みなと市自転車活用計画", "駐輪場を二か所増やす。")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return an index of minutes, an ordinance and two reports."""
    data = tmp_path_factory.mktemp("kinds")
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put([SITTING, PARKING, BUDGET, PLAN], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(data, CharacterEmbedder())
    yield searcher
    searcher.close()


def wanted(text, searcher):
    """Return the kind that a question narrows to."""
    found = {one.sort: one.filters for one in understand(text, searcher.names, TODAY).restrictions}
    return found[Sort.KIND].kind if Sort.KIND in found else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("利用料は条例ではどう定められているか", ORDINANCE),
        ("利用料の免除は何条に書いてある？", ORDINANCE),
        ("規則上、学生の利用料はいくら？", ORDINANCE),
        ("要綱では委員の任期はどう決められている？", ORDINANCE),
        ("条例の罰則は？", ORDINANCE),
        ("利用料収入の決算額は？", REPORT),
        ("予算書では駐輪場はいくら？", REPORT),
        ("自転車活用計画では駐輪場をいくつ増やす？", REPORT),
        ("議事録では値上げの理由は？", MINUTES),
        ("条例改正について委員は何と言ったか", MINUTES),
        ("一般質問で駐輪場は取り上げられた？", MINUTES),
        ("What does the parking ordinance say about fees?", ORDINANCE),
        ("According to the minutes, why were the fees raised?", MINUTES),
        ("According to the annual report, how many were sold?", REPORT),
    ],
)
def test_a_kind_that_is_said_to_be_wanted_narrows(text, kind, searcher):
    """By its name, by an article, or by an amount that a title of the index is about."""
    assert wanted(text, searcher) is kind


@pytest.mark.parametrize(
    "text",
    [
        "条例改正はいつ？",
        "条例の改正は可決されたか",
        "予算額は？",
        "計画では不十分だと思う理由",
        "報告書はいつできる？",
        "条例で定めることは可決された？",
        "条例では足りないと市長が答弁した理由",
        "委員が質問できる時間は？",
        "委員会で議論できる？",
        "What did the council decide in the ordinance debate?",
        "Who voted against the ordinance?",
    ],
)
def test_a_kind_that_is_only_talked_about_does_not_narrow(text, searcher):
    """What was said or voted about a rule, a paper to come, an amount that no title is about."""
    assert wanted(text, searcher) is None


def test_a_kind_is_shown_undone_and_let_go_of(searcher):
    """Where nothing of that kind is left it is said, as with any restriction."""
    finder = Finder(searcher, TODAY)
    text = "利用料は条例ではどう定められているか"
    found = finder.find(text)
    assert found.understood("ja") == ("条例・規則",)
    assert {hit.document.kind for hit in found.result.hits} == {ORDINANCE}
    assert {h.document.kind for h in finder.find(text, narrow=False).result.hits} > {ORDINANCE}
    code = "What does the parking ordinance say about fees?"
    assert finder.find(code).understood("en") == ("ordinances",)


def test_a_kind_that_is_not_in_the_index_is_let_go_of(tmp_path):
    """Then all is searched, and the label says what was let go of."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([SITTING], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    found = Finder(searcher, TODAY).find("利用料は条例ではどう定められているか")
    assert found.loosened("ja") == ("条例・規則",)
    assert found.result.hits
