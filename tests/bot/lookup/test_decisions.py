"""What became of a matter: by its number, by its title, and never another's vote for it."""

import datetime as dt

import pytest

from bot.answer.answer import Answer, Declined
from bot.answerer import Answerer
from bot.history.prior_discussions import find_history
from bot.lookup.decisions import words_of_vote
from bot.lookup.finder import Finder
from bot.texts.places import vote_subject
from index.passage import Filters, PassageKind
from index.record import Outcome, Vote
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder

PLENARY = """\
令和六年第一回みどり市議会定例会会議録
令和六年三月十五日（金曜日）午前十時開議
議事日程
日程第一　議案第十二号　みどり市手数料条例の一部を改正する条例
日程第二　議案第一号　令和六年度みどり市一般会計予算
○議長（田上一郎君）　日程第一、議案第十二号を議題といたします。
◎市長（海野三郎君）　議案第十二号は、手数料の額を改めるものでございます。
◆三番（小森花子君）　反対の立場で討論いたします。手数料の値上げは認められません。
○議長（田上一郎君）　これより採決いたします。本案に賛成の諸君の起立を求めます。
〔賛成者起立〕
○議長（田上一郎君）　起立多数であります。賛成十六、反対六であります。
よって、議案第十二号は原案のとおり可決されました。
次に、日程第二、議案第一号、令和六年度みどり市一般会計予算を議題といたします。本案に賛成の諸君の起立を求めます。
〔賛成者起立〕
○議長（田上一郎君）　起立全員であります。よって、本案は可決されました。
"""
BEFORE = """\
みどり市議会　厚生委員会　会議概要
日　時　令和5年9月11日（月）10:00～12:05
出席者　青木剛委員長、小森花子委員、林次郎委員

1　陳情第4号　学校図書館への司書の配置を求める陳情
【委員長】　当局の説明を求める。
【教育部長】　学校司書は五人である。
【委員長】　継続審査とすることについて諮る。
【委員長】　挙手多数により、本陳情は継続審査と決した。
"""
AFTER = """\
みどり市議会　厚生委員会　主な質疑の要旨
日　時　令和6年6月17日（月）10:00～12:05
出席者　青木剛委員長、小森花子委員、林次郎委員

1　陳情第4号（継続審査）　学校図書館への司書の配置を求める陳情
【問】学校司書は増えたのか。（小森委員）
【答】2人増やして7人とした。（教育部長）
（討論の後、採決）
採決の結果、賛成5名、反対なしで、全会一致により採択すべきものと決した。

2　その他
【問】給食の野菜は市内産か。（林委員）
【答】三割が市内産である。（教育部長）
"""

