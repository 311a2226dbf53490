"""What holds now: the later text of an article, the newest minutes where now is asked for."""

import dataclasses
import datetime as dt
from contextlib import closing

import numpy as np
import pytest

from bot.answer.answer import Answer
from bot.answer.at_a_glance import at_a_glance
from bot.answer.in_force import with_newer, without_outdated
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from bot.question.question import understand
from index.passage import DocumentKind
from index.reranking.reranker import Reading
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.council import hit
from tests.bot.test_answerer import sure
from tests.index.making import ROADS, CharacterEmbedder, minutes

TODAY = dt.date(2025, 1, 10)


def dated(day, title="みなと市手数料条例", article="第3条", kind=DocumentKind.ORDINANCE):
    """Return a hit in a document of that day."""
    one = hit()
    document = dataclasses.replace(one.document, kind=kind, title=title, date=day)
    passage = dataclasses.replace(one.passage, article=article)
    return dataclasses.replace(one, document=document, passage=passage)


OLD = dated(dt.date(2020, 4, 1))
NEW = dated(dt.date(2024, 4, 1), "みなと市手数料条例（令和6年4月1日現在）")
OTHER = dated(dt.date(2020, 4, 1), article="第4条")
BEFORE = dated(dt.date(2022, 3, 1), "会議録", None, DocumentKind.MINUTES)
LATELY = dated(dt.date(2024, 9, 1), "会議録", None, DocumentKind.MINUTES)


def kept(text, *hits):
    """Return the hits that are left for a question, in order."""
    return list(without_outdated(hits, understand(text, today=TODAY), TODAY))


def test_an_article_gives_way_to_its_later_text():
    """Only where that is among the hits, and only the same article."""
    assert kept("手数料はいくら", OLD, NEW, OTHER, BEFORE) == [NEW, OTHER, BEFORE]
    assert kept("手数料はいくら", OLD, BEFORE) == [OLD, BEFORE]


def test_how_it_was_before_keeps_the_earlier_text():
    """改正前 and a year that is named want what held then."""
    assert kept("改正前の手数料はいくら", OLD, NEW) == [OLD, NEW]
    assert kept("令和3年の手数料はいくら", OLD, NEW) == [OLD, NEW]


def test_the_newest_comes_first_where_now_is_asked_for():
    """今 and now; a question without such a word leaves the order to the ranking."""
    assert kept("今の手数料はいくら", BEFORE, LATELY) == [LATELY, BEFORE]
    assert kept("What is the current fee?", BEFORE, LATELY) == [LATELY, BEFORE]
    assert kept("手数料はいくら", BEFORE, LATELY) == [BEFORE, LATELY]
    assert kept("今回の手数料はいくら", BEFORE, LATELY) == [BEFORE, LATELY]


def test_a_text_that_is_not_in_force_yet_gives_way_to_the_one_that_is():
    """What was promulgated for a day to come does not hold, although its text is the later one."""
    coming = dated(dt.date(2025, 4, 1))
    assert kept("手数料はいくら", OLD, coming) == [OLD]


def test_who_asks_what_changed_is_shown_both():
    """The newer text alone does not tell from what it was raised."""
    assert kept("手数料はいくらからいくらに上がったか", OLD, NEW) == [OLD, NEW]


OLDER = minutes(
    "令和4年.txt",
    "2022-09-14",
    [
        ("戸塚議員", None, "津波避難ビルは何か所あるのか。", None),
        ("危機管理監", None, "津波避難ビルは、現在、協定を結んだものが十一か所あります。", 0),
    ],
    body="市議会",
)
NEWER = minutes(
    "令和5年.txt",
    "2023-12-06",
    [
        ("戸塚議員", None, "その後、津波避難ビルは何か所に増えたのか。", None),
        ("危機管理監", None, "十一月末で津波避難ビルは十三か所でございます。", 0),
    ],
    body="市議会",
)


