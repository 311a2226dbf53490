"""A question typed all in kana, in the words that an index holds: かそうばのよやく, 火葬場の予約.

Sudachi cuts such a question wrongly and finds nothing. Which words it may be made of is known here:
those of the index, by how they are read. Of all ways to spell it the one is taken that is made of
the most and the longest of them; words side by side must stand so in the index. What fits none
stays as it was typed.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.language.text import fold
from index.language.tokens import Reading, asking_words, readings

_KANJI = re.compile(r"[一-鿿々]")
_KANA = re.compile(r"[ぁ-んー]+")
_LEAST = 4
"""Kana in a row from which on a question without a kanji is looked at."""
_LONGEST = 120
"""Characters up to which a question is spelled: the time grows with them."""
_MOST = 6
"""Characters of the longest word: what is longer is made of these."""
_BESIDE = ("市立{}", "保育{}", "各{}", "{}数", "{}長")
"""Where a character is read as it is within a word: 園 is その alone, and えん in 保育園."""
_WORD, _ONE, _RARE = 0.9, 0.9, 0.03
"""What a word costs, what it costs more where it is a single character, and by its rarity."""
_TOGETHER, _APART = 1.2, -0.4
"""What it is worth that two words stand side by side in the index as well, and that they do not."""
_PLAIN, _ASKING = 1.1, 0.75
"""What a word in kana costs, and what a kana of asking (いくら, いつ) is worth."""


def is_kana(question: str) -> bool:
    """Tell whether a short question holds no kanji and several kana in a row."""
    folded = fold(question[: _LONGEST + 1])
    if len(folded) > _LONGEST:
        return False
    runs = (len(run[0]) for run in _KANA.finditer(folded))
    return not _KANJI.search(folded) and max(runs, default=0) >= _LEAST


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to spell what was read so far: what it is worth, and how it is written."""

    worth: float
    written: str


class KanaSpeller:
    """Spells kana with the words of one index.

    ``rarity`` tells how rare a word is, ``None`` where none holds it; ``holds`` whether a pair of
    characters stands in the index.
    """

    def __init__(
        self,
        words: Iterable[str],
        rarity: Callable[[str], float | None],
        holds: Callable[[str], bool],
    ) -> None:
        self._rarity, self._holds = rarity, holds
        self._words: dict[str, list[str]] = {}
        for word in words:
            if len(word) <= _MOST and _KANJI.search(word):
                for kana in _readings_of(word):
                    self._words.setdefault(kana, []).append(word)
        self._longest = max(map(len, self._words), default=0)

    def spelled(self, question: str) -> str:
        """Return a question with the words of the index in the place of their kana."""
        return _KANA.sub(lambda run: self._spelled(run[0]), fold(question))

    def _spelled(self, kana: str) -> str:
        ways: list[dict[str, _Way]] = [{"": _Way(0.0, "")}, *({} for _ in kana)]
        typed = list(self._typed(kana))
        for start in range(len(kana)):
            as_typed = [(end, gain) for begin, end, gain in typed if begin == start]
            for last, way in ways[start].items():
                _put(ways[start + 1], "", way, 0.0, kana[start])
                for end, gain in as_typed:
                    _put(ways[end], "", way, gain, kana[start:end])
                for end in range(start + 1, min(len(kana), start + self._longest) + 1):
                    for word in self._words.get(kana[start:end], ()):
                        gain = self._gain(word, end - start, last)
                        _put(ways[end], word[-1], way, gain, word)
        return max(ways[-1].values(), key=lambda way: way.worth).written

    def _typed(self, kana: str) -> Iterator[tuple[int, int, float]]:
        """Yield the words that are as they are typed: of asking, and what Sudachi knows in kana."""
        for asking in _asking():
            for match in re.finditer(asking, kana):
                yield *match.span(), _ASKING * len(asking)
        for each in readings(kana):
            known = not each.is_noun or self._rarity(each.word) is not None
            if len(each.text) > 1 and known and each.is_word:
                yield each.start, each.start + len(each.text), len(each.text) - _PLAIN

    def _gain(self, word: str, kana: int, last: str) -> float:
        """Return what a word is worth for so many kana, behind the last sign of another."""
        together = bool(last) and self._holds(last + word[0])
        if kana == 1 and not together:
            return float("-inf")
        gain = kana - _WORD - _RARE * (self._rarity(word) or 0.0) - _ONE * (len(word) == 1)
        return gain + (_TOGETHER if together else _APART if last else 0.0)


def _put(ways: dict[str, _Way], last: str, way: _Way, gain: float, written: str) -> None:
    """Keep a way on where none that ends alike is worth more."""
    worth = way.worth + gain
    if last not in ways or ways[last].worth < worth:
        ways[last] = _Way(worth, way.written + written)


def _readings_of(word: str) -> set[str]:
    """Return how a noun or a part of one is read, in hiragana; nothing of other words."""
    found = {_joined(list(readings(word)))}
    if len(word) == 1:
        beside = (each for frame in _BESIDE for each in readings(frame.format(word)))
        found |= {each.kana for each in beside if each.text == word}
    return {kana for kana in found if _KANA.fullmatch(kana) and kana != word}


def _joined(parts: list[Reading]) -> str:
    nouns = all(part.is_noun or part.is_affix for part in parts)
    return "".join(part.kana for part in parts) if nouns else ""


@functools.cache
def _asking() -> frozenset[str]:
    """Return the words of asking in hiragana, but for single signs."""
    words = (word for word in asking_words() if not word.isascii())
    found = ("".join(each.kana for each in readings(word)) for word in words)
    return frozenset(kana for kana in found if len(kana) > 1 and _KANA.fullmatch(kana))
