"""A question that is nothing but the wish for a value: 「それはいつ？」「いくら？」. Pure.

What it is on was said before it, and most likely stands where that was answered.
"""

import re

from index.language import cues, units
from index.language.text import fold

_ALONE = re.compile(
    r"(?:で|じゃあ?|では|それなら|ちなみに|あと|それで)?[、,\s]*"
    r"(?:(?:それ|これ|その(?:時期|日|費用|金額|額|料金|値段|人数|件数|場所|理由|人|担当)"
    r"|時期|費用|金額|料金|値段|人数|件数|場所|理由|担当)(?:は|って|が|の)?[、\s]*)?"
    r"(?:いつ(?:から|まで|ごろ|頃)*|何(?:年|月|日)(?:から|まで)?|いくら(?:くらい|ぐらい)?|いくつ"
    r"|何(?:円|人|名|件|%|パーセント|割|か所|箇所|回|台|校|戸|世帯|冊|歳|倍|便|本|枚)"
    r"|どこで?|(?:誰|だれ|どなた)が?|なぜ|どうして|なんで|何故|ど(?:の|れ)くらい)"
    r"(?:です|でした|なの|なん|だった|だっけ|でしょう|だろう|になります|になる|かかります|かかる|の)*か?"
    r"[?。!\s]*"
)
_ALONE_EN = re.compile(
    r"(?:and |so |ok,? )?(?:when|how much|how many(?: people)?|where|who|why|since when|until when)"
    r"(?: (?:is|was|are|were|will|does|did|would))?(?: (?:it|that|this|they|those))?"
    r"(?: (?:be|cost|start|begin|happen))?[?.!\s]*"
)
_TIME = 1 << cues.NAMES.index("time")
_FROM = re.compile(r"から|まで|\b(?:since|until|start|begin)\b")
_DAY = re.compile(
    r"[0-9〇一二三四五六七八九十元]\s*(?:年|月|日)(?!間)|(?:来|再来|今|本|昨|翌)(?:年|月|春|秋|夏|冬)"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r" [0-9]|\b(?:19|20)[0-9]{2}\b"
    r"|\b(?:next|this|last) (?:year|month|week|spring|summer|fall|winter)"
)
"""A day, a month or a year; the hours of a day tell no time at which something begins."""


def asks_value_alone(text: str) -> bool:
    """Tell whether a question asks when, how much, how many, where, who or why, and of nothing."""
    folded = fold(text).strip().lower()
    return bool(_ALONE.fullmatch(folded) or _ALONE_EN.fullmatch(folded))


def asks_which_day(text: str) -> bool:
    """Tell whether a question asks when something was, and not from or until when it holds."""
    return bool(cues.wanted(text) & _TIME) and not _FROM.search(fold(text).lower())


def tells_value(question: str, text: str) -> bool:
    """Tell whether a text holds such a value as the question asks for."""
    asked, said = fold(question).lower(), fold(text).lower()
    if cues.wanted(asked) & _TIME:
        return _DAY.search(said) is not None
    if pattern := units.answer_pattern(asked):
        return pattern.search(said) is not None
    return bool(cues.wanted(asked) & cues.given(said))
