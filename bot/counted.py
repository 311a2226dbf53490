"""Whether words give the number that a question asks for: in its unit, or as money."""

import re

_UNITS = (
    r"円|人|名|件|割|か所|箇所|カ所|ヶ所|回|台|校|戸|世帯|冊|歳|倍|便|か月|ヶ月"
    r"|年|月|日|時|分|パーセント|%|頭|期|メートル|点|個|本|枚|社|棟|軒|席|食"
)
_COUNTED = re.compile(rf"(?:何|いく|なん)({_UNITS})")
_SAME_UNIT = {
    **dict.fromkeys(("割", "パーセント", "%"), "割|%|パーセント"),
    **dict.fromkeys(("か月", "ヶ月"), "か月|ヶ月|月"),
    **dict.fromkeys(("か所", "箇所", "カ所", "ヶ所"), "か所|箇所|カ所|ヶ所"),
    **dict.fromkeys(("人", "名"), "人|名"),
}
_NUMBER = r"(?:[\d一二三四五六七八九十百千万億・.,]|半)+\s?"
_MONEY = re.compile(r"いくら|金額|費用|予算|料金|how much", re.IGNORECASE)
_MONEY_GIVEN = re.compile(rf"{_NUMBER}円|\d{{1,3}}(?:,\d{{3}})+|dollars|\$", re.IGNORECASE)


def counts_what_is_asked(asked: str, text: str) -> bool:
    """Tell whether folded words hold a number in the unit that the folded question asks for."""
    if unit := asked_unit(asked):
        return bool(re.search(rf"{_NUMBER}(?:{unit})", text))
    return bool(_MONEY.search(asked) and _MONEY_GIVEN.search(text))


def asked_unit(asked: str) -> str | None:
    """Return the unit that a folded question asks for, as a pattern of its spellings."""
    match = _COUNTED.search(asked)
    return _SAME_UNIT.get(match[1], re.escape(match[1])) if match else None
