"""The JSON that scripts rely on: keys, their types, and what holds between them."""

import datetime as dt
import json
from dataclasses import replace
from types import NoneType

import pytest

from bot.answer.answer import Choice, Sentence
from cli.output import document_json, json_output
from index.passage import DocumentId, DocumentKind, Filters
from index.place import Box, Locator
from index.record import Attendee, Enactment, Outcome, Reference, Role, Sitting, Vote
from tests.cli import made

FOUND = {
    "score": float,
    "passage_id": str,
    "text": str,
    "document": str,
    "title": str,
    "kind": str,
    "body": (str, NoneType),
    "date": (str, NoneType),
    "page": (int, NoneType),
    "last_page": (int, NoneType),
    "speaker": (str, NoneType),
    "role": (str, NoneType),
    "heading": list,
    "article": (str, NoneType),
    "question": (str, NoneType),
    "url": (str, NoneType),
    "person": (str, NoneType),
    "locator": (dict, NoneType),
    "by_machine": bool,
}
HIT = {"rank": int} | FOUND
CITATION = {"number": int, "quote": str} | FOUND
REPLY = {
    "question": str,
    "answer": (str, NoneType),
    "declined": (dict, NoneType),
    "citations": list,
    "mode": str,
    "took_ms": dict,
    "confidence": (float, NoneType),
    "understood": dict,
    "loosened": list,
    "absent": list,
    "withheld": bool,
    "taken_over": (str, NoneType),
    "value": (str, NoneType),
    "count": (int, NoneType),
    "counted": (str, NoneType),
    "roll_calls": list,
    "read_as": (str, NoneType),
    "talk": (str, NoneType),
    "history": (dict, NoneType),
}
LISTED = {
    "document": str,
    "title": str,
    "kind": str,
    "date": (str, NoneType),
    "body": (str, NoneType),
    "pages": (int, NoneType),
    "passages": int,
    "warnings": list,
    "session": (str, NoneType),
    "coverage": float,
}
SHOWN = {
    "document": str,
    "title": str,
    "kind": str,
    "body": (str, NoneType),
    "date": (str, NoneType),
    "place": (str, NoneType),
    "attendees": list,
    "agenda": list,
    "passages": list,
    "coverage": float,
    "warnings": list,
    "pages": (int, NoneType),
    "language": str,
    "date_text": (str, NoneType),
    "fiscal_year": (int, NoneType),
    "session": (str, NoneType),
    "opened": (str, NoneType),
    "adjourned": (str, NoneType),
    "absentees": list,
    "materials": list,
    "votes": list,
    "enactment": (dict, NoneType),
    "page_labels": list,
    "roll_calls": list,
    "parties": list,
}
UNDERSTOOD = {
    "passage_id": str,
    "page": (int, NoneType),
    "last_page": (int, NoneType),
    "kind": str,
    "speaker": (str, NoneType),
    "role": (str, NoneType),
    "heading": list,
    "article": (str, NoneType),
    "answers": (str, NoneType),
    "text": str,
    "turn": (int, NoneType),
    "question": (str, NoneType),
    "person": (str, NoneType),
    "locator": (dict, NoneType),
    "by_machine": bool,
    "boxes": list,
    "dates": list,
    "references": list,
}


def assert_shape(value, shape, *, more=False):
    """Check that the keys are those of the contract, in its order, and their types too."""
    assert list(value)[: len(shape)] == list(shape)
    assert more or len(value) == len(shape)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), (key, value[key])
    json.loads(json_output.dumps(value))


@pytest.mark.parametrize(
    "hit", [made.hit(), made.hit(passage=made.SECTION, document=made.PLAIN)], ids=["full", "bare"]
)
def test_a_hit_has_the_fields_of_the_contract(hit):
    """All fields are there, also where the source has no page, speaker or date."""
    assert_shape(json_output.hit_json(hit), HIT)


def test_a_hit_says_where_its_words_come_from():
    """Text is the answer's own words, question those that it answers, dates are ISO."""
    shown = json_output.hit_json(made.hit(rank=2))
    assert shown["rank"] == 2
    assert shown["text"] == made.ANSWER.text
    assert shown["question"] == made.ANSWER.question
    assert shown["document"] == "審議会/第3回.pdf"
    assert (shown["kind"], shown["date"]) == ("minutes", "2022-12-20")
    assert (shown["page"], shown["last_page"]) == (1, 2)
    assert (shown["speaker"], shown["role"]) == ("交通課長", "executive")
    assert shown["heading"] == ["議題1", "運賃について"]


def test_a_search_gives_query_hits_and_times():
    """The result of a search has exactly these keys."""
    shown = json_output.search_json("運賃", [made.hit(1), made.hit(2)], {"total": 1.23456})
    assert list(shown) == ["query", "hits", "took_ms", "understood", "loosened"]
    assert [hit["rank"] for hit in shown["hits"]] == [1, 2]
    assert shown["took_ms"] == {"total": 1.23}


