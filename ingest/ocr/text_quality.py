"""Is the text that a PDF library extracted really the page's text?

A font without a character map, or with an unknown one, comes out as CJK and Hangul that look like
text. But real Japanese text fits almost completely in CP932, and has no control or private-use
characters. Measured on right pages (share 1.00) and wrong ones (0.03 to 0.37).
"""

import re
import unicodedata
from collections import Counter

from ingest.document.characters import replace_look_alikes

_NEUTRAL = re.compile(
    "[\x00-\u036f\u1e00-\u1eff\u2000-\u206f\u20ac\u2122\u3099\u309a\ufb00-\ufb06\ufe00-\ufe0f"
    "\u2e80-\u2fdf\uf900-\ufaff\U000e0100-\U000e01ef\ue000-\uf8ff\ufffd]"
)
"""Latin and its signs, and what Japanese pages have although CP932 does not: combining dakuten,
radicals instead of kanji, compatibility kanji, variation selectors."""

_LEAST = 20
_LEAST_LATIN = 60
_LATIN_SHARE = 0.8
_WORDS_SHARE = 0.5
_WORD = re.compile(r"[A-Za-z]+|[0-9][0-9,.:/%]*")
_VOWELS = frozenset("aeiouy")
_LEADERS = re.compile(r"([^\w\s])(?:\s*\1){2,}")
_SHORT = 3
_LONGEST = 20
_OTHERS = ("gb2312", "big5", "euc_kr")
_OTHERS_SHARE = 0.97
"""Of wrong characters a third is in GB 2312, two thirds are in Big5."""

_GARBLED = "its font's character map is not known, the text is garbled"
_CP932_SHARE = 0.9
_CONTROL_SHARE = 0.01
_LETTERS_SHARE = 0.2
_MISSING = 0.005
_LEAST_MISSING = 3


def text_fault(text: str) -> str | None:
    """Return why ``text`` is not what a reader of the page sees, ``None`` if it may be."""
    characters = [character for character in text if not character.isspace()]
    if not characters:
        return None
    control = sum(map(_has_no_meaning, characters)) / len(characters)
    enough = len(characters) >= _LEAST
    if control > (_CONTROL_SHARE if enough else 0.5):
        return "its font has no character map, the text is not readable"
    judged = [character for character in characters if not _NEUTRAL.match(character)]
    if enough and len(judged) >= _LETTERS_SHARE * len(characters) and not _fits("".join(judged)):
        return _GARBLED
    return _GARBLED if len(characters) >= _LEAST_LATIN and not _has_words(text) else None


def _has_no_meaning(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in {"Cc", "Co"}


def count_private_use(text: str) -> int:
    """Count the characters that only one font defines (外字)."""
    return sum(1 for character in text if unicodedata.category(character) == "Co")


def _fits(judged: str) -> bool:
    """Say whether the characters are in use in Japan, or all in use in China or Korea."""
    if _share(judged, "cp932") >= _CP932_SHARE:
        return True
    return any(_share(judged, encoding) >= _OTHERS_SHARE for encoding in _OTHERS)


def _share(text: str, encoding: str) -> float:
    return len(text.encode(encoding, "ignore").decode(encoding)) / len(text)


def _has_words(text: str) -> bool:
    """Say whether Latin text contains words or figures, not only letters and signs.

    Text that is mostly not Latin passes.
    """
    plain = "".join(_LEADERS.sub("", text).split())
    if not plain or sum(map(str.isascii, plain)) < _LATIN_SHARE * len(plain):
        return True
    found = sum(len(word) for word in _WORD.findall(text) if _is_plausible(word))
    return found >= _WORDS_SHARE * len(plain)


def _is_plausible(word: str) -> bool:
    if word[0].isdigit() or len(word) <= _SHORT:
        return True
    one_case = word[1:].islower() or word.isupper()
    return len(word) <= _LONGEST and one_case and not _VOWELS.isdisjoint(word.lower())


def lacks(text: str, other: str, page: str) -> bool:
    """Say whether characters of ``page`` are missing in ``text`` that are there in ``other``."""
    wanted = _character_counts(page)
    missing = (wanted - _character_counts(text)).total()
    if missing < max(_LEAST_MISSING, _MISSING * wanted.total()):
        return False
    return (wanted - _character_counts(other)).total() < missing


def _character_counts(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKC", replace_look_alikes(text)).split()))
