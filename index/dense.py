"""Dense search: a FAISS index over the passages' vectors.

Half-precision codes, scanned whole: recall 1.00 against exact search at a quarter of its time and
half of its memory, also under a filter, where approximate indexes silently lose answers.
"""

from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

_SAMPLE = 2_000
_CHUNK = 4_096


class Dense:
    """Inner products of all passages with the vector of a question."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.size = int(index.ntotal)
        step = max(1, self.size // _SAMPLE)
        self._sample = self.vectors(np.arange(0, self.size, step, dtype=np.int64))

    @classmethod
    def open(cls, path: Path) -> "Dense":
        """Open a file that :func:`build` wrote."""
        return cls(faiss.read_index(str(path)))

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the ``count`` nearest passages, best first.

        ``allowed`` (positions) narrows the search before it is made, so that none is lost.
        """
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
        count = min(count, self.size if allowed is None else len(allowed))
        if count == 0:
            return np.empty(0, dtype=np.int64)
        _, found = self._index.search(vector[np.newaxis], count, params=parameters)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors at the given positions, shape (n, dimension)."""
        if len(positions) == 0:
            return np.empty((0, int(self._index.d)), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(positions), dtype=np.float32)

    def scores(
        self, vector: NDArray[np.float32], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the inner products at the given positions."""
        return np.asarray(self.vectors(positions) @ vector, dtype=np.float32)

    def spread(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return mean and standard deviation of the scores, from an even sample of passages."""
        scores = self._sample @ vector
        return float(scores.mean()), float(scores.std())


def build(vectors: Iterable[bytes], dimension: int, path: Path) -> None:
    """Write a FAISS index of little-endian float32 vectors, in their order."""
    index = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    chunk: list[bytes] = []
    for vector in vectors:
        chunk.append(vector)
        if len(chunk) == _CHUNK:
            index.add(np.frombuffer(b"".join(chunk), dtype="<f4").reshape(-1, dimension))
            chunk.clear()
    if chunk:
        index.add(np.frombuffer(b"".join(chunk), dtype="<f4").reshape(-1, dimension))
    faiss.write_index(index, str(path))
