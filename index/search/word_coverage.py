"""How much of what a question says a passage holds: its words, those around it, and synonyms."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.generation.holders import Holders
from index.generation.lexical import Lexical
from index.language.tokens import Word

_ALIKE = 0.7
"""Share of the passages of two words that hold both, from which they are one name."""
_FEW = 3
_LOOK = 4_096
"""Holders of a word that are compared with those of another; of more, as many evenly spread."""


@dataclass(frozen=True, slots=True)
class Around:
    """Passages in question: their ``positions``, and what counts as around each.

    ``partner`` is the place among them of the question that a passage answers, −1 without;
    ``first`` and ``last`` are the positions of the passages that count as near.
    """

    positions: NDArray[np.int64]
    partner: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def word_coverage(
    content: Sequence[Word], words: Lexical, context: Lexical, around: Around
) -> dict[str, NDArray[np.float32]]:
    """Return the rarity-weighted share of the words held: alone, widely, and nearby.

    A synonym counts like the word. Beside them ``missing``, the rarity of the rarest word that a
    passage does not hold even widely. ``words`` are the terms of the passages' own text,
    ``context`` of what stands around it.
    """
    positions, partner = around.positions, around.partner
    own, wide, nearby, missing = np.zeros((4, len(positions)), dtype=np.float32)
    total = 0.0
    for name in _names(content, words, context):
        rarity = name.rarity
        total += rarity
        holds = _any(holders.among(positions) for holders in name.own)
        widely = holds | _any(holders.among(positions) for holders in name.around)
        widely |= (partner >= 0) & widely[partner]
        near = _any(holders.between(around.first, around.last) for holders in name.own)
        own += rarity * holds
        wide += rarity * widely
        nearby += rarity * (widely | near)
        missing = np.maximum(missing, np.where(widely, 0, rarity))
    scale = np.float32(1 / (total or 1.0))
    return {
        "coverage": own * scale,
        "coverage_wide": wide * scale,
        "coverage_nearby": nearby * scale,
        "missing": missing.astype(np.float32),
    }


@dataclass(frozen=True, slots=True)
class _Name:
    """A word of a question, or several that are one name: its rarity, and what holds it.

    ``own`` are the holders of the word itself and then of its synonyms, ``around`` those of what
    stands around a passage.
    """

    rarity: float
    own: tuple[Holders, ...]
    around: tuple[Holders, ...]

    def with_(self, other: "_Name") -> "_Name":
        """Return both as one."""
        word, *synonyms = self.own
        more, *others = other.own
        own = (_either(word, more), *synonyms, *others)
        return _Name(max(self.rarity, other.rarity), own, (*self.around, *other.around))


def _names(content: Sequence[Word], words: Lexical, context: Lexical) -> list[_Name]:
    """Return what each word of a question is held by.

    Neighbouring words that stand in the same passages are one name that the dictionary does not
    know and cuts in pieces (しお・丸): it counts once, not once a piece.
    """
    names: list[_Name] = []
    for each in content:
        terms = (each.word, *each.groups)
        name = _Name(
            min(map(words.rarity, terms)),
            tuple(map(words.holders, terms)),
            tuple(map(context.holders, terms)),
        )
        if names and _alike(names[-1].own[0], name.own[0]):
            name = names.pop().with_(name)
        names.append(name)
    return names


def _any(marks: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Mark what any of these marks."""
    return functools.reduce(np.logical_or, marks)


def _alike(one: Holders, other: Holders) -> bool:
    """Tell whether two words stand in nearly the same passages."""
    fewer, more = sorted((one, other), key=lambda holders: holders.count)
    if fewer.count < _FEW or more.count > 2 * fewer.count:
        return False
    looked_at = fewer.all()
    looked_at = looked_at[:: max(1, len(looked_at) // _LOOK)]
    both = fewer.count * float(more.among(looked_at).mean())
    return both >= _ALIKE * (one.count + other.count - both)


def _either(one: Holders, other: Holders) -> Holders:
    """Return who holds the one or the other."""
    return Holders.of(np.union1d(one.all(), other.all()).astype(np.int32))
