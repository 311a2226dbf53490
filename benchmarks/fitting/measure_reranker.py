"""How good a trained state is: ``python -m benchmarks.fitting.measure_reranker RUN [STATE]``.

Reads the closed halves and the sets that nothing was trained on, and prints by set: right passage
first and among five by the fused score, by the reranker alone and by their sum; whether the best
probability tells questions that are answered from those that are not (area under the curve), beside
the decider that ships and both together; and whether the words chosen are those that answer.
The weight of the reranker in the sum, and of the two in the decision, are picked on tuning halves
(``PICKED``) and on one town.
Intervals: 95 %, questions drawn again 1,000 times.

``STATE`` names a file of the run (``at-25000``), ``start`` the untrained model.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.fitting.export_reranker import ReadingShipped
from benchmarks.fitting.reranker_batches import Groups
from benchmarks.fitting.reranker_material import HOME, UNTRAINED_TOWNS
from benchmarks.fitting.reranker_reading import DEEP, Reading, Reads, load_means, read_groups, write

PICKED = ("samples", "samples-close", "samples-short")
"""Their tuning halves pick the weights: in no training unless it was told to take them."""
PICKED_TOWN = "town-shirasagi"
"""A made-up town that was not trained on, on which the weights are picked, too."""
SETS = (*PICKED, "shinagawa-staff", "jaquad", *(f"town-{name}" for name in sorted(UNTRAINED_TOWNS)))
_WEIGHTS = tuple(round(0.1 * step, 1) for step in range(16))
_DRAWN = 1000
_MOST_OF_WIDE = 70
_KINDS_AT_LEAST = 8
Group = dict[str, Any]


def ranks(groups: Sequence[Group], fused: float, lift: float) -> NDArray[np.int64]:
    """Return the rank of the first right passage of each group, 1,000 without."""
    found = []
    for group in groups:
        weight = 0.0 if group["looked_up"] else lift
        scores = fused * np.array(group["fused"]) + weight * np.array(group["lift"])
        if group["looked_up"]:
            scores = -np.arange(len(group["fused"]), dtype=np.float64)
        order = np.argsort(-scores, kind="stable")
        right = np.flatnonzero(np.array(group["right"])[order])
        found.append(int(right[0]) + 1 if len(right) else 1000)
    return np.array(found, dtype=np.int64)


def pick_weight(groups: Sequence[Group]) -> float:
    """Return the weight of the reranker that puts the right passage highest."""
    asked = [group for group in groups if group["answerable"]]
    return max(_WEIGHTS, key=lambda weight: float((1 / ranks(asked, 1.0, weight)).mean()))


def interval(values: NDArray[np.float64]) -> str:
    """Return the mean and its interval."""
    draw = np.random.default_rng(0)
    means = values[draw.integers(len(values), size=(_DRAWN, len(values)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def area(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Return the share of pairs of one true and one false that the scores order right."""
    yes, no = scores[truth][:, None], scores[~truth][None, :]
    return float((yes > no).mean() + 0.5 * (yes == no).mean()) if yes.size and no.size else np.nan


def signs(groups: Sequence[Group], weight: float) -> NDArray[np.float64]:
    """Return what speaks for an answer: the decider's logit, the best and the first one's."""
    rows = []
    for group in groups:
        sure = min(max(group.get("confidence") or 0.02, 0.02), 0.98)
        answers = np.array(group["answers"] or [-9.0])
        first = np.array(group["fused"] or [0.0]) + weight * np.array(group["lift"] or [0.0])
        rows.append((np.log(sure / (1 - sure)), answers.max(), answers[int(first.argmax())], 1.0))
    return np.array(rows)


