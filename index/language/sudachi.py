"""Sudachi's units of a text: the one place where its dictionary is loaded."""

import functools
import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.language.text import fold

if TYPE_CHECKING:
    from sudachipy import Dictionary, Morpheme, Tokenizer

_CHUNK = 10_000
"""Characters handed to Sudachi at once: it refuses more than about 49,000 bytes."""
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s$")


def morphemes(text: str, *, whole: bool = False) -> "Iterator[Morpheme]":
    """Yield the shortest units of a text in order, or the longest (``whole``)."""
    from sudachipy import SplitMode  # noqa: PLC0415 (loaded on first use)

    tokenizer, mode = _sudachi(), SplitMode.C if whole else SplitMode.A
    for start in range(0, len(text), _CHUNK):
        yield from tokenizer.tokenize(fold(text[start : start + _CHUNK]), mode)


def units(text: str) -> "Iterator[tuple[Morpheme, list[Morpheme]]]":
    """Yield the longest units of a text, each with the shortest ones that it is made of."""
    from sudachipy import SplitMode  # noqa: PLC0415 (loaded on first use)

    for whole in morphemes(text, whole=True):
        yield whole, list(whole.split(SplitMode.A)) or [whole]


def normalised(morpheme: "Morpheme") -> str:
    """Return a unit in normalised form; a word in Latin letters but for its plural's s."""
    surface = morpheme.surface()
    latin = surface.isascii() and surface.isalpha()
    return _PLURAL.sub("", surface.lower()) if latin else morpheme.normalized_form().lower()


@functools.cache
def _dictionary() -> "Dictionary":
    # Loaded on first use: the dictionary takes a moment, and `kiroku --help` needs none.
    from sudachipy import Dictionary  # noqa: PLC0415 (loaded on first use)

    return Dictionary(dict="core")


class _OwnTokenizer(threading.local):
    """A tokenizer for each thread: one that two use at once raises."""

    def __init__(self) -> None:
        self.tokenizer: Tokenizer | None = None


_own = _OwnTokenizer()


def _sudachi() -> "Tokenizer":
    if _own.tokenizer is None:
        _own.tokenizer = _dictionary().tokenizer()
    return _own.tokenizer
