"""Whether a question leans on those before it, by its own words. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

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
_GENERAL = frozenset(
    {
        *("費用", "金額", "値段", "金", "時期", "理由", "期間", "人数", "対象", "場所"),
        *("結果", "条件", "内容", "意見", "割合", "件数", "実績", "次", "次回", "今度"),
    }
)
"""What may be asked of any matter."""
_FORMAL = frozenset({"方", "人", "場合", "時", "とき"})
"""Nouns that say nothing themselves: 町長の方は."""
_PLAIN = re.compile(r"[^\W\d_ぁ-ん]+")
_OF_A_DATE = frozenset({"令和", "平成", "昭和", "年度", "今年度", "昨年度", "年", "月", "日"})
"""What is left of a date without its numbers: it goes on as a time, and is no matter."""
_NAMES_ITS_OWN = re.compile(
    r"(?P<whose>[^はがをでとも、,。\s?]{2,20})の(?P<what>[^はがをにで、,。\s?の]{2,12})"
    r"(?:は|って|とは)?(?:いくら|いつ(?:から|まで)?|何[^はがを、。?]{0,4}|どう|どこ|誰)?"
    r"(?:です|でしょう|になります|なります)?か?(?:を?教えて(?:ください|下さい)?)?[?。]*"
)
"""「図書館の開館時間は？」: a thing and what is asked of it."""
_NO_THING = re.compile(
    r"(?:[長員局側課部者方人分外内先日月年期時]|以外|ごと|うち|年度|今回|前回|次|ほか|他|その"
    r"|この|それ|これ|そこ)$"
)
"""Who speaks, when, or a part of what was spoken of: no subject of its own."""


def leans(text: str) -> bool:
    """Tell whether a question points back, or names no matter of its own."""
    own = own_nouns(text)
    return not own or (len(own) <= _MOST_OWN and len(fold(text).strip()) <= _SHORT)


def points_back(text: str) -> bool:
    """Tell whether a question begins with what it points back at: その人の名前は."""
    return _POINTS_BACK.match(fold(text).strip()) is not None


def own_nouns(text: str) -> list[str]:
    """Return what a question names itself: no words of asking, nor what may be asked of anything.

    Nothing where it points back (それは, その): then it is about that.
    """
    folded = fold(text).strip()
    if _POINTS_BACK.match(folded) or (len(folded) <= _BRIEF and _GOES_ON.search(folded)):
        return []
    asking = asking_words()
    runs = ([noun for noun in run if noun.word not in asking] for run in nouns(text))
    return ["".join(noun.text for noun in run) for run in runs if run and not _is_general(run)]


def says_nothing(text: str) -> bool:
    """Tell whether what stands beside a name holds no noun, but words of asking: の方は何と."""
    asking = asking_words()
    said = [noun.text for run in nouns(fold(text)) for noun in run]
    return all(each in _FORMAL or (each.isascii() and each in asking) for each in said)


def may_be_new(text: str, before: Sequence[str]) -> bool:
    """Tell whether a short question that :func:`leans` may be on a subject of its own all the same.

    It names a thing and what is asked of it, and shares no noun with the questions ``before`` it.
    """
    folded = fold(text).strip()
    if _POINTS_BACK.match(folded) or not (match := _NAMES_ITS_OWN.fullmatch(folded)):
        return False
    if _NO_THING.search(match["whose"]) or not nouns(match["whose"]):
        return False
    own = {noun.word for run in nouns(folded) for noun in run}
    return own.isdisjoint(noun.word for each in before for run in nouns(each) for noun in run)


def thing_and_asked(text: str) -> tuple[str, str] | None:
    """Return a thing and what is asked of it, where a question says just these: 図書館, 開館時間.

    What may be asked of anything (費用, 人数) is left out: an answer need not say it.
    """
    match = _NAMES_ITS_OWN.fullmatch(fold(text).strip())
    if match is None or points_back(match["whose"]):
        return None
    thing = match["whose"].replace("の", "")
    named = "".join(noun.text for run in nouns(match["whose"]) for noun in run)
    if named != thing and not _PLAIN.fullmatch(thing):
        return None  # a clause: 見守りにかかる月の元手
    return match["whose"], "" if match["what"] in _GENERAL else match["what"]


def topics_of(matter: str) -> tuple[str, ...]:
    """Return what a matter may be called where it is looked up as a topic, the fullest first.

    Its nouns together, then those that stood side by side, then each: of a question
    (「図書館 金曜 延長 職員」) some say what was asked of the matter.
    """
    runs = matter.split()
    pairs = [" ".join(pair) for pair in pairwise(runs)]
    return tuple(dict.fromkeys((matter, *pairs, *sorted(runs, key=len, reverse=True))))


def matter_of(text: str) -> str:
    """Return the nouns of a question, those that follow one another joined, in its own spelling."""
    asking = asking_words()
    runs = ("".join(_without_asking(noun, asking) for noun in run) for run in nouns(text))
    return " ".join(dict.fromkeys(run for run in runs if run and run not in _OF_A_DATE))


def _is_general(run: Sequence[Noun]) -> bool:
    return "".join(noun.text for noun in run) in _GENERAL | _FORMAL


def _without_asking(noun: Noun, asking: frozenset[str]) -> str:
    """Return a noun without the words of asking; English ones may come several together."""
    if noun.text.isascii():
        return " ".join(word for word in noun.text.split() if word not in asking)
    return "" if noun.word in asking else noun.text
