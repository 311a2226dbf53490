"""Narrowing what is searched by what a question names, loosening it, and taking it back."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answer.answerability import FEATURES, Decider, Model
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.passage import DocumentKind, Filters
from index.record import Attendee, Role
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes

TODAY = dt.date(2024, 11, 27)
MEMBER, EXECUTIVE, CHAIR = Role.MEMBER, Role.EXECUTIVE, Role.CHAIR


def titled(sitting, title, attendees=()):
    """Return minutes with a title and an attendance list of their own."""
    document, passages = sitting
    attendees = tuple(Attendee(*attendee) for attendee in attendees)
    return replace(document, title=title, attendees=attendees), passages


def council(number, date, amount):
    """Return a sitting of the transport council, with an exchange about fares."""
    turns = minutes(
        f"審議会{number}.txt",
        date,
        [
            ("谷口委員", MEMBER, f"第{number}回では運賃はいくらになりますか。", None),
            ("事務局", EXECUTIVE, f"バスの運賃は{amount}円とする案です。", 0),
            ("会長", CHAIR, f"運賃を{amount}円とする案は了承されました。", None),
        ],
        "みなと市交通審議会",
    )
    attendees = [("谷口花",), ("原一郎", "会長")]
    return titled(turns, f"第{number}回みなと市交通審議会議事録", attendees)


COUNCILS = (council(3, "2023-05-10", 200), council(4, "2024-10-03", 300))
PLENARY = titled(
    minutes(
        "本会議.txt",
        "2024-09-12",
        [
            ("７番（谷口太郎君）", MEMBER, "学校給食の無償化はいつ始めますか。", None),
            ("市長（海野進君）", EXECUTIVE, "給食の無償化は来年四月に始めます。", 0),
            ("総務部長（森茂君）", EXECUTIVE, "投票所は三か所減らします。", None),
        ],
        "みなと市議会定例会",
    ),
    "令和6年第3回みなと市議会定例会会議録",
)
PANEL = titled(
    minutes(
        "協議会.txt",
        "2024-07-01",
        [
            ("委員", MEMBER, "駐輪場の料金はどうしますか。", None),
            ("会長", CHAIR, "駐輪場の料金は据え置きます。", 0),
        ],
        "駅前協議会",
    ),
    "第4回駅前協議会議事録",
)


@pytest.fixture
def searcher(tmp_path):
    """Return a searcher over four sittings."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([*COUNCILS, PLENARY, PANEL], root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder())


def find(searcher, text, filters=None, **more):
    """Return what is found, with what was narrowed to and let go of."""
    return Finder(searcher, TODAY).find(text, filters, **more)


def documents(found):
    """Return the documents of the hits."""
    return {hit.document.document for hit in found.result.hits}


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        (Filters(session="第4回", body="交通"), {"審議会4.txt"}),
        (Filters(session="9月"), {"本会議.txt"}),
        (Filters(body="本会議"), {"本会議.txt"}),
        (Filters(document="協議会.txt"), {"協議会.txt"}),
        (Filters(person="谷口花"), {"審議会3.txt", "審議会4.txt"}),
        (Filters(person="谷口太郎"), {"本会議.txt"}),
        (Filters(person="市長"), {"本会議.txt"}),
        (Filters(asker="谷口花"), {"審議会3.txt", "審議会4.txt"}),
        (Filters(asker="市長"), set()),
        (Filters(session="第99回"), set()),
        (Filters(kind=DocumentKind.REPORT, person="市長"), set()),
    ],
)
def test_filters_by_sitting_document_person_and_asker(searcher, filters, texts):
    """Each leaves what it names and nothing else; one that cannot be met leaves nothing."""
    hits = searcher.search(Query("運賃はいくら", filters)).hits
    assert {hit.document.document for hit in hits} == texts
    assert searcher.leaves(filters) == 0 or hits


def test_answers_to_an_asker_are_the_other_side_s_words(searcher):
    """Asked for answers to 谷口花, neither her own questions nor the chair's words are found."""
    hits = searcher.search(Query("運賃はいくら", Filters(asker="谷口花"))).hits
    assert {hit.passage.speaker for hit in hits} == {"事務局"}


def test_what_it_was_narrowed_to_is_shown_and_can_be_taken_back(searcher):
    """The labels say it in the language of the reply; without narrowing all is searched."""
    text = "令和6年10月の審議会で事務局は運賃をどう説明した？"
    found = find(searcher, text)
    assert found.understood("ja") == ("令和6年10月", "交通審議会", "事務局の答弁・発言")
    assert found.understood("en")[0] == "October 2024"
    assert found.loosened("ja") == ()
    assert [hit.passage.text for hit in found.result.hits] == ["バスの運賃は300円とする案です。"]
    everything = find(searcher, text, narrow=False)
    assert everything.understood("ja") == ()
    assert everything.meant.filters == Filters()
    assert len(documents(everything)) > 1


