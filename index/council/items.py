"""The numbers under which matters are decided: ``議案第12号``, ``認定第1号から第5号まで``."""

import re
from collections.abc import Iterator

from index.language.dates import kanji_number
from index.language.text import fold

_N = "[0-9０-９〇一二三四五六七八九十百元]+"
_DIGITS = "0-9０-９一二三四五六七八九十"
_GAP = "[ \u3000]*"
_YEAR = rf"(?:(?:令和|平成|昭和){_GAP}{_N}年(?:度)?{_GAP})?"
_BY = (
    "(?:議員提出|委員会提出|市長提出|区長提出|町長提出|村長提出|知事提出|追加提出|議会|議員|委員会"
    "|追加)*"
)
_KIND = (
    "(?:議案|認定|報告|承認|専決|諮問|同意案?|請願|陳情|発議案?|意見書案?|意見案|決議案?|会議案"
    "|選任|推薦|(?<![一-鿿])議|(?<![一-鿿])発)"
)
_NUMBERED = (
    rf"{_YEAR}{_BY}{_KIND}{_GAP}[甲乙丙]?(?:{_N}[-－‐の年]?)?第{_GAP}{_N}{_GAP}号(?:の{_N})?"
)
_TURNED = (
    rf"{_YEAR}{_BY}第{_GAP}{_N}{_GAP}号{_GAP}(?:議案|陳情|請願|報告|認定|意見書案?|諮問"
    rf"|発議|同意)"
)
_SHORT = rf"(?:(?:請願|陳情){_GAP}(?:{_N}[-－‐の])?|(?:議案|発議|認定|諮問)){_N}号"
ITEM = rf"(?:{_NUMBERED}|{_TURNED}|{_SHORT})"
"""A regular expression for the number of one matter, without groups."""

_ITEM = re.compile(ITEM)
_BARE = rf"第{_GAP}{_N}{_GAP}号(?:の{_N})?"
_LISTED = re.compile(
    rf"(?P<item>{ITEM})|(?P<bare>(?<=[、,・／/びとら至し～〜~－\- \u3000]){_BARE})"
)
_TO = re.compile(r"(?:から|より|ないし|乃至|[～〜~])")
_UNORDERED = re.compile(rf"^(\D*[^\d\W第{_DIGITS}〇百元])({_N})号$")
_COUNTED = re.compile(rf"第{_GAP}(?P<number>{_N}){_GAP}号")
_UNNUMBERED = re.compile(
    rf"会期|(?:副?議長|議員|副?委員長)の?辞職"
    rf"|(?:議題|案件|議事|(?:諮問|審議|協議|報告)事項)の?{_GAP}[（(]?(?:[{_DIGITS}]+|[①-⑳])[)）]?"
    r"|[①-⑳](?=に?(?:ついて|つきまして|は))"
)
_YEAR_BEFORE = re.compile(f"^{_YEAR}")
_SPACE = re.compile(r"[ \u3000]+")
_LONGEST_RANGE = 200
_MOST_BETWEEN = 160
_OBJECT = (
    "(?:について|の件|件|条例|予算|決算|規約|契約|意見書|決議|陳情|請願|認定|同意"
    "|選任|任命|変更|処分)"
)
_PARTICLE = "[はをのにがともへで]|から|まで|より|及び|並びに|ほか|外|以[上下]|ないし|[0-9０-９]+件"
_TITLE_IN_SENTENCE = re.compile(
    rf"[、,「『 \u3000]*(?!{_PARTICLE})"
    rf"(?P<title>[^。、「」『』\n\t]{{2,80}}{_OBJECT}(?:[（(][^（）()]{{1,10}}[）)])?)"
    r"(?=[をはのがも、」』に及とで。\n]|から|まで|ほか|外|以上|[ \u3000]*$)"
)
_TITLE_OF_LINE = re.compile(rf"[、,:：「『\s]*(?!{_PARTICLE})(?P<title>[^\n\t]{{2,120}})")
_CLOSING = re.compile(r"[」』\s]*(?:[（(][^（）()]*[）)])?[」』\s。]*$")


