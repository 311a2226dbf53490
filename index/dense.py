"""Dense search: a FAISS index over the passages' vectors, of a kind chosen by their number.

Up to ``EXACT_UP_TO`` passages it holds half-precision codes that are scanned whole: recall 1.00
against exact search at a quarter of its time and half of its memory. Above that the codes stand in
cells around centres, and the cells nearest to the question are scanned until they hold an eighth of
the passages.

Approximate indexes lose answers under a filter without a word, since the nearest cells may hold
nothing that passes. So here only passages that pass count towards that eighth, and where few pass
all of them are scored. Both kinds are memory-mapped.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 300_000
"""Passages that are scanned whole in some 10 ms."""
FEW = 20_000
"""Passages that pass a filter and are all scored one by one."""
_LEAST = 50_000
"""Passages that are scanned at least, of those that pass."""
_SHARE = 8
"""One in so many passages is scanned."""
_SAMPLE = 2_000
_CHUNK = 4_096
_MAPS = os.name == "posix"
"""Whether FAISS can map files here; where not, they are read."""
_LINUX = hasattr(os, "sched_getaffinity")
"""Whether it can be told how many processors this process may use."""
_TRAIN = 40
"""Vectors a cell from which the centres are made."""
_ROUNDS = 8
_WHOLE = b"IxSQ"
"""How a file begins whose codes are scanned whole."""


class Dense:
    """Inner products of all passages with the vector of a question."""

    def __init__(self, index: faiss.Index, *, few: int = FEW, least: int = _LEAST) -> None:
        self._index = index
        self.size = int(index.ntotal)
        self._few, self._least = few, least
        self._cells = _Cells(index) if isinstance(index, faiss.IndexIVF) else None
        step = max(1, self.size // _SAMPLE)
        self._sample = self.vectors(np.arange(0, self.size, step, dtype=np.int64))

    @classmethod
    def open(cls, path: Path, *, few: int = FEW, least: int = _LEAST) -> "Dense":
        """Open a file that :func:`build` wrote. ``few`` and ``least`` are for tests."""
        # One question is scanned by one thread anyway, and waking others costs more than it saves.
        faiss.omp_set_num_threads(1)
        with path.open("rb") as file:
            whole = file.read(len(_WHOLE)) == _WHOLE
        flag = faiss.IO_FLAG_MMAP_IFC if whole else faiss.IO_FLAG_MMAP
        index = faiss.read_index(str(path), flag if _MAPS else 0)
        if _MAPS and not whole:
            # Else every search starts 32 threads that read the cells ahead of itself.
            faiss.downcast_InvertedLists(index.invlists).prefetch_nthread = 0
        return cls(index, few=few, least=least)

    @property
    def is_exact(self) -> bool:
        """Whether every search scans all passages."""
        return self._cells is None

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the ``count`` nearest passages, best first.

        ``allowed`` (one mark a passage) narrows the search before it is made, so that none is lost.
        """
        left = self.size if allowed is None else int(np.count_nonzero(allowed))
        count = min(count, left)
        if count == 0:
            return np.empty(0, dtype=np.int64)
        if allowed is not None and left <= self._few:
            positions = np.flatnonzero(allowed).astype(np.int64)
            best = np.argsort(-self.scores(vector, positions), kind="stable")
            return positions[best[:count]]
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        if self._cells is None:
            parameters = faiss.SearchParameters(sel=selector)
        else:
            wanted = max(self._least, left // _SHARE)
            cells = self._cells.until(vector, wanted, allowed)
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=cells)
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
        return _products(self.vectors(positions), vector)

    def spread(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return mean and standard deviation of the scores, from an even sample of passages."""
        if not self.size:
            return 0.0, 0.0
        scores = _products(self._sample, vector)
        return float(scores.mean()), float(scores.std())


def _products(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the inner products, made by this thread alone.

    BLAS would wake a thread a core for them, which on a busy machine takes longer than the sums.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector), dtype=np.float32)


class _Cells:
    """The cells of a large index: their centres, and which of them each passage stands in."""

    def __init__(self, index: faiss.IndexIVF) -> None:
        quantizer = faiss.downcast_index(index.quantizer)
        self._centres = np.asarray(quantizer.reconstruct_n(0, index.nlist), dtype=np.float32)
        # FAISS keeps the cell of a passage in the upper half of where it stands.
        places = faiss.vector_to_array(index.direct_map.array)
        self._of_passage = (places >> 32).astype(np.uint16)
        self._sizes = np.bincount(self._of_passage, minlength=index.nlist)

    def until(
        self, vector: NDArray[np.float32], wanted: int, allowed: NDArray[np.bool_] | None
    ) -> int:
        """Return how many of the nearest cells hold ``wanted`` passages that are allowed."""
        sizes = self._sizes
        if allowed is not None:
            sizes = np.bincount(self._of_passage[allowed], minlength=len(sizes))
        nearest = np.argsort(-_products(self._centres, vector), kind="stable")
        reached = np.searchsorted(np.cumsum(sizes[nearest]), wanted)
        return min(int(reached) + 1, len(sizes))


def build(
    vectors: Iterable[bytes], dimension: int, path: Path, *, exact_up_to: int = EXACT_UP_TO
) -> None:
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
    if index.ntotal > exact_up_to:
        del index  # the codes are on disk: memory need not hold them twice
        _put_in_cells(path)


def _put_in_cells(path: Path) -> None:
    """Write the index anew with its codes in cells, whose number is the root of the passages'."""
    faiss.omp_set_num_threads(len(os.sched_getaffinity(0)) if _LINUX else os.cpu_count() or 1)
    flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if _MAPS else 0)
    cells = min(max(1 << round(np.log2(flat.ntotal) / 2), 1), np.iinfo(np.uint16).max)
    kind, metric = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    centres = faiss.IndexFlatIP(flat.d)
    index = faiss.IndexIVFScalarQuantizer(centres, flat.d, cells, kind, metric, False)  # noqa: FBT003 - whole vectors, not what they differ from the centre by: scores stay exact
    index.cp.niter = _ROUNDS
    step = max(1, flat.ntotal // (cells * _TRAIN))
    index.train(flat.reconstruct_batch(np.arange(0, flat.ntotal, step, dtype=np.int64)))
    for start in range(0, flat.ntotal, _CHUNK):
        index.add(flat.reconstruct_n(start, min(_CHUNK, flat.ntotal - start)))
    index.make_direct_map()
    written = path.with_name(f"{path.name}.cells")
    faiss.write_index(index, str(written))
    written.replace(path)
    faiss.omp_set_num_threads(1)
