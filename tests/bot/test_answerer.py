"""Answers and declines over a small index, with the weights that ship."""

import re
from dataclasses import replace

import numpy as np
import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answer.answerability import (
    FEATURES,
    Caution,
    Decider,
    Model,
    decision_features,
    load_decider,
)
from bot.answer.judgement import contenders
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from bot.question.question import understand
from index.passage import Filters, PassageKind
from index.record import Role
from index.reranking.reranker import Reading
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes


def sure(bias):
    """Return a decider that always says the same: a positive bias answers, a negative declines."""
    model = Model((0.0,) * len(FEATURES), bias)
    return Decider(model, model)


def by_coverage():
    """Return a decider that answers with what holds all words of a question."""
    weights = tuple(20.0 if name == "coverage_wide" else 0.0 for name in FEATURES)
    model = Model(weights, -15.0)
    return Decider(model, model)


@pytest.fixture
def searcher(tmp_path):
    """Return a searcher over two minutes."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY, ROADS], root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder())


def test_an_answer_quotes_its_passages_and_cites_every_sentence(searcher):
    """Quotes occur in their passages, every line carries a number, and every citation is used."""
    reply = Answerer(searcher, decider=sure(9)).answer("図書館の開館時間は延びますか")
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == "平日は午後八時まで延ばす方向で検討してまいります。"
    assert reply.citations[0].hit.passage.speaker == "教育部長"
    for citation in reply.citations:
        assert citation.quote in citation.hit.passage.text
    used = {int(n) for n in re.findall(r"\[(\d+)\]", reply.text)}
    assert used == {citation.number for citation in reply.citations}
    assert all(re.search(r"\[\d+\]$", line) for line in reply.text.splitlines())
    assert "。 [1]" in reply.text


@pytest.mark.parametrize(("bias", "confidence"), [(1.5, 0.8176), (-1.5, 0.1824)])
def test_a_reply_tells_how_sure_the_decision_was(searcher, bias, confidence):
    """An answer and a decline alike; nothing was weighed where nothing was found."""
    reply = Answerer(searcher, decider=sure(bias)).answer("図書館の開館時間は延びますか")
    assert isinstance(reply, Answer if bias > 0 else Declined)
    assert reply.confidence == pytest.approx(confidence, abs=1e-4)
    nothing = Filters(body="どこにもない委員会")
    assert Answerer(searcher, decider=sure(bias)).answer("図書館", nothing).confidence is None


def test_a_decline_says_so_in_the_language_of_the_question_and_shows_the_nearest(searcher):
    """Where the decision is no, there is no quote but a sentence and the nearest passages."""
    declining = Answerer(searcher, decider=sure(-9))
    japanese = declining.answer("図書館の開館時間は")
    english = declining.answer("When does the library open?")
    assert isinstance(japanese, Declined)
    assert isinstance(english, Declined)
    assert japanese.reason is DeclineReason.NOT_COVERED
    assert japanese.nearest[0].document.document == "図書館.txt"
    assert japanese.message.startswith("登録された資料の中に")
    assert english.message.startswith("The materials")


def test_the_frame_follows_the_setting_where_one_is_set(searcher):
    """With the language set to English, a Japanese question gets an English frame."""
    reply = Answerer(searcher, "en", sure(-9)).answer("図書館の開館時間は")
    assert reply.language == "en"


def test_an_empty_index_says_what_to_do(tmp_path):
    """Without documents the decline names the command that adds them."""
    reply = Answerer(Searcher.open(tmp_path, CharacterEmbedder())).answer("図書館は")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.EMPTY_INDEX
    assert "kiroku ingest" in reply.message


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("開館時間は", "指定された条件に当てはまる資料は登録されていません"),
        ("When does the library open?", "No materials in the index fit the filters"),
    ],
)
def test_filters_that_leave_nothing_are_named_as_the_reason(searcher, question, message):
    """It is not said that the materials do not answer, where none was looked at."""
    reply = Answerer(searcher).answer(question, Filters(body="宇宙委員会"))
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.NOT_COVERED
    assert message in reply.message


def test_one_hit_is_shown_where_it_leads_and_more_where_others_contend(searcher):
    """The number of quotes tells how sure the ranking is; their odds count together."""
    result = searcher.search(Query("図書館の開館時間と市道の舗装"))
    clear = replace(
        result,
        signals=tuple(
            replace(s, share=0.9 if rank == 0 else 0.05) for rank, s in enumerate(result.signals)
        ),
    )
    close = replace(result, signals=tuple(replace(s, share=0.3) for s in result.signals))
    assert len(contenders(clear)[0]) == 1
    hits, signals = contenders(close)
    assert len(hits) == min(3, len(result.hits)) > 1
    assert signals[0].share == pytest.approx(0.3 * len(hits))


def test_the_surest_of_the_hits_shown_together_speaks_for_them(searcher):
    """What the reranker read of it, and by how much that exceeds what is not shown."""
    result = searcher.search(Query("図書館の開館時間と市道の舗装"), limit=4)
    logits, shares = (1.0, 3.0, 2.5, -1.0), (0.4, 0.3, 0.01, 0.01)
    nothing = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
    signals = tuple(
        replace(each, share=share, reading=Reading(logit, logit, *nothing))
        for each, share, logit in zip(result.signals, shares, logits, strict=True)
    )
    hits, (first, _) = contenders(replace(result, signals=signals))
    assert hits == result.hits[:2]
    assert first.reading.answers == 3.0
    assert first.lead == pytest.approx(0.5)


def test_what_was_read_has_numbers_of_its_own(searcher):
    """Those for hits that no reranker has read know nothing of its features."""
    result = searcher.search(Query("図書館の開館時間"))
    decider = Decider(plain=sure(-2).plain, read=sure(2).read)
    asked, unread = understand("図書館の開館時間"), result.signals[0]
    reading = Reading(0.0, 0.0, np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
    assert not decider.verdict(asked, result.hits[0], unread).answers
    assert decider.verdict(asked, result.hits[0], replace(unread, reading=reading)).answers


def test_a_list_of_headings_is_no_answer(searcher):
    """A procedure passage without a sentence is passed over, however well its words match."""
    result = searcher.search(Query("図書館の開館時間"))
    first = result.hits[0]
    listed = replace(first.passage, kind=PassageKind.PROCEDURE, text="(1) 図書館の開館時間について")
    headings = replace(result, hits=(replace(first, passage=listed), *result.hits[1:]))
    assert contenders(headings)[0][0] == result.hits[1]
    spoken = replace(listed, text="図書館の開館時間は午後八時までといたします。")
    decided = replace(result, hits=(replace(first, passage=spoken), *result.hits[1:]))
    assert contenders(decided)[0][0].passage is spoken


def test_figures_that_no_source_holds_speak_against_a_hit(tmp_path):
    """A question about 第9回 or another year than the document's has figures missing."""
    made = minutes("a.txt", "2023-02-01", [("課長", None, "補助は三人に渡しました。", None)])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([made], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())

    def missing(text):
        asked = understand(text)
        result = searcher.search(asked.query())
        values = decision_features(asked, result.hits[0], result.signals[0])
        return values[FEATURES.index("figures_missing")]

    assert missing("令和5年2月に補助は何人に渡しましたか") == 0
    assert missing("令和4年度に補助は何人に渡しましたか") == 0
    assert missing("令和8年に補助は何人に渡しましたか") == 1
    assert missing("補助は何人に渡しましたか") == 0


