"""The first five minutes of somebody new: what they write, one after the other, and what comes.

Each line is a message to the bot alone and words that its reply must hold, or must not. What a
reply says beside these is for people to judge: they are written into ``first_minutes.txt`` in the
test's folder.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.texts import EN, JA
from tests.end_to_end.serving import Served, answer_in, folded

pytestmark = pytest.mark.slow

SHOWN = "［出典］"
"""Stands for: an answer, with its sources."""
DECLINED = "［なし］"
"""Stands for: it says that there is nothing, and where it looked; nothing is shown as an answer."""

SAID: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]] = (
    ("こんにちは", (), ("見つかりません", "出典")),
    ("使い方", ("・",), ("見つかりません",)),
    ("どんな資料がある？", ("会議録", "条例"), ("見つかりません",)),
    ("車いすのまま乗れる車両はありますか？", (SHOWN, "リフト付き"), ()),
    ("ありがとうございます！助かりました", (), ("見つかりません", "出典")),
    ("図書館の金曜の開館時間は？", (SHOWN, "午後8時"), ()),
    ("それはいつから？", ("令和5年4月1日",), ()),
    ("誰が言ったの？", ("図書館長",), ("見つかりません",)),
    ("もっと詳しく", (), (JA.fault[:4],)),
    ("学童の利用料はいくらですか？", ("7,500円",), ()),
    ("市長の退職金はいくらですか？", (DECLINED, "退職金"), (SHOWN,)),
    ("バス路線の廃止はいつまでに協議が必要？", (SHOWN, "6月前"), ()),
    ("公共交通条例 第6条", (SHOWN, "第6条"), ()),
    ("野々村委員は何と言った？", (SHOWN, "野々村"), ()),
    ("出席者は？", ("審議会",), ("賛成者起立",)),
    ("議題は？", ("審議会",), ("賛成者起立",)),
    ("直近の会議で決まったことは？", ("審議会",), ("賛成者起立",)),
    (
        "しおまる号の運賃はこれまでどう議論された？",
        ("これまで", "回"),
        ("見つかりません",),
    ),
    ("他の年は？", ("これまで",), (JA.fault[:4],)),
    ("隣の市の給食費はいくらですか？", (), (SHOWN,)),
    ("図書館の本は何冊ある？", ("31万2,000冊",), ()),
    ("help", ("・",), ("could not", "No passage")),
    ("What did the council of Alder Bay decide about library hours?", (EN.sources,), ()),
    ("When will the crewed mission to Mars be launched?", (DECLINED,), (SHOWN,)),
    ("了解です", (), ("見つかりません", "出典")),
)


def held(reply: dict, words: str) -> bool:
    """Say whether a reply holds words, or is what a sign stands for."""
    text = reply["text"]
    if words == SHOWN:
        return JA.sources in text or EN.sources in text
    if words == DECLINED:
        return any(each.searched.partition("{")[0] in text for each in (JA, EN))
    return folded(words) in folded([text, reply["blocks"]])


def test_the_first_five_minutes_of_somebody_new(served: Served, tmp_path: Path):
    """Twenty-five messages in a row in the bot's own conversation; all that goes wrong is told."""
    slack, wrong, told = served.slack, [], []
    for message, there, absent in SAID:
        reply = answer_in(slack, "DUNEWCOMER", slack.direct_message("UNEWCOMER", message))
        told.append(f"> {message}\n{reply['text']}\n")
        wrong += [f"{message}: lacks {each}" for each in there if not held(reply, each)]
        wrong += [f"{message}: holds {each}" for each in absent if held(reply, each)]
    (tmp_path / "first_minutes.txt").write_text("\n".join(told), encoding="utf-8")
    assert wrong == []
