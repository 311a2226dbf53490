"""Who holds a post: from the newest list of those present, or that of the time that is named."""

import datetime as dt

import pytest

from bot.answer.answer import Answer
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2025, 1, 10)
SITTING = """\
令和{year}年第4回みどり市議会定例会会議録
令和{year}年12月6日（水曜日）午前10時開議
出席議員
議長　{chair}君
副議長　小森花子君
説明のため出席した者
市長　海野三郎君
教育長　{head}君
○議長（{surname}君）　これより会議を開きます。一般質問を行います。
◆3番（小森花子君）　図書館の開館時間を延ばす考えはありますか。議長の任期は何年ですか。
◎教育長（{of_head}君）　図書館の開館時間は延ばしません。
◆3番（小森花子君）　分かりました。
"""
COUNCIL = """\
第3回みどり市環境審議会　会議録
日時　令和6年7月1日（月）午後2時
出席者　青木剛会長、林次郎委員、森本委員
（青木会長）　それでは第3回の審議会を始めます。
（林委員）　海岸の清掃はいつですか。
（事務局）　九月に行います。
（青木会長）　以上で終わります。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over two plenary sittings and a council, read from files."""
    folder = tmp_path_factory.mktemp("council")
    people = {"chair": "田上一郎", "head": "岡本節子"}
    before = SITTING.format(year=5, surname="田上一郎", of_head="岡本節子", **people)
    people = {"chair": "野村　進", "head": "石井　薫"}
    now = SITTING.format(year=6, surname="野村進", of_head="石井薫", **people)
    other = COUNCIL.replace("環境審議会", "緑化推進委員会").replace("会長", "委員長")
    texts = {"R5.txt": before, "R6.txt": now, "環境.txt": COUNCIL, "緑化.txt": other}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


def quotes(searcher, question):
    """Return what is quoted in answer to a question, where the score alone would decline."""
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer(question)
    return [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("議長は誰ですか", "議長　野村　進君"),
        ("今の教育長の名前は？", "教育長　石井　薫君"),
        ("市議会の議長はどなた", "議長　野村　進君"),
        ("令和5年の議長は誰", "議長　田上一郎君"),
        ("去年12月の教育長は誰でしたか", "教育長　石井　薫君"),
        ("会長は誰？", "青木剛会長"),
        ("第3回環境審議会の会長は誰", "青木剛会長"),
        ("副議長は誰", "副議長　小森花子君"),
    ],
)
def test_the_newest_list_names_who_holds_a_post(searcher, question, quote):
    """Post and name are quoted as they stand side by side; a time or body that is named counts."""
    assert quotes(searcher, question) == [quote]


def test_of_a_post_that_many_hold_the_list_is_quoted(searcher):
    """One member alone would be a wrong answer to who the members are."""
    for body in ("環境審議会", "緑化推進委員会"):
        (quote,) = quotes(searcher, f"{body}の委員は誰ですか")
        assert "林次郎委員、森本委員" in quote


@pytest.mark.parametrize(
    "question",
    [
        "議長は誰が選びますか",
        "議長の任期は何年ですか",
        "市長は誰に会いましたか",
        "以前の教育長は誰",
        "令和3年の議長は誰",
        "監査委員は誰",
    ],
)
def test_what_is_asked_of_a_post_but_its_holder_is_searched_for(searcher, question):
    """Who chose him, who it was before, and what no list tells."""
    assert Finder(searcher, TODAY).find(question).told == ()
