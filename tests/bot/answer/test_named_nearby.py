"""What is shown as the nearest speaks of most of what the question names."""

import pytest

from bot.answer.answer import Declined, DeclineReason
from bot.answerer import Answerer
from index.record import Role
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes

BAGS = minutes(
    "環境.txt",
    "2024-06-05",
    [
        ("渡辺委員", Role.MEMBER, "ごみ袋は無料で配るのか。", None),
        ("環境部長", Role.EXECUTIVE, "一枚三十円でございます。", 0),
    ],
    body="環境委員会",
)


@pytest.fixture
def answerer(tmp_path):
    """Is never sure of the one exchange that there is, and never certain that it does not tell."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([BAGS], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield Answerer(opened, decider=sure(-0.4))
    opened.close()


@pytest.mark.parametrize(
    "question",
    ["ごみ袋は一枚いくらか", "ごみ袋の配布は無償ですか", "渡辺委員はごみ袋の何を聞いたか"],
)
def test_the_nearest_is_shown_where_it_speaks_of_most_that_is_named(answerer, question):
    """What it answers, who speaks and a synonym (無償, 無料) count as well."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.UNSURE


@pytest.mark.parametrize(
    "question", ["ごみ袋の製造業者は？", "市長の退職金は一枚いくらですか", "水道の料金は"]
)
def test_nothing_is_shown_as_near_that_lacks_half_of_what_is_named(answerer, question):
    """A passage on the price of the bags misleads who asks for their maker."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.NOT_COVERED
