"""Fit the ranking: ``python -m benchmarks.fitting.fit_fusion`` writes ``index/fusion.json``.

A linear model over :func:`index.fusion.features`, fitted so that a right passage of the pool comes
first (multinomial logistic loss over each question's pool, a little ridge), on the tuning halves of
the sets with exact gold, each set counted alike (QMSum's spans are too wide to fit on). Prints what
it reaches on both halves, by kind of question too. Needs SciPy, which sentence-transformers brings.
"""

import json
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.material import PROJECT, Case, Material, all_material, embedder, meets, searcher
from bot.question import understand
from index.embedding import Embedder
from index.fusion import AT_MOST, SPEAK_FOR, features, shown

MOST = 300
RIDGE = 0.001
DEEP = 10
WIDE = "qmsum"

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's passages that may be shown: their features (n, k) and which are right (n)."""

    case: Case
    matrix: Matrix
    right: NDArray[np.bool_]
    names: tuple[str, ...]


def score(material: Material, by_embedder: Embedder) -> list[Scored]:
    """Make the pools of a set's answerable questions, at most ``MOST`` of each half."""
    by = searcher(material, by_embedder)
    cases = [case for case in material.cases if case.answerable]
    random.Random(1).shuffle(cases)  # noqa: S311 - a fixed sample, not a secret
    halves = [[c for c in cases if c.closed == closed][:MOST] for closed in (False, True)]
    scored = []
    for case in halves[0] + halves[1]:
        query = understand(case.question).query()
        pool, held = by.pool(query)
        may = shown(pool, query.wanted)
        parts = features(pool, query.wanted)
        right = np.array([meets(case, stored.passage, stored.document) for stored in held])
        matrix = np.stack(list(parts.values()), axis=1)[may].astype(np.float64)
        scored.append(Scored(case, matrix, right[may], tuple(parts)))
    return scored


def fit(sets: dict[str, list[Scored]]) -> NDArray[np.float64]:
    """Return one weight a feature."""
    usable = [(1 / len(of_set), s) for of_set in sets.values() for s in of_set if s.right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for share, one in usable:
            logits = one.matrix @ weights
            odds = np.exp(logits - logits.max())
            p = odds / odds.sum()
            held = p[one.right].sum()
            total -= share * float(np.log(max(held, 1e-300)))
            among = np.where(one.right, p / max(held, 1e-300), 0.0)
            slope = slope + share * (one.matrix.T @ (p - among))
        return total, slope

    names = usable[0][1].names
    bounds = [(0.0 if name in SPEAK_FOR else None, AT_MOST.get(name)) for name in names]
    start = np.zeros(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)


def ranks(scored: list[Scored], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rank of the first right passage of each question, 10,000 where there is none."""
    found = []
    for one in scored:
        best = np.argsort(-(one.matrix @ weights), kind="stable")
        places = np.flatnonzero(one.right[best])
        found.append(int(places[0]) + 1 if len(places) else 10_000)
    return np.array(found, dtype=np.int64)


def line(name: str, rank: NDArray[np.int64]) -> str:
    """Return a line of recall and MRR within the first ten."""
    recalls = " ".join(f"R@{k} {float((rank <= k).mean()):.3f}" for k in (1, 3, 5, DEEP))
    reciprocal = float(np.where(rank <= DEEP, 1 / rank, 0).mean())
    return f"{name:32} n={len(rank):4} {recalls} MRR {reciprocal:.3f}"


def report(sets: dict[str, list[Scored]], weights: NDArray[np.float64]) -> None:
    """Print recall and MRR by set and half, and by kind on the closed half."""
    for name, scored in sets.items():
        for half in ("tuning", "closed"):
            of_half = [s for s in scored if s.case.closed == (half == "closed")]
            print(line(f"{name}, {half}", ranks(of_half, weights)))
            kinds = sorted({s.case.kind for s in of_half})
            for kind in kinds if len(kinds) > 1 else ():
                of_kind = [s for s in of_half if s.case.kind == kind]
                print(line(f"   {kind}", ranks(of_kind, weights)))


def main() -> None:
    """Fit, report and write the weights."""
    by = embedder()
    sets = {material.name: score(material, by) for material in all_material()}
    tuning = {
        name: [s for s in scored if not s.case.closed]
        for name, scored in sets.items()
        if name != WIDE
    }
    weights = fit(tuning)
    names = next(iter(sets.values()))[0].names
    for name, weight in zip(names, weights, strict=True):
        print(f"{name:18} {weight:+.3f}")
    report(sets, weights)
    numbers = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    text = json.dumps({"weights": numbers}, indent=1)
    (PROJECT / "index" / "fusion.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
