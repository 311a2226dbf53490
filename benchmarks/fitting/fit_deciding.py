"""Fit when to answer: ``python -m benchmarks.fitting.fit_deciding``.

Writes ``bot/answer/answerability.json``.

Examples are the hits that would be shown, with the features of the first. They answer (1) where one
of them is right; they do not (0) where the question belongs to another set, where the document with
the answer is taken away (the hard case: same council, same subject, not answered), where it was
written to come close to what a set answers, or where all hits are wrong.

So that the probability is one that a person may rely on, the examples are weighed as a mix that is
stated: ``ANSWERABLE`` of all questions are answered by the materials, and of the others ``NEAR``
are near the subject. Within these, sets and origins count alike. The thresholds follow from what is
worse: in :mod:`bot.answer.answerability` a wrong answer counts as ``WRONG`` needless declines.
There are two models: ``plain`` for hits that no reranker has read, ``read`` for those that it has,
fitted on sets that it was not trained on (``TRAINED_ON``). Needs SciPy, which
sentence-transformers brings.
"""

import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.fitting.fit_fusion import WIDE
from benchmarks.material import (
    PROJECT,
    Case,
    Material,
    embedder,
    meets,
    reranker,
    searcher,
    standing_alone,
)
from bot.answer.answerability import FEATURES, decision_features
from bot.answer.judgement import contenders
from bot.lookup.finder import Finder
from index.reranking.reranker import Reranker
from index.search.query import SearchResult
from index.search.searcher import Searcher

MOST = 100
DEEP = 40
WRONG = 1.5
ANSWERABLE = 0.75
NEAR = 0.6
TRAINED_ON = frozenset(
    {
        "shinagawa-staff",
        *("town-asahidai", "town-fort-willow", "town-fukazawa"),
        *("town-kurosaka", "town-minamiura", "town-minatohara", "town-otowabashi", "town-yukimino"),
    }
)
"""Sets that the reranker has seen: what it says of them is surer than of a town it never saw."""
FEW = 0.2
"""The part of all examples that is read: the reranker takes half a second for a question."""
UNCLEAR = frozenset({"ambiguous"})
"""Kinds of question for which an answer is neither right nor wrong: not fitted on."""
RIDGE = 0.0005
SIGNS = {
    **dict.fromkeys(
        ("coverage", "coverage_wide", "coverage_nearby", "similarity", "standing", "share"), 1
    ),
    **dict.fromkeys(("sentence_pairs", "asked_pairs", "title_pairs"), 1),
    **dict.fromkeys(("missing", "unmet", "unit_unmet", "out_of_period", "figures_missing"), -1),
    "across": -1,
    "answers": 1,
    "lead": 1,
}


@dataclass(frozen=True, slots=True)
class Example:
    """Features of a first hit; ``answerable`` says whether the materials answer at all."""

    values: tuple[float, ...]
    right: bool
    answerable: bool
    closed: bool
    origin: str


def examples(name: str, by: Searcher, cases: list[Case], origin: str) -> list[Example]:
    """Ask each question and keep its first hit; with ``origin`` "taken" without the gold document.

    Raises nothing: a question without any hit is no example, it is declined anyway.
    """
    made = []
    for case in cases:
        found = Finder(by).find(case.question, limit=DEEP)
        asked, result = found.asked, found.result
        if found.lookup is not None or found.told:
            continue  # an article or a vote named by its number is not weighed
        if origin == "taken":
            result = _without(result, {document for _, document in case.gold})
        if not result.hits:
            continue
        hits, signals = contenders(result)
        hit = hits[0]
        answerable = case.answerable and origin == "own"
        right = answerable and any(meets(case, h.passage, h.document.document) for h in hits)
        values = decision_features(asked, hit, signals[0])
        made.append(
            Example(values, right, answerable, case.closed, f"{name}, {_kind(case, origin)}")
        )
    return made


def _kind(case: Case, origin: str) -> str:
    return f"{origin}: {case.kind}" if not case.answerable else origin