def test_an_answer_sets_answer_and_citations():
    """An answer has no decline; its citations hold all of a hit but the rank."""
    shown = json_output.reply_json(made.answer())
    assert_shape(shown, REPLY)
    assert shown["declined"] is None
    assert shown["answer"] == "来年四月からと考えております。 [1]"
    assert shown["mode"] == "extract"
    (citation,) = shown["citations"]
    assert_shape(citation, CITATION)
    assert citation["quote"] in citation["text"]


def test_every_sentence_of_a_long_quote_carries_its_number():
    """A quote of several sentences and lines has its numbers behind each sentence of it."""
    said = (
        Sentence("応募は二者でした。審査で（評点は非公表。）一者に決めました。\n以上です。", (1,)),
        Sentence("四月に始めます。", (1, 2)),
    )
    assert json_output.reply_json(replace(made.answer(), sentences=said))["answer"] == (
        "応募は二者でした。 [1] 審査で（評点は非公表。）一者に決めました。 [1]\n以上です。 [1]\n"
        "四月に始めます。 [1] [2]"
    )


def test_a_reply_tells_how_it_was_understood():
    """What was narrowed, what given up, whether it is withheld, and what may be meant."""
    answer = replace(made.answer(), understood=("令和4年度",), loosened=("教育長",), withheld=True)
    shown = json_output.reply_json(answer)
    assert shown["understood"] == {"labels": ["令和4年度"], "filters": {}}
    assert (shown["loosened"], shown["withheld"]) == (["教育長"], True)
    filters = Filters(since=dt.date(2022, 4, 1), body="審議会", kind=DocumentKind.MINUTES)
    ambiguous = replace(made.declined(), choices=(Choice("令和4年度の審議会", filters),))
    assert json_output.reply_json(ambiguous)["declined"]["choices"] == [
        {
            "label": "令和4年度の審議会",
            "filters": {"from": "2022-04-01", "body": "審議会", "kind": "minutes"},
        }
    ]


def test_a_decline_sets_declined_alone():
    """A decline has no answer and no citations, but says why and what is nearest."""
    shown = json_output.reply_json(made.declined())
    assert_shape(shown, REPLY)
    assert shown["answer"] is None
    assert shown["citations"] == []
    assert list(shown["declined"]) == ["reason", "message", "nearest", "choices"]
    assert shown["declined"]["reason"] == "not_covered"
    assert_shape(shown["declined"]["nearest"][0], HIT)
    assert "quote" not in shown["declined"]["nearest"][0]


def test_the_words_that_may_answer_are_those_of_the_nearest_passage():
    """Only a reply that is unsure has them."""
    shown = json_output.reply_json(replace(made.declined(), quote="延ばします。"))
    assert shown["declined"]["nearest"][0]["quote"] == "延ばします。"


def test_documents_are_listed_with_their_passages_counted():
    """A document that could not be read stays in the list with 0 passages."""
    shown = document_json.documents_json([made.DOCUMENT, made.PLAIN], {made.DOCUMENT.document: 7})
    assert list(shown) == ["documents"]
    for listed in shown["documents"]:
        assert_shape(listed, LISTED)
    assert [listed["passages"] for listed in shown["documents"]] == [7, 0]
    assert shown["documents"][0]["warnings"] == ["page 3 holds only a picture"]


def test_show_tells_how_a_document_was_understood():
    """Head, people and passages, with the question that an answer answers."""
    shown = document_json.show_json(made.DOCUMENT, [made.QUESTION, made.ANSWER])
    assert_shape(shown, SHOWN, more=True)
    assert shown["attendees"] == [
        {"name": "山田花子", "post": "会長", "role": "chair"},
        {"name": "鈴木一郎", "post": None, "role": None},
    ]
    for passage in shown["passages"]:
        assert_shape(passage, UNDERSTOOD)
    assert shown["passages"][1]["answers"] == shown["passages"][0]["passage_id"]


