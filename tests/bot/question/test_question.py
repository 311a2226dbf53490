"""What is understood of a question."""

import datetime as dt

import pytest

from bot.question.question import MAX_CHARACTERS, understand
from index.passage import Filters


@pytest.mark.parametrize(
    "text",
    [
        "谷口委員は何を質問しましたか",
        "図書館について質問したのは誰ですか",
        "値上げに反対したのは誰？",
        "鈴木議員の質問内容を教えて",
        "谷口委員は駐輪場について何を確認した",
        "谷口議員が駐輪場について懸念したこと",
        "山田さんが駐輪場のことで言ってたのは？",
        "Who asked about the library?",
        "What did the councilmember ask about parking?",
    ],
)
def test_what_someone_asked_is_wanted(text):
    """Questions after what was asked, or by whom, want the asking side."""
    assert understand(text).wants_question


@pytest.mark.parametrize(
    "text",
    [
        "図書館の開館時間はいつ延びますか",
        "谷口委員の質問に市長はどう答えましたか",
        "市長は給食費についてどう説明しましたか",
        "When will the library open?",
    ],
)
def test_what_was_answered_is_wanted_otherwise(text):
    """Questions after a fact or an answer want the answering side."""
    assert not understand(text).wants_question


def test_the_matter_is_kept_and_the_asking_is_left_out():
    """Words such as 教える and いくら carry no matter; those of the matter stand once each."""
    words = understand("図書館の予算、図書館の予算はいくらか教えてください").words
    assert "図書" in words
    assert "予算" in words
    assert len(words) == len(set(words))
    assert "教える" not in words


def test_a_named_time_becomes_a_period():
    """A fiscal year is the days from April to March; without a time there is no period."""
    period = understand("令和4年度の待機児童は何人でしたか").period
    assert period == Filters(since=dt.date(2022, 4, 1), until=dt.date(2023, 3, 31))
    assert understand("待機児童は何人ですか").period is None


def test_languages_are_told_apart():
    """Japanese with Latin words is Japanese; English is English."""
    assert understand("DXの予算は？").language == "ja"
    assert understand("What is the DX budget?").language == "en"


@pytest.mark.parametrize("text", ["", "？", "😀😀", "\n\n", "あ" * 100_000, "'; DROP TABLE x;--"])
def test_anything_goes_in(text):
    """Nothing that can be typed fails, and no more than the limit is read."""
    assert len(understand(text).text) <= MAX_CHARACTERS
