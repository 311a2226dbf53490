"""A document with its passages, hits and replies, made by hand."""

import datetime as dt

from bot.answer.answer import Answer, Citation, Declined, DeclineReason, Sentence
from index.passage import Document, DocumentId, DocumentKind, Hit, Passage, PassageId, PassageKind
from index.record import Attendee, Role

DOCUMENT = Document(
    document=DocumentId("審議会/第3回.pdf"),
    title="第3回交通審議会 議事録",
    kind=DocumentKind.MINUTES,
    content_hash="0" * 64,
    body="交通審議会",
    date=dt.date(2022, 12, 20),
    place="第一会議室",
    attendees=(Attendee("山田花子", "会長", Role.CHAIR), Attendee("鈴木一郎")),
    agenda=("1 運賃について",),
    pages=4,
    coverage=0.98,
    warnings=("page 3 holds only a picture",),
)
QUESTION = Passage(
    passage_id=PassageId("aaaaaaaaaaaa-0000"),
    text="運賃はいつから変わりますか。",
    kind=PassageKind.QUESTION,
    page=1,
    last_page=1,
    speaker="鈴木委員",
    role=Role.MEMBER,
    turn=0,
)
ANSWER = Passage(
    passage_id=PassageId("aaaaaaaaaaaa-0001"),
    text="来年四月からと考えております。詳しくは次回お示しします。",
    kind=PassageKind.ANSWER,
    page=1,
    last_page=2,
    speaker="交通課長",
    role=Role.EXECUTIVE,
    turn=1,
    heading=("議題1", "運賃について"),
    answers=QUESTION.passage_id,
    question="(鈴木委員)運賃はいつから変わりますか。",
)
PLAIN = Document(
    document=DocumentId("report.txt"),
    title="report",
    kind=DocumentKind.REPORT,
    content_hash="1" * 64,
)
SECTION = Passage(PassageId("bbbbbbbbbbbb-0000"), "Buses ran on time.", PassageKind.SECTION)


def hit(rank=1, passage=ANSWER, document=DOCUMENT):
    """Return a hit on one of the passages."""
    return Hit(rank, 2.5 / rank, passage, document)


def answer():
    """Return an answer of one sentence."""
    quote = "来年四月からと考えております。"
    return Answer(
        question="運賃はいつ変わる？",
        sentences=(Sentence(quote, (1,)),),
        citations=(Citation(1, quote, hit()),),
        language="ja",
        took_ms={"total": 12.3456, "embed": 10.0, "retrieve": 2.3456},
    )


def declined():
    """Return a decline with one nearest passage."""
    return Declined(
        question="給食費は？",
        reason=DeclineReason.NOT_COVERED,
        message="見つかりませんでした。",
        language="ja",
        nearest=(hit(),),
        took_ms={"total": 5.0},
    )
