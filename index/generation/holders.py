"""Which passages hold a token, asked in the ways that a search asks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Held:
    """The passages of one segment that hold a token: ``positions`` in order, or a ``row``.

    ``start`` is the position of the segment's first passage in the index, ``size`` how many it has;
    ``positions`` count from ``start``. A row holds a value for every passage, 0 where it does not
    hold the token; ``places`` tells where in it each passage of the segment stands, where not all
    that the row was made of are left.
    """

    start: int
    size: int
    positions: NDArray[np.int32] | None = None
    row: NDArray[np.uint16] | None = None
    places: NDArray[np.intp] | None = None

    def all(self) -> NDArray[np.int32]:
        """Return the positions in the index of all holders, in order."""
        if self.row is None:
            return self._postings + np.int32(self.start)
        row = self.row if self.places is None else self.row[self.places]
        return (np.flatnonzero(row) + self.start).astype(np.int32)

    def among(self, positions: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Mark which of the positions (counted from ``start``) hold the token."""
        if self.row is not None:
            return np.asarray(self.row[self._in_row(positions)] > 0, dtype=bool)
        held = self._postings
        if not len(held):
            return np.zeros(len(positions), dtype=bool)
        wanted = positions.astype(np.int32)
        places = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
        return np.asarray(held[places] == wanted, dtype=bool)

    def between(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the stretches (counted from ``start``) in which any passage holds it."""
        if self.row is not None:
            widest = int((last - first).max(initial=0)) + 1
            places = np.minimum(first[:, np.newaxis] + np.arange(widest), last[:, np.newaxis])
            return np.asarray((self.row[self._in_row(places)] > 0).any(axis=1), dtype=bool)
        held = self._postings
        if not len(held):
            return np.zeros(len(first), dtype=bool)
        places = np.searchsorted(held, first.astype(np.int32))
        found = held[np.minimum(places, len(held) - 1)]
        return np.asarray((places < len(held)) & (found <= last), dtype=bool)

    @property
    def _postings(self) -> NDArray[np.int32]:
        return np.empty(0, dtype=np.int32) if self.positions is None else self.positions

    def _in_row(self, positions: NDArray[np.integer]) -> NDArray[np.integer]:
        return positions if self.places is None else self.places[positions]


@dataclass(frozen=True, slots=True)
class Holders:
    """The passages of an index that hold a token, segment by segment; ``count`` is how many.

    ``bounds`` are the first position and the one after the last of each segment that has any,
    shape (segments, 2); ``held`` gives those of one of them, when a question needs them.
    """

    count: int
    bounds: NDArray[np.int64]
    held: Callable[[int], Held]

    @classmethod
    def of(cls, positions: NDArray[np.int32]) -> "Holders":
        """Return the holders at positions in order."""
        size = int(positions[-1]) + 1 if len(positions) else 0
        return cls(
            len(positions), np.array([[0, size]], np.int64), lambda _: Held(0, size, positions)
        )

    def all(self) -> NDArray[np.int32]:
        """Return the positions of all, in order."""
        found = [self.held(at).all() for at in range(len(self.bounds))]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int32)

    def among(self, positions: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Mark which of the positions, given in order, hold the token."""
        marks = np.zeros(len(positions), dtype=bool)
        for held, here in self._here(positions):
            marks[here] = held.among(positions[here] - held.start)
        return marks

    def between(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the stretches ``first`` to ``last`` (inclusive) in which any passage holds it.

        They are given in order of ``first``, and none reaches over into another segment: it lies
        within one document.
        """
        marks = np.zeros(len(first), dtype=bool)
        for held, here in self._here(first):
            marks[here] = held.between(first[here] - held.start, last[here] - held.start)
        return marks

    def _here(self, positions: NDArray[np.integer]) -> list[tuple[Held, slice]]:
        """Return the segments in which any of the positions lie, and which of these do."""
        places: list[list[int]] = np.searchsorted(positions, self.bounds).tolist()
        return [
            (self.held(at), slice(start, stop))
            for at, (start, stop) in enumerate(places)
            if start < stop
        ]


NOBODY = Holders.of(np.empty(0, dtype=np.int32))