def test_the_last_meeting_is_the_newest_of_the_body(searcher):
    """前回 is that body's newest meeting up to today."""
    found = find(searcher, "前回の審議会で運賃は決まった？")
    assert documents(found) == {"審議会4.txt"}
    assert found.understood("ja") == ("前回（令和6年10月3日）", "交通審議会")
    earlier = Finder(searcher, dt.date(2023, 12, 1)).find("前回の審議会で運賃は決まった？")
    assert documents(earlier) == {"審議会3.txt"}


def test_what_leaves_nothing_is_let_go_of_and_said(searcher):
    """The meeting of that month is not there: body and speaker stay, the month goes."""
    found = find(searcher, "令和5年12月の審議会で事務局は運賃をどう説明した？")
    assert found.understood("ja") == ("交通審議会", "事務局の答弁・発言")
    assert found.loosened("ja") == ("令和5年12月",)
    assert documents(found) == {"審議会3.txt", "審議会4.txt"}


def test_only_what_stands_in_the_way_is_let_go_of(searcher):
    """A sitting that was never held goes, though it is more certain than the month."""
    found = find(searcher, "令和6年10月の第9回審議会で運賃は決まった？")
    assert found.loosened("ja") == ("第9回",)
    assert found.understood("ja") == ("令和6年10月", "交通審議会")


def test_words_of_a_time_that_all_is_of_are_not_searched_for(tmp_path):
    """They narrow nothing and are no matter: left in, they would drown it."""
    turns = [
        ("事務局", EXECUTIVE, "令和5年7月の会議を開きます。", None),
        ("委員", MEMBER, "内部監査の結果はどうでしたか。", None),
        ("事務局", EXECUTIVE, "内部監査では十所属を調べました。", 1),
    ]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([minutes("一つ.txt", "2023-07-01", turns, "交通審議会")], root="/in", reader="1")
        writer.publish()
    only = Searcher.open(tmp_path, CharacterEmbedder())
    meant = Finder(only, TODAY).meant("令和5年7月の審議会で内部監査についてどう説明した？")
    assert "内部監査" in meant.query.text
    assert "令和" not in meant.query.text
    assert meant.kept == ()


def test_filters_given_by_hand_win_and_are_never_loosened(searcher):
    """The body in the question gives way to the one given; where that leaves nothing, so be it."""
    text = "審議会で運賃はいくらと説明した？"
    found = find(searcher, text, Filters(body="駅前協議会"))
    assert documents(found) == {"協議会.txt"}
    assert found.understood("ja") == ()
    nowhere = find(searcher, text, Filters(body="どこにもない委員会"))
    assert (nowhere.result.hits, nowhere.loosened("ja")) == ((), ())
    assert nowhere.meant.filters == Filters(body="どこにもない委員会")


def by_words():
    """Return a decider that answers with what holds the words of the question's matter."""
    weights = tuple(16.0 if name == "coverage" else 0.0 for name in FEATURES)
    model = Model(weights, -4.0)
    return Decider(model, model)


def test_what_only_others_spoke_of_is_declined(searcher):
    """The mayor said nothing of the polling places, though his words are the best of his own."""
    answerer = Answerer(searcher, decider=by_words(), today=TODAY)
    reply = answerer.answer("本会議で市長は投票所について何と答えた？")
    assert isinstance(reply, Declined)
    assert reply.understood == ("本会議", "市長の答弁・発言")
    # what somebody else said of it is shown as just that
    assert reply.reason is DeclineReason.UNSURE
    assert reply.message == (
        "「本会議、市長の答弁・発言」の中に、この質問に答えるものは見つかりませんでした。"
        "総務部長（森茂君）は次のように述べています。"
    )
    assert reply.quote == "投票所は三か所減らします。"
    assert [hit.passage.speaker for hit in reply.nearest] == ["総務部長（森茂君）"]
    doubtful = Answerer(searcher, decider=sure(-3), today=TODAY)
    held_back = doubtful.answer("本会議で市長は投票所について何と答えた？")
    assert held_back.reason is DeclineReason.NOT_COVERED
    said = answerer.answer("本会議で市長は給食の無償化について何と答えた？")
    assert isinstance(said, Answer)
    assert said.citations[0].hit.passage.speaker == "市長（海野進君）"


def test_what_another_meeting_says_is_told_as_that(searcher):
    """Of another body or day: the message names what was not found and whose words these are."""
    answerer = Answerer(searcher, decider=by_words(), today=TODAY)
    reply = answerer.answer("協議会で給食の無償化について何と説明された？")
    assert isinstance(reply, Declined)
    assert reply.message == (
        "「駅前協議会」には見つかりませんでした。"
        "令和6年9月12日 令和6年第3回みなと市議会定例会会議録には次のようにあります。"
    )
    assert reply.quote == "給食の無償化は来年四月に始めます。"


def test_a_name_is_shown_as_it_was_typed(tmp_path):
    """Compared are 中島 and 中嶋 alike; shown is neither for the other."""
    turns = [("中嶋会長", Role.CHAIR, "運賃は二百円とします。", None)]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([minutes("a.txt", "2024-05-01", turns), *COUNCILS], root="/in", reader="1")
        writer.publish()
    finder = Finder(Searcher.open(tmp_path, CharacterEmbedder()), TODAY)
    for typed in ("中嶋", "中島"):
        found = finder.find(f"{typed}会長は運賃について何と言った？")
        assert found.understood("ja") == (f"{typed}の答弁・発言",)
        assert documents(found) == {"a.txt"}


