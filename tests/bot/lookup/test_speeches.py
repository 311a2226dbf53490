"""What somebody said, where a question names nobody's matter: hand-made sittings."""

import datetime as dt

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answer.at_a_glance import at_a_glance
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from bot.slack.messages.full_text import full_text_view
from bot.slack.messages.reply import reply_message
from bot.texts.count_note import count_note
from index.record import Role
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.lookup.test_lists import ENGLISH
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes
from tests.slack_blocks import complaints

TODAY = dt.date(2025, 1, 10)
PARKS = """\
第{number}回あおば市公園審議会　会議録
日　時：令和6年{month}月2日（火）午後2時～4時
出席者：黒木茂会長、浜中由美委員、宮下良委員、森田進委員
事務局：公園課　沢村課長
（黒木会長）　それでは第{number}回の審議会を始めます。
{said}
（黒木会長）　以上で終わります。
"""
FIRST = """\
（浜中委員）　ありがとうございます。
（浜中委員）　中央公園の池の水は、年に何回入れ替えますか。
（沢村課長）　年に二回入れ替えております。
（浜中委員）　分かりました。
（宮下委員）　遊具の点検の結果を教えてください。
（沢村課長）　点検した百二十基のうち、三基を直しました。
"""
SECOND = """\
（浜中委員）　桜の枝が電線に掛かっています。いつ切りますか。
（沢村課長）　二月に切ります。
（浜中委員）　落ち葉を集める日を増やしてください。
（沢村課長）　週に一回から二回に増やします。
（浜中委員）　ベンチの背もたれが壊れたままです。
（沢村課長）　三月までに取り替えます。
（浜中委員）　夜の照明が暗いという声があります。明るくできませんか。
（沢村課長）　来年度、十五か所を明るいものに替えます。
（浜中委員）　犬の散歩のマナーを書いた看板を立ててほしいと思います。
（沢村課長）　入口の二か所に立てます。
"""
OTHER = """\
あおば市議会　水道委員会　記録
1 開会年月日   令和6年9月5日(木)
2 開会場所     第2委員会室
3 出席委員(3人)
  委員長 梶 太郎   副委員長 野口 はな
  委員   浜中 剛   西田 修
4 議題
 (1) 水道管の取替えについて
○梶委員長　ただいまから水道委員会を開きます。
○浜中委員　水道管の取替えは何キロ進みましたか。
○木内水道課長　四キロ進みました。
○西田委員　来年度は何キロですか。
○木内水道課長　六キロです。
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory):
    """Return a searcher over two sittings of one council, and one in English."""
    texts = {
        "公園1.txt": PARKS.format(number=1, month=4, said=FIRST),
        "公園2.txt": PARKS.format(number=2, month=7, said=SECOND),
        "town.txt": ENGLISH,
    }
    return _searcher(tmp_path_factory, texts)


def _searcher(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("council")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


def asked(searcher, question, **more):
    """Return the reply to a question, where the score alone would decline."""
    return Answerer(searcher, decider=sure(-9), today=TODAY).answer(question, **more)


@pytest.mark.parametrize(
    "question", ["浜中委員は何と言った？", "浜中委員の発言", "浜中委員の発言を全部"]
)
def test_who_is_named_alone_is_told_by_all_that_he_said(parks, question):
    """The newest meeting first, each as it was said, and no thanks among it."""
    reply = asked(parks, question)
    assert isinstance(reply, Answer)
    quotes = [citation.quote for citation in reply.citations]
    assert [part in quote for part, quote in zip(_HAMANAKA, quotes, strict=True)] == [True] * 6
    for citation in reply.citations:
        assert citation.quote in citation.hit.passage.text
    assert "6" in (count_note(reply) or "")


_HAMANAKA = ("いつ切りますか", "落ち葉", "ベンチ", "照明", "看板", "年に何回")


def test_at_a_glance_are_some_of_the_newest_meeting_and_all_where_all_is_asked_for(parks):
    """The rest is one step away: in the modal, and said in the message."""
    some = asked(parks, "浜中委員は何を言いましたか")
    every = asked(parks, "浜中委員の発言を全部教えて")
    assert len(at_a_glance(some)) == 4
    assert len(at_a_glance(every)) == len(every.sentences)
    text = reply_message(some).text
    assert "照明" in text
    assert "年に何回" not in text
    assert (count_note(some) or "") in text
    view = full_text_view(some)
    assert "年に何回" in str(view)
    assert complaints(view["blocks"], "modal") == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("第1回公園審議会で浜中委員は何を質問しましたか", ["年に何回入れ替えますか"]),
        ("令和6年7月の審議会での浜中委員の質問", ["いつ切りますか", "明るくできませんか"]),
        ("第1回公園審議会での沢村課長の答弁", ["年に二回", "三基を直しました"]),
        ("What did Director Koch say?", ["nine thousand dollars", "nine in the evening"]),
        ("List everything Councilmember Reyes said", ["How late"]),
    ],
)
def test_what_else_the_question_says_of_meeting_and_kind_of_words_counts(parks, question, told):
    """A meeting that is named, questions alone, answers alone; in English too."""
    reply = asked(parks, question)
    assert isinstance(reply, Answer)
    quotes = "\n".join(citation.quote for citation in reply.citations)
    assert all(each in quotes for each in told)
    days = {citation.hit.document.date for citation in reply.citations}
    assert len(days) == 1


@pytest.mark.parametrize(
    "question",
    [
        "浜中委員の桜についての発言",
        "浜中委員は何回発言しましたか",
        "浜中委員への答弁",
        "黒木会長は誰",
        "浜中委員の任期は",
        "森田委員の発言",
        "令和5年の審議会で浜中委員は何と言った？",
    ],
)
def test_no_speeches_are_listed_for_another_question(parks, question):
    """A matter, a count, answers to the person; nothing said by the one, or then."""
    assert Finder(parks, TODAY).find(question).listed is None


def test_what_stands_behind_the_mark_of_another_is_not_his(tmp_path):
    """Where a summary prints speakers in two ways, a passage may hold words of both."""
    said = "土地の買収は終わりました。\n【５番　原田】道路はいつできるのですか。"
    document, passages = minutes(
        "要旨.txt",
        "2024-03-01",
        [
            ("道路課長", Role.EXECUTIVE, said, None),
            ("道路課長", Role.EXECUTIVE, "【６番　宮本】費用はいくらですか。", None),
            ("道路課長", Role.EXECUTIVE, "費用は二億円です。", None),
        ],
    )
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([(document, passages)], root="/in", reader="1")
        writer.publish()
    reply = asked(Searcher.open(tmp_path, CharacterEmbedder()), "道路課長の発言を全部")
    assert isinstance(reply, Answer)
    quotes = [citation.quote for citation in reply.citations]
    assert quotes == ["土地の買収は終わりました。", "費用は二億円です。"]


def test_a_name_that_nobody_has_is_declined_by_name(parks):
    """Nobody else's words stand for it."""
    reply = asked(parks, "谷口委員の発言を全部")
    assert isinstance(reply, Declined)
    assert "谷口" in reply.message


@pytest.mark.parametrize("question", ["浜中委員は何と言った？", "浜中委員の発言を全部"])
def test_of_two_of_one_surname_is_asked_back_who_is_meant(tmp_path_factory, question):
    """The choice then lists the words of the one."""
    texts = {"公園.txt": PARKS.format(number=1, month=4, said=FIRST), "水道.txt": OTHER}
    searcher = _searcher(tmp_path_factory, texts)
    reply = asked(searcher, question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert len(reply.choices) == 2
    again = asked(searcher, question, filters=reply.choices[1].filters)
    assert isinstance(again, Answer)
    assert len({citation.hit.document.document for citation in again.citations}) == 1


def test_what_members_said_of_a_matter_spoken_of_before_is_told_by_their_own_words(parks):
    """委員の発言 behind a question on a council: not the office's answer, nor a list of all."""
    before = ("公園審議会では池の水についてどんな話があった？",)
    reply = Answerer(parks, decider=sure(9)).answer("委員の発言", before=before)
    assert isinstance(reply, Answer)
    assert {citation.hit.passage.role for citation in reply.citations} == {Role.MEMBER}
    assert reply.listed is None
