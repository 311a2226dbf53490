"""Whether words say that something is not told: covered by the materials, but not answered there.

Minutes often say that a figure is not disclosed, a day not settled, a number not counted. That is
an answer to show, and not the one that was hoped for; the reply says so. Forms of the language
only, no subject.
"""

import re

from bot.answer.quotable_spans import begins_condition
from index.language import cues, units
from index.language.text import fold, sentences

_TELLING = (
    r"(?:公[表開]|開示|示し|答え|答弁|申し上げ(?!て|るほか)|伝え|回答|コメント|言え|公に|明らかに|持ち合わせ|統計"
    r"|把握|承知|集計|調査|算出|試算|想定|推計|特定|判明|確認し|数え|聞い|分か|わか|つか"
    r"|決まっ|決めて|決定し|定めて|定まっ|固まっ|確定し|合意に|結論に|見通し(?!の)|めど|目途"
    r"|(?:記載|記録|数[字値]|資料|データ)(?:等|など)?[がはを]|手[元許]に[^。]{0,16})"
)
_NOT = (
    r"(?:かねる|かねま|(?<!なり)ません|おらず"
    r"|(?<!なら)ない(?!こと|方|人|者|子|世帯|場合|施設|部分))"
)
"""Not where it describes something: 「公表していない部分」 is told in what follows."""
_WITHHELD = re.compile(
    rf"{_TELLING}[^。、]{{0,6}}?{_NOT}|{_TELLING}[^。、]{{0,10}}?(?:困難|難し|不可能)"
    rf"|{_TELLING}[^。、]{{0,6}}?(?:段階|状況|立場)[にで]は?(?:ない|なく|あり|ござい)"
    r"|差し?控え|控え(?:させ|たい)|非公[表開](?:と|で)|未(?:定|公表|確定|決定)|(?:検討|調整|協議)中|不明[でとな]"
    r"|定かでは?な|(?:検討|調整|協議|交渉|精査)を?(?:して|進めて|いたして)(?:いる|おる)(?:ところ|最中|段階)"
    r"|(?:今後|これから)の?(?:検討|協議|調整)"
    r"|(?:後ほど|のちほど|後日|改めて)[^。]{0,20}(?:答え|報告|示し|回答|知らせ|届け|提供)"
    r"|\b(?:not|never|yet to) (?:yet )?(?:been |be )?(?:disclosed|decided|determined|known|chosen"
    r"|available|published|counted|settled|finali[sz]ed|released|announced|estimated|recorded)\b"
    r"|\b(?:do(?:es)?|did|ha(?:ve|s)) ?(?:not|n't) (?:yet )?(?:know|track|keep|kept|count(?:ed)?"
    r"|record(?:ed)?|decided?|estimated?|disclose|have (?:the|that|those|an?|any))\b"
    r"|\btoo early to (?:say|tell)\b|\bremains? (?:unclear|unknown|undecided)\b|\bconfidential\b"
    r"|\bstill under (?:discussion|review|negotiation|consideration)\b|\bto be determined\b"
    r"|\b(?:cannot|can't|unable to|not able to) (?:say|tell|disclose|comment|give|answer)\b",
    re.IGNORECASE,
)


_TOLD = sum(1 << cues.NAMES.index(name) for name in ("number", "time"))
_PREFACE = re.compile(
    r"[^。、]{0,10}(が|けれども?|けども?|ものの)、|[^.]{0,20}, (but|though|although)\b"
)
"""What follows a refusal that only leads into what can be told: 「詳しくは分かりませんが、…」."""


def says_not_told(folded: str) -> bool:
    """Tell whether folded words say that something is not told, not known or not decided."""
    return _WITHHELD.search(folded) is not None


def is_withheld(lead: str, question: str, quote: str = "") -> bool:
    """Tell whether a quote says that what is asked is not told, decided or known.

    ``lead`` is the sentence of the quote that is likeliest to answer. Where it does not speak of
    that, another one may still hold back the number or time that is asked for.
    """
    said, asked = fold(lead), fold(question)
    if says_not_told(said):
        return _holds_back(said, asked)
    figure = _figure(asked)
    if not figure or _tells(said, asked, figure):
        return False
    return any(
        _figure(other) and _holds_back(other, asked)
        for other in sentences(fold(quote))
        if says_not_told(other)
    )


def _holds_back(said: str, asked: str) -> bool:
    """Tell whether a sentence that refuses something refuses what is asked.

    A sentence that holds a number or time that is asked for answers, whatever else it says; one
    that adds to an answer (ただし, なお) leaves open what was not asked.
    """
    match = _WITHHELD.search(said)
    if match is None or begins_condition(said) or said.startswith("なお、"):
        return False
    until, after = said[: match.end()], said[match.end() :]
    figure, named = _figure(asked), _figure(until)
    if figure and _tells(_WITHHELD.sub("", said), asked, figure):
        return False
    if not figure and _PREFACE.match(after) and not says_not_told(after):
        return False
    return not named or bool(named & figure)  # else that is something else


def _figure(asked: str) -> int:
    """Return which of a number and a time folded words ask for, or speak of as asked."""
    number = 1 << cues.NAMES.index("number")
    counted = units.unit_pattern(asked) is not None
    return (cues.wanted(asked) | (number if counted else 0)) & _TOLD


def _tells(said: str, asked: str, figure: int) -> bool:
    """Tell whether a sentence holds the number, in its unit, or the time that is asked for."""
    if (unit := units.unit_pattern(asked)) is not None:
        return unit.search(said) is not None
    return bool(cues.given(said) & figure)
