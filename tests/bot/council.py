"""A council of a few hand-made documents, and replies about it, for the bot's own tests."""

import datetime as dt
from dataclasses import replace

from bot.answer.answer import Answer, Choice, Citation, Declined, DeclineReason, Sentence
from index.passage import (
    Collection,
    Document,
    DocumentId,
    DocumentKind,
    Filters,
    Hit,
    Passage,
    PassageKind,
    passage_id,
)
from index.record import Role

MINUTES = Document(
    document=DocumentId("会議録/令和5年度第2回緑の審議会.pdf"),
    title="令和5年度第2回緑の審議会 会議録",
    kind=DocumentKind.MINUTES,
    content_hash="0" * 64,
    body="緑の審議会",
    date=dt.date(2023, 11, 15),
    agenda=("開会", "(1) 街路樹の更新計画について", "(2) 駅前の駐輪場の増設について"),
    pages=12,
)
ORDINANCE = Document(
    document=DocumentId("条例/緑地条例.txt"),
    title="緑地条例",
    kind=DocumentKind.ORDINANCE,
    content_hash="1" * 64,
)

SAID = "街路樹は令和8年度までに300本を植え替えます。"
WIDER = "街路樹は昭和の終わりに植えたものが多く、寿命を迎えております。"
MORE = "剪定は毎年の冬に行っております。"
ASKED = "（林委員）街路樹の植え替えはいつまでに何本を予定していますか。"


def hit(text: str = SAID, question: str | None = ASKED, rank: int = 1) -> Hit:
    """Return a hit in the minutes."""
    passage = Passage(
        passage_id=passage_id(MINUTES.document, rank),
        text=text,
        kind=PassageKind.ANSWER,
        page=4,
        last_page=4,
        speaker="緑政課長",
        role=Role.EXECUTIVE,
        question=question,
    )
    return Hit(rank=rank, score=1.0, passage=passage, document=MINUTES)


def answer_to(question: str, text: str = SAID, language: str = "ja", more: str = "") -> Answer:
    """Return an answer of one sentence; ``more`` stands behind it in the passage."""
    return Answer(
        question=question,
        sentences=(Sentence(text, (1,)),),
        citations=(Citation(1, text, hit(text + more)),),
        language=language,
        understood=("令和5年度",),
    )


def decline_of(question: str, language: str = "ja") -> Declined:
    """Return a decline with one passage that is near."""
    return Declined(
        question=question,
        reason=DeclineReason.NOT_COVERED,
        message="資料の中には見つかりませんでした。",
        language=language,
        nearest=(hit(),),
    )


def unsure_of(question: str, language: str = "ja") -> Declined:
    """Return a decline with one passage that may answer."""
    declined = decline_of(question, language)
    return replace(declined, reason=DeclineReason.UNSURE, quote=SAID, nearest=(hit(SAID + MORE),))


def near_the_closed(question: str) -> Declined:
    """Return a decline that is near an open passage and one of the collection ``personnel``."""
    closed = replace(
        MINUTES,
        document=DocumentId("人事/人事委員会.pdf"),
        title="人事委員会の記録",
        collection=Collection("personnel"),
    )
    return replace(decline_of(question), nearest=(hit(), replace(hit(rank=2), document=closed)))


def ambiguous(question: str, language: str = "ja") -> Declined:
    """Return a decline that asks which of two bodies is meant."""
    return Declined(
        question=question,
        reason=DeclineReason.AMBIGUOUS,
        message="どちらの会議のことですか。",
        language=language,
        choices=tuple(
            Choice(body, Filters(body=body, since=dt.date(2023, 4, 1), kind=DocumentKind.MINUTES))
            for body in ("緑の審議会", "景観の審議会")
        ),
    )


def council_documents() -> list[Document]:
    """Return what the index holds."""
    return [MINUTES, ORDINANCE]
