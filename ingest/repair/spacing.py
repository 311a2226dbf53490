"""Telling blanks that a PDF put between Japanese characters from those that the author typed.

Japanese is written without blanks, so a blank before a particle or inside a word came from how the
characters were placed on the page. A blank between two names (``山田会長 鈴木委員``) or after a
label (``日時 令和4年``) is the author's and shows the structure of a list: it stays. U+3000
always stays; the structure parsers read it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.dates import find_dates
from ingest.document.characters import CJK, DIGITS, HIRAGANA, LETTERS, NUMERALS, is_hiragana
from ingest.document.source import Line

_BEFORE_HIRAGANA = re.compile(f"(?<=[{LETTERS}]) +(?=[{HIRAGANA}])")
_AFTER_CJK = re.compile(f"(?<=[{CJK}]) +(?=[{CJK}])|(?<=[{LETTERS}]) +(?=[{DIGITS}])")
_AFTER_NUMBER = re.compile(f"(?<=[^\\s{DIGITS}])([{DIGITS}]+) +(?=[{LETTERS}])")
_SINGLES = re.compile(
    f"(?<![{LETTERS}{DIGITS}])[{LETTERS}](?: [{LETTERS}])+(?![{LETTERS}{DIGITS}])"
)

_ORDINAL = re.compile(f"第 ?[{NUMERALS}]{{1,3}} ?[回号]")
_ERA = re.compile(f"(?:令 和|平 成|昭 和) ?[{NUMERALS}元]{{1,3}} ?年(?: 度)?")

_SPACED_SHARE = 0.02
_SPACED_LEAST = 3
_LINE_SHARE = 0.2
_LINE_LEAST = 2


def drop_blanks(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without accidental blanks between CJK characters.

    Where the text is spaced out (of the hiragana, one in fifty or more has a blank before it) all
    blanks between CJK characters go; otherwise only those inside a word whose characters are set
    apart one by one (``日 時``). Rows of tables stay as they are.
    """
    texts = [line.text for line in lines]
    spaced = _is_spaced(texts, _SPACED_SHARE, _SPACED_LEAST)
    return [
        line if line.cells else replace(line, text=_without_blanks(line.text, spaced=spaced))
        for line in lines
    ]


def _is_spaced(texts: Sequence[str], share: float, least: int) -> bool:
    blanks = sum(len(_BEFORE_HIRAGANA.findall(text)) for text in texts if " " in text)
    return blanks >= least and blanks >= share * sum(
        is_hiragana(character) for text in texts for character in text
    )


def _without_blanks(text: str, *, spaced: bool) -> str:
    if " " not in text:
        return text
    text = _dates_closed(text)
    if spaced or _is_spaced([text], _LINE_SHARE, _LINE_LEAST):
        return _AFTER_NUMBER.sub(r"\1", _AFTER_CJK.sub("", text))
    return _SINGLES.sub(lambda match: match[0].replace(" ", ""), text)


def _dates_closed(text: str) -> str:
    """Close the gaps inside days (``令 和６年 ３月 １ 日``) and ordinals: each is one word.

    A year and a month apart may be heads of two columns.
    """
    if "年" not in text:
        return text
    for found in reversed(find_dates(text)):
        start, end = found.span
        if text[start:end].endswith("日"):
            text = text[:start] + text[start:end].replace(" ", "") + text[end:]
    for pattern in (_ERA, _ORDINAL):
        text = pattern.sub(lambda match: match[0].replace(" ", ""), text)
    return text
