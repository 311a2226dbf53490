"""What holds now: the later text of an article, the newest minutes where now is asked for."""

import dataclasses
import datetime as dt
from contextlib import closing

import numpy as np
import pytest

from bot.answer.answer import Answer
from bot.answer.at_a_glance import at_a_glance
from bot.answer.in_force import newest_first, with_newer
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


def dated(day):
    """Return a hit in minutes of that day."""
    one = hit()
    document = dataclasses.replace(one.document, kind=DocumentKind.MINUTES, date=day)
    return dataclasses.replace(one, document=document)


BEFORE, LATELY = dated(dt.date(2022, 3, 1)), dated(dt.date(2024, 9, 1))


def test_the_newest_comes_first_where_now_is_asked_for():
    """今 and now; a question without such a word leaves the order to the ranking."""

    def order(text):
        return newest_first([BEFORE, LATELY], understand(text, today=TODAY))

    assert order("今の手数料はいくら") == (LATELY, BEFORE)
    assert order("What is the current fee?") == (LATELY, BEFORE)
    assert order("手数料はいくら") == (BEFORE, LATELY)
    assert order("今回の手数料はいくら") == (BEFORE, LATELY)


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
        return [hit.passage.text for hit in newest_first(both, found.asked)]

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