def test_the_decider_that_ships_fits_its_features():
    """The fitted file holds one weight a feature, for hits that were read and for others."""
    decider = load_decider()
    assert len(decider.plain.weights) == len(decider.read.weights) == len(FEATURES)


def test_between_answer_and_decline_the_nearest_passage_is_shown_as_that(searcher):
    """A probability of .5 is no answer, and enough for one passage, with its words."""
    reply = Answerer(searcher, decider=sure(0.0)).answer("図書館の開館時間は延びますか")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.UNSURE
    assert len(reply.nearest) == 1
    assert reply.quote == "平日は午後八時まで延ばす方向で検討してまいります。"
    assert "いちばん近い記述" in reply.message


def test_a_word_that_stands_nowhere_does_not_hide_the_nearest_passage(searcher):
    """Staff say it in words of their own; the reply names the word, and shows the passage."""
    reply = Answerer(searcher, decider=sure(0.0)).answer("図書館って夜更かし対応で延びますか")
    assert isinstance(reply, Declined)
    assert reply.absent
    assert reply.reason is DeclineReason.UNSURE
    assert reply.quote == "平日は午後八時まで延ばす方向で検討してまいります。"


@pytest.mark.parametrize(
    ("caution", "outcome"),
    [
        (Caution.CAREFUL, DeclineReason.UNSURE),
        (Caution.NORMAL, DeclineReason.UNSURE),
        (Caution.EAGER, None),
    ],
)
def test_caution_moves_what_is_answered(searcher, caution, outcome):
    """What is likelier right than wrong is answered by an eager bot alone."""
    decider = replace(sure(0.4), caution=caution)
    reply = Answerer(searcher, decider=decider).answer("図書館の開館時間は延びますか")
    assert (reply.reason if isinstance(reply, Declined) else None) is outcome


