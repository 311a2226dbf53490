"""Fit how much the reranker counts: ``python -m benchmarks.fitting.fit_lift``.

Picks the weight of its lift in the sum with the fused score, by the mean of 1 / rank, on sets that
the reranker was not trained on: the tuning halves on the sample council and one made-up town.
Writes it into ``index/search/fusion.json``.
"""

import json

import numpy as np

from benchmarks.fitting.fit_deciding import TRAINED_ON
from benchmarks.material import (
    PROJECT,
    Material,
    embedder,
    meets,
    reranker,
    searcher,
    standing_alone,
)
from bot.lookup.finder import Finder
from index.search.fusion import read_weights
from index.search.searcher import READ

WEIGHTS = tuple(round(0.1 * step, 1) for step in range(16))
Ranked = tuple[list[float], list[float], list[bool]]
"""Fused scores, lifts, and which passages are right."""


def ranked(material: Material) -> list[Ranked]:
    """Return what was read of the questions of a set that may be fitted on."""
    by = searcher(material, embedder(), reranker())
    before = read_weights("reranker")["lift"]
    found: list[Ranked] = []
    for case in material.cases:
        if not case.answerable or case.closed:
            continue
        result = Finder(by).find(case.question, limit=READ)
        if result.lookup is not None or result.told:
            continue
        rows = [
            (
                hit.score - before * signals.reading.lift,
                signals.reading.lift,
                meets(case, hit.passage, hit.document.document),
            )
            for hit, signals in zip(result.result.hits, result.result.signals, strict=True)
            if signals.reading is not None
        ]
        if rows:
            fused, lifts, right = zip(*rows, strict=True)
            found.append((list(fused), list(lifts), list(right)))
    by.close()
    return found


def reciprocal(questions: list[Ranked], weight: float) -> float:
    """Return the mean of 1 / rank of the first right passage."""
    values = []
    for fused, lifts, right in questions:
        order = np.argsort(-(np.array(fused) + weight * np.array(lifts)), kind="stable")
        places = np.flatnonzero(np.array(right)[order])
        values.append(1 / (places[0] + 1) if len(places) else 0.0)
    return float(np.mean(values))


def main() -> None:
    """Fit, report and write."""
    sets = {
        material.name: ranked(material)
        for material in standing_alone()
        if material.name.startswith(("samples", "town-"))
        and material.name not in TRAINED_ON
        and not all(case.closed for case in material.cases)
    }
    for name, questions in sets.items():
        told = " ".join(f"{weight}:{reciprocal(questions, weight):.3f}" for weight in WEIGHTS[::2])
        print(f"{name:20} {len(questions):4}  {told}")
    every = [question for questions in sets.values() for question in questions]
    best = max(WEIGHTS, key=lambda weight: reciprocal(every, weight))
    print(f"best {best}: {reciprocal(every, 0.0):.3f} -> {reciprocal(every, best):.3f}")
    path = PROJECT / "index" / "search" / "fusion.json"
    numbers = json.loads(path.read_text(encoding="utf-8"))
    numbers["reranker"] = {"lift": best}
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
