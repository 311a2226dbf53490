"""How much of a measure may be chance: intervals and paired comparison by resampling questions.

A measure is a mean over questions, so questions with the same value are interchangeable: drawing
how often each value comes (a multinomial) is drawing the questions themselves, at a cost that does
not grow with their number. Seeds are fixed: the same run gives the same interval.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 15.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
_FLIPS = 10_000
_SEED = 20_221_220
_EDGES = (2.5, 97.5)
_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Paired:
    """What two runs differ by on the same questions: mean, its 95 % interval, and the odds.

    ``p`` is how often a difference at least as large comes about where, for each question, a coin
    decides which run had which value.
    """

    difference: float
    interval: tuple[float, float]
    p: float

    @property
    def beyond_chance(self) -> bool:
        """Whether both say so; on few questions the interval alone is too easily convinced.

        Four of thirty questions gained and none lost keep zero out of the interval, yet four coins
        fall alike in one of eight throws.
        """
        low, high = self.interval
        return self.p < _CHANCE and not low <= 0 <= high


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the 95 % bootstrap interval of the mean, by percentiles; ``None`` of nothing."""
    if not values:
        return None
    distinct, counts = np.unique(np.asarray(values, dtype=float), return_counts=True)
    drawn = np.random.default_rng(_SEED).multinomial(
        len(values), counts / len(values), size=RESAMPLES
    )
    low, high = np.percentile(drawn @ distinct / len(values), _EDGES)
    return round(float(low), 4), round(float(high), 4)


def paired(before: Sequence[float], now: Sequence[float]) -> Paired | None:
    """Compare the values of the same questions in two runs; ``None`` of nothing."""
    differences = np.asarray(now, dtype=float) - np.asarray(before, dtype=float)
    spread = interval(differences.round(9).tolist())
    if spread is None:
        return None
    return Paired(round(float(differences.mean()), 4), spread, round(_flipped(differences), 4))


def _flipped(differences: NDArray[np.float64]) -> float:
    """Return how often the sum is as large where the sign of each difference falls as a coin."""
    sizes, counts = np.unique(np.abs(differences).round(9), return_counts=True)
    rng = np.random.default_rng(_SEED)
    heads = rng.binomial(counts, 0.5, size=(_FLIPS, len(counts)))
    sums = np.abs((2 * heads - counts) @ sizes)
    as_large = int(np.count_nonzero(sums >= abs(differences.sum()) - 1e-9))
    return (as_large + 1) / (_FLIPS + 1)
