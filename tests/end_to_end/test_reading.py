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
    said = (
        "「本会議、市長の答弁・発言」の中に、この質問に答えるものは見つかりませんでした。市民部長"
    )
    assert reply.message.startswith(said)
    assert "投票所" in (reply.quote or "")


def test_a_kind_of_document_is_found_by_what_is_asked(answerer):
    """Nothing is narrowed to ordinances, and the definition is found."""
    reply = answerer.answer("交通不便地域とは？条例の定義で")
    assert isinstance(reply, Answer)
    assert "最寄りの駅から８００メートル以上" in reply.citations[0].quote
    assert reply.understood == ()


@pytest.mark.parametrize(
    ("question", "newest", "told", "count"),
    [
        ("野々村委員は何と言った？", "2023-12-20", "６時では間に合いません", 4),
        ("令和6年3月15日の本会議での市長の答弁", "2024-03-15", "人口の減少", 2),
        ("What did Director Voss say?", "2023-05-09", "six and a half percent", 5),
    ],
)
def test_who_is_named_alone_is_told_by_what_he_said(answerer, question, newest, told, count):
    """The newest meeting first, and how many speeches there are."""
    reply = answerer.answer(question)
    assert isinstance(reply, Answer)
    assert reply.listed
    assert reply.listed.count == count == len(reply.citations)
    assert str(reply.citations[0].hit.document.date) == newest
    assert told in "".join(reply.citations[0].quote.split("\n"))


@pytest.mark.parametrize("question", ["原島委員の発言を全部", "山田委員は何と言った？"])
def test_the_words_of_somebody_unknown_are_declined_by_name(answerer, question):
    """Nobody else's words stand for them."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert question[:2] in reply.message


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("前回の審議会の議題は？", ["実証運行の結果", "本格運行への移行", "丘の手線"]),
        ("第7回審議会では何を話し合った？", ["副会長の選任", "開始時期", "廃止の基準"]),
    ],
)
def test_the_agenda_of_a_meeting_is_told_from_its_head(answerer, question, items):
    """All items, as they are printed."""
    reply = answerer.answer(question)
    assert isinstance(reply, Answer)
    assert all(item in reply.text for item in items)


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("今日の議題は", 3),
        ("What was decided at the last meeting?", 4),
    ],
)
def test_where_no_meeting_is_named_the_newest_of_each_body_is_offered(answerer, question, bodies):
    """And the choice is answered from that meeting alone."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert len({choice.filters.body for choice in reply.choices}) == bodies
    choice = reply.choices[0]
    again = answerer.answer(question, choice.filters)
    assert isinstance(again, Answer)
    assert {cited.hit.document.date for cited in again.citations} == {choice.filters.since}


def test_a_date_asked_for_alone_is_that_of_the_matter_just_answered(answerer):
    """Not the day on which the library was founded."""
    before = ["金曜日の図書館の開館時間は延びますか"]
    reply = answerer.answer("それはいつ？", before=before)
    assert reply.text == "施行は令和５年４月１日を予定しております。 [1]"


def test_an_ordinance_cited_by_title_and_number_is_not_another_one(answerer):
    """The index has no ordinance on salaries."""
    reply = answerer.answer("汐見原市職員の給与に関する条例（昭和32年条例第31号）第5条は")
    assert isinstance(reply, Declined)
    held = answerer.answer("汐見原市みんなで支える公共交通条例（令和3年条例第21号）第5条は")
    assert isinstance(held, Answer)
    assert held.citations[0].hit.passage.article == "第5条"
