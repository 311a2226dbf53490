"""Japanese words for the libraries whose documentation names a place to put them."""

import functools

from sudachipy import Dictionary, SplitMode, Tokenizer

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
_MOST_BYTES = 40_000  # Sudachi refuses more than some 49,000 at once


def words(text: str) -> list[str]:
    """Return the content words of a text in their normalised forms, by Sudachi in mode A."""
    piece = _MOST_BYTES // 4
    return [
        token.normalized_form()
        for start in range(0, len(text), piece)
        for token in _tokenizer().tokenize(text[start : start + piece], SplitMode.A)
        if token.part_of_speech()[0] in _CONTENT
    ]


@functools.cache
def _tokenizer() -> Tokenizer:
    return Dictionary().create()
