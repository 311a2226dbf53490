"""How good search and answers are, by set: ``make bench``, or ``python -m benchmarks.quality``.

``python -m benchmarks.quality town samples`` measures the sets whose names begin so.

Runs ``kiroku evaluate`` on every set of :mod:`benchmarks.material` as a user would, with questions
of the other sets added as questions that the materials do not answer. Tables on standard output,
every question's outcome in ``benchmarks/results``. The sets are ingested first, where they are new.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

from benchmarks.material import RESULTS, Case, Material, all_material, embedder, searcher

STRANGERS = 50
TOWN = "town-"
"""Every made-up town is for tuning or closed as a whole."""
WIDE = "qmsum"
"""Nothing was fitted on it, so its halves say nothing."""
HEAD = (
    "set",
    "questions",
    "R@1",
    "R@5",
    "R@10",
    "MRR",
    "answered",
    "cited right",
    "words shown",
    "declined right",
    "declined wrong",
    "p50 ms",
)


def strangers(material: Material, others: list[Material]) -> list[Case]:
    """Return questions of the other sets: none of them is answered here."""
    draw = random.Random(3)  # noqa: S311 - a fixed sample, not a secret
    found = []
    for other in others:
        if other.index != material.index and not other.name.startswith(TOWN):
            answerable = [case for case in other.cases if case.answerable]
            found += draw.sample(answerable, min(STRANGERS, len(answerable)))
    return found


def line(case: Case, *, answerable: bool) -> str:
    """Return a question in the format of ``kiroku evaluate``."""
    gold = [
        {"contains": span}
        | ({"document": document} if document else {})
        | ({"value": case.value} if case.value and case.value in span else {})
        for span, document in case.gold
        if answerable
    ]
    entry = {
        "id": case.id,
        "question": case.question,
        "gold": gold,
        "answerable": answerable,
        "kind": case.kind,
        "before": list(case.before),
    }
    return json.dumps(entry, ensure_ascii=False)


def evaluate(name: str, data: Path, lines: list[str]) -> dict[str, dict[str, float | None]]:
    """Run ``kiroku evaluate --json`` in a process of its own."""
    questions = RESULTS / f"{name}.jsonl"
    questions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    details = RESULTS / f"{name}-details.jsonl"
    command = (sys.executable, "-m", "cli", "evaluate", str(questions), "--data", str(data))
    done = subprocess.run(
        [*command, "--json", "--details", str(details)], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def row(name: str, figures: dict[str, dict[str, float | None]]) -> str:
    """Return a row of the table."""
    search, ask = figures["search"], figures["ask"]
    values = [*search.values(), *(ask[k] for k in ("answered", "cited_gold", "words_shown"))]
    values += [ask["declined_right"], ask["declined_wrong"]]
    cells = ["–" if value is None else f"{value:.3f}" for value in values]
    return f"| {' | '.join([name, str(figures['questions']), *cells])} | {_p50(figures)} |"


def _p50(figures: dict[str, dict[str, float | None]]) -> str:
    return f"{figures['took_ms']['p50']:.0f}"


def main() -> None:
    """Print one row a set, its halves, and what becomes of questions of the other sets."""
    materials = all_material()
    by = embedder()
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)
    for material in materials:
        if not material.cases or not material.name.startswith(tuple(sys.argv[1:]) or ""):
            continue  # a town may have no follow-ups
        searcher(material, by).close()
        data = RESULTS / "indexes" / material.index
        if not (data / "models").exists():  # unpacked once for all sets
            (data / "models").symlink_to(RESULTS / "models")
        own = [line(case, answerable=case.answerable) for case in material.cases]
        other = [line(case, answerable=False) for case in strangers(material, materials)]
        closed = " (closed)" if material.name.startswith(TOWN) and material.cases[0].closed else ""
        print(row(material.name + closed, evaluate(material.name, data, own)), flush=True)
        if material.name.startswith(TOWN):
            continue
        for half in ("tuning", "closed") if material.name != WIDE else ():
            cases = [case for case in material.cases if case.closed == (half == "closed")]
            lines = [line(case, answerable=case.answerable) for case in cases]
            figures = evaluate(f"{material.name}-{half}", data, lines)
            print(row(f"{material.name}, {half} half", figures), flush=True)
        if material.name != material.index:
            continue  # strangers were asked of this index before
        figures = evaluate(f"{material.name}-strangers", data, other)
        print(row(f"{material.name}, asked of the others", figures), flush=True)


if __name__ == "__main__":
    main()
