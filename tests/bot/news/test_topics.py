"""Which new passages are about a topic that somebody follows."""

from dataclasses import replace

import pytest

from bot.news.topics import about, followed_topic
from index.passage import Hit, PassageKind
from index.record import Role
from tests.index.making import minutes

MEETING = minutes(
    "審議会.txt",
    "2024-06-05",
    [
        ("原委員", Role.MEMBER, "しおまる号の運賃は変わらないのか。", None),
        ("課長", Role.EXECUTIVE, "三百円のままです。", 0),
        ("森委員", Role.MEMBER, "しおまる号の予約が取れない。", None),
        ("部長", Role.EXECUTIVE, "子どもの医療費は、助成の対象を広げます。", None),
        ("議長", Role.CHAIR, "議案第12号 しおまる号の運賃を議題とします。", None),
        ("次長", Role.EXECUTIVE, "議案第１２号の説明をいたします。", None),
    ],
)
RARE = {"運賃": 4.0, "しおまる": 6.0, "まる": 6.0}


def told(topic: str) -> list[str]:
    """Return who says something on a topic in that meeting."""
    document, passages = MEETING
    passages = [*passages]
    passages[4] = replace(passages[4], kind=PassageKind.PROCEDURE)
    hits = [Hit(n, 0.0, passage, document) for n, passage in enumerate(passages, start=1)]
    found = about(followed_topic(topic, lambda word: RARE.get(word, 3.0)), hits)
    return [hit.passage.speaker or "" for hit in found]


def test_a_word_that_stands_everywhere_is_a_topic_all_the_same():
    """In a small index a word may be in most passages, and weigh nothing for a search."""
    document, passages = MEETING
    hits = [Hit(1, 0.0, passages[0], document)]
    assert about(followed_topic("運賃", lambda _: 0.0), hits) != []


@pytest.mark.parametrize(
    ("topic", "speakers"),
    [
        ("しおまる号", ["原委員", "課長", "森委員"]),
        ("しおまる号の運賃", ["原委員", "課長"]),
        ("子どもの医療費助成", ["部長"]),
        ("議案第12号", ["次長"]),
        ("給食費", []),
        ("それ", []),
    ],
)
def test_a_topic_is_told_of_where_all_its_terms_are_said(topic: str, speakers: list[str]):
    """Also in the question that is answered; neither one term of two nor procedure is news."""
    assert told(topic) == speakers
