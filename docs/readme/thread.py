"""The thread in the picture: its questions are ours, its answers the bot's."""

import json
from collections.abc import Sequence

from bot.answerer import Answerer
from bot.slack.messages.reply import reply_message
from docs.readme.page import Setting, Turn

QUESTIONS = (
    "しおまる号の委託先はどこに決まりましたか？",
    "車いすのまま乗れる車両はありますか？",
)
"""Two questions in one thread; the answers are whatever the bot says to them."""

SETTING = Setting(
    workspace="汐見原市",
    channels=("全庁連絡", "総務課", "交通政策課", "議会対応"),
    channel="交通政策課",
    person="平井（交通政策課）",
)
_TIMES = (("10:42", "10:42"), ("10:44", "10:44"))


def turns(answerer: Answerer) -> list[Turn]:
    """Ask the questions."""
    replies = [answerer.answer(question) for question in QUESTIONS]
    return [
        Turn(reply.question, reply_message(reply).blocks, *times)
        for reply, times in zip(replies, _TIMES, strict=True)
    ]


def as_json(asked: Sequence[Turn]) -> str:
    """Return what the picture was drawn from, to be kept beside it and compared later."""
    drawn = [{"question": turn.question, "blocks": list(turn.blocks)} for turn in asked]
    return json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
