"""A message of each kind, as the bot makes it: its questions are ours, all else is the bot's."""

from collections.abc import Sequence

from bot.answerer import Answerer
from bot.slack.answering.replies import Replies
from bot.slack.answering.source import Shelf
from bot.slack.threads.asked import Asked
from docs.readme.page import Turn
from index.passage import DEFAULT_COLLECTION
from index.search.searcher import Searcher

_SEEN = frozenset({DEFAULT_COLLECTION})
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
