"""Special tokens of a model, where they stand literally in somebody's text."""

import re
from collections.abc import Iterable


class Neutral:
    """Takes the meaning from special tokens that stand literally in a text.

    A tokeniser reads ``</s>`` in a text as the end of it; a blank after the first character makes
    it the ordinary characters that the author wrote.
    """

    def __init__(self, special_tokens: Iterable[str]) -> None:
        longest_first = sorted((t for t in special_tokens if len(t) > 1), key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(re.escape(token) for token in longest_first))
            if longest_first
            else None
        )

    def __call__(self, text: str) -> str:
        """Return the text with its special tokens broken up."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