def fit_decision(groups: Sequence[Group], weight: float) -> NDArray[np.float64]:
    """Return the weights of :func:`signs` that tell best whether a question is answered."""
    values = signs(groups, weight)
    truth = np.array([group["answerable"] for group in groups], dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> float:
        z = values @ weights
        return float((np.logaddexp(0, z) - truth * z).mean() + 0.01 * weights[:3] @ weights[:3])

    return np.asarray(minimize(loss, np.zeros(4), method="L-BFGS-B").x)


def report(name: str, groups: Sequence[Group], weight: float, decision: NDArray[np.float64]) -> str:
    """Return the line of one set."""
    asked = [group for group in groups if group["answerable"]]
    ways = [ranks(asked, *way) for way in ((1, 0), (0, 1), (1, weight))]
    cells = [f"{(way <= 1).mean():.3f} / {(way <= 5).mean():.3f}" for way in ways]  # noqa: PLR2004
    gain = interval((ways[2] <= 1).astype(float) - (ways[0] <= 1).astype(float))
    truth = np.array([group["answerable"] for group in groups], dtype=np.bool_)
    if truth.all() or "confidence" not in groups[0]:
        areas = "–"
    else:
        values = signs(groups, weight)
        ways_to_tell = (values[:, 0], values[:, 1], values[:, 2], values @ decision)
        areas = " / ".join(f"{area(each, truth):.3f}" for each in ways_to_tell)
    words = [group["chosen"][0] for group in asked if group["chosen"]]
    several = [each["best"] for each in words if each["sentences"] > 1]
    told = [np.mean([each[kind] for each in words]) for kind in ("precision", "recall")]
    chosen = (
        f"{np.mean(several):.3f} ({len(several)}), {told[0]:.2f} / {told[1]:.2f}"
        if several
        else "–"
    )
    counts = f"{len(asked)}/{len(groups)}"
    return f"| {' | '.join((name, counts, *cells, gain, areas, chosen))} |"


HEAD = (
    "| set | answered/all | fused @1/@5 | alone | sum | gain @1 | AUC decider/best/first/all "
    "| best sentence right (n), chars P/R |\n" + "|---" * 8 + "|"
)


def by_kind(groups: Sequence[Group], weight: float) -> list[str]:
    """Return a line a kind of question: right first before and after."""
    lines = []
    for kind in sorted({group["kind"] for group in groups if group["answerable"]}):
        some = [group for group in groups if group["kind"] == kind and group["answerable"]]
        if len(some) >= _KINDS_AT_LEAST:
            before, after = ((ranks(some, 1, each) <= 1).mean() for each in (0, weight))
            lines.append(f"    {kind:20} {len(some):4}  {before:.3f} → {after:.3f}")
    return lines


def read_set(name: str, reading: Callable[[], Reads], kept: Path, deep: int) -> list[Group]:
    """Return what was read of a set, read now where it was not before."""
    path = kept / f"{name}.jsonl"
    if not path.exists():
        found = Groups()
        found.read(HOME, name)
        if name not in PICKED:
            found.groups = [group for group in found.groups if group["closed"]]
        if name == "jaquad":
            found.groups = found.groups[:_MOST_OF_WIDE]
        write(path, read_groups(reading(), found, deep))
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run")
    parser.add_argument("state", nargs="?", default="state")
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--deep", type=int, default=DEEP)
    parser.add_argument("--mix", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--shipped", action="store_true", help="read by the form last exported")
    told = parser.parse_args()
    folder = HOME / "runs" / told.run
    path = None if told.state == "start" else folder / f"{told.state}.pt"
    kept = folder / f"read-{told.state}-{told.mix}{'-shipped' * told.shipped}"
    made: list[Reads] = []

    def reading() -> Reads:
        if not made and told.shipped:
            made.append(ReadingShipped(folder / "shipped", told.threads))
        elif not made:
            made.append(Reading(load_means(path, told.mix), told.threads))
        return made[0]

    there = [name for name in told.sets if (HOME / "groups" / f"{name}.jsonl").exists()]
    read = {name: read_set(name, reading, kept, told.deep) for name in there}
    tuning = [g for name in PICKED for g in read.get(name, ()) if not g["closed"]]
    tuning += read.get(PICKED_TOWN, [])
    weight, decision = pick_weight(tuning), fit_decision(tuning, pick_weight(tuning))
    print(f"{told.run} {told.state}: weight {weight}, decision {np.round(decision, 2).tolist()}")
    print(HEAD)
    for name, groups in read.items():
        for closed in sorted({group["closed"] for group in groups}):
            half = [group for group in groups if group["closed"] is closed]
            print(report(f"{name} {'closed' if closed else 'tuning'}", half, weight, decision))
            for line in by_kind(half, weight) if told.kinds else ():
                print(line)


if __name__ == "__main__":
    main()
