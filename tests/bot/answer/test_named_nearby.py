"""What is shown, as an answer or as the nearest, says what the question names."""

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
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
def searcher(tmp_path):
    """An index of one exchange, on the price of bags for rubbish."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([BAGS], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def answerer(searcher):
    """Is never sure of it, and never certain that it does not tell."""
    return Answerer(searcher, decider=sure(-0.4))


@pytest.mark.parametrize(
    "question",
    ["ごみ袋は一枚いくらか", "ごみ袋の配布は無償ですか", "渡辺委員はごみ袋の何を聞いたか"],
)
def test_the_nearest_is_shown_where_it_says_what_is_named(answerer, question):
    """What it answers, who speaks and a synonym (無償, 無料) count as well."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.UNSURE


@pytest.mark.parametrize(
    "question",
    [
        "ごみ袋の製造業者は？",
        "ごみ箱の配布",
        "水道料金は上がるのか",
        "市長の退職金は一枚いくらですか",
    ],
)
def test_nothing_is_shown_as_near_that_does_not_say_what_is_asked(answerer, question):
    """A passage on the price of the bags misleads who asks for their maker, or for bins."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.NOT_COVERED


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("ごみ袋の配布は？", True),
        ("ごみ袋の費用", True),
        ("ごみ袋の無償配布", True),
        ("ごみ箱の配布", False),
        ("ごみ袋の製造業者", False),
        ("ごみ袋の枚数", True),
        ("ごみ袋の申込件数", False),
        ("ごみ袋が破れたときの交換は？", True),
    ],
)
def test_a_thing_and_what_is_asked_of_it_are_both_said_where_that_is_answered(
    searcher, question, answers
):
    """Of a compound the head counts (袋, 箱); costs need not be called so, nor all that is told."""
    certain = Answerer(searcher, decider=sure(9))
    assert isinstance(certain.answer(question), Answer if answers else Declined)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("消防団の問い合わせ先の内線は？", True),
        ("消防団の届け出先の内線は？", False),
        ("消防団の名簿は？", True),
        ("消防団の規約は？", False),
    ],
)
def test_what_a_name_ends_in_and_the_name_of_the_file_count(tmp_path, question, answers):
    """お問い合わせ says the 問い合わせ先; 名簿 need stand nowhere but in the name of the file."""
    said = "消防団へのお問い合わせは、防災課の内線三二一へ。"
    paper = minutes("名簿.txt", "2024-06-05", [("防災課長", Role.EXECUTIVE, said, None)])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([paper], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    certain = Answerer(opened, decider=sure(9))
    assert isinstance(certain.answer(question), Answer if answers else Declined)
    opened.close()
