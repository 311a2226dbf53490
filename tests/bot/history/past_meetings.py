"""Meetings of a few years in which a bicycle park comes up, and other things, made by hand."""

import datetime as dt
from dataclasses import replace

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Outcome, Role, Sitting, Vote
from tests.index.making import LIBRARY, ROADS, minutes

ASK, SAY = Role.MEMBER, Role.EXECUTIVE

FIRST = minutes(
    "令和3年.txt",
    "2021-06-10",
    [
        ("谷口委員", ASK, "駅前の駐輪場が足りないのではないか。", None),
        ("土木課長", SAY, "朝は満車になる日がございます。来年度に増設を検討してまいります。", 0),
        ("谷口委員", ASK, "保育園の待機はどうか。", None),
        ("子ども課長", SAY, "四月で三人でございます。", 2),
    ],
)
_VOTED = minutes(
    "令和4年.txt",
    "2022-09-05",
    [
        ("原委員", ASK, "駐輪場の増設の費用はいくらか。", None),
        ("土木課長", SAY, "八百万円でございます。", 0),
        ("議長", Role.CHAIR, "議案第五号は原案のとおり可決されました。次に図書館です。", None),
    ],
    body="本会議",
)
_VOTE = Vote(
    item="議案第五号",
    title="駅前駐輪場条例の一部を改正する条例",
    result="原案のとおり可決",
    outcome=Outcome.PASSED,
    manner="賛成多数",
    ayes=14,
    nays=3,
    passage=2,
)
_OTHER_VOTE = replace(_VOTE, item="議案第六号", title="図書館条例", passage=None)
SECOND = (replace(_VOTED[0], sitting=Sitting(votes=(_VOTE, _OTHER_VOTE))), _VOTED[1])
THIRD = minutes(
    "令和5年.txt",
    "2023-03-20",
    [
        ("森委員", ASK, "駐輪場の屋根はいつ付くのか。", None),
        ("土木課長", SAY, "十月に付きました。", 0),
        ("森委員", ASK, "駐輪場は有料か。", None),
        ("土木課長", SAY, "無料でございます。", 2),
        ("森委員", ASK, "駐輪場は何台分あるか。", None),
        ("土木課長", SAY, "三百台分でございます。", 4),
        ("森委員", ASK, "駐輪場の照明は明るいか。", None),
        ("土木課長", SAY, "明るくしたところでございます。", 6),
    ],
)
AGAIN = minutes(
    "写し/令和3年（写）.txt",
    "2021-06-10",
    [
        ("谷口委員", ASK, "駅前の駐輪場が足りないのではないか。", None),
        ("土木課長", SAY, "朝は満車になる日がございます。来年度に増設を検討してまいります。", 0),
    ],
)
UNDATED = minutes(
    "日付なし.txt",
    None,
    [("山田委員", ASK, "駐輪場の放置自転車が目立つ。", None)],
)
ENGLISH = minutes(
    "2022-05-17.txt",
    "2022-05-17",
    [
        ("Councilmember Reyes", ASK, "How many bicycle racks does the station have?", None),
        ("PUBLIC WORKS DIRECTOR", SAY, "Forty racks. We will add twenty next spring.", 0),
    ],
    body="City Council",
)
_RULES = Document(
    document=DocumentId("駐輪場条例.txt"),
    title="駅前駐輪場条例",
    kind=DocumentKind.ORDINANCE,
    content_hash="rules",
    date=dt.date(2020, 4, 1),
)
RULES = (
    _RULES,
    [
        Passage(
            passage_id=passage_id(_RULES.document, 0),
            text="第1条 この条例は、自転車を置く場所を設けることを定める。",
            kind=PassageKind.ARTICLE,
            article="第1条",
        )
    ],
)
ALL = [FIRST, SECOND, THIRD, AGAIN, UNDATED, ENGLISH, RULES, LIBRARY, ROADS]