@pytest.mark.parametrize(
    ("words", "withheld"),
    [
        ("運行の委託先は公表しておりません。", True),
        ("運行の委託先は浜手観光に決まりました。もう一者の点数は公表しておりません。", False),
    ],
)
def test_what_is_not_told_is_told_by_the_part_that_answers(tmp_path, words, withheld):
    """An answer that also leaves something else open is an answer."""
    turns = [
        ("委員", None, "運行の委託先はどこに決まりましたか。", None),
        ("課長", None, words, 0),
    ]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([minutes("委託.txt", "2023-05-01", turns)], root="/in", reader="1")
        writer.publish()
    over = Searcher.open(tmp_path, CharacterEmbedder())
    reply = Answerer(over, decider=sure(9)).answer("運行の委託先はどこに決まりましたか")
    assert isinstance(reply, Answer)
    assert reply.withheld is withheld


class OfNumbers:
    """A reranker to which every passage answers alike, and the numbers of it are the answer."""

    name = "numbers"

    def __init__(self, surest=""):
        self.questions = []
        self._surest = surest

    def read(self, question, passages):
        """Return a token a sign: digits answer, the rest does not."""
        self.questions.append(question)
        return [
            Reading(
                0.0,
                2.0,
                np.array([(at, at + 1) for at in range(len(each.words))], dtype=np.int32),
                np.array([self._of(sign) for sign in each.words], np.float32),
            )
            for each in passages
        ]

    def _of(self, sign):
        if sign in self._surest:
            return 9.0
        return 3.0 if sign.isdigit() else -3.0


