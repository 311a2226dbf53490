"""The unit of the number that a question asks for (何人), and how a text that holds it looks.

General words of the language, on folded text (:func:`index.language.text.fold`). Pure.
"""

import functools
import re

_NUMBER = r"(?:[\d,.・一二三四五六七八九十百千万億〇数]|半)+\s?"
_SAME = (
    "人|名",
    "か所|箇所|カ所|ヶ所",
    "パーセント|%|割",
    "歳|才",
    "か月|ヶ月|カ月|箇月|月",
    "社|者|団体",
)
_COUNTERS = (
    r"人|名|円|件|パーセント|%|割|か所|箇所|カ所|ヶ所|か月|ヶ月|カ月|箇月|回|台|校|戸|世帯|冊|歳|才|倍|便"
    r"|年|月|日|時|分|秒|頭|キロ|メートル|期|番|条|本|枚|棟|トン|施設|団体|社|基|床|室|票|議席|点|種類"
    r"|個|軒|席|食"
)
_NAMED = re.compile(rf"(?:何|いく|なん)\s*({_COUNTERS})")
_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"いくら|金額|(費用|予算|額|料金|値段|単価|経費|費)(は|が|って|$|\?)|how much"),
        re.compile(rf"{_NUMBER}千?円|{_NUMBER}(万|億)円?|\d{{1,3}}(,\d{{3}})+|[$£€¥]\s*\d|dollars"),
    ),
    (
        re.compile(r"いつ(?!も)|時期|何年何月|when\b|what (date|day|year|time)"),
        re.compile(
            rf"{_NUMBER}(年|月|日|時)|来年|本年|今年|年内|早期|(jan|feb|mar|apr|may|jun|jul|aug|sep"
            rf"|oct|nov|dec)[a-z]* \d|\b(19|20)\d\d\b"
        ),
    ),
    (
        re.compile(
            r"割合|(率|比率)(は|が|って|$|\?)|パーセント|what (share|percentage|proportion)"
        ),
        re.compile(rf"{_NUMBER}(%|パーセント|割|ポイント)|\d percent"),
    ),
    (re.compile(r"how many"), re.compile(r"\d|\b(one|two|three|four|five|six|seven|eight|nine)\b")),
)
"""What is asked for when no counter is named, and how words that hold it look."""


def unit_pattern(question: str) -> re.Pattern[str] | None:
    """Return how a number in the unit that a question names (何人) looks; ``None`` without one."""
    named = _NAMED.search(question)
    return None if named is None else _in(named[1])


def answer_pattern(question: str) -> re.Pattern[str] | None:
    """Return how the number, money, time or share that a question asks for looks."""
    kinds = (given for asked, given in _KINDS if asked.search(question))
    return unit_pattern(question) or next(kinds, None)


@functools.cache
def _in(unit: str) -> re.Pattern[str]:
    spellings = next((same for same in _SAME if unit in same.split("|")), re.escape(unit))
    return re.compile(rf"{_NUMBER}[万億千百]*\s*({spellings})")
