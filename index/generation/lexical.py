"""Lexical search: BM25 over the postings of all segments, as if they were one.

What a token weighs in a passage depends on that passage alone (its length against a fixed one), and
how rare a token is is counted over the passages that are there now. So however often passages came,
went and were merged, the scores are those of an index that was made in one go.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.generation.holders import NOBODY, Held, Holders
from index.generation.live import Live

_KNOWN = 10_000
"""Tokens of which it is kept in memory where they stand."""


class SegmentPostings(Protocol):
    """The postings of a segment, on this machine's disk or on a server."""

    @property
    def size(self) -> int:
        """How many passages the segment was made of."""
        ...

    def expect(self, tokens: Sequence[str]) -> None:
        """Take note of the tokens that will be asked for."""
        ...

    def number(self, token: str) -> int:
        """Return the number of a token, −1 for one that no passage holds."""
        ...

    def count(self, number: int) -> int:
        """Return how many passages hold a token."""
        ...

    def row(self, number: int) -> NDArray[np.uint16] | None:
        """Return the weights of all passages, where the token has no postings."""
        ...

    def positions(self, number: int) -> NDArray[np.int32]:
        """Return the positions, in order, of the passages that hold a token."""
        ...

    def add_to(self, scores: NDArray[np.float32], factors: Iterable[tuple[int, float]]) -> None:
        """Add to one score a passage what each token weighs in it, times its factor."""
        ...

    def tokens(self) -> Iterator[str]:
        """Yield all tokens."""
        ...


@dataclass(frozen=True, slots=True)
class LivePostings:
    """The postings of a segment, and which of its passages are left (``None``: all)."""

    postings: SegmentPostings
    live: Live | None = None

    @property
    def size(self) -> int:
        """How many passages are left."""
        return self.live.size if self.live else self.postings.size

    def count(self, number: int) -> int:
        """Return how many passages that are left hold a token."""
        if self.live is None:
            return self.postings.count(number)
        return int(np.count_nonzero(self.live.marks[self.postings.positions(number)]))

    def held(self, number: int, start: int) -> Held:
        """Return which passages that are left hold a token; the segment begins at ``start``."""
        row = self.postings.row(number)
        if row is not None:
            return Held(start, self.size, row=row, places=self.live.places if self.live else None)
        positions = self.postings.positions(number)
        if self.live is not None:
            positions = self.live.standing[positions[self.live.marks[positions]]]
        return Held(start, self.size, positions)

    def add_to(self, scores: NDArray[np.float32], factors: Sequence[tuple[int, float]]) -> None:
        """Add to one score a passage left what each token weighs in it, times its factor."""
        if self.live is None:
            self.postings.add_to(scores, factors)
        else:
            of_all = np.zeros(self.postings.size, dtype=np.float32)
            self.postings.add_to(of_all, factors)
            scores += of_all[self.live.places]


@dataclass(frozen=True, slots=True)
class _Found:
    """A token: how many passages hold it, and its number in each segment that has it.

    ``bounds`` are where these segments begin and end.
    """

    count: int
    places: tuple[tuple[int, int], ...]
    bounds: NDArray[np.int64]


class Lexical:
    """BM25 scores of all passages for the tokens of a question."""

    def __init__(self, segments: Iterable[LivePostings]) -> None:
        self._segments = tuple(segments)
        sizes = [segment.size for segment in self._segments]
        self._starts = [0, *np.cumsum(sizes, dtype=np.int64).tolist()]
        self._bounds = np.stack([self._starts[:-1], self._starts[1:]], axis=1)
        self._met: dict[str, _Found] = {}
        self.size = int(self._starts[-1])

    def expect(self, tokens: Sequence[str]) -> None:
        """Take note of the tokens that will be asked for: a server is then asked once for all."""
        for segment in self._segments:
            segment.postings.expect(tokens)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return one BM25 score a passage, in order of position; zeros where nothing matches.

        A token that is given twice counts twice.
        """
        of_segments: list[list[tuple[int, float]]] = [[] for _ in self._segments]
        for token, times in Counter(tokens).items():
            found = self._find(token)
            factor = times * self._idf(found.count)
            for segment, number in found.places:
                of_segments[segment].append((number, factor))
        scores = np.zeros(self.size, dtype=np.float32)
        for segment, factors in enumerate(of_segments):
            if factors:
                part = scores[self._starts[segment] : self._starts[segment + 1]]
                self._segments[segment].add_to(part, factors)
        return scores

    def tokens(self) -> set[str]:
        """Return all tokens, of passages that are gone too; on a server all of them travel."""
        return {token for segment in self._segments for token in segment.postings.tokens()}

    def rarity(self, token: str) -> float:
        """Return the inverse document frequency of a token (≥ 0, highest where none holds it)."""
        return float(np.log((1 + self.size) / (0.5 + self._find(token).count)).clip(0))

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
        found = self._find(token)
        if not found.count:
            return NOBODY

        def held(at: int) -> Held:
            segment, number = found.places[at]
            return self._segments[segment].held(number, self._starts[segment])

        return Holders(found.count, found.bounds, held)

    def _idf(self, held: int) -> float:
        return float(np.log1p((self.size - held + 0.5) / (held + 0.5)))

    def _find(self, token: str) -> _Found:
        if token not in self._met:
            if len(self._met) >= _KNOWN:
                self._met.clear()
            numbers = ((at, each.postings.number(token)) for at, each in enumerate(self._segments))
            places = tuple((at, number) for at, number in numbers if number >= 0)
            count = sum(self._segments[at].count(number) for at, number in places)
            bounds = self._bounds[[at for at, _ in places]]
            self._met[token] = _Found(count, places, bounds)
        return self._met[token]


def mean_and_deviation(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Return mean and standard deviation of the scores of all passages."""
    if not len(scores):
        return 0.0, 0.0
    mean = float(scores.sum(dtype=np.float64)) / len(scores)
    square = float(np.dot(scores, scores)) / len(scores)
    return mean, max(square - mean * mean, 0.0) ** 0.5
