"""Fit the weights of the fusion: ``python -m benchmarks.fitting.fit_fusion``.

Coordinate search over the tuning halves of all sets, each set counted alike (mean MRR@10). Prints
the weights found (to be put into ``index/fusion.py``) and what they reach on the closed halves.
"""

import dataclasses
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import Case, Material, all_material, embedder, meets, searcher
from bot.question import understand
from index.fusion import Pool, Weights, fuse

MOST = 300
GRID = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0, 1.3, 1.6, 2.0, 2.5, 3.0, 4.0, 6.0)


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's pool and which of its passages are right."""

    case: Case
    pool: Pool
    right: NDArray[np.bool_]
    wants_question: bool


def ranks(scored: list[Scored], weights: Weights) -> NDArray[np.int64]:
    """Return the rank of the first right passage of each question, 10,000 where there is none."""
    found = []
    for one in scored:
        fused = fuse(one.pool, weights, wants_question=one.wants_question)
        best = np.argsort(-fused, kind="stable")
        places = np.flatnonzero(one.right[best] & np.isfinite(fused[best]))
        found.append(int(places[0]) + 1 if len(places) else 10_000)
    return np.array(found, dtype=np.int64)


def mrr(rank: NDArray[np.int64]) -> float:
    """Return the mean reciprocal rank within the first ten."""
    return float(np.where(rank <= 10, 1 / rank, 0).mean())


def score(material: Material) -> list[Scored]:
    """Make the pools of a set's answerable questions, at most ``MOST`` of each half."""
    by = searcher(material, embedder())
    cases = [case for case in material.cases if case.answerable]
    random.Random(1).shuffle(cases)  # noqa: S311 - a fixed sample, not a secret
    halves = [[c for c in cases if c.closed == closed][:MOST] for closed in (False, True)]
    scored = []
    for case in halves[0] + halves[1]:
        asked = understand(case.question)
        pool, held = by.pool(asked.query())
        right = [meets(case, stored.passage, stored.document) for stored in held]
        scored.append(Scored(case, pool, np.array(right), asked.wants_question))
    return scored


def search(sets: dict[str, list[Scored]]) -> Weights:
    """Return the weights with the best mean of the sets' MRR, found one weight at a time."""

    def worth(weights: Weights) -> float:
        return float(np.mean([mrr(ranks(scored, weights)) for scored in sets.values()]))

    best = Weights()
    reached = worth(best)
    for _ in range(3):
        before = reached
        for field in dataclasses.fields(Weights):
            for value in GRID:
                tried = dataclasses.replace(best, **{field.name: value})
                if (worthy := worth(tried)) > reached + 1e-4:
                    best, reached = tried, worthy
        if reached == before:
            break
    return best


def report(sets: dict[str, list[Scored]], weights: Weights) -> None:
    """Print recall and MRR by set and half."""
    for name, scored in sets.items():
        for closed in (False, True):
            rank = ranks([s for s in scored if s.case.closed == closed], weights)
            recalls = " ".join(f"R@{k} {float((rank <= k).mean()):.3f}" for k in (1, 5, 10))
            half = "closed" if closed else "tuning"
            print(f"{name:10} {half} n={len(rank):4} {recalls} MRR {mrr(rank):.3f}", flush=True)


def main() -> None:
    """Fit and report."""
    sets = {material.name: score(material) for material in all_material()}
    print("before", Weights())
    report(sets, Weights())
    tuning = {name: [s for s in scored if not s.case.closed] for name, scored in sets.items()}
    best = search(tuning)
    print("after ", best)
    report(sets, best)


if __name__ == "__main__":
    main()
