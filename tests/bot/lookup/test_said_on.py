"""What somebody said on a matter."""

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
