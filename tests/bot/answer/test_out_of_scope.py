"""Bodies, neighbours and persons that a question names and no document is of."""

from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Declined
from bot.answer.out_of_scope import find_out_of_scope
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.record import Role
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes

PLENARY = minutes(
    "本会議.txt",
    "2023-03-10",
    [
        ("鈴木議員", Role.MEMBER, "給食費を無償にする考えはあるか。", None),
        ("市長", Role.EXECUTIVE, "給食費は国が負担すべきものと考えております。", 0),
        ("鈴木議員", Role.MEMBER, "医療費の助成を求める意見書はどうなったのか。", None),
        (
            "福祉部長",
            Role.EXECUTIVE,
            "医療費の助成の意見書は、県議会で昨年十二月に採択されました。",
            2,
        ),
        ("鈴木議員", Role.MEMBER, "ごみ袋の値段はほかと比べてどうか。", None),
        ("環境部長", Role.EXECUTIVE, "ごみ袋は、隣の二市では一枚三十円でございます。", 4),
        ("鈴木議員", Role.MEMBER, "学校の統合はどうなるのか。", None),
        ("教育長", Role.EXECUTIVE, "学校の統合は教育委員会で検討しております。", 6),
    ],
    body="汐見市議会定例会",
)
WORKS = minutes(
    "建設.txt",
    "2024-06-05",
    [
        ("渡辺委員", Role.MEMBER, "市道の舗装の補修は何か所残っているのか。", None),
        ("建設部長", Role.EXECUTIVE, "市道の舗装の補修は残り十二か所でございます。", 0),
    ],
    body="建設環境委員会",
)


@pytest.fixture
def answerer(tmp_path):
    """Answers whatever may be answered, from a plenary sitting and a committee."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([PLENARY, WORKS], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield Answerer(opened, decider=sure(9))
    opened.close()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("県議会では給食費の無償化についてどんな議論があったか", "「県議会」の資料は登録"),
        ("国会で給食費についてどう議論されたか", "「国会」の資料は登録"),
        ("県議会は給食費について何を決めたか", "「県議会」の資料は登録"),
        ("総務委員会での給食費の議論は", "「総務委員会」の資料は登録"),
        ("令和5年3月の農業委員会の会議で市道の補修はどう議論されたか", "「農業委員会」の資料は"),
        ("都市計画審議会では市道の補修について何か出たか", "「都市計画審議会」の資料は登録"),
        ("隣の市では給食費はどうなっているか", "「隣の市」についての資料は登録"),
        ("隣の市の給食費は？", "「隣の市」についての資料は登録"),
        ("隣町の小学校の給食費はいくら？", "「隣町」についての資料は登録"),
        ("他市は、どう給食費を決めているか", "「他市」についての資料は登録"),
        ("他の自治体では給食費はいくらか", "「他の自治体」についての資料は登録"),
        ("田中議員は給食費について何と言ったか", "「田中」という名前は、"),
        ("佐藤市長は給食費について何と答えたか", "「佐藤」という名前は、"),
    ],
)
def test_who_or_what_is_not_here_is_named_and_nothing_of_ours_is_shown_for_it(
    answerer, question, message
):
    """What was said here was not said there, or by that person."""
    reply = answerer.answer(question)
    assert isinstance(reply, Declined)
    assert message in reply.message


def test_a_name_with_an_english_title_is_looked_for_where_minutes_print_it_so(tmp_path, answerer):
    """Of minutes in Japanese, which print names in other signs, no such thing is said."""
    question = "What did Councilmember Johnson say about the curb ramps?"
    assert "Johnson" not in getattr(answerer.answer(question), "message", "")
    document, passages = minutes(
        "ramps.txt",
        "2023-03-10",
        [("Mr. Okafor", Role.MEMBER, "The curb ramps will cost 40,000 dollars.", None)],
        body="City Council",
    )
    with Writer.open(tmp_path / "en", CharacterEmbedder()) as writer:
        english = replace(document, language="en", title="City Council minutes")
        writer.put([(english, passages)], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path / "en", CharacterEmbedder())
    english_answers = Answerer(opened, decider=sure(9))
    reply = english_answers.answer(question)
    assert isinstance(reply, Declined)
    assert reply.message == "The name “Johnson” does not occur in the index."
    assert isinstance(english_answers.answer(question.replace("Johnson", "Okafor")), Answer)
    opened.close()


@pytest.mark.parametrize(
    "question",
    [
        "市議会で給食費の無償化についてどんな議論があったか",
        "議会で給食費の無償化について何と答えたか",
        "建設委員会で市道の補修は何か所残っていると答えたか",
        "特別委員会で市道の補修は何か所と答えたか",
        "教育委員会では学校の統合をどう検討しているか",
        "鈴木議員は給食費について何を聞いたか",
        "渡邊委員は市道の補修について何を聞いたか",
        "民生委員は給食費について何と言ったか",
        "県議会議員の給食費への考えは",
    ],
)
def test_what_may_be_ours_is_answered(answerer, question):
    """A shorter name of a body that is here, an office, a name in other signs, a common noun."""
    assert isinstance(answerer.answer(question), Answer)


@pytest.fixture
def searcher(tmp_path):
    """An index of two short minutes of committees: on a library, and on roads."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY, ROADS], root="/in", reader="1")
        writer.publish()
    opened = Searcher.open(tmp_path, CharacterEmbedder())
    yield opened
    opened.close()


def named(text, searcher):
    """Return the name of what is not here, or nothing."""
    missing = find_out_of_scope(Finder(searcher).find(text), searcher)
    return missing.name if missing else None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("県議会では図書館についてどう議論されたか", "県議会"),
        ("教育委員会の会議で図書館について何が決まった？", "教育委員会"),
        ("予算特別委員会において図書館費はどう説明されたか", "予算特別委員会"),
    ],
)
def test_what_was_said_in_a_body_that_no_document_is_of_is_not_told(searcher, text, body):
    """What another body said on the same matter is no answer; the reason is named."""
    assert named(text, searcher) == body
    reply = Answerer(searcher, decider=sure(9)).answer(text)
    assert isinstance(reply, Declined)
    assert body in reply.message


@pytest.mark.parametrize(
    "text",
    [
        "総務委員会では図書館についてどう答えたか",
        "委員会で図書館についてどう説明したか",
        "市議会では図書館について何が決まったか",
        "教育委員会は図書館について何と答えたか",
        "審議会の委員は何人で、どう決めるか",
        "よその町の小学生の貸出冊数は",
    ],
)
def test_a_body_that_is_here_or_only_spoken_of_is_no_reason_to_decline(searcher, text):
    """Of all bodies here, of this one, or of one that answers in another's meeting."""
    assert named(text, searcher) is None
