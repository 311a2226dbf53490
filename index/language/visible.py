"""Words as they may be shown: without the characters that steer what is shown and are not seen."""

import unicodedata

_KEPT = frozenset("\n\t")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Drop control characters, bidirectional controls and halves of surrogate pairs."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        character
        for character in text
        if character in _KEPT
        or (character not in _BIDI and unicodedata.category(character) not in {"Cc", "Cs"})
    )
