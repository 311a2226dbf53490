"""Lexical search: BM25 over tokens, as plain arrays that open memory-mapped.

Each token has its *postings*: the passages that hold it, in order, and what it weighs in each. A
question reads those of its own tokens and nothing else. A token that stands in more than an eighth
of the passages (です, ます) is kept as a row with a weight for every passage instead: adding up a
row takes a sixth of the time of scattering as many postings. :mod:`index.generation.lexical_writer`
writes both.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.generation.memory_map import open_mapped

ARRAYS = ("terms", "ends", "counts", "starts", "positions", "weights", "common", "rows")
SCALE = 65_535
"""The weight 1.0 as it is stored."""
_BLOCK = 32_768
"""Passages whose sums are made at once: their rows and sums stay in the processor's cache."""
_MET = 10_000
"""Tokens whose numbers are kept in memory: a question looks up each of its own several times."""


@dataclass(frozen=True, slots=True)
class Holders:
    """The passages that hold a token: their ``positions`` in order, or a ``row`` over all.

    A row holds a value for every passage, 0 where it does not hold the token. ``count`` is how many
    hold it.
    """

    count: int
    positions: NDArray[np.int32] | None = None
    row: NDArray[np.uint16] | None = None

    @classmethod
    def of(cls, positions: NDArray[np.int32]) -> "Holders":
        """Return the holders at positions in order."""
        return cls(len(positions), positions)

    def all(self) -> NDArray[np.int32]:
        """Return the positions of all, in order."""
        if self.positions is not None:
            return self.positions
        if self.row is not None:
            return np.flatnonzero(self.row).astype(np.int32)
        return np.empty(0, dtype=np.int32)

    def among(self, positions: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Mark which of the positions hold the token."""
        if self.row is not None:
            return np.asarray(self.row[positions] > 0, dtype=bool)
        if self.positions is None or not self.count:
            return np.zeros(len(positions), dtype=bool)
        wanted = positions.astype(np.int32)
        places = np.minimum(np.searchsorted(self.positions, wanted), self.count - 1)
        return np.asarray(self.positions[places] == wanted, dtype=bool)

    def between(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the stretches ``first`` to ``last`` (inclusive) in which any passage holds it."""
        if self.row is not None:
            widest = int((last - first).max(initial=0)) + 1
            places = np.minimum(first[:, np.newaxis] + np.arange(widest), last[:, np.newaxis])
            return np.asarray((self.row[places] > 0).any(axis=1), dtype=bool)
        if self.positions is None or not self.count:
            return np.zeros(len(first), dtype=bool)
        places = np.searchsorted(self.positions, first.astype(np.int32))
        found = self.positions[np.minimum(places, self.count - 1)]
        return np.asarray((places < self.count) & (found <= last), dtype=bool)


NOBODY = Holders(0)


class Lexical:
    """BM25 scores of all passages for the tokens of a question."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._terms, self._ends = arrays["terms"], arrays["ends"]
        self._counts, self._starts = arrays["counts"], arrays["starts"]
        self._positions, self._weights = arrays["positions"], arrays["weights"]
        self._rows = arrays["rows"]
        self._common = {int(number): at for at, number in enumerate(arrays["common"])}
        self._met: dict[str, int] = {}
        self.size = int(self._rows.shape[1])

    @classmethod
    def open(cls, folder: Path) -> "Lexical":
        """Open a folder that :mod:`index.generation.lexical_writer` wrote, memory-mapped."""
        return cls({name: open_mapped(folder / f"{name}.npy") for name in ARRAYS})

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return one BM25 score a passage, in order of position; zeros where nothing matches.

        A token that is given twice counts twice.
        """
        known = [(self._number(token), times) for token, times in Counter(tokens).items()]
        scores = np.zeros(self.size, dtype=np.float32)
        rows = []
        for number, times in known:
            if number < 0:
                continue
            factor = np.float32(times * self._idf(number) / SCALE)
            if (row := self._row(number)) is not None:
                rows.append((row, factor))
            else:
                held = slice(int(self._starts[number]), int(self._starts[number + 1]))
                places = self._positions[held].astype(np.intp)
                scores[places] += self._weights[held] * factor
        _add_rows(scores, rows)
        return scores

    def rarity(self, token: str) -> float:
        """Return the inverse document frequency of a token (≥ 0, highest where none holds it)."""
        number = self._number(token)
        held = 0 if number < 0 else int(self._counts[number])
        return float(np.log((1 + self.size) / (0.5 + held)).clip(0))

    def rarest(self, tokens: Sequence[str], most: int) -> list[str]:
        """Return the tokens without all but the ``most`` rarest different ones, in their order.

        A question as long as a book is searched by what is particular in it, in bounded time.
        """
        different = dict.fromkeys(tokens)
        if len(different) <= most:
            return list(tokens)
        kept = set(sorted(different, key=self.rarity, reverse=True)[:most])
        return [token for token in tokens if token in kept]

    def holders(self, token: str) -> Holders:
        """Return the passages that hold a token."""
        number = self._number(token)
        if number < 0:
            return NOBODY
        count = int(self._counts[number])
        if (row := self._row(number)) is not None:
            return Holders(count, row=row)
        return Holders(
            count, self._positions[int(self._starts[number]) : int(self._starts[number + 1])]
        )

    def _idf(self, number: int) -> float:
        held = int(self._counts[number])
        return float(np.log1p((self.size - held + 0.5) / (held + 0.5)))

    def _row(self, number: int) -> NDArray[np.uint16] | None:
        place = self._common.get(number)
        return None if place is None else self._rows[place]

    def _number(self, token: str) -> int:
        """Return the number of a token, −1 for one that no passage holds."""
        if token not in self._met:
            if len(self._met) >= _MET:
                self._met.clear()
            self._met[token] = self._look_up(token)
        return self._met[token]

    def _look_up(self, token: str) -> int:
        """Find a token among all, which are in order."""
        wanted = encode_token(token)
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            if self._term(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._ends) and self._term(low) == wanted else -1

    def _term(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return bytes(self._terms[start : int(self._ends[number])])


def encode_token(token: str) -> bytes:
    """Return a token as it is stored; half a surrogate pair, which no text should hold, passes."""
    return token.encode("utf-8", "surrogatepass")


def mean_and_deviation(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Return mean and standard deviation of the scores of all passages."""
    if not len(scores):
        return 0.0, 0.0
    mean = float(scores.sum(dtype=np.float64)) / len(scores)
    square = float(np.dot(scores, scores)) / len(scores)
    return mean, max(square - mean * mean, 0.0) ** 0.5


def _add_rows(
    scores: NDArray[np.float32], rows: Sequence[tuple[NDArray[np.uint16], np.float32]]
) -> None:
    buffer = np.empty(min(_BLOCK, len(scores)), dtype=np.float32)
    for start in range(0, len(scores) if rows else 0, _BLOCK):
        block = scores[start : start + _BLOCK]
        part = buffer[: len(block)]
        for row, factor in rows:
            np.multiply(row[start : start + _BLOCK], factor, out=part)
            block += part
