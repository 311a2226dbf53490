"""Writing the arrays of :mod:`index.generation.postings`, in bounded memory.

Tokens are numbered as they come. What comes is held as plain arrays, and each few million tokens
are sorted, counted and put on disk as a *run*; at the end the runs are dealt out to the postings of
their tokens. So memory holds the different tokens and one run, never the tokens of all passages.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.generation.postings import SCALE, encode_token

K1 = 1.2
B = 0.75
COMMON = 1 / 8
"""Share of the passages from which on a token is kept as a row over all of them."""
_RUN = 4_000_000
"""Tokens in a run."""
_MOST_TIMES = 255


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens of some passages: numbers, how many passages each has; those, and times in each."""

    numbers: NDArray[np.int32]
    counts: NDArray[np.int32]
    positions: NDArray[np.int32]
    times: NDArray[np.uint8]


class PostingsWriter:
    """Takes the tokens of one passage after the other, then writes them into ``folder``.

    ``usual`` is the number of tokens of a passage of usual length: BM25's mean, which is fixed, so
    that what a token weighs in a passage depends on no other passage.
    """

    def __init__(self, folder: Path, usual: float, common: float = COMMON, run: int = _RUN) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._usual = usual
        self._share = common
        self._run = run
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._tokens = array("i")
        self._lengths = array("i")
        self._written = 0
        self._runs = 0

    def add(self, tokens: Iterable[str]) -> None:
        """Take the tokens of the next passage."""
        before = len(self._tokens)
        self._tokens.extend(map(self._numbers.__getitem__, tokens))
        self._lengths.append(len(self._tokens) - before)
        if len(self._tokens) >= self._run:
            self._put_run()

    def finish(self) -> None:
        """Write the index; call it once, after the last passage."""
        self._put_run()
        ordered = sorted(self._numbers)
        stored = [encode_token(term) for term in ordered]
        place = np.empty(len(ordered), dtype=np.int32)
        place[[self._numbers[term] for term in ordered]] = np.arange(len(ordered), dtype=np.int32)
        self._save("terms", np.frombuffer(b"".join(stored), dtype=np.uint8))
        self._save("ends", np.cumsum([len(term) for term in stored], dtype=np.int64))
        self._numbers.clear()
        counts = np.zeros(len(ordered), dtype=np.int32)
        for number in range(self._runs):
            run = self._read_run(number)
            counts[place[run.numbers]] += run.counts
        self._save("counts", counts)
        self._deal_out(place, counts)

    def _put_run(self) -> None:
        """Sort what has come since the last run, count it and put it on disk."""
        lengths = np.frombuffer(self._lengths, dtype=np.int32)[self._written :]
        tokens = np.frombuffer(self._tokens, dtype=np.int32)
        positions = np.arange(self._written, self._written + len(lengths), dtype=np.int64)
        keys = (tokens.astype(np.int64) << 32) | np.repeat(positions, lengths)
        keys, times = np.unique(keys, return_counts=True)
        numbers, counts = np.unique(keys >> 32, return_counts=True)
        np.savez(
            self._path(self._runs),
            numbers=numbers.astype(np.int32),
            counts=counts.astype(np.int32),
            positions=(keys & 0xFFFFFFFF).astype(np.int32),
            times=np.minimum(times, _MOST_TIMES).astype(np.uint8),
        )
        self._written += len(lengths)
        self._runs += 1
        self._tokens = array("i")

    def _deal_out(self, place: NDArray[np.int32], counts: NDArray[np.int32]) -> None:
        """Put what the runs hold into the postings and rows of their tokens."""
        size = len(self._lengths)
        norms = _norms(np.frombuffer(self._lengths, dtype=np.int32), self._usual)
        common = np.flatnonzero(counts > self._share * size).astype(np.int32)
        row_of = np.full(len(counts), -1, dtype=np.int64)
        row_of[common] = np.arange(len(common))
        starts = np.concatenate([[0], np.cumsum(np.where(row_of >= 0, 0, counts), dtype=np.int64)])
        self._save("common", common)
        self._save("starts", starts)
        positions = self._room("positions", (int(starts[-1]),), np.int32)
        weights = self._room("weights", (int(starts[-1]),), np.uint16)
        rows = self._room("rows", (len(common), size), np.uint16)
        filled = starts[:-1].copy()
        for number in range(self._runs):
            run = self._read_run(number)
            terms = place[run.numbers]
            weight = _weights(run.times, norms[run.positions])
            row = np.repeat(row_of[terms], run.counts)
            within = np.arange(len(run.positions)) - np.repeat(
                np.cumsum(run.counts) - run.counts, run.counts
            )
            target = np.repeat(filled[terms], run.counts) + within
            sparse = row < 0
            positions[target[sparse]] = run.positions[sparse]
            weights[target[sparse]] = weight[sparse]
            rows[row[~sparse], run.positions[~sparse]] = weight[~sparse]
            filled[terms] += run.counts
            self._path(number).unlink()

    def _save(self, name: str, values: NDArray[np.generic]) -> None:
        np.save(self._folder / f"{name}.npy", values)

    def _room(
        self, name: str, shape: tuple[int, ...], kind: type[np.generic]
    ) -> NDArray[np.generic]:
        """Return an array of zeros that is written straight to disk."""
        path = self._folder / f"{name}.npy"
        if 0 in shape:
            np.save(path, np.zeros(shape, dtype=kind))
            return np.zeros(shape, dtype=kind)
        room: NDArray[np.generic] = np.lib.format.open_memmap(path, "w+", kind, shape)
        return room

    def _path(self, number: int) -> Path:
        return self._folder / f"run{number}.npz"

    def _read_run(self, number: int) -> _Run:
        with np.load(self._path(number)) as held:
            return _Run(**{name: held[name] for name in _Run.__dataclass_fields__})


def build(
    tokens: Iterable[Sequence[str]], folder: Path, usual: float, common: float = COMMON
) -> None:
    """Write the postings of the passages' tokens, one sequence a passage, into ``folder``."""
    writer = PostingsWriter(folder, usual, common)
    for passage in tokens:
        writer.add(passage)
    writer.finish()


def _norms(lengths: NDArray[np.int32], usual: float) -> NDArray[np.float32]:
    """Return how much each passage's length holds its weights down (BM25's *k1* and *b*)."""
    return np.asarray(K1 * (1 - B + B * lengths / usual), dtype=np.float32)


def _weights(times: NDArray[np.uint8], norms: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return the weights, in (0, 1], as they are stored; none that is there is stored as 0."""
    weight = np.rint(times / (times + norms) * np.float32(SCALE))
    return np.maximum(weight, 1).astype(np.uint16)
