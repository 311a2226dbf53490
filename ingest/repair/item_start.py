"""Does a line begin something new? The marks that begin items, speeches, articles and headings."""

import re

from ingest.document.characters import DIGITS, KATAKANA, LETTERS, NUMERALS

_PARTICLE = "のをにはがともでへやか"

_MARK = re.compile(r"[○◯〇◎●◆◇■□▲△▼▽★☆・•‣▪※＊]|[-*+>－–—‐] +\S|[-－–—‐](?=[（(])|[＜<〔【《〈≪]")
"""Always begins a speech or an item when it is first in a line."""

_ITEM = re.compile(
    r"[①-⓿❶-➓㈠-㉃㊀-㊰㋐-㋾⑴-⒵ⅰ-ⅿⅠ-Ⅻ]"
    rf"|[（(](?:[{NUMERALS}元]{{1,3}}|[{KATAKANA}a-zA-Zａ-ｚＡ-Ｚ]|[ivx]+)[)）]"
    r"|[ア-ン](?:[)）．.]|[ 　]+)[ 　]*(?=\S)"
    r"|[a-zA-Zａ-ｚＡ-Ｚ][)）．.][ 　]*(?=[^\s.])"
    rf"|[{DIGITS}]{{1,3}}(?:[)）．]|、(?![{DIGITS}])|\.(?![{DIGITS}]))[ 　]*(?=\S)"
    # a number alone before a word; not an amount, and not in English prose
    rf"|[{DIGITS}]{{1,3}}[ 　]+(?=[{LETTERS}])(?![ 　]*[年月日時分秒人名件回円割点か個])"
    r"|[一二三四五六七八九十]{1,3}[　 、．](?=\S)"
    rf"|第[{NUMERALS}元]+(?:条(?:の[{NUMERALS}元]+)*|章|節|款|編)(?:[　 （(]|$)"
    rf"|第[{NUMERALS}元]+(?:号議案|号陳情|号請願|回)"
    rf"|(?:日程|議案|報告|陳情|請願|認定|諮問|同意|発議|議員提出議案|別表|様式|資料)第?[{NUMERALS}元]+"
    r"|附\s*則|別\s*[表紙]|目\s*次|#{1,6} "
    r"|[QAＱＡ問答][:：．.　]|[QAＱＡ][0-9０-９]+"
    # a name or caption in parentheses; not a remark behind which the sentence goes on
    rf"|[（(](?!以下|同|昭和|平成|令和|大正|明治|[{NUMERALS}元])[^（）()。]{{1,24}}[)）]"
    rf"(?![{_PARTICLE}、。，．])"
)
_COLON = re.compile(
    r"[^\s、。，．「」（）()0-9０-９:：][^、。「」:：]{0,38}(?<![0-9０-９])(?:：|: ?(?![/0-9]))"
)
_COLON_WORDS = 5


def starts_speech(text: str) -> bool:
    """Say whether the line begins with a mark that always begins something new."""
    return _MARK.match(text.lstrip(" \u3000\t")) is not None


def starts_item(text: str) -> bool:
    """Say whether the line looks like the first line of an item, speech, article or heading."""
    text = text.lstrip(" \u3000\t")
    return _MARK.match(text) is not None or _ITEM.match(text) is not None or _opens_with_colon(text)


def _opens_with_colon(text: str) -> bool:
    """A name of few words (``事務局：``, ``Lynne Jones AM:``), not a clause before a colon."""
    match = _COLON.match(text)
    return match is not None and len(match[0].split()) <= _COLON_WORDS
