"""Whether words say that something is not told: covered by the materials, but not answered there.

Minutes often say that a figure is not disclosed, a day not settled, a number not counted. That is
an answer to show, and not the one that was hoped for; the reply says so. Forms of the language
only, no subject.
"""

import re

from index import cues
from index.text import fold

_NOT = r"(い(ない|ません)|おり?ません|おらず|おらない|ござい?ません|ません|ない(?!こと))"
_DO = r"(いた)?し(て(は|も)?)?"
_WITHHELD = re.compile(
    # held back: 差し控えます, お答えしかねます, 公表しておりません
    r"差し?控え|控えさせ|控えたい"
    r"|(公表|公開|開示|お示し|お答え|答弁|申し上げ|お伝え|回答|コメント)(は|を|も)?[^。、]{0,4}"
    rf"(かね(る|ます)|でき(ない|ません|かね)|られ(ない|ません)|{_DO}{_NOT})"
    # not known: 把握しておりません, 記載がございません, 手元にございません
    rf"|(把握|承知|集計|調査|算出|試算|想定)[^。、]{{0,6}}({_DO}|できて(は)?){_NOT}"
    rf"|(数値|数字|資料|記載|記録|データ)(等|など)?(は|が|も)[^。、]{{0,6}}(あり|ござい)(ません|ませんで)"
    r"|分か(りません|らない|りかね)|わか(りません|らない|りかね)|つかめて|定かで(は)?な"
    r"|(手元|手もと|手許)に[^。]{0,20}(ない|ありません|ございません|おりません)"
    r"|持ち合わせて"
    # not settled: 決まっておりません, 未定, 検討中
    rf"|(決まって|決めて|決定して|定まって|固まって|確定して)(は|も)?{_NOT}|未定|未決定|検討中|調整中|協議中"
    r"|(検討|調整|協議|交渉|精査)(を)?(して|進めて|いたして)(いる|おる)(ところ|最中|段階)"
    r"|\b(not|never|yet to) (yet )?(been |be )?(disclosed|decided|determined|known|available"
    r"|published|counted|settled|finali[sz]ed|released)\b"
    r"|\b(do|does|did) not (have|know) (the|that|those|an?|any)\b"
    r"|\b(cannot|can't|unable to|not able to) (say|tell|disclose|comment|give|answer)\b"
    r"|\bundecided\b|\bto be determined\b",
    re.IGNORECASE,
)


_TOLD = sum(1 << cues.NAMES.index(name) for name in ("number", "time"))


def refuses(folded: str) -> bool:
    """Tell whether folded words say that something is not told, not known or not decided."""
    return _WITHHELD.search(folded) is not None


def withholds(quote: str, question: str) -> bool:
    """Tell whether a quote says that what is asked is not told, decided or known.

    A quote that holds a number or time that is asked for answers, whatever else it says.
    """
    if not refuses(fold(quote)):
        return False
    told = cues.wanted(question) & cues.given(_WITHHELD.sub("", fold(quote)))
    return not told & _TOLD
