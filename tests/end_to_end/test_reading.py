"""What the reranker that ships decides on the sample council, where rules decided before."""

from pathlib import Path

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answerer import Answerer
from index.embedding.embedder import Embedder
from index.reranking.reranker import load_reranker
from index.search.searcher import Searcher

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def answerer(sample_index: Path, embedder: Embedder, model_cache: Path):
    """Give the answerer as it ships."""
    reranker = load_reranker("embedded", model_cache)
    assert reranker is not None
    return Answerer(Searcher.open(sample_index, embedder, reranker=reranker))


@pytest.mark.parametrize("question", ["消防長は誰ですか", "令和元年の議長は誰", "収入役の氏名は"])
def test_where_no_list_names_the_holder_no_other_passage_is_shown_for_it(answerer, question):
    """What is said about the post, or was at another time, does not say who holds it."""
    assert isinstance(answerer.answer(question), Declined)


def test_what_only_others_spoke_of_is_shown_as_that(answerer):
    """The mayor said nothing of the polling places; the head of department did."""
    reply = answerer.answer("本会議で市長は投票所について何と答えた？")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.UNSURE
    assert reply.message.startswith("「本会議、市長の答弁・発言」は見つかりませんでした。市民部長")
    assert "投票所" in (reply.quote or "")


def test_a_kind_of_document_is_found_by_what_is_asked(answerer):
    """Nothing is narrowed to ordinances, and the definition is found."""
    reply = answerer.answer("交通不便地域とは？条例の定義で")
    assert isinstance(reply, Answer)
    assert "最寄りの駅から８００メートル以上" in reply.citations[0].quote
    assert reply.understood == ()
