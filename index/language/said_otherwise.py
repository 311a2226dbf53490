"""Words of daily life in a question, and the words of municipal papers that may stand for them.

Both stand in ``said_otherwise.txt``, which says what belongs there. A word is known in any of its
forms: 通りました is 通る, ゴミ is ごみ. What follows an inflected word (ます, た) is a part of it.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from index.language.pieces import Piece, pieces
from index.language.text import fold

_KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}
"""Katakana to hiragana, as a table of :meth:`str.translate`."""
_POLITE = "ます"
_NOUNS = frozenset({"名詞", "代名詞", "接頭辞", "形状詞"})
_MOST = 16
"""Units that an entry has at most."""


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """A stretch of a folded text in a word of daily life, and what papers may call it instead.

    What they call it most often comes first.
    """

    start: int
    end: int
    official: tuple[str, ...]
    of_noun: bool = False
    """Whether it is inflected and says something of the noun behind it: 安くなる人."""


def said_otherwise(text: str) -> list[SaidOtherwise]:
    """Return the words of daily life in a text, in order; of those that overlap the longest."""
    found: list[SaidOtherwise] = []
    units = _plain(text)
    at = 0
    while at < len(units):
        length, official = _longest(units[at:]) if units[at].begins else (0, ())
        if not length:
            at += 1
            continue
        start, at = at, at + length
        while at < len(units) and units[at - 1].inflects and units[at].is_ending:
            at += 1
        of_noun = units[at - 1].inflects and at < len(units) and units[at].kind in _NOUNS
        found.append(SaidOtherwise(units[start].start, units[at - 1].end, official, of_noun))
    return found


def _plain(text: str) -> list[Piece]:
    """Return the units of a text without politeness: 通りました is 通った."""
    return [piece for piece in pieces(text) if not (piece.is_ending and piece.word == _POLITE)]


def _longest(units: Sequence[Piece]) -> tuple[int, tuple[str, ...]]:
    """Return how many of the first units are the longest entry, and what it stands for."""
    keys = [_key(unit) for unit in units[:_MOST]]
    for known, official in _entries().get(keys[0], ()):
        length = len(known)
        if tuple(keys[:length]) == known and units[length - 1].ends:
            return length, official
    return 0, ()


def _key(piece: Piece) -> str:
    return piece.word.translate(_KANA)


@functools.cache
def _entries() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return what is known, by its first piece, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for everyday, official in entries():
        keys = tuple(map(_key, _plain(everyday)))
        found.setdefault(keys[0], []).append((keys, official))
    for known in found.values():
        known.sort(key=lambda entry: -len(entry[0]))
    return found


def entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word of daily life with what it stands for, as the file has them, folded."""
    text = files("index.language").joinpath("said_otherwise.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            everyday, official = (part.split(",") for part in line.split(":"))
            meant = tuple(fold(each.strip()) for each in official)
            yield from ((fold(each.strip()), meant) for each in everyday)
