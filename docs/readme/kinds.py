"""A message of each kind, as the bot makes it: its questions are ours, all else is the bot's.

Asked for and unasked: see :func:`kinds` and :func:`unasked`.
"""

import datetime as dt
from collections.abc import Sequence

from bot.answerer import Answerer
from bot.news.changes import changes_between
from bot.news.digest import digest_of
from bot.news.topics import about, followed_topic
from bot.slack.answering.replies import Replies
from bot.slack.answering.source import Shelf
from bot.slack.news.digest_message import digest_messages
from bot.slack.news.notice_message import notice_message, report_message
from bot.slack.threads.asked import Asked
from bot.texts.report import first_lines
from docs.readme.page import Turn
from index.passage import DEFAULT_COLLECTION
from index.search.searcher import Searcher

_SEEN = frozenset({DEFAULT_COLLECTION})
_MEETING, _BODY = dt.date(2024, 10, 29), "汐見原市公共交通審議会"
_FOLLOWED = "運賃"
_FIRST = "図書館の金曜の開館時間は？"
QUESTIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("バス路線の廃止はいつまでに協議が必要？", ()),
    (_FIRST, ()),
    ("それはいつから？", (_FIRST,)),
    ("図書館の本は何冊ある？", ()),
    ("市長の退職金はいくらですか？", ()),
    ("出席者は？", ()),
    ("しおまる号の運賃はこれまでどう議論された？", ()),
    ("次の2点を教えてください。\n・車いすで乗れる車両はありますか？\n・ごみ袋は値上げ？", ()),
    ("ありがとうございます！", ()),
)
"""A value, words, a follow-up, unsure, a decline, a question asked back, a history, several
questions, thanks: each with the questions before it."""


def kinds(searcher: Searcher) -> list[Turn]:
    """Ask the questions, and return them with the bot's messages."""
    answerer = Answerer(searcher)
    shelf = Shelf(lambda _: searcher.documents())
    replies = Replies(lambda _: answerer, shelf, "auto", originals=True, staff=True, timelines=True)
    asked = [
        Asked(text, str(number), "UAOKI", before=before, sees=_SEEN)
        for number, (text, before) in enumerate(QUESTIONS)
    ]
    return [
        Turn(one.text, replies.to(one).message.blocks, "10:42", "10:42", apart=True)
        for one in asked
    ]


def unasked(searcher: Searcher) -> list[Turn]:
    """Return what nobody asked for: a report, a digest of a meeting, a notice on a topic."""
    answerer, documents = Answerer(searcher), searcher.documents()
    report = report_message(list(first_lines(changes_between((), documents), "ja")))
    meeting = next(each for each in documents if each.date == _MEETING and each.body == _BODY)
    names = [passage.passage_id for passage in searcher.passages(meeting.document)]
    hits = answerer.held(names)
    digest = digest_messages(digest_of(meeting, hits, answerer.rarity), "ja")[0]
    topic = followed_topic(_FOLLOWED, answerer.rarity)
    new = [hit.passage.passage_id for hit in about(topic, hits)]
    notice = notice_message(_FOLLOWED, answerer.told_in(_FOLLOWED, new), "ja")
    return [
        Turn("", message.blocks, "", "02:31", apart=True) for message in (report, digest, notice)
    ]
