"""Compares minutes marked by hand with what is read of them: ``python -m benchmarks.marked``.

Prints a line a document and one for all. ``--failures`` says of the open documents what was read
otherwise than marked; of the closed ones only totals are ever shown, so that nobody works on them.
"""

import sys
from collections.abc import Sequence

from benchmarks.judging import Tally
from benchmarks.marking import Score, is_closed, marked_documents, score

MEASURES = {
    "turn": "speaker and span",
    "role": "role of the speaker",
    "kind": "kind of the turn",
    "answers": "answers joined to their question",
    "joins kept": "joins that are right",
    "head": "fields of the head",
    "votes": "votes found",
    "votes kept": "found votes that are right",
    "counts": "ayes and nays of a vote",
}


def totals(scores: Sequence[Score], measure: str) -> Tally:
    """Return one measure over several documents."""
    return sum((each.tallies.get(measure, Tally()) for each in scores), Tally())


def report(scores: Sequence[Score]) -> list[str]:
    """Return the table: a line a document, then the open ones, the closed ones and all."""
    groups = [(each.name, [each]) for each in scores]
    closed = [each for each in scores if is_closed(each.name)]
    groups.append(("open ones", [each for each in scores if each not in closed]))
    groups.append(("closed ones", closed))
    groups.append(("all", list(scores)))
    lines = [f"{'document':<26}" + "".join(f"{name:>12}" for name in (*MEASURES, "coverage"))]
    for name, those in groups:
        cells = [_cell(totals(those, measure)) for measure in MEASURES]
        coverage = min((each.coverage for each in those), default=1.0)
        lines.append(f"{name:<26}" + "".join(f"{cell:>12}" for cell in (*cells, f"{coverage:.3f}")))
    return lines


def failures(scores: Sequence[Score]) -> list[str]:
    """Return what failed in the open documents, one line each; never of the closed ones."""
    return [
        f"{each.name} turn {'-' if failure.turn is None else failure.turn} {failure.measure}: "
        f"expected {failure.expected}, came {failure.came}"
        for each in scores
        if not is_closed(each.name)
        for failure in each.failures
        if failure.measure in MEASURES or failure.measure in {"speaker", "span"}
        if failure.measure != "turn"
    ]


def _cell(tally: Tally) -> str:
    return f"{tally.share:.2f} of {tally.of}" if tally.of else "-"


def main() -> None:
    """Print the table, and with ``--failures`` what failed in the open documents."""
    scores = [score(path) for path in marked_documents()]
    print("\n".join(report(scores)))
    print("\n".join(f"{name}: {meaning}" for name, meaning in MEASURES.items()))
    if "--failures" in sys.argv[1:]:
        print("\n".join(failures(scores)))


if __name__ == "__main__":
    main()