ENGLISH = """\
TOWN OF FERN HOLLOW
TOWN COUNCIL REGULAR MEETING MINUTES
Tuesday, June 4, 2024, 7:00 p.m.

1. CALL TO ORDER
Mayor Ann Lowe called the meeting to order at 7:00 p.m.
Present: Mayor Lowe, Councilmember Brandt, Councilmember Osei, Councilmember Ruiz

2. NEW BUSINESS
2.1 Library Sunday hours
DIRECTOR PELL: A trial on Sundays would cost nine thousand dollars.
Councilmember Osei: How many visitors do you expect?
DIRECTOR PELL: About eighty.
Motion by Ruiz, second by Brandt, to approve the trial.
ROLL CALL VOTE: Brandt - yes; Lowe - yes; Osei - no; Ruiz - yes. Motion carried 3-1.

3. TOWN MANAGER'S REPORT
Manager Hale reported that the fire hall roof is repaired.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over three sittings, read from files."""
    folder = tmp_path_factory.mktemp("council")
    for name, text in (
        ("本会議.txt", PLENARY),
        ("R5厚生.txt", BEFORE),
        ("R6厚生.txt", AFTER),
        ("town.txt", ENGLISH),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


def quotes(searcher, question, filters=None):
    """Return what is quoted in answer to a question, where the score alone would decline."""
    reply = Answerer(searcher, decider=sure(-9)).answer(question, filters)
    return [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []


@pytest.mark.parametrize(
    "question",
    ["議案第12号の採決結果は", "議案第十二号は可決されましたか", "議案１２号はどうなった"],
)
def test_a_number_in_any_spelling_finds_its_own_vote(searcher, question):
    """The sentence with the result is quoted with the counts before it, and no other matter's."""
    (quote,) = quotes(searcher, question)
    assert "".join(quote.split()) == (
        "起立多数であります。賛成十六、反対六であります。よって、議案第十二号は原案のとおり可決されました。"
    )


def test_a_vote_that_does_not_name_its_matter_is_found_by_the_agenda(searcher):
    """「本案は可決されました」 says nothing of a budget; the agenda and the chair did."""
    for question in ("議案第1号の結果は", "令和6年度一般会計予算の採決結果は"):
        assert quotes(searcher, question) == ["起立全員であります。よって、本案は可決されました。"]


def test_who_voted_against_is_answered_by_the_count(searcher):
    """Names are seldom told; how many there were is."""
    assert "反対六" in quotes(searcher, "議案第12号に反対した議員は")[0]


def test_the_newest_decision_on_a_matter_comes_first(searcher):
    """A petition that was carried over was decided later."""
    first, second = quotes(searcher, "陳情第4号はどうなった")
    assert "採択すべきもの" in first
    assert "継続審査と決した" in second
    earlier = quotes(searcher, "陳情第4号はどうなった", Filters(until=dt.date(2024, 1, 1)))
    assert len(earlier) == 1
    assert "継続審査" in earlier[0]


def test_a_result_that_a_summary_tells_is_said_by_nobody(searcher):
    """It is no answer of the one who spoke last, and stands above the next item."""
    (passage,) = [
        passage
        for document in searcher.documents()
        for passage in searcher.passages(document.document)
        if "全会一致により採択" in passage.text
    ]
    assert passage.speaker is None
    assert passage.kind is PassageKind.VOTE
    assert "司書の配置を求める陳情" in (vote_subject(passage) or "")


@pytest.mark.parametrize("question", ["議案第99号の採決結果は", "青木委員は陳情第4号に賛成したか"])
def test_another_vote_is_never_shown_instead(searcher, question):
    """A number that no vote has, and how one member voted where only the result is told."""
    reply = Answerer(searcher, decider=sure(9)).answer(question)
    shown = [] if isinstance(reply, Declined) else [c.hit.passage for c in reply.citations]
    assert not [passage for passage in shown if passage.kind is PassageKind.VOTE]


def test_what_is_asked_about_a_matter_but_its_result_is_searched_for(searcher):
    """A number alone is no wish for the vote."""
    assert not Finder(searcher).find("議案第12号の提案理由は").told
    assert not Finder(searcher).find("小森議員は議案第12号に反対しましたか").told


@pytest.mark.parametrize(
    ("topic", "results"),
    [("陳情第4号", ["継続審査", "採択"]), ("議案第12号", ["可決"]), ("議案第十二号", ["可決"])],
)
def test_the_history_of_a_number_tells_each_decision_on_it(searcher, topic, results):
    """Of the meetings that name it, oldest first, and of no others."""
    meetings = find_history(searcher, topic).meetings
    assert [[each.vote.result for each in meeting.decided] for meeting in meetings] == [
        [result] for result in results
    ]


@pytest.mark.parametrize(
    "question",
    ["Who voted against the Sunday library hours?", "What was decided on Sunday library hours?"],
)
def test_a_motion_is_found_by_the_item_that_it_stands_under(searcher, question):
    """A roll call tells who voted how, and the motion above it on what."""
    assert quotes(searcher, question) == [
        (
            "Motion by Ruiz, second by Brandt, to approve the trial.\n"
            "ROLL CALL VOTE: Brandt - yes; Lowe - yes; Osei - no; Ruiz - yes. Motion carried 3-1."
        )
    ]


def test_a_reason_is_not_answered_by_the_count(searcher):
    """Why somebody voted no stands in what he said."""
    assert not Finder(searcher).find("Why did Osei vote against Sunday library hours?").told
    assert not Finder(searcher).find("議案第12号が可決された理由は").told


def test_who_only_moves_a_result_does_not_tell_it():
    """Of two sentences with the result that which tells the count, or the manner, is the vote's."""
    moved = "・林：もう少し調べたい。→継続審査を提案。\n"
    counted = "・採決：継続審査に賛成4、反対1で、継続審査に決定。\n"
    vote = Vote("請願第3号", None, "継続審査", Outcome.CONTINUED, ayes=4, nays=1)
    assert words_of_vote(vote, moved + counted) == (counted.strip(),)
    by_hands = "挙手多数により、継続審査と決した。"
    shown = Vote("請願第3号", None, "継続審査", Outcome.CONTINUED, manner="挙手多数")
    assert words_of_vote(shown, moved + by_hands) == (by_hands,)
    assert words_of_vote(Vote(None, None, "継続審査", Outcome.CONTINUED), moved) == (
        "→継続審査を提案。",
    )
