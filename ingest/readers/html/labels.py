"""The numbers before articles, paragraphs and list items, which pages often set apart."""

import re
from collections.abc import Callable, Mapping
from string import ascii_lowercase, ascii_uppercase

from ingest.document.characters import NUMBER, NUMERALS

_ARTICLE = rf"第{NUMBER}条(?:の{NUMBER})*"
LABEL = re.compile(
    rf"{_ARTICLE}|[0-9０-９]{{1,2}}[.．]?|[（(](?:[{NUMERALS}]{{1,3}}|[ア-ン]|[a-zａ-ｚ]|[ivx]+)[)）]"
    r"|[一二三四五六七八九十]{1,3}(?:の[二三四五])*|[ア-ン]|[①-⑳㉑-㊿⑴-⒇ⅰ-ⅿⅠ-Ⅻ]"
)
"""A number alone: of an article, a paragraph (2), an item ((1), 一), what is below it (ア)."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999


def opens_article(text: str) -> bool:
    """Say whether the text is nothing but the number of an article."""
    return re.fullmatch(_ARTICLE, text) is not None


def list_label(number: int, kind: str) -> str:
    """Return what a browser shows before an item of ``<ol type=kind>``."""
    return f"{_SHOWN.get(kind, str)(number)}. "


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int, alphabet: str) -> str:
    text = ""
    while number > 0:
        number, place = divmod(number - 1, len(alphabet))
        text = alphabet[place] + text
    return text or "0"


_SHOWN: Mapping[str, Callable[[int], str]] = {
    "1": str,
    "a": lambda number: _letters(number, ascii_lowercase),
    "A": lambda number: _letters(number, ascii_uppercase),
    "i": _roman,
    "I": lambda number: _roman(number).upper(),
}
