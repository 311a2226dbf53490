"""What somebody said, where a question asks for nothing else."""

import datetime as dt

import pytest

from bot.lookup.finder import Finder
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import CharacterEmbedder
from tests.ingest.lines import read

MINUTES = """\
令和5年第2回みどり町議会定例会会議録
令和5年6月12日（月曜日）
○議長（田上一郎君）　これより一般質問を行います。
○３番（小森花子君）　公園の枯れた木は何本ありますか。
○公園課長（海野三郎君）　十二本ございます。
○３番（小森花子君）　いつ植え替えますか。
○町長（浜野四郎君）　来年の春に植え替えます。
○議長（田上一郎君）　以上で終わります。
"""
LATER = MINUTES.replace("6月12日（月曜日）", "6月13日（火曜日）")


@pytest.fixture
def finder(tmp_path):
    """Return a function that makes a finder over these texts."""

    def over(*texts):
        with Writer.open(tmp_path, CharacterEmbedder()) as writer:
            held = [read(text, f"{n}.txt") for n, text in enumerate(texts)]
            writer.put(held, root="/in", reader="1")
            writer.publish()
        return Finder(Searcher.open(tmp_path, CharacterEmbedder()), dt.date(2023, 7, 1))

    return over


def told(finder, question):
    """Return the words that are certain to be what is asked for."""
    return [word for each in finder.find(question).told for word in each.words]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("公園課長の答弁は？", ["十二本ございます。"]),
        ("町長は何と答えた？", ["来年の春に植え替えます。"]),
        ("小森議員は何を聞いた？", ["公園の枯れた木は何本ありますか。", "いつ植え替えますか。"]),
        ("町長は予算について何と言った？", []),
    ],
)
def test_all_that_somebody_said_answers_what_they_said(finder, question, words):
    """A question that says who and nothing more gets all of their words; another is searched."""
    assert told(finder(MINUTES), question) == words


def test_of_two_meetings_it_is_not_told_which_is_meant(finder):
    """The same post spoke in two meetings: nothing is certain."""
    assert told(finder(MINUTES, LATER.replace("十二本", "十五本")), "公園課長の答弁は？") == []


def test_a_long_speech_is_not_all_quoted(finder):
    """What is long is searched for as ever: all of it would be no answer."""
    long = MINUTES.replace("十二本ございます。", "木の種類と場所を順に申し上げます。" * 30)
    assert told(finder(long), "公園課長の答弁は？") == []


def test_what_somebody_said_on_a_matter_is_their_answer_to_the_question_on_it(finder):
    """The words of the matter stand in the question; the one answer to it is meant."""
    found = finder(MINUTES).find("公園課長は枯れた木について何と答えた？")
    assert [each.passage.text for each in found.told] == ["十二本ございます。"]


@pytest.mark.parametrize(
    "question", ["町長は枯れた木について何と答えた？", "公園課長は遊具について何と答えた？"]
)
def test_what_somebody_did_not_say_is_not_told(finder, question):
    """An answer to another question, or on another matter, is not theirs on this one."""
    assert finder(MINUTES).find(question).told == ()
