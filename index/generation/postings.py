"""Postings of the passages of one segment, as plain arrays that open memory-mapped.

Each token has its *postings*: the passages that hold it, in order, and what it weighs in each. A
question reads those of its own tokens and nothing else. A token that stands in more than an eighth
of the passages (です, ます) is kept as a row with a weight for every passage instead: adding up a
row takes a sixth of the time of scattering as many postings.
:mod:`index.generation.postings_writer` writes both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


Weighing = tuple[NDArray[np.int32] | None, NDArray[np.uint16]]
"""Positions and what the token weighs there; without positions a weight for every passage."""


class Postings:
    """What the passages of a segment weigh for each token; positions count within the segment."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._terms, self._ends = arrays["terms"], arrays["ends"]
        self._counts, self._starts = arrays["counts"], arrays["starts"]
        self._positions, self._weights = arrays["positions"], arrays["weights"]
        self._rows = arrays["rows"]
        self._common = {int(number): at for at, number in enumerate(arrays["common"])}
        self._met: dict[str, int] = {}
        self.size = int(self._rows.shape[1])

    @classmethod
    def open(cls, folder: Path) -> "Postings":
        """Open a folder that :mod:`index.generation.postings_writer` wrote, memory-mapped."""
        return cls({name: open_mapped(folder / f"{name}.npy") for name in ARRAYS})

    def number(self, token: str) -> int:
        """Return the number of a token, −1 for one that no passage holds."""
        if token not in self._met:
            if len(self._met) >= _MET:
                self._met.clear()
            self._met[token] = self._look_up(token)
        return self._met[token]

    def count(self, number: int) -> int:
        """Return how many passages hold a token."""
        return int(self._counts[number])

    def row(self, number: int) -> NDArray[np.uint16] | None:
        """Return the weights of all passages, 0 where the token is not; else it has postings."""
        place = self._common.get(number)
        return None if place is None else self._rows[place]

    def positions(self, number: int) -> NDArray[np.int32]:
        """Return the positions, in order, of the passages that hold a token."""
        row = self.row(number)
        return self._positions[self._held(number)] if row is None else holding(row)

    def add_to(self, scores: NDArray[np.float32], factors: Iterable[tuple[int, float]]) -> None:
        """Add to one score a passage what each token weighs in it, times its factor."""
        add_weights(scores, ((self._weighing(number), factor) for number, factor in factors))

    def all(self) -> Iterator[tuple[bytes, int, Weighing]]:
        """Yield each token as it is stored, how many passages hold it, and what it weighs where."""
        for number in range(len(self._ends)):
            yield self._term(number), self.count(number), self._weighing(number)

    def tokens(self) -> Iterator[str]:
        """Yield all tokens, in the order in which they are stored."""
        for number in range(len(self._ends)):
            yield self._term(number).decode("utf-8", "surrogatepass")

    def expect(self, tokens: Sequence[str]) -> None:
        """Do nothing: all are at hand."""

    def _weighing(self, number: int) -> Weighing:
        row = self.row(number)
        if row is not None:
            return None, row
        held = self._held(number)
        return self._positions[held], self._weights[held]

    def _held(self, number: int) -> slice:
        return slice(int(self._starts[number]), int(self._starts[number + 1]))

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


def holding(row: NDArray[np.uint16]) -> NDArray[np.int32]:
    """Return the positions of the passages that hold a token, in order, from its row."""
    return np.flatnonzero(row).astype(np.int32)


def add_weights(scores: NDArray[np.float32], tokens: Iterable[tuple[Weighing, float]]) -> None:
    """Add to one score a passage what each token weighs in it, times its factor."""
    rows = []
    for (positions, weights), factor in tokens:
        scaled = np.float32(factor / SCALE)
        if positions is None:
            rows.append((weights, scaled))
        else:
            scores[positions.astype(np.intp)] += weights * scaled
    _add_rows(scores, rows)


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