def test_show_tells_what_the_sitting_decided():
    """Hours, who was absent, the papers, and each vote with the passage that says so."""
    vote = Vote("議案第3号", "補正予算", "可決", Outcome.PASSED, "賛成多数", 12, 3, passage=1)
    sitting = Sitting(
        session="令和4年第4回定例会",
        opened=dt.time(10, 0),
        adjourned=dt.time(16, 5),
        absentees=(Attendee("佐藤次郎", "委員", Role.MEMBER),),
        materials=("資料1",),
        votes=(vote, Vote(None, None, "継続審査", Outcome.CONTINUED)),
    )
    document = replace(made.DOCUMENT, sitting=sitting, date_text="令和4年12月20日（火）")
    shown = document_json.show_json(document, [made.QUESTION, made.ANSWER])
    assert_shape(shown, SHOWN)
    assert (shown["date"], shown["date_text"]) == ("2022-12-20", "令和4年12月20日（火）")
    assert (shown["session"], shown["fiscal_year"]) == ("令和4年第4回定例会", 2022)
    assert (shown["opened"], shown["adjourned"]) == ("10:00", "16:05")
    assert shown["absentees"] == [{"name": "佐藤次郎", "post": "委員", "role": "member"}]
    assert shown["materials"] == ["資料1"]
    assert shown["votes"][0] == {
        "item": "議案第3号",
        "title": "補正予算",
        "result": "可決",
        "outcome": "passed",
        "manner": "賛成多数",
        "ayes": 12,
        "nays": 3,
        "passage_id": made.ANSWER.passage_id,
    }
    assert shown["votes"][1]["passage_id"] is None


def test_show_tells_where_the_words_stand():
    """Boxes on a page, rows of a sheet, dates in ISO beside the words, and that a machine read."""
    passage = replace(
        made.SECTION,
        text="令和5年度から、令和6年4月1日に改める。",
        boxes=(Box(2, 0.1, 0.2, 0.9, 0.25),),
        locator=Locator(sheet="歳入", row=3, last_row=5),
        by_machine=True,
    )
    shown = document_json.show_json(made.PLAIN, [passage])["passages"][0]
    assert shown["boxes"] == [
        {"page": 2, "left": 0.1, "top": 0.2, "right": 0.9, "bottom": 0.25},
    ]
    assert shown["locator"]["sheet"] == "歳入"
    assert (shown["locator"]["row"], shown["locator"]["last_row"]) == (3, 5)
    assert shown["by_machine"] is True
    assert shown["dates"] == [
        {"text": "令和5年度", "from": "2023-04-01", "to": "2024-03-31"},
        {"text": "令和6年4月1日", "from": "2024-04-01", "to": "2024-04-01"},
    ]


def test_show_tells_where_references_lead():
    """To an article of the same ordinance, and to another ordinance that the index holds."""
    law = replace(
        made.PLAIN,
        kind=DocumentKind.ORDINANCE,
        title="みどり市図書館条例",
        enactment=Enactment(number="令和4年条例第12号", in_force=dt.date(2023, 4, 1)),
    )
    other = replace(law, document=DocumentId("other.html"), title="みどり市公園条例")
    first = replace(made.SECTION, article="第4条第1項")
    references = (Reference("前条", "第4条"), Reference("公園条例第2条", "第2条", "公園条例"))
    second = replace(made.SECTION, article="第5条", references=references)
    shown = document_json.show_json(law, [first, second], [law, other])
    assert shown["enactment"]["number"] == "令和4年条例第12号"
    assert shown["enactment"]["in_force"] == "2023-04-01"
    assert shown["passages"][1]["references"] == [
        {
            "text": "前条",
            "article": "第4条",
            "title": None,
            "document": "report.txt",
            "passage_id": first.passage_id,
        },
        {
            "text": "公園条例第2条",
            "article": "第2条",
            "title": "公園条例",
            "document": "other.html",
            "passage_id": None,
        },
    ]


def test_json_is_one_line_with_readable_japanese():
    """One result is one line, so that a batch is JSON Lines; Japanese is not escaped."""
    line = json_output.dumps({"text": "改行\nも一行"})
    assert "\n" not in line
    assert "改行" in line


def test_what_was_understood_is_told_beside_the_answer():
    """Labels as shown, the filters in force as a batch takes them, and what was let go of."""
    filters = Filters(since=dt.date(2022, 4, 1), body="交通審議会", kind=DocumentKind.MINUTES)
    reply = replace(
        made.answer(), understood=("交通審議会",), loosened=("第9回",), narrowed=filters
    )
    shown = json_output.reply_json(reply)
    assert shown["understood"] == {
        "labels": ["交通審議会"],
        "filters": {"from": "2022-04-01", "body": "交通審議会", "kind": "minutes"},
    }
    assert shown["loosened"] == ["第9回"]


def test_an_ambiguous_question_comes_back_with_its_choices():
    """Each choice has what is shown and the filters that make the question clear."""
    choice = Choice("谷口花（交通審議会）", Filters(person="谷口花"))
    shown = json_output.reply_json(replace(made.declined(), choices=(choice,)))
    assert shown["declined"]["choices"] == [
        {"label": "谷口花（交通審議会）", "filters": {"person": "谷口花"}}
    ]
    assert made.declined().choices == ()


def test_half_a_character_pair_does_not_break_the_output():
    """What a broken file may hold is written as a question mark."""
    assert json_output.dumps({"query": "市長\ud800"}) == '{"query": "市長?"}'
