"""A question that leans on those before it: 「それはいつ？」「費用は？」. Pure.

What it takes over is the matter of the earlier question, as its nouns, and who, where and when,
where it does not say these itself. A question that names a matter of its own is a new one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.question.question import Question
from index.language.text import fold
from index.language.tokens import Noun, asking_words, nouns

_POINTS_BACK = re.compile(
    r"^(?:で|じゃ(?:あ)?|では|それなら|だったら|ちなみに|あと|and|then|so)?[、,\s]*"
    r"(?:それ|そこ|その|そう|そっち|これ|この|ほか|他の|もっと|同じ|逆に|結局|実際"
    r"|(?:that|those|it|its|this|these|they|there|he|she|more)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:で|じゃ(?:あ)?|では|それなら|だったら|ちなみに|あと)[、,\s]*|^(?:and|then|so)\b"
    r"|\b(?:that|those|it|this|these|they|them)\b",
    re.IGNORECASE,
)
"""What a short question goes on with."""
_MOST_OWN = 2
"""Runs of nouns in a question that is too short to stand alone: 「町長の答えは？」."""
_SHORT, _BRIEF = 20, 24
_LONGEST = 120
_GENERAL = frozenset(
    {
        *("費用", "金額", "値段", "時期", "理由", "期間", "人数", "対象", "場所"),
        *("結果", "条件", "内容", "意見", "割合", "件数"),
    }
)
"""What may be asked of any matter."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``text`` is what is searched for; ``matter`` what was taken over, as it is shown.

    ``earlier`` are the questions that it leans on, oldest first.
    """

    text: str
    matter: str
    earlier: tuple[str, ...]


def follow_up(
    text: str, before: Sequence[str], matter_words: Callable[[str], str] = str
) -> FollowUp | None:
    """Return what a question means after those ``before`` it (oldest first).

    ``matter_words`` leaves out of an earlier question what narrows it and is no matter: the body,
    the speaker. ``None`` where the question stands alone: then nothing is taken over.
    """
    first = len(before)
    while first and (first == len(before) or leans(before[first])):
        first -= 1
    earlier = tuple(before[first:])
    runs = " ".join(matter_of(matter_words(each)) for each in earlier).split()
    matter = " ".join(dict.fromkeys(runs))[-_LONGEST:]
    if not matter or not leans(text):
        return None
    return FollowUp(f"{matter} {text}", matter, earlier)


def leans(text: str) -> bool:
    """Tell whether a question points back, or names no matter of its own."""
    folded = fold(text).strip()
    if _POINTS_BACK.match(folded) or (len(folded) <= _BRIEF and _GOES_ON.search(folded)):
        return True
    asking = asking_words()
    runs = ([noun for noun in run if noun.word not in asking] for run in nouns(text))
    own = [run for run in runs if run and not _is_general(run)]
    return not own or (len(own) <= _MOST_OWN and len(folded) <= _SHORT)


def matter_of(text: str) -> str:
    """Return the nouns of a question, those that follow one another joined, in its own spelling."""
    asking = asking_words()
    runs = ("".join(noun.text for noun in run if noun.word not in asking) for run in nouns(text))
    return " ".join(dict.fromkeys(run for run in runs if run))


def with_context(asked: Question, earlier: Question) -> Question:
    """Return a follow-up with what the earlier question was narrowed to and it does not say."""
    sorts = {each.sort for each in asked.restrictions}
    carried = tuple(
        replace(each, span=(0, 0)) for each in earlier.restrictions if each.sort not in sorts
    )
    period = asked.period if asked.period is not None else earlier.period
    return replace(asked, restrictions=(*asked.restrictions, *carried), period=period)


def _is_general(run: Sequence[Noun]) -> bool:
    return "".join(noun.text for noun in run) in _GENERAL
