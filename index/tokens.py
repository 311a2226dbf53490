"""Text into the tokens of lexical search: Sudachi's words, and pairs of characters beside them.

Two lexical scores are better than one: words carry meaning and rarity, character pairs find what
the dictionary cuts differently (names, new words, kanji compounds). See ``docs/architecture.md``.
"""

import functools
import re
from importlib.resources import files
from operator import add
from typing import TYPE_CHECKING

from index.text import fold

if TYPE_CHECKING:
    from sudachipy import SplitMode, Tokenizer

_CHUNK = 10_000
"""Characters handed to Sudachi at once: it refuses more than about 49,000 bytes."""

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "副詞", "形状詞", "接頭辞", "接尾辞", "連体詞"})
_LATIN = re.compile(r"[a-z0-9]+")
_STEM = 6
"""Letters kept of a Latin word in the second score: a plain stemmer that needs no language."""


def words(text: str) -> list[str]:
    """Return the content words of a text in normalised form, in order, repeats kept.

    Sudachi's shortest units (mode A), so that 内部監査 is found by 監査. No token holds a blank.
    """
    tokenizer, mode = _sudachi()
    found = []
    for start in range(0, len(text), _CHUNK):
        for morpheme in tokenizer.tokenize(fold(text[start : start + _CHUNK]), mode):
            if morpheme.part_of_speech()[0] in _CONTENT:
                found.extend(morpheme.normalized_form().lower().split())
    return found


def nouns(text: str) -> list[list[tuple[str, str]]]:
    """Return the nouns of a text in order, those that follow one another together (退職・金).

    Each as it stands there (folded), and in normalised form. Numbers and units are left out.
    """
    tokenizer, mode = _sudachi()
    found: list[list[tuple[str, str]]] = []
    for start in range(0, len(text), _CHUNK):
        end = -1
        for morpheme in tokenizer.tokenize(fold(text[start : start + _CHUNK]), mode):
            kind, sort, use, *_ = morpheme.part_of_speech()
            follows = end == morpheme.begin()
            if (kind == "名詞" and sort != "数詞" and use != "助数詞可能") or (
                kind == "接尾辞" and follows
            ):
                word = morpheme.surface(), morpheme.normalized_form().lower()
                end = morpheme.end()
                if follows:
                    found[-1].append(word)
                else:
                    found.append([word])
    return found


def matter(text: str) -> list[str]:
    """Return the words of a question that carry its matter and not the asking, each once."""
    asking = asking_words()
    return list(dict.fromkeys(word for word in words(text) if word not in asking))


@functools.cache
def asking_words() -> frozenset[str]:
    """Return the words that carry the asking and not the matter, in Sudachi's normalised form."""
    return frozenset(
        files("index").joinpath("asking_words.txt").read_text(encoding="utf-8").split()
    )


def pairs(text: str) -> list[str]:
    """Return the overlapping character pairs of CJK runs and the stems of Latin words.

    Latin words that carry no matter (the, what, …) are left out.
    """
    folded = fold(text).lower()
    asking = asking_words()
    found = [word[:_STEM] for word in _LATIN.findall(folded) if word not in asking]
    for run in _CJK.findall(folded):
        if len(run) == 1:
            found.append(run)
        else:
            found.extend(map(add, run, run[1:]))
    return found


_CJK = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々〇ー\U00020000-\U0003ffff]+")


@functools.cache
def _sudachi() -> "tuple[Tokenizer, SplitMode]":
    # Loaded on first use: the dictionary takes a moment, and `kiroku --help` needs none.
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 (loaded on first use)

    return Dictionary(dict="core").tokenizer(), SplitMode.A
