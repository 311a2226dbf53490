"""Dense search on a server: pgvector compares the question with every passage that may be meant.

There is no approximate index: with a filter those lose passages without a word, and a collection is
scanned in less time than it takes to read one passage again.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector, Vector

from index.errors import IndexDamagedError
from index.generation.dense import sampled, spread_of
from index.generation.manifest import REBUILD
from index.passage import Collection
from index.store.postgresql import PostgresDatabase

_SPARE = 100
"""Vectors fetched beyond those wanted: some are of passages that are gone, or not yet there."""
_LEAST_SHARE = 4
"""Where fewer than one in so many passages pass a filter, their rows are named to the server."""


class ServerDense:
    """Inner products of the passages of a generation; ``rows`` are theirs, in order."""

    def __init__(
        self,
        database: PostgresDatabase,
        collection: Collection,
        embedder: str,
        rows: NDArray[np.int64],
    ) -> None:
        self._database = database
        self._key = (collection, embedder)
        self._rows = rows

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the ``count`` nearest passages, best first."""
        left = len(self._rows) if allowed is None else int(np.count_nonzero(allowed))
        if not left:
            return np.empty(0, dtype=np.int64)
        if allowed is not None and left * _LEAST_SHARE < len(self._rows):
            return self._nearest_of(vector, count, np.flatnonzero(allowed))
        limit = count * len(self._rows) // left + _SPARE
        while True:
            found = self._scanned(vector, limit)
            positions = self._standing(found)
            if allowed is not None:
                positions = positions[allowed[positions]]
            if len(positions) >= min(count, left) or len(found) < limit:
                return positions[:count]
            limit *= 2

    def scores(
        self, vector: NDArray[np.float32], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the inner products at the given positions, with the question in full precision."""
        rows = self._rows[positions]
        found = self._database.execute(
            "SELECT row, -(CAST(embedding AS vector) <#> ?) FROM vectors "
            "WHERE collection = ? AND embedder = ? AND row = ANY(?) ORDER BY row",
            (Vector(vector), *self._key, rows.tolist()),
        ).fetchall()
        held = np.array([row for row, _ in found], dtype=np.int64)
        scores = np.array([score for _, score in found], dtype=np.float32)
        places = np.searchsorted(held, rows)
        if len(found) < len(set(rows.tolist())):
            message = f"vectors are missing on the server: run {REBUILD}"
            raise IndexDamagedError(message)
        return scores[places]

    def spread(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return mean and standard deviation of the scores, from an even sample of passages."""
        return spread_of(self._sample, vector)

    @cached_property
    def _sample(self) -> NDArray[np.float32]:
        rows = self._rows[sampled(len(self._rows))]
        found = self._database.execute(
            "SELECT embedding FROM vectors "
            "WHERE collection = ? AND embedder = ? AND row = ANY(?) ORDER BY row",
            (*self._key, rows.tolist()),
        )
        vectors = [vector.to_numpy() for (vector,) in found]
        return np.array(vectors, dtype=np.float32)

    def _nearest_of(
        self, vector: NDArray[np.float32], count: int, positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the nearest of some positions."""
        found = self._database.execute(
            "SELECT row FROM vectors WHERE collection = ? AND embedder = ? AND row = ANY(?) "
            "ORDER BY embedding <#> ? LIMIT ?",
            (*self._key, self._rows[positions].tolist(), HalfVector(vector), count),
        )
        return self._standing([row for (row,) in found])

    def _scanned(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        found = self._database.execute(
            "SELECT row FROM vectors WHERE collection = ? AND embedder = ? "
            "ORDER BY embedding <#> ? LIMIT ?",
            (*self._key, HalfVector(vector), limit),
        )
        return [row for (row,) in found]

    def _standing(self, rows: list[int]) -> NDArray[np.int64]:
        """Return the positions of rows, in their order, without those of other generations."""
        wanted = np.array(rows, dtype=np.int64)
        if not len(self._rows):
            return np.empty(0, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._rows, wanted), len(self._rows) - 1)
        return np.asarray(places[self._rows[places] == wanted], dtype=np.int64)
