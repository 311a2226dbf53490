"""Dense search: the passages nearest to a question, over the vectors of all segments as if one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.generation.dense_segment import DenseSegment, products
from index.generation.live import Live

_SAMPLE = 2_000
"""Passages from which it is told how the scores of all are spread."""


@dataclass(frozen=True, slots=True)
class LiveVectors:
    """The vectors of a segment, and which of its passages are left (``None``: all)."""

    vectors: DenseSegment
    live: Live | None = None

    @property
    def size(self) -> int:
        """How many passages are left."""
        return self.live.size if self.live else self.vectors.size

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the nearest of those left (counted among these), best first, and their scores."""
        if self.live is None:
            return self.vectors.nearest(vector, count, allowed)
        marks = self.live.marks
        if allowed is not None:
            marks = np.zeros(self.vectors.size, dtype=bool)
            marks[self.live.places[allowed]] = True
        found, scores = self.vectors.nearest(vector, count, marks)
        return self.live.standing[found].astype(np.int64), scores

    def at(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of some of those left, counted among these; shape (n, dimension)."""
        if self.live is None:
            return self.vectors.vectors(positions)
        return self.vectors.vectors(self.live.places[positions].astype(np.int64))


class DenseScores(Protocol):
    """Inner products of all passages with the vector of a question, wherever the vectors are."""

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the ``count`` nearest passages, best first."""
        ...

    def scores(
        self, vector: NDArray[np.float32], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the inner products at the given positions."""
        ...

    def spread(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return mean and standard deviation of the scores."""
        ...


class Dense:
    """Inner products of all passages with the vector of a question."""

    def __init__(self, segments: Iterable[LiveVectors], dimension: int) -> None:
        self._segments = tuple(segments)
        self._dimension = dimension
        sizes = [segment.size for segment in self._segments]
        self._starts = [0, *np.cumsum(sizes, dtype=np.int64).tolist()]
        self.size = int(self._starts[-1])
        self._sample = self.vectors(sampled(self.size))

    @property
    def is_exact(self) -> bool:
        """Whether every search scans all vectors as they are."""
        return all(segment.vectors.is_exact for segment in self._segments)

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the ``count`` nearest passages, best first.

        ``allowed`` (one mark a passage) narrows the search before it is made, so that none is lost.
        """
        found: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        scores: list[NDArray[np.float32]] = [np.empty(0, dtype=np.float32)]
        for start, segment in zip(self._starts, self._segments, strict=False):
            marks = None if allowed is None else allowed[start : start + segment.size]
            places, of_places = segment.nearest(vector, count, marks)
            found.append(places + start)
            scores.append(of_places)
        best = np.argsort(-np.concatenate(scores), kind="stable")[:count]
        return np.asarray(np.concatenate(found)[best], dtype=np.int64)

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors at the given positions, shape (n, dimension)."""
        vectors = np.empty((len(positions), self._dimension), dtype=np.float32)
        of = np.searchsorted(self._starts, positions, side="right") - 1
        for number in np.unique(of).tolist():
            here = of == number
            vectors[here] = self._segments[number].at(positions[here] - self._starts[number])
        return vectors

    def scores(
        self, vector: NDArray[np.float32], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the inner products at the given positions."""
        return products(self.vectors(positions), vector)

    def spread(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return mean and standard deviation of the scores, from an even sample of passages."""
        return spread_of(self._sample, vector)


def sampled(size: int) -> NDArray[np.int64]:
    """Return positions, evenly spread, from which it is told how the scores of all are spread."""
    return np.arange(0, size, max(1, size // _SAMPLE), dtype=np.int64)


def spread_of(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> tuple[float, float]:
    """Return mean and standard deviation of the scores of some vectors, zeros where none are."""
    if not len(vectors):
        return 0.0, 0.0
    scores = products(vectors, vector)
    return float(scores.mean()), float(scores.std())