def over_fares(tmp_path, by, *answers):
    """Return an answerer over questions for the fare that were answered so."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        for number, words in enumerate(answers):
            turns = [("委員", None, "運賃はいくらですか。", None), ("課長", None, words, 0)]
            writer.put([minutes(f"{number}.txt", "2023-05-01", turns)], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder(), reranker=by)
    return Answerer(opened, decider=sure(9))


def test_the_value_is_that_of_the_best_citation(tmp_path):
    """Others may name other amounts: they are quoted, and not put first."""
    fares = ("運賃は250円です。", "運賃は300円とする案です。", "運賃は200円でした。")
    reply = over_fares(tmp_path, OfNumbers(), *fares).answer("運賃はいくらですか")
    assert isinstance(reply, Answer)
    assert len(reply.citations) > 1
    valued = [each for each in reply.citations if each.value is not None]
    assert [each.hit.rank for each in valued] == [1]
    assert reply.valued is valued[0]
    assert valued[0].value in valued[0].quote


def test_what_is_not_told_has_no_value(tmp_path):
    """An amount that stands beside it is another one."""
    assert (
        over_fares(tmp_path / "told", OfNumbers(), "運賃は200円です。")
        .answer("運賃はいくらですか")
        .valued
    )
    words = "昨年は200円で走らせた路線もございました。新しい路線の運賃は公表しておりません。"
    reply = over_fares(tmp_path, OfNumbers("公表"), words).answer("運賃はいくらですか")
    assert isinstance(reply, Answer)
    assert reply.withheld
    assert reply.valued is None


def test_what_others_say_is_read_without_the_one_who_was_named(tmp_path):
    """With his name in the question the reranker would hold their words for no answer."""
    by = OfNumbers()
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        turns = [
            ("市長", Role.EXECUTIVE, "給食の無償化は来年四月に始めます。", None),
            ("総務部長", Role.EXECUTIVE, "投票所は三か所減らします。", None),
        ]
        writer.put([minutes("会議.txt", "2023-05-01", turns)], root="/in", reader="1")
        writer.publish()
    over = Searcher.open(tmp_path, CharacterEmbedder(), reranker=by)
    finder = Finder(over)
    found = finder.find("市長は投票所について何と答えましたか")
    assert found.understood("ja") == ("市長の答弁・発言",)
    finder.elsewhere(found)
    with_name, without = by.questions[0], by.questions[-1]
    assert "市長" in with_name
    assert "市長" not in without
    assert "投票所" in without


def test_a_short_question_with_a_matter_of_its_own_is_looked_up_both_ways(searcher):
    """The surer reply is given; who speaks alone is no matter, and of nothing found it is new."""
    answerer = Answerer(searcher, decider=by_coverage())
    before = ["図書館の開館時間は延びますか"]
    new = answerer.answer("市道の舗装は？", before=before)
    assert isinstance(new, Answer)
    assert new.taken_over is None
    assert new.citations[0].hit.passage.speaker == "建設部長"
    goes_on = answerer.answer("それはいつから？", before=before)
    assert goes_on.taken_over == "図書館 開館"
    nothing = answerer.answer("宇宙船は？", before=before)
    assert isinstance(nothing, Declined)
    assert nothing.taken_over is None


def test_a_question_in_kana_is_also_looked_up_in_words_of_the_index(searcher):
    """The surer reply is given, and it says how the question was read."""
    answerer = Answerer(searcher, decider=by_coverage())
    reply = answerer.answer("しどうのほそうは？")
    assert isinstance(reply, Answer)
    assert (reply.question, reply.read_as) == ("しどうのほそうは？", "市道の舗装は?")
    assert reply.citations[0].hit.passage.speaker == "建設部長"
    assert answerer.answer("市道の舗装は？").read_as is None


def test_a_value_asked_for_alone_is_looked_up_first_where_the_question_before_was_answered(
    tmp_path,
):
    """The sentence that tells it stands beside what was quoted, not in the history."""
    said = (
        "中央図書館の開館時間は、現在午前九時から午後六時までとなっております。"
        "勤め帰りの方にもご利用いただけるよう、金曜日に限り、閉館を午後八時まで延ばすものでございます。"
        "施行は令和五年四月一日を予定しております。"
    )
    opening = minutes(
        "委員会.txt",
        "2022-12-12",
        [
            ("佐藤委員", Role.MEMBER, "金曜日の開館時間は延びるのですか。", None),
            ("図書館長", Role.EXECUTIVE, said, 0),
            ("佐藤委員", Role.MEMBER, "光熱費はどのくらい増えるのか。", None),
            ("図書館長", Role.EXECUTIVE, "年間でおよそ四十六万円の増を見込んでおります。", 2),
        ],
    )
    history = minutes(
        "沿革.txt",
        "2024-07-01",
        [
            (
                "図書館長",
                Role.EXECUTIVE,
                "昭和四十七年十一月、図書館が開館。金曜日でした。",
                None,
            )
        ],
    )
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([opening, history], root="/in", reader="1")
        writer.publish()
    answerer = Answerer(Searcher.open(tmp_path, CharacterEmbedder()), decider=sure(9))
    before = ["金曜日の図書館の開館時間は延びますか"]
    when = answerer.answer("それはいつ？", before=before)
    assert isinstance(when, Answer)
    assert when.text == "施行は令和五年四月一日を予定しております。 [1]"
    assert when.citations[0].quote in when.citations[0].hit.passage.text
    again = answerer.answer("いつから？", before=[*before, "それはいつ？"])
    assert again.text == when.text


def test_where_the_last_answer_tells_no_such_value_all_is_searched(searcher):
    """A document without an amount is no answer to 「いくら？」."""
    answerer = Answerer(searcher, decider=by_coverage())
    before = ["図書館の開館時間は延びますか"]
    alone = answerer.answer("いくら？", before=before)
    narrowed = alone.narrowed or Filters()
    assert narrowed.document is None
    assert alone.taken_over == "図書館 開館"


def test_a_reply_tells_how_long_it_took_with_all_that_was_looked_up(searcher, monkeypatch):
    """Also where the words of others were looked for, or a question was understood both ways."""
    clock = iter(range(0, 10_000, 7))
    monkeypatch.setattr("bot.answerer.time.perf_counter", lambda: float(next(clock)))
    reply = Answerer(searcher, decider=sure(9)).answer("図書館の開館時間は延びますか")
    calls = next(clock) / 7
    # its own clock is asked first and last, so that nothing is left out
    assert reply.took_ms["total"] == pytest.approx((calls - 1) * 7000)


def test_a_question_that_points_back_is_never_answered_apart_from_what_it_points_at(searcher):
    """Also where nothing answers it so: その側溝 is none without the question before."""
    declining = Answerer(searcher, decider=sure(-9))
    before = ("図書館の開館時間は延びますか",)
    assert declining.answer("その側溝の補修は？", before=before).taken_over
    assert not declining.answer("側溝の補修は？", before=before).taken_over


@pytest.mark.parametrize("question", ["なんで上げるの？", "お金かかる？"])
def test_a_follow_up_without_a_matter_of_its_own_is_never_answered_alone(searcher, question):
    """Whatever it finds elsewhere is of something else, also where nothing answers in going on."""
    declining = Answerer(searcher, decider=sure(-9))
    told = declining.answer(question, before=("図書館の開館時間は延びますか",))
    assert told.taken_over == "図書館 開館"
