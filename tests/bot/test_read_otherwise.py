"""Questions in words of daily life, asked of papers in official words that the real reader read."""

import pytest

from bot.answer.answer import Answer, Declined
from bot.answer.answerability import FEATURES, Decider, Model
from bot.answerer import Answerer
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import by_coverage
from tests.index.making import CharacterEmbedder

COMMITTEE = """\
みどり市議会　施設委員会　記録
1 開会年月日   令和6年9月5日(木)
2 開会場所     第2委員会室
3 出席委員(3人)
  委員長 梶 太郎   副委員長 野口 はな
  委員   浜中 剛   西田 修
4 議題
 (1) 市民体育館の設備について
○梶委員長　ただいまから施設委員会を開きます。
○浜中委員　市民体育館のエアコンはいつ付きますか。
○木内施設課長　エアコンは来年の六月に付きます。
○西田委員　体育館の控室は何人まで入れますか。
○木内施設課長　控室には十人まで入れます。
○浜中委員　時間外勤務手当は足りていますか。
○木内施設課長　手当は補正で足します。
"""
ORDINANCE = """\
みどり市犬の飼養に関する条例
令和3年3月20日　条例第7号
（目的）
第1条　この条例は、犬による害を防ぐことを目的とする。
（過料）
第2条　犬を放した者は、三万円以下の過料に処する。
"""
ENGLISH = """\
Town of Alder Creek
Town Board, Regular Meeting
May 12, 2025
Mr. Park asked when solid waste would be collected in June.
The clerk said that solid waste would be collected on June 3.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over the papers."""
    folder = tmp_path_factory.mktemp("papers")
    for name, text in (("委員会.txt", COMMITTEE), ("条例.txt", ORDINANCE), ("en.txt", ENGLISH)):
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


@pytest.mark.parametrize(
    ("question", "read_as", "quoted"),
    [
        ("体育館のクーラーはいつ付く？", "体育館のエアコンはいつ付く?", "来年の六月に付きます"),
        ("犬を放したら罰金はいくら？", "犬を放したら過料はいくら?", "三万円以下の過料"),
        ("残業代は足りてる？", "時間外勤務手当は足りてる?", "手当は補正で足します"),
        ("When is trash collected?", "when is solid waste collected?", "on June 3"),
    ],
)
def test_words_of_daily_life_reach_papers_in_official_words(searcher, question, read_as, quoted):
    """The reply says how the question was read."""
    reply = Answerer(searcher, decider=by_coverage()).answer(question)
    assert isinstance(reply, Answer)
    assert (reply.question, reply.read_as) == (question, read_as)
    assert quoted in reply.text


@pytest.mark.parametrize(
    "question",
    ["斎場の待合室は何人まで入れる？", "体育館の暖炉はいつ付く？", "支所のクーラーはいつ付く？"],
)
def test_no_thing_is_read_for_its_neighbour(searcher, question):
    """A waiting room is no 控室, and what else the question names has to be said as well."""
    reply = Answerer(searcher, decider=by_coverage()).answer(question)
    assert isinstance(reply, Declined)
    assert reply.read_as is None


def test_what_is_answered_as_it_is_typed_is_read_so(searcher):
    """In words of the papers nothing has to be read otherwise."""
    reply = Answerer(searcher, decider=by_coverage()).answer("体育館のエアコンはいつ付く？")
    assert isinstance(reply, Answer)
    assert reply.read_as is None


def test_an_answer_in_other_words_must_be_surer(searcher):
    """What would just do for the words that were typed does not do for others."""
    weights = tuple(20.0 if name == "coverage_wide" else 0.0 for name in FEATURES)
    model = Model(weights, -19.5)
    answerer = Answerer(searcher, decider=Decider(model, model))
    assert isinstance(answerer.answer("体育館のエアコンはいつ付く？"), Answer)
    assert isinstance(answerer.answer("体育館のクーラーはいつ付く？"), Declined)
