"""From several scores a passage to one: z-scores, a question and its answer counted together.

A word match finds the *question*, since the asker's words stand in it; what staff want is the
answer. So an answer passage scores its own words plus those of the question passage that it
answers, and the question passage itself gives way to its answers (unless the question is what was
asked for). Pure functions over arrays: no I/O, no model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. Fitted by ``benchmarks/fit_fusion.py``; see there for the data."""

    words: float = 1.0
    pairs: float = 1.0
    dense: float = 2.0
    context: float = 0.3
    question: float = 1.0
    """Share of the question passage's score that its answer gets on top of its own."""
    alone: float = 1.3
    """Factor for passages that belong to no exchange: they have no partner to lift them."""
    procedure: float = 0.8
    """Factor for headers and the chair's running of the meeting."""
    preferred: float = 4.0
    """Added for passages of the time that the question names."""


def standardise(scores: Scores, mean: float, deviation: float) -> Scores:
    """Return the z-scores; zeros where all passages score the same."""
    if deviation <= 0:
        return np.zeros_like(scores)
    return np.asarray((scores - mean) / deviation, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Pool:
    """The passages in question: positions and their scores, all arrays of the same length.

    ``partner`` is an index into the pool (not a position) of the question passage that is answered,
    −1 without. ``allowed`` marks those that pass the filters (the others only lift their answers),
    ``procedure`` headers and procedure, ``preferred`` those of the time that the question names.
    ``similarity`` is the raw cosine to the question, the other
    scores are standardised over the whole index.
    """

    positions: NDArray[np.int64]
    words: Scores
    pairs: Scores
    dense: Scores
    context: Scores
    partner: NDArray[np.int64]
    procedure: NDArray[np.bool_]
    allowed: NDArray[np.bool_]
    preferred: NDArray[np.bool_]
    similarity: Scores

    @property
    def asks(self) -> NDArray[np.bool_]:
        """Mark the question passages that have an answer which passes the filters."""
        asks = np.zeros(len(self.positions), dtype=bool)
        asks[self.partner[(self.partner >= 0) & self.allowed]] = True
        return asks


def own_scores(pool: Pool, weights: Weights) -> Scores:
    """Return what each passage scores by its own words."""
    return np.asarray(
        weights.words * pool.words
        + weights.pairs * pool.pairs
        + weights.dense * pool.dense
        + weights.context * pool.context,
        dtype=np.float32,
    )


def fuse(pool: Pool, weights: Weights, *, wants_question: bool) -> Scores:
    """Return one score a passage of the pool; −inf for those that give way to their answers."""
    own = own_scores(pool, weights)
    paired, asks = pool.partner >= 0, pool.asks
    fused = np.where(paired, own + weights.question * own[pool.partner], own)
    fused = np.where(~paired & ~asks, _scaled(fused, weights.alone), fused)
    if wants_question:
        fused = np.where(asks, own * (1 + weights.question), own)
    else:
        fused = np.where(asks, -np.inf, fused)
    fused = np.where(pool.procedure, _scaled(fused, weights.procedure), fused)
    fused = fused + weights.preferred * pool.preferred
    return np.where(pool.allowed, fused, -np.inf).astype(np.float32)


def _scaled(scores: Scores, factor: float) -> Scores:
    """Multiply what speaks for a passage, leave what speaks against it."""
    return np.where(scores > 0, scores * factor, scores).astype(np.float32)
