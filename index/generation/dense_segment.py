"""Vectors of the passages of one segment: a FAISS index of a kind chosen by their number.

All vectors are kept in half precision. Up to ``EXACT_UP_TO`` passages they are scanned whole:
recall 1.00 against exact search at a quarter of its time and half of its memory. Above that a
coarse form of them is scanned whole first (product quantisation, 96 bytes a vector, an eighth of
the time), and the best of that are scored exactly.

Cells around centres (IVF) and graphs (HNSW) are no way here. They look at a part of the vectors
only, and staff's questions lie so far from passages that it is the wrong part: with a real
embedder's vectors cells that held an eighth of the passages found .93 of the nearest ten, and under
a filter they lose answers without a word. A coarse scan looks at every passage, so a filter can be
put to what it finds.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 300_000
"""Passages that are scanned whole in some 12 ms."""
FEW = 1_000
"""Passages that pass a filter and are scored one by one: that takes 30 times as long for each."""
SCORED = 4_000
"""Passages that are scored exactly, of those that the coarse scan puts first."""
_LEAST_SHARE = 4
"""Where fewer than one in so many passages pass a filter, they are scanned whole."""
COARSE = "coarse.faiss"
_CHUNK = 4_096
_MAPPED = faiss.IO_FLAG_MMAP_IFC if os.name == "posix" else 0
"""How files are opened: mapped where FAISS can, else read."""
_LINUX = hasattr(os, "sched_getaffinity")
"""Whether it can be told how many processors this process may use."""
_TRAIN = 65_536
"""Vectors that the coarse form is learned from."""
_PIECES, _BITS = 2, 4
"""Numbers of a vector that share a code of so many bits."""


class DenseSegment:
    """Inner products of a segment's passages with the vector of a question."""

    def __init__(
        self, index: faiss.Index, coarse: faiss.Index | None, few: int, scored: int
    ) -> None:
        self._index = index
        self._coarse = coarse
        self.size = int(index.ntotal)
        self.dimension = int(index.d)
        self._few, self._scored = few, scored

    @classmethod
    def open(cls, path: Path, *, few: int = FEW, scored: int = SCORED) -> "DenseSegment":
        """Open a file that :func:`build` wrote, memory-mapped. The limits are for tests."""
        # One question is scanned by one thread anyway, and waking others costs more than it saves.
        faiss.omp_set_num_threads(1)
        coarse = path.with_name(COARSE)
        return cls(
            faiss.read_index(str(path), _MAPPED),
            faiss.read_index(str(coarse)) if coarse.exists() else None,
            few,
            scored,
        )

    @property
    def is_exact(self) -> bool:
        """Whether every search scans all vectors as they are."""
        return self._coarse is None

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the positions of the ``count`` nearest passages, best first, and their scores.

        ``allowed`` (one mark a passage) narrows the search before it is made, so that none is lost.
        """
        left = self.size if allowed is None else int(np.count_nonzero(allowed))
        allowed = None if left == self.size else allowed
        count = min(count, left)
        if count == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        candidates = self._candidates(vector, allowed, left)
        if candidates is not None:
            scores = self.scores(vector, candidates)
            best = np.argsort(-scores, kind="stable")[:count]
            return candidates[best], scores[best]
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        parameters = faiss.SearchParameters(
            sel=bits if bits is None else faiss.IDSelectorBitmap(bits)
        )
        scores, found = self._index.search(vector[np.newaxis], count, params=parameters)
        there = found[0] >= 0
        return np.asarray(found[0][there], dtype=np.int64), np.asarray(scores[0][there])

    def _candidates(
        self, vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None, left: int
    ) -> NDArray[np.int64] | None:
        """Return the positions to be scored exactly, ``None`` where all vectors are scanned.

        The best of the coarse scan that pass a filter are the best of those that pass, as long as
        enough of them are among the best of all.
        """
        if allowed is not None and left <= self._few:
            return np.flatnonzero(allowed).astype(np.int64)
        if self._coarse is None or left * _LEAST_SHARE < self.size:
            return None
        looked_at = min(self._scored * self.size // left, self.size)
        _, found = self._coarse.search(vector[np.newaxis], looked_at)
        best = np.asarray(found[0][found[0] >= 0], dtype=np.int64)
        if allowed is None:
            return np.sort(best)  # read in the order in which they stand on disk
        passing = best[allowed[best]]
        return np.sort(passing[: self._scored]) if len(passing) >= self._scored // 2 else None

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors at the given positions, shape (n, dimension)."""
        if len(positions) == 0:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(positions), dtype=np.float32)

    def scores(
        self, vector: NDArray[np.float32], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the inner products at the given positions."""
        return products(self.vectors(positions), vector)


def products(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the inner products, made by this thread alone.

    BLAS would wake a thread a core for them, which on a busy machine takes longer than the sums.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector), dtype=np.float32)


def build(
    vectors: Iterable[bytes], dimension: int, path: Path, *, exact_up_to: int = EXACT_UP_TO
) -> int:
    """Write a FAISS index of little-endian float32 vectors, in their order; return how many."""
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
    count = int(index.ntotal)
    if count > exact_up_to:
        del index  # the codes are on disk: memory need not hold them twice
        _write_coarse(path)
    return count


def _write_coarse(path: Path) -> None:
    """Write the coarse form of the vectors beside them.

    Their mean is taken off: it says nothing of which is nearer, and the codes have few bits.
    """
    faiss.omp_set_num_threads(len(os.sched_getaffinity(0)) if _LINUX else os.cpu_count() or 1)
    whole = faiss.read_index(str(path), _MAPPED)
    step = max(1, whole.ntotal // _TRAIN)
    sample = whole.reconstruct_batch(np.arange(0, whole.ntotal, step, dtype=np.int64))
    mean = sample.mean(axis=0)
    coarse = faiss.IndexPQFastScan(whole.d, whole.d // _PIECES, _BITS, faiss.METRIC_INNER_PRODUCT)
    coarse.train(sample - mean)
    for start in range(0, whole.ntotal, _CHUNK):
        coarse.add(whole.reconstruct_n(start, min(_CHUNK, whole.ntotal - start)) - mean)
    faiss.write_index(coarse, str(path.with_name(COARSE)))
    faiss.omp_set_num_threads(1)
