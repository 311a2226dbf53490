"""Character classes that repairing text depends on, and display widths."""

import re
import unicodedata
from functools import cache

from index.language.radicals import RADICALS

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30ff\uff66-\uff9f"
KANJI = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
LETTERS = HIRAGANA + KATAKANA + KANJI
"""Kana and kanji."""

CJK = (
    LETTERS
    + "\u3001-\u3004\u3008-\u3020\u3030-\u3040\u3200-\u33ff\ufe30-\ufe4f"
    + "\uff01-\uff65\uffe0-\uffe6\u2460-\u24ff\u25a0-\u25ff"
)
"""Kana, kanji, full-width punctuation, digits and letters, and marks of the same width; without
U+3000, the full-width blank."""

DIGITS = "0-9０-９"
NUMERALS = DIGITS + "〇一二三四五六七八九十百千"
NUMBER = f"[{NUMERALS}]+"
"""A whole number as papers print it: digits of either width, or kanji."""

_WIDE = frozenset("WFA")


_KANA_ONLY = re.compile(f"[{HIRAGANA}{KATAKANA}]+")
_CJK = re.compile(f"[{CJK}]")

_AS_SEEN = str.maketrans(
    RADICALS
    | dict(
        zip("︵︶﹁﹂﹃﹄︻︼︹︺︿﹀︽︾︑︒︱", "（）「」『』【】〔〕〈〉《》、。―", strict=True)
    )
)
_LIGATURES = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)
_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]+")


def is_kana(text: str) -> bool:
    """Say whether the text consists of kana only."""
    return _KANA_ONLY.fullmatch(text) is not None


def is_hiragana(character: str) -> bool:
    """Say whether one character is hiragana."""
    return "\u3041" <= character <= "\u309f"


def has_cjk(text: str) -> bool:
    """Say whether any character of the text is of the class ``CJK``."""
    return _CJK.search(text) is not None


def replace_look_alikes(text: str) -> str:
    """Return the text with look-alikes from a font's character map replaced by what a person sees.

    Radicals become the ideographs that they look like; brackets of vertical lines have codes of
    their own. The length stays.
    """
    return text.translate(_AS_SEEN)


def as_typed(text: str) -> str:
    """Return the text in the characters that its author typed, where it was only encoded badly.

    Besides look-alikes, ligatures of a font (``ﬁ``) become letters, and letters that macOS took
    apart (か and its mark) become one. Half-width kana and signs such as ㈱ were typed: they stay,
    and so do variants of ideographs in names, which Unicode's composition would lose.
    """
    if text.isascii():
        return text
    plain = replace_look_alikes(text).translate(_LIGATURES)
    return _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), plain)


def display_width(text: str) -> int:
    """Return how many half-width columns ``text`` takes: 2 for a full-width character."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if unicodedata.combining(character) or "\ufe00" <= character <= "\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