@pytest.fixture
def shown(tmp_path):
    """Return what is shown of a question where the older minutes lead."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([OLDER, NEWER, ROADS], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())

    def ask(question, weighed=lambda result: result):
        found = Finder(searcher, TODAY).find(question)
        found = dataclasses.replace(found, result=weighed(found.result))
        hits = [hit for hit in found.result.hits if "現在、協定" in hit.passage.text]
        both = with_newer(found, hits, searcher.rarity)
        return [hit.passage.text for hit in without_outdated(both, found.asked, TODAY)]

    yield ask
    searcher.close()


def test_what_was_said_later_on_the_same_matter_comes_first_where_today_is_asked_for(shown):
    """The older words may fit the question better: what holds now is in the newer ones."""
    first = shown("津波避難ビルは今何か所ありますか")
    assert first[0] == "十一月末で津波避難ビルは十三か所でございます。"
    assert "十一か所" in first[1]


@pytest.mark.parametrize(
    "question",
    [
        "令和4年9月の議会で津波避難ビルは今何か所と答えたか",
        "以前の津波避難ビルは何か所でしたか",
        "津波避難ビルは今までに何か所増えたか",
        "津波避難ビルは何か所あると答えたか",
    ],
)
def test_nothing_newer_is_put_first_where_today_is_not_asked_for(shown, question):
    """A time that is named, how it was, what changed: the order of the ranking stays."""
    assert shown(question)[:1] == ["津波避難ビルは、現在、協定を結んだものが十一か所あります。"]


def test_what_was_said_later_stands_beside_where_no_time_is_named(shown):
    """The older words lead and would be taken for what holds: the newer ones are told as well."""
    newer = "十一月末で津波避難ビルは十三か所でございます。"
    assert newer in shown("津波避難ビルは何か所ありますか")[1:]
    assert newer in shown("津波避難ビルは何か所に増えたか")[1:]
    assert newer not in shown("以前の津波避難ビルは何か所でしたか")


@pytest.mark.parametrize(("answers", "told"), [(0.5, True), (-0.5, False)])
def test_a_newer_passage_that_answers_is_shown_however_far_the_older_leads(
    shown, answers, told
):  # drawn
    """The odds of the one say nothing of the other: what the reranker makes of it does."""
    reading = Reading(0.0, answers, np.zeros((0, 2), np.int32), np.zeros(0, np.float32))

    def far_behind(result):
        led = [0.99 if "十一か所" in hit.passage.text else 0.001 for hit in result.hits]
        signals = zip(result.signals, led, strict=True)
        read = [dataclasses.replace(each, share=share, reading=reading) for each, share in signals]
        return dataclasses.replace(result, signals=tuple(read))

    texts = shown("津波避難ビルは何か所ありますか", far_behind)
    assert ("十一月末で津波避難ビルは十三か所でございます。" in texts) is told


def test_what_is_put_first_is_what_is_read_first(tmp_path):
    """At a glance stands the newest, also where both together are too long for that."""
    once = "堤防の見回りは月に一度です。" + "堤防の見回りには地元の水防団が加わります。" * 5
    now = "堤防の見回りは週に一度です。" + "堤防の見回りには無人の小型機を飛ばします。" * 5
    said = (("2022-06-01", once), ("2024-06-01", now))
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put(
            [
                minutes(f"{day}.txt", day, [("課長", None, text, None)], "市議会")
                for day, text in said
            ],
            root="/in",
            reader="1",
        )
        writer.publish()
    with closing(Searcher.open(tmp_path, CharacterEmbedder())) as searcher:
        reply = Answerer(searcher, decider=sure(9), today=TODAY).answer(
            "今の堤防の見回りは月に一度？"
        )
    assert isinstance(reply, Answer)
    assert [citation.hit.rank for citation in reply.citations] == [1, 2]
    assert {number for said in at_a_glance(reply) for number in said.citations} == {1}
    assert reply.citations[0].hit.document.date == dt.date(2024, 6, 1)


def test_the_next_meeting_of_old_minutes_is_no_answer_once_a_later_one_was_held(tmp_path):
    """「次回は11月」 of two years ago was held since; what the newest minutes tell is an answer."""
    told = [("係長", None, "次回の審議会は11月21日に開く予定です。", None)]
    old = minutes("第5回.txt", "2022-07-21", told, body="公共交通審議会")
    held = minutes(
        "第6回.txt", "2022-11-21", [("会長", None, "開会します。", None)], "公共交通審議会"
    )
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([old], root="/in", reader="1")
        writer.publish()
    with closing(Searcher.open(tmp_path, CharacterEmbedder())) as searcher:
        ahead = Answerer(searcher, decider=sure(9)).answer("次回の審議会はいつ？")
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([held], root="/in", reader="1")
        writer.publish()
    with closing(Searcher.open(tmp_path, CharacterEmbedder())) as searcher:
        answerer = Answerer(searcher, decider=sure(9))
        later = answerer.answer("次回の審議会はいつ？")
        then = answerer.answer("令和4年7月の審議会で、次回の審議会はいつと言われた？")
    assert isinstance(ahead, Answer)
    assert isinstance(then, Answer)
    assert not any("21日" in c.quote for c in getattr(later, "citations", ()))
