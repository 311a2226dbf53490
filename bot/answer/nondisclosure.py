"""Whether words say that something is not told: covered by the materials, but not answered there.

Minutes often say that a figure is not disclosed, a day not settled, a number not counted. That is
an answer to show, and not the one that was hoped for; the reply says so. Forms of the language
only, no subject.
"""

import re

from bot.answer.quotable_spans import begins_condition
from index.language import cues, units
from index.language.text import fold, sentences

_NAI = r"ない(?!こと|方|人|者|子|世帯|場合|施設|部分)"
"""Not where it describes something: 「公表していない部分」 is told in what follows."""
_NOT = rf"(い({_NAI}|ません)|おり?ません|おらず|おらない|ござい?ません|ません|{_NAI})"
_DO = r"(いた|さ)?(し|れ)(て(は|も)?)?"
_WITHHELD = re.compile(
    # held back: 差し控えます, お答えしかねます, 公表しておりません
    r"差し?控え|控えさせ|控えたい"
    r"|(公表|公開|開示|お示し|お答え|答弁|申し上げ|お伝え|回答|コメント)(は|を|も)?[^。、]{0,4}"
    rf"(かね(る|ます)|でき(ない|ません|かね)|られ(ない|ません)|{_DO}{_NOT})"
    r"|(お示し|お答え|公表|申し上げ|お伝え|回答)[^。、]{0,10}(段階|状況|立場)(に|で)(は)?(な[いく]|あり?ません|ござい?ません)"
    rf"|非公開(と(し|させ)て|です|でござい)|未公表|非公表|(明らか|公)に(は|も)?(して|されて|なって){_NOT}"
    r"|(言|申)(え|せ)(ない|ません)|申し上げ(にく|づら)|(後ほど|のちほど|後日|改めて)[^。]{0,20}"
    r"(お答え|ご?報告|お示し|ご?回答|お届け|お知らせ|ご?提供)(を)?(し|いた|させ|申し上)"
    # not known: 把握しておりません, 記載がございません, 手元にございません
    rf"|(把握|承知|集計|調査|算出|試算|想定)[^。、]{{0,6}}({_DO}|できて(は)?){_NOT}"
    rf"|(数値|数字|資料|記載|記録|データ)(等|など)?(は|が|も)[^。、]{{0,6}}(あり|ござい)(ません|ませんで)"
    r"|分か(りません|らない|りかね)|わか(りません|らない|りかね)|つかめて|定かで(は)?な"
    r"|(手元|手もと|手許)に[^。]{0,20}(ない|ありません|ございません|おりません)"
    r"|持ち合わせて|不明(です|で(ござい|あり)|となって|な(状況|ところ))"
    rf"|(調べて|数えて|聞いて|伺って|残って|示されて|判明して|特定して|特定できて|確認して|確認できて){_NOT}"
    rf"|(資料|数字|数値|記録)(は|を|も)?[^。、]{{0,6}}(持って|持参して|用意して){_NOT}"
    r"|(把握|算出|集計|特定|推計|予測|お答え|回答|公表|お示し)[^。、]{0,10}(困難|難し|不可能)"
    rf"|(統計|集計|カウント|データ)(は|を|も)?(取って|とって|取れて|出して|持って){_NOT}"
    # not settled: 決まっておりません, 未定, 検討中
    rf"|(決まって|決めて|定めて|決定して|定まって|固まって|確定して|(決定|結論|合意)に(は|も)?至って)(は|も)?{_NOT}|未確定|未定|未決定|検討中|調整中|協議中"
    r"|これから(の)?(検討|協議|調整)|今後の(検討|協議|調整)(課題|事項|によ|とな|にな)"
    r"|(見通し|めど|目途)(が|は|も)[^。、]{0,4}((立|た)って|(立|た)た|ついて|つか)(い)?(な[いく]|ません|おり?ません)"
    r"|(検討|調整|協議|交渉|精査)(を)?(して|進めて|いたして)(いる|おる)(ところ|最中|段階)"
    r"|\b(not|never|yet to) (yet )?(been |be )?(disclosed|decided|determined|known|available"
    r"|published|counted|settled|finali[sz]ed|released|announced|chosen|selected|agreed|estimated|measured"
    r"|recorded|calculated|set|reported|made public)\b"
    r"|\b(we|they|I|city|council|staff) (do(es)?|ha(ve|s)) ?(not|n't)"
    r" (know|track|kept?|count(ed)?|record(ed)?|measured?|decided?|settled|estimated?|disclose)\b"
    r"|\btoo early to (say|tell)\b|\bremains? (unclear|unknown|undecided)\b|\bconfidential\b"
    r"|\b((do|does|did) not|(do|does|did)n't) (yet )?(have|know) (the|that|those|an?|any)\b"
    r"|\b(not at liberty|still under (discussion|review|negotiation|consideration))\b"
    r"|\bno (figures?|decision|data|record)\b.{0,20}\b(yet|available|to hand|made|exists?)\b"
    r"|\b(cannot|can't|unable to|not able to) (say|tell|disclose|comment|give|answer)\b"
    r"|\bundecided\b|\bto be determined\b",
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