def items_in(text: str) -> list[str]:
    """Return the matters that the text names, as printed but without blanks, each once.

    ``議案第1号から第3号まで`` names three.
    """
    found: dict[str, str] = {}
    for item in _each(text):
        found.setdefault(item_key(item), item)
    return list(found.values())


def unnumbered_in(text: str) -> str | None:
    """Return the matter without a number of its own: 会期, 議長の辞職, 議題１, ②."""
    match = _UNNUMBERED.search(text)
    return _SPACE.sub("", match[0]) if match else None


def item_key(item: str) -> str:
    """Return what spellings of one number share: ``議案第十二号``, ``議案第１２号``."""
    text = _UNORDERED.sub(r"\1第\2号", _SPACE.sub("", fold(item)))
    text = _COUNTED.sub(lambda match: f"第{kanji_number(match['number'])}号", text)
    turned = re.fullmatch(r"(第\d+号)(\D+)", text)
    return turned[2] + turned[1] if turned else text


def title_after(text: str, item: str) -> str | None:
    """Return the words of the matter that stand after its number in a sentence or a line."""
    loose = _GAP.join(re.escape(sign) for sign in item)
    for match in re.finditer(loose, text):
        # the words end where the next matter begins
        rest = _ITEM.split(text[match.end() :], maxsplit=1)[0]
        named = _TITLE_IN_SENTENCE.match(rest)
        if named:
            return _SPACE.sub(" ", named["title"]).strip()
    return None


def title_of_line(line: str, item: str) -> str | None:
    """Return the words after the number in a line of an agenda or a heading."""
    in_sentence = title_after(line, item)
    running = "。" in line or len(items_in(line)) > 1
    if running or (in_sentence and "、" in line):
        return in_sentence
    match = re.search(_GAP.join(re.escape(sign) for sign in item), line)
    rest = _TITLE_OF_LINE.match(line[match.end() :]) if match else None
    words = _CLOSING.sub("", rest["title"]) if rest else ""
    return _SPACE.sub(" ", words).strip() or None


def _each(text: str) -> Iterator[str]:
    previous: str | None = None
    end = 0
    for match in _LISTED.finditer(text):
        item = _SPACE.sub("", match[0])
        if match["bare"]:
            if previous is None or match.start() - end > _MOST_BETWEEN:
                continue
            item = _like(previous, item)
        between = text[end : match.start()]
        if previous and _spans(between, text[match.end() :]):
            yield from _between(previous, item)
        yield item
        previous, end = item, match.end()


def _spans(between: str, after: str) -> bool:
    """``…号…から…号…まで``, with titles in between, or ``…号～…号``."""
    if "。" in between or len(between) > _MOST_BETWEEN or not _TO.search(between):
        return False
    signs = bool(re.search(r"[～〜~]|ないし|乃至", between))
    return signs or "まで" in re.split("[。]", after)[0][:_MOST_BETWEEN]


def _between(first: str, last: str) -> Iterator[str]:
    start, end = _number(first), _number(last)
    if start is None or end is None or not 1 < end - start <= _LONGEST_RANGE:
        return
    if item_key(_COUNTED.sub("", first)) != item_key(_COUNTED.sub("", last)):
        return
    wide = re.search("[０-９]", first) is not None
    for number in range(start + 1, end):
        digits = str(number)
        if wide:
            digits = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        yield _COUNTED.sub(f"第{digits}号", first)


def _like(previous: str, bare: str) -> str:
    """``議案第1号、第2号``: the second is a 議案 too."""
    return _COUNTED.sub(bare, previous, count=1)


def _number(item: str) -> int | None:
    match = _COUNTED.search(item)
    return kanji_number(match["number"]) if match else None


def key_without_year(item: str) -> str:
    """Return the key of a number without the year before it (令和6年議案第12号)."""
    return _YEAR_BEFORE.sub("", item_key(item))


def year_of(item: str) -> str | None:
    """Return the year that stands before a number, folded; ``None`` without one."""
    match = _YEAR_BEFORE.match(fold(item))
    return match[0].removesuffix("度") if match and match[0] else None