def _without(result: SearchResult, documents: set[str | None]) -> SearchResult:
    kept = [i for i, hit in enumerate(result.hits) if hit.document.document not in documents]
    return SearchResult(tuple(result.hits[i] for i in kept), tuple(result.signals[i] for i in kept))


def gather(materials: list[Material], read_by: Reranker | None) -> list[Example]:
    """Ask every set its own questions, again with the gold taken away, and those of the others.

    The spans of ``WIDE`` are too wide to tell what is right; that its questions are strangers to
    the others, and theirs to it, is certain, and they are in another language.
    """
    by_embedder = embedder()
    draw = random.Random(2)  # noqa: S311 - a fixed sample, not a secret
    found: list[Example] = []
    for material in materials:
        closed_town = material.name.startswith("town-") and material.cases[0].closed
        if read_by is not None and (material.name in TRAINED_ON or closed_town):
            continue
        by = searcher(material, by_embedder, read_by)
        part = 1.0 if read_by is None else FEW
        all_read = read_by is None or material.name.startswith(("samples", "town-"))
        if material.name != WIDE:
            clear = [case for case in material.cases if case.kind not in UNCLEAR]
            most = 5 * MOST if all_read else int(5 * MOST * part)
            own = draw.sample(clear, min(most, len(clear)))
            found += examples(material.name, by, own, "own")
            gold = [case for case in own if case.answerable and case.gold[0][1]]
            found += examples(material.name, by, gold[: int(MOST * part)], "taken")
        for other in materials:
            if other.index != material.index:
                strangers = [case for case in other.cases if case.answerable]
                some = draw.sample(strangers, min(int(MOST * part / 3), len(strangers)))
                found += examples(material.name, by, some, f"asked of {other.name}")
    return found


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights and bias of a logistic model."""

    weights: NDArray[np.float64]
    bias: float

    def probabilities(self, found: list[Example]) -> NDArray[np.float64]:
        """Return the probability of each example."""
        matrix = np.array([e.values for e in found])
        return np.asarray(1 / (1 + np.exp(-(matrix @ self.weights + self.bias))))


def fit(found: list[Example]) -> Fitted:
    """Fit on the tuning examples, weighed as the mix that the module tells.

    What speaks for a hit may not count against it, nor the other way round (``SIGNS``): that keeps
    a small fit from learning the accidents of its examples.
    """
    tuning = [e for e in found if not e.closed]
    raw = np.array([(*e.values, 1.0) for e in tuning])
    scale = np.maximum(raw.std(axis=0), 1e-3)
    scale[-1] = 1.0
    matrix = raw / scale  # so that the ridge is fair to features of small spread
    label = np.array([e.right for e in tuning], dtype=np.float64)
    share = _mixed(tuning)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = matrix @ weights
        p = 1 / (1 + np.exp(-z))
        cost = np.logaddexp(0, z) - label * z
        slope = matrix.T @ (share * (p - label)) + 2 * RIDGE * weights
        return float(share @ cost + RIDGE * weights @ weights), slope

    bounds = [_BOUNDS[SIGNS.get(name, 0)] for name in (*FEATURES, "bias")]
    fitted = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fitted(fitted.x[:-1] / scale[:-1], float(fitted.x[-1]))


_BOUNDS: dict[int, tuple[float | None, float | None]] = {
    1: (0.0, None),
    -1: (None, 0.0),
    0: (None, None),
}


def _mixed(examples: list[Example]) -> NDArray[np.float64]:
    """Return one weight an example, 1 in all."""
    parts = [_part(example) for example in examples]
    of_part = {
        "answerable": ANSWERABLE,
        "near": (1 - ANSWERABLE) * NEAR,
        "far": (1 - ANSWERABLE) * (1 - NEAR),
    }
    total = sum(of_part[part] for part in set(parts))
    groups = [f"{part} {e.origin}" for part, e in zip(parts, examples, strict=True)]
    counts = {group: groups.count(group) for group in groups}
    in_part = {part: len({g for g in counts if g.startswith(part)}) for part in parts}
    return np.array(
        [
            of_part[part] / total / in_part[part] / counts[group]
            for part, group in zip(parts, groups, strict=True)
        ]
    )


def _part(example: Example) -> str:
    if example.answerable:
        return "answerable"
    return "far" if "asked of" in example.origin or "never" in example.origin else "near"


def report(model: Fitted, found: list[Example], limit: float) -> None:
    """Print the share answered by origin and half, and how well the score tells what is right."""
    p = model.probabilities(found)
    for origin in sorted({e.origin for e in found}):
        for closed in (False, True):
            place = [i for i, e in enumerate(found) if e.origin == origin and e.closed == closed]
            if not place:
                continue
            right = [i for i in place if found[i].right]
            print(
                f"{origin:45} {'closed' if closed else 'tuning'} n={len(place):4} answered "
                f"{(p[place] >= limit).mean():.3f}"
                + (f", where the hit is right {(p[right] >= limit).mean():.3f}" if right else "")
            )
    for closed in (False, True):
        half = [e for e in found if e.closed == closed]
        print(f"{'closed' if closed else 'tuning'}: {_reliability(model, half)}")
        _by_limit(model, half)
        for material in sorted({e.origin.split(",")[0] for e in half}):
            print(f"  {material}")
            _by_limit(model, [e for e in half if e.origin.startswith(f"{material},")])


def _by_limit(model: Fitted, found: list[Example]) -> None:
    """Print for each threshold what would be answered and how much of what is shown is right."""
    p = model.probabilities(found)
    groups: dict[str, Callable[[Example], bool]] = {
        "answerable": lambda e: e.answerable,
        "right": lambda e: e.right,
        "written to come close": lambda e: not e.answerable and ", own" in e.origin,
        "taken": lambda e: ", taken" in e.origin,
        "of other sets": lambda e: "asked of" in e.origin,
    }
    print("answered at", *(f"{limit:.2f}" for limit in _LIMITS))
    for name, belongs in groups.items():
        inside = np.array([belongs(e) for e in found], dtype=bool)
        if inside.any():
            print(f"{name:22}", *(f"{(p[inside] >= limit).mean():.2f}" for limit in _LIMITS))


_LIMITS = (0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


def _reliability(model: Fitted, found: list[Example]) -> str:
    """Return by tenths of the score how likely it says and how often the hits are right."""
    p, weight = model.probabilities(found), _mixed(found)
    right = np.array([e.right for e in found], dtype=np.float64)
    told = []
    for tenth in range(10):
        inside = (p >= tenth / 10) & (p < (tenth + 1) / 10 + (tenth == 9))  # noqa: PLR2004 - last
        if weight[inside].sum() > 0:
            said, was = (np.average(v[inside], weights=weight[inside]) for v in (p, right))
            told.append(f"{said:.2f}:{was:.2f} ({inside.sum()})")
    return "  ".join(told)


def main() -> None:
    """Fit both models (or the one that is named), report and write the numbers."""
    path = PROJECT / "bot" / "answer" / "answerability.json"
    numbers = json.loads(path.read_text(encoding="utf-8"))
    if tuple(numbers["features"]) != FEATURES:
        numbers = {"features": FEATURES}
    for way in sys.argv[1:] or ("plain", "read"):
        numbers[way] = _fitted(way)
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


def _fitted(way: str) -> dict[str, object]:
    read_by = reranker() if way == "read" else None
    found = gather(standing_alone(), read_by)
    model = fit(found)
    limit = round(WRONG / (1 + WRONG), 2)
    print(f"== {way}: {len(found)} examples, threshold {limit}")
    for feature, weight in zip(FEATURES, model.weights, strict=True):
        print(f"   {feature:16} {weight:+.3f}")
    report(model, found, limit)
    return {
        "weights": [round(float(w), 4) for w in model.weights],
        "bias": round(model.bias, 4),
    }


if __name__ == "__main__":
    main()
