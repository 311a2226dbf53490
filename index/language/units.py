"""The unit of the number that a question asks for (何人), and how a text that holds it looks.

General words of the language, on folded text (:func:`index.language.text.fold`). Pure.
"""

import functools
import re
from dataclasses import dataclass

from index.language import cues

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
_DIGIT = r"[0-9０-９〇一二三四五六七八九十百千万億兆]"
_WHOLE_NUMBER = rf"(?<!{_DIGIT})(?<![,，.．]){_DIGIT}(?:{_DIGIT}|[,，.．・](?={_DIGIT}))*"
_GAP = r"[\s　]*"
_ABOUT = r"(?:約|およそ|おおむね|合わせて|延べ|計|最大|最高|上限|年間|月額|年額|日額)?[\s　]?"
_AFTER = r"(?:余り|余|ほど|程度|以上|以下|以内|未満|弱|強|超)?"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONEY_SAID = (
    rf"{_ABOUT}{_WHOLE_NUMBER}{_GAP}千?円{_AFTER}"
    r"|[$£€¥] ?[0-9][0-9,.]*(?: (?:million|billion|thousand))?"
)
_TIME_SAID = (
    rf"{_WHOLE_NUMBER}{_GAP}(?:時間|日|週間|週|か月|ヶ月|カ月|箇月|月|年)(?:以内|前)"
    rf"|(?:(?:令和|平成|昭和){_GAP})?(?:{_WHOLE_NUMBER}|元){_GAP}年度?(?:の?{_GAP}{_WHOLE_NUMBER}{_GAP}月"
    rf"(?:{_GAP}{_WHOLE_NUMBER}{_GAP}日|上旬|中旬|下旬|末)?|春|夏|秋|冬)?(?:ごろ|頃)?"
    rf"|{_WHOLE_NUMBER}{_GAP}月(?:{_GAP}{_WHOLE_NUMBER}{_GAP}日|上旬|中旬|下旬|末)?"
    rf"|(?:午前|午後)?{_WHOLE_NUMBER}{_GAP}時(?!間)(?:{_WHOLE_NUMBER}{_GAP}分|半)?"
    rf"|{_MONTH} [0-9]{{1,2}}(?:, [0-9]{{4}})?|{_MONTH} [0-9]{{4}}"
    r"|[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m\b\.?"
)
_SHARE_SAID = (
    rf"{_ABOUT}{_WHOLE_NUMBER}{_GAP}(?:[%％]|パーセント|割(?:{_DIGIT}分)?|ポイント|分の{_WHOLE_NUMBER}){_AFTER}"
    r"|[0-9][0-9.]* per ?cent"
)
_COUNT_SAID = (
    rf"{_ABOUT}{_WHOLE_NUMBER}{_GAP}(?:か所|箇所|カ所|ヶ所|か月|ヶ月|カ月|箇月|世帯|施設|団体|メートル|トン|種類|議席"
    rf"|キロ(?:メートル|グラム)?|センチ(?:メートル)?|平方(?:メートル|キロ)|年間|日間|時間|分間|秒"
    rf"|[年月日人名件回台校戸冊歳才倍便頭期番条本枚棟社基床室票点個軒席食泊区画袋杯着足隻羽匹])(?:前)?{_AFTER}"
    r"|(?<![0-9,.$])[0-9][0-9,.]*(?: (?:million|thousand))?"
    r"(?: (?:people|residents|units|hours|days|months|years|feet|miles|acres|vehicles|homes|houses"
    r"|households|members|votes|cases|percent))?"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What asks for such a value, what shows that a text holds one, and how a whole one looks.

    ``named`` is a noun that asks for one where nothing else asks (運賃は？ but not 運賃はいつから).
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]
    whole: re.Pattern[str]
    named: re.Pattern[str] | None = None


_MONEY = _Kind(
    re.compile(r"いくら|金額|how much"),
    re.compile(rf"{_NUMBER}千?円|{_NUMBER}(万|億)円?|\d{{1,3}}(,\d{{3}})+|[$£€¥]\s*\d|dollars"),
    re.compile(_MONEY_SAID),
    re.compile(r"(?:費用?|予算|額|値段|単価|料金|[運家]賃|[用数育険場館療]料)(?:は|って|$|\?)"),
)
_TIME = _Kind(
    re.compile(r"いつ(?!も)|時期|何年何月|when\b|what (date|day|year|time)"),
    re.compile(
        rf"{_NUMBER}(年|月|日|時)|来年|本年|今年|年内|早期|(jan|feb|mar|apr|may|jun|jul|aug|sep"
        rf"|oct|nov|dec)[a-z]* \d|\b(19|20)\d\d\b"
    ),
    re.compile(_TIME_SAID),
)
_SHARE = _Kind(
    re.compile(r"割合|パーセント|what (share|percentage|proportion)"),
    re.compile(rf"{_NUMBER}(%|パーセント|割|ポイント)|\d percent"),
    re.compile(_SHARE_SAID),
)
_COUNT = _Kind(
    re.compile(r"how many"),
    re.compile(r"\d|\b(one|two|three|four|five|six|seven|eight|nine)\b"),
    re.compile(_COUNT_SAID),
)
_KINDS = (_MONEY, _TIME, _SHARE, _COUNT)
"""What is asked for when no counter is named."""
_ELSE = sum(1 << cues.NAMES.index(name) for name in ("reason", "person", "place"))
"""What asks for no value, whatever noun stands beside it: 予算はどこで決まる."""
_OF_UNIT = {"円": _MONEY, "時": _TIME, "年": _TIME, "月": _TIME, "日": _TIME} | dict.fromkeys(
    ("パーセント", "%", "割"), _SHARE
)


def unit_pattern(question: str) -> re.Pattern[str] | None:
    """Return how a number in the unit that a question names (何人) looks; ``None`` without one."""
    named = _NAMED.search(question)
    return None if named is None else _in(named[1])


def answer_pattern(question: str) -> re.Pattern[str] | None:
    """Return how the number, money, time or share that a question asks for looks."""
    kind = _kind(question)
    return unit_pattern(question) or (None if kind is None else kind.given)


def value_pattern(question: str) -> re.Pattern[str] | None:
    """Return how a whole value of the kind that a question asks for stands in a text, unfolded.

    With what belongs to it: 「約１，２００円」, 「令和8年1月」, "October 18, 2025".
    """
    named = _NAMED.search(question)
    kind = _kind(question) if named is None else _OF_UNIT.get(named[1], _COUNT)
    return None if kind is None else kind.whole


def _kind(question: str) -> _Kind | None:
    asked = next((kind for kind in _KINDS if kind.asked.search(question)), None)
    if asked is not None or cues.wanted(question) & _ELSE:
        return asked
    return next((kind for kind in _KINDS if kind.named and kind.named.search(question)), None)


@functools.cache
def _in(unit: str) -> re.Pattern[str]:
    spellings = next((same for same in _SAME if unit in same.split("|")), re.escape(unit))
    return re.compile(rf"{_NUMBER}[万億千百]*\s*({spellings})")
