"""Words of a question that stand in no document."""

from dataclasses import replace

import pytest

from bot.answer.answer import Declined
from bot.answer.unknown_words import unknown_municipality, unknown_words
from bot.answerer import Answerer
from bot.question.explanation import absent_note
from index.passage import DocumentId
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder


@pytest.fixture
def searcher(tmp_path):
    """An index of two short minutes: on a library, and on roads."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY, ROADS], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield opened
    opened.close()


def said(searcher):
    """Return all that the index says."""
    documents = searcher.documents()
    return "".join(p.text for d in documents for p in searcher.passages(d.document))


def test_a_noun_that_stands_nowhere_is_told(searcher):
    """A word that is in no passage is told, each once, in the order of the question."""
    assert unknown_words("モノレールと飛行場、モノレールはいつ開くのか", searcher) == (
        "モノレール",
        "飛行場",
    )


def test_a_noun_that_stands_somewhere_is_not_told(searcher):
    """What a passage says is not absent, nor is what only asks."""
    assert "図書" in said(searcher)
    assert unknown_words("図書館は何色で何パーセント、うわさは", searcher) == ()


def test_a_long_question_is_looked_at_in_bounded_time(searcher):
    """Of a question as long as a book the beginning is looked at, and three words are told."""
    question = "".join(f"「{a}{b}ゾンデ」と" for a in "アイウエ" for b in "カキクケ") * 1000
    assert len(unknown_words(question, searcher)) <= 3


@pytest.mark.parametrize(
    "text", ["横浜市の図書館の開館時間は", "北海道では道路の補修が何か所残っているか"]
)
def test_another_municipality_is_not_answered_with_what_is_here(searcher, text):
    """However near a passage is: what is here was not said of the place that is named."""
    reply = Answerer(searcher, decider=sure(9)).answer(text)
    assert isinstance(reply, Declined)
    assert "についての資料は登録されていません" in reply.message
    assert text[:3].rstrip("のでは") in reply.message


@pytest.mark.parametrize("name", ["title", "document"])
def test_a_municipality_that_only_a_title_or_a_folder_names_is_here(tmp_path, name):
    """The municipality whose documents these are is not always named in their words."""
    document, passages = ROADS
    called = {"title": "横浜市建設委員会記録", "document": DocumentId("横浜市/道路.txt")}[name]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([(replace(document, **{name: called}), passages)], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    assert unknown_municipality("横浜市の道路の補修は", opened) is None
    assert unknown_municipality("川崎市の道路の補修は", opened) == "川崎市"
    opened.close()


def test_answers_and_declines_carry_the_words(searcher):
    """A reply holds the words, whether it answers or not."""
    reply = Answerer(searcher).answer("モノレールの駅はどこか")
    assert "モノレール" in reply.absent


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("ja", "「モノレール」、「空港」という言葉は、登録された資料に出てきません。"),
        ("en", "No document in the index says “モノレール”, “空港”."),
    ],
)
def test_the_note_quotes_the_words(language, note):
    """The line that is shown names the words in quotation marks of its language."""
    assert absent_note(("モノレール", "空港"), language) == note
