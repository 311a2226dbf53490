"""Fit the ranking: ``python -m benchmarks.fitting.fit_fusion`` writes ``index/search/fusion.json``.

Two linear models, one after the other. The first scores the whole pool by
:func:`index.search.fusion.features`; the second scores the best of it again, beside these by
:func:`index.search.second_stage.features`. Both are fitted so that a right passage comes first
(multinomial logistic loss over each question's passages, a little ridge), on the tuning halves of
the sets with exact gold, each set counted alike, the three on the sample council as one (QMSum has
spans too wide to fit on). Prints what they reach on both halves, by kind of question too. Needs
SciPy, which sentence-transformers brings.
"""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.material import PROJECT, Case, Material, embedder, meets, searcher, standing_alone
from bot.lookup.finder import Finder
from index.embedding.embedder import Embedder
from index.search import second_stage
from index.search.fusion import AT_MOST, SPEAK_FOR, features, first_scores
from index.search.searcher import Searcher

MOST = 300
RIDGE = 0.001
DEEP = 10
WIDE = "qmsum"
POOL = 300
"""Passages of a question's pool that the first model is fitted on, beside the right ones: the best
by the weights that were there before."""
ONE_SET = {"samples-close": "samples", "samples-short": "samples"}

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's passages that may be shown: their features (n, k) and which are right (n).

    ``read`` gives the features of :mod:`index.search.second_stage` of the passages at some places.
    """

    case: Case
    matrix: Matrix
    right: NDArray[np.bool_]
    names: tuple[str, ...]
    read: Callable[[NDArray[np.int64]], Matrix]


def score(material: Material, by_embedder: Embedder) -> list[Scored]:
    """Make the pools of a set's answerable questions, at most ``MOST`` of each half."""
    by = searcher(material, by_embedder)
    cases = [case for case in material.cases if case.answerable]
    random.Random(1).shuffle(cases)  # noqa: S311 - a fixed sample, not a secret
    halves = [[c for c in cases if c.closed == closed][:MOST] for closed in (False, True)]
    return [_scored(by, case) for case in halves[0] + halves[1]]


def _scored(by: Searcher, case: Case) -> Scored:
    query = Finder(by).meant(case.question).query
    pool, held = by.pool(query)
    parts = features(pool, query.wanted)
    right = np.array([meets(case, passage, document.document) for passage, document in held])
    before = np.argsort(-first_scores(pool, parts), kind="stable")
    kept = before[pool.allowed[before] & (right[before] | (np.arange(len(before)) < POOL))]
    matrix = np.stack(list(parts.values()), axis=1)[kept].astype(np.float64)
    wording = by.wording(query.text)

    def read(places: NDArray[np.int64]) -> Matrix:
        found = second_stage.features(wording, [held[kept[place]] for place in places])
        return np.stack(list(found.values()), axis=1).astype(np.float64)

    return Scored(case, matrix, right[kept], tuple(parts), read)


def again(one: Scored, weights: NDArray[np.float64]) -> Scored:
    """Return what the second model sees: the best by the first, with what was read of them."""
    best = np.argsort(-(one.matrix @ weights), kind="stable")[: second_stage.DEEP]
    matrix = np.concatenate([one.matrix[best], one.read(best)], axis=1)
    return replace(
        one, matrix=matrix, right=one.right[best], names=(*one.names, *second_stage.NAMES)
    )


def fit(scored: Mapping[str, list[Scored]]) -> NDArray[np.float64]:
    """Return one weight a feature, fitted on the tuning halves."""
    sets: dict[str, list[Scored]] = {}
    for name, of_set in scored.items():
        if name != WIDE:
            tuning = [one for one in of_set if not one.case.closed]
            sets.setdefault(ONE_SET.get(name, name), []).extend(tuning)
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
    sets = {material.name: score(material, by) for material in standing_alone()}
    weights = fit(sets)
    print("== the whole pool")
    report(sets, weights)
    deep = {name: [again(one, weights) for one in of_set] for name, of_set in sets.items()}
    reread = fit(deep)
    print("== read again")
    report(deep, reread)
    numbers = {
        stage: {name: round(float(w), 4) for name, w in zip(names, fitted, strict=True)}
        for stage, names, fitted in (
            ("weights", _names(sets), weights),
            ("reread", _names(deep), reread),
        )
    }
    path = PROJECT / "index" / "search" / "fusion.json"
    numbers["reranker"] = json.loads(path.read_text(encoding="utf-8"))["reranker"]
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


def _names(sets: Mapping[str, list[Scored]]) -> tuple[str, ...]:
    return next(iter(sets.values()))[0].names


if __name__ == "__main__":
    main()
