"""Is what the PDF library made of a page really its text?

A font without a character map, or with one the library does not know, comes out as CJK and Hangul
that look like text. What gives it away: real Japanese text fits in CP932 almost wholly, and has
no control or private-use characters. Measured over right pages (share 1.00) and wrong ones
(0.03 to 0.37).
"""

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_NEUTRAL = re.compile(
    "[\x00-\u036f\u1e00-\u1eff\u2000-\u206f\u20ac\u2122\u3099\u309a\ufb00-\ufb06\ufe00-\ufe0f"
    "\u2e80-\u2fdf\uf900-\ufaff\U000e0100-\U000e01ef\ue000-\uf8ff\ufffd]"
)
"""Latin and its signs, and what right Japanese pages hold though CP932 does not: combining dakuten,
radicals that stand for kanji, compatibility kanji, variation selectors."""

_LEAST = 20
_CP932_SHARE = 0.9
_CONTROL_SHARE = 0.01
_LETTERS_SHARE = 0.2


def fault(text: str) -> str | None:
    """Return why ``text`` is not what a reader of the page would see, ``None`` where it may be."""
    characters = [character for character in text if not character.isspace()]
    if not characters:
        return None
    control = len(_CONTROL.findall(text)) / len(characters)
    enough = len(characters) >= _LEAST
    if control > (_CONTROL_SHARE if enough else 0.5):
        return "its font has no character map, the text is not readable"
    judged = [character for character in characters if not _NEUTRAL.match(character)]
    if enough and len(judged) >= _LETTERS_SHARE * len(characters):
        fitting = sum(1 for character in judged if _in_cp932(character))
        if fitting < _CP932_SHARE * len(judged):
            return "its font's character map is not known, the text is garbled"
    return None


def private_use(text: str) -> int:
    """Count the characters that mean something in one font only (外字)."""
    return sum(1 for character in text if unicodedata.category(character) == "Co")


def _in_cp932(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
