"""Whose post is asked for, in how many words; and what is no holder of it."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.answer.answer import Answer
from bot.answerer import Answerer
from index.passage import Passage, PassageKind, passage_id
from index.record import Attendee, Role
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes

TODAY = dt.date(2025, 2, 1)


def sitting(name, date, listed, text, body="汐見市議会定例会"):
    """Return minutes whose list of those present is a passage, as it is printed."""
    turns = [("議事係", Role.EXECUTIVE, "議長の職務は議会を代表することでございます。", None)]
    document, passages = minutes(name, date, turns, body)
    document = replace(document, attendees=tuple(Attendee(who, post) for post, who in listed))
    head = Passage(passage_id(document.document, 0), text, PassageKind.HEADER)
    speech = replace(passages[0], passage_id=passage_id(document.document, 1))
    return document, [head, speech]


OLD = sitting(
    "令和4年.txt",
    "2022-09-14",
    [("議長", "丹羽 正"), ("副市長", "大久保聡"), ("教育長", "大貫久子")],
    "出席者　議長　丹羽　正君　副市長　大久保聡君　教育長　大貫久子君",
)
NEW = sitting(
    "令和6年.txt",
    "2024-09-11",
    [("議長", "小野寺弘"), ("副議長", "戸塚光代"), ("教育長", "堀内"), ("こども部長", "楠良江")],
    "出席者　副議長戸塚光代、議長小野寺弘、堀内教育長、こども部長　楠良江",
)
PANEL = sitting(
    "審議会.txt",
    "2024-12-20",
    [("会長", "中嶋"), ("職務代理者", "原島")],
    "出席者　中嶋会長　原島委員",
    "本人確認情報保護審議会",
)
COMMITTEE = sitting(
    "委員会.txt",
    "2024-12-09",
    [("委員長", "岸本翔"), ("福祉部長", "秋庭陽子"), ("建設部長", "三枝和彦")],
    "出席委員　委員長　岸本　翔\n説明員　福祉部長　秋庭陽子　建設部長　三枝和彦",
    "文教厚生委員会",
)


@pytest.fixture
def answerer(tmp_path):
    """Answers whatever may be answered, from two plenary sittings and a committee."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([OLD, NEW, COMMITTEE, PANEL], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield Answerer(opened, decider=sure(9), today=TODAY)
    opened.close()


@pytest.mark.parametrize(
    ("question", "document", "quote"),
    [
        ("議長は誰", "令和6年.txt", "議長小野寺弘"),
        ("議長は誰ですか？", "令和6年.txt", "議長小野寺弘"),
        ("副議長はどなたですか", "令和6年.txt", "副議長戸塚光代"),
        ("現在の教育長の名前は", "令和6年.txt", "堀内教育長"),
        ("副市長は今だれがやっていますか", "令和4年.txt", "副市長　大久保聡君"),
        ("令和4年の議長は誰でしたか", "令和4年.txt", "議長　丹羽　正君"),
        ("2022年9月の教育長は誰", "令和4年.txt", "教育長　大貫久子君"),
        ("文教厚生委員会の委員長は誰ですか", "委員会.txt", "委員長　岸本　翔"),
        ("こども部長は誰", "令和6年.txt", "こども部長　楠良江"),
        ("汐見市の議長は誰", "令和6年.txt", "議長小野寺弘"),
        ("質問ですが、教育長は誰ですか", "令和6年.txt", "堀内教育長"),
        ("審議会の会長は誰ですか", "審議会.txt", "中嶋会長"),
    ],
)
def test_who_holds_a_post_is_told_by_the_newest_list_or_that_of_the_time(
    answerer, question, document, quote
):
    """The words of the list that name post and person, and nothing that is said about the post."""
    reply = answerer.answer(question)
    assert isinstance(reply, Answer)
    assert [(c.hit.document.document, c.quote) for c in reply.citations] == [(document, quote)]


@pytest.mark.parametrize(
    "question",
    [
        "前の議長は誰",
        "自治会の会長は誰",
        "隣の市の教育長は誰",
        "議長は誰が決めるのか",
        "部長は誰",
        "質問した教育長は誰",
        "県の教育長は誰",
        "議長の職務は何か",
    ],
)
def test_another_who_is_not_answered_from_the_lists(answerer, question):
    """A former one, one of somebody else, one of many, or something else about the post."""
    reply = answerer.answer(question)
    quotes = [c.quote for c in reply.citations] if isinstance(reply, Answer) else []
    assert not {"議長小野寺弘", "堀内教育長", "委員長　岸本　翔"}.intersection(quotes)