def test_the_newest_meeting_is_no_matter(searcher):
    """「直近の」 says which meeting: it is not searched for, nor said to stand nowhere."""
    found = find(searcher, "直近の審議会で運賃はいくらと説明した？")
    assert "直近" not in found.meant.query.text
    assert found.understood("ja")[0] == "前回（令和6年10月3日）"
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer(
        "直近の審議会で決まったことは？"
    )
    assert reply.absent == ()


def test_a_follow_up_is_narrowed_to_what_the_earlier_question_named(searcher):
    """But for what it names itself; what it takes over is told."""
    finder = Finder(searcher, TODAY)
    before = ["審議会で事務局は運賃をどう説明した？"]
    found = finder.find("それはいつから？", before=before)
    assert found.understood("ja") == ("交通審議会", "事務局の答弁・発言")
    assert "運賃" in found.meant.taken_over
    other = finder.find("では本会議で市長は？", before=before)
    assert other.understood("ja") == ("本会議", "市長の答弁・発言")
    assert finder.find("それはいつから？").understood("ja") == ()


def test_a_follow_up_that_names_another_is_narrowed_to_that_one(searcher):
    """Not to whom it turns away from; the question before it is asked of that one as a whole."""
    before = ["原会長は運賃について何と言った？"]
    found = Finder(searcher, TODAY).find("谷口委員は？", before=before)
    assert found.understood("ja") == ("谷口花の質問・発言",)
    assert found.asked.text == "谷口委員は運賃について何と言った?"
    assert found.meant.taken_over == "運賃"


@pytest.mark.parametrize(("bias", "answered"), [(1.5, True), (1.0, False)])
def test_after_loosening_an_answer_must_be_likelier_than_otherwise(searcher, bias, answered):
    """What is shown then is of another meeting than the one that was asked about."""
    reply = Answerer(searcher, decider=sure(bias), today=TODAY).answer(
        "令和5年12月の審議会で事務局はバスの運賃をどう説明した？"
    )
    assert isinstance(reply, Answer) is answered
    assert reply.loosened == ("令和5年12月",)


def test_one_surname_of_two_persons_is_asked_back(searcher):
    """Where the question says nothing else, each person is a choice that makes it clear."""
    answerer = Answerer(searcher, decider=sure(9), today=TODAY)
    reply = answerer.answer("谷口さんは何と言った？")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert [choice.label for choice in reply.choices] == [
        "谷口花（交通審議会）",
        "谷口太郎（議会定例会）",
    ]
    assert all(choice.label in reply.message for choice in reply.choices)
    chosen = answerer.answer("谷口さんは何と言った？", reply.choices[1].filters)
    assert isinstance(chosen, Answer)
    assert {c.hit.document.document for c in chosen.citations} == {"本会議.txt"}


def test_one_surname_is_clear_where_only_one_spoke_of_the_matter(searcher):
    """Of the two only one spoke of school meals; the body tells them apart, too."""
    answerer = Answerer(searcher, decider=sure(9), today=TODAY)
    for text in ("谷口さんは給食の無償化について何を質問した？", "審議会で谷口さんは何を聞いた？"):
        assert isinstance(answerer.answer(text), Answer), text


def test_a_post_of_two_bodies_is_asked_back(searcher):
    """Two bodies have a chair, and nothing tells which is meant; a matter or a body does."""
    answerer = Answerer(searcher, decider=sure(9), today=TODAY)
    reply = answerer.answer("会長は何と答えたか")
    assert isinstance(reply, Declined)
    assert {choice.filters.body for choice in reply.choices} == {"みなと市交通審議会", "駅前協議会"}
    assert isinstance(answerer.answer("会長は駐輪場の料金について何と答えたか"), Answer)
    assert isinstance(answerer.answer("審議会で会長は何と言ったか"), Answer)


@pytest.mark.parametrize(
    "text",
    [
        *("市", "😀" * 3_000, "'; DROP TABLE passages; --", "運賃\n\n\nは？"),
        *("Сколько?", "\ud800", "会長" * 50_000),
    ],
)
def test_odd_questions_get_an_answer_or_a_decline(searcher, text, tmp_path):
    """Also of an index in which there is nothing, and with filters that cannot be met."""
    empty = Searcher.open(tmp_path / "empty", CharacterEmbedder())
    backwards = Filters(
        since=dt.date(2030, 1, 1), until=dt.date(2000, 1, 1), person="😀", session=""
    )
    for over in (searcher, empty):
        for filters in (None, backwards):
            reply = Answerer(over, today=TODAY).answer(text, filters)
            assert isinstance(reply, Answer | Declined)
    assert Answerer(empty).answer("市長は何と答えた").reason is DeclineReason.EMPTY_INDEX
