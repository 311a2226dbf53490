"""The one value that a question asks for, in the words quoted: 「１５万円」, 「令和8年1月」.

An amount, a time, a share or a number. The question tells what it looks like; which of several that
look so is meant, the reranker, which says how likely each word answers. Where none leads clearly
there is no value: a wrong one in bold would be read and believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language import units
from index.language.text import fold
from index.reranking.reranker import Reading

_DIGIT = r"[0-9０-９〇一二三四五六七八九十百千万億兆]"
_NUMBER = rf"(?<!{_DIGIT})(?<![,，.．]){_DIGIT}(?:{_DIGIT}|[,，.．・](?={_DIGIT}))*"
_GAP = r"[\s　]*"
_ABOUT = r"(?:約|およそ|おおむね|合わせて|延べ|計|最大|最高|上限|年間|月額|年額|日額)?[\s　]?"
_AFTER = r"(?:余り|余|ほど|程度|以上|以下|以内|未満|弱|強|超)?"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONEY = (
    rf"{_ABOUT}{_NUMBER}{_GAP}千?円{_AFTER}"
    r"|[$£€¥] ?[0-9][0-9,.]*(?: (?:million|billion|thousand))?"
)
_TIME = (
    rf"{_NUMBER}{_GAP}(?:時間|日|週間|週|か月|ヶ月|カ月|箇月|月|年)(?:以内|前)"
    rf"|(?:(?:令和|平成|昭和){_GAP})?(?:{_NUMBER}|元){_GAP}年度?(?:の?{_GAP}{_NUMBER}{_GAP}月"
    rf"(?:{_GAP}{_NUMBER}{_GAP}日|上旬|中旬|下旬|末)?|春|夏|秋|冬)?(?:ごろ|頃)?"
    rf"|{_NUMBER}{_GAP}月(?:{_GAP}{_NUMBER}{_GAP}日|上旬|中旬|下旬|末)?"
    rf"|(?:午前|午後)?{_NUMBER}{_GAP}時(?!間)(?:{_NUMBER}{_GAP}分|半)?"
    rf"|{_MONTH} [0-9]{{1,2}}(?:, [0-9]{{4}})?|{_MONTH} [0-9]{{4}}"
    r"|[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m\b\.?"
)
_SHARE = (
    rf"{_ABOUT}{_NUMBER}{_GAP}(?:[%％]|パーセント|割(?:{_DIGIT}分)?|ポイント|分の{_NUMBER}){_AFTER}"
    r"|[0-9][0-9.]* per ?cent"
)
_COUNT = (
    rf"{_ABOUT}{_NUMBER}{_GAP}(?:か所|箇所|カ所|ヶ所|か月|ヶ月|カ月|箇月|世帯|施設|団体|メートル|トン|種類|議席"
    rf"|キロ(?:メートル|グラム)?|センチ(?:メートル)?|平方(?:メートル|キロ)|年間|日間|時間|分間|秒"
    rf"|[年月日人名件回台校戸冊歳才倍便頭期番条本枚棟社基床室票点個軒席食泊区画袋杯着足隻羽匹])(?:前)?{_AFTER}"
    r"|(?<![0-9,.$])[0-9][0-9,.]*(?: (?:million|thousand))?"
    r"(?: (?:people|residents|units|hours|days|months|years|feet|miles|acres|vehicles|homes|houses"
    r"|households|members|votes|cases|percent))?"
)
_ASKS_MONEY = (
    r"いくら|何円|金額|(?:費用|予算|額|料金|値段|単価|経費|費|代|賃|税|報酬)(?:は|が|って|、|\?|$)"
    r"|how much"
)
_ASKS_TIME = r"いつ(?!も)|時期|何年度?に|何月|何日に|何時|\bwhen\b|what (?:date|day|year|time)"
_ASKS_SHARE = r"割合|何(?:パーセント|%|割)|率(?:は|が|って|、|\?|$)|what (?:share|percent)"
_ASKS_COUNT = (
    r"いくつ|ど(?:の|れ)(?:くらい|ぐらい|だけ)|数(?:は|が|って|\?|$)|how (?:many|long|far)"
)
_SORTS = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (_ASKS_MONEY, _MONEY),
        (_ASKS_TIME, _TIME),
        (_ASKS_SHARE, _SHARE),
        (_ASKS_COUNT, _COUNT),
    )
)
"""What asks for a value, and how that looks; the first that fits counts."""
_LEAST_LEAD = 2.0
"""By how much the mean logit of its words exceeds that of the next."""
_LEAST = 0.0
"""The least mean logit of its words."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    logit: float


def asked_value(question: str, passage: str, quote: str, reading: Reading | None) -> str | None:
    """Return the value that is asked for, as it stands in the quote; ``None`` without a clear one.

    ``passage`` is the text that was read; the quote is a stretch of it.
    """
    if reading is None or not len(reading.words):
        return None
    folded = fold(question).lower()
    unit = units.unit_pattern(folded)
    given = next((given for asked, given in _SORTS if asked.search(folded)), None)
    if given is None and unit is not None:
        given = re.compile(_COUNT)
    start = passage.find(quote)
    if given is None or start < 0 or "\t" in quote:  # in a table its row and heads tell
        return None
    found = sorted(_candidates(given, unit, quote, start, reading), key=lambda each: -each.logit)
    if not found or found[0].logit < _LEAST:
        return None
    best = found[0]
    next_one = max((c.logit for c in found if fold(c.text) != fold(best.text)), default=-100.0)
    return best.text if best.logit - next_one >= _LEAST_LEAD else None


def _candidates(
    given: re.Pattern[str],
    unit: re.Pattern[str] | None,
    quote: str,
    start: int,
    reading: Reading,
) -> Iterator[_Candidate]:
    for match in given.finditer(quote):
        text = match[0].strip()
        if unit is not None and not unit.search(fold(text)):
            continue
        logits = reading.of_stretch(start + match.start(), start + match.end())
        if len(logits):
            yield _Candidate(text, float(logits.mean()))
