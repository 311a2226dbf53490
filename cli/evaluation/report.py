"""The figures of an evaluation as people read them: plain aligned lines, one a measure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text

from cli.evaluation.caution import MEASURES as CAUTION
from cli.evaluation.measures import MEASURES, Outcome
from ingest.intake.file_names import printable_name

_NAME = 15
_KIND = 24
_BY_KIND = ("recall@1", "recall@10", "cited_gold", "declined_right")
_MOST_CHANGES = 40
_QUESTION = 60

Figures = Mapping[str, Any]


def print_figures(console: Console, figures: Figures, outcomes: Sequence[Outcome]) -> None:
    """Print each measure with its interval, the times, and the measures of each kind."""
    of = {flag: sum(o.case.answerable is flag for o in outcomes) for flag in (True, False)}
    console.print(f"{'questions':<{_NAME}} {figures['questions']}")
    for measure in MEASURES:
        value = figures[measure.part][measure.name]
        spread = figures["intervals"][measure.name]
        between = f"  (95 %: {_range(spread)}, of {of[measure.answerable]})" if spread else ""
        console.print(f"{measure.name:<{_NAME}} {_share(value)}{between}")
    for name, value in figures["took_ms"].items():
        console.print(f"{name:<{_NAME}} {value:.1f} ms")
    console.print()
    console.print(_row("KIROKU_CAUTION", *CAUTION))
    for degree, shares in figures["by_caution"].items():
        console.print(_row(degree, *(_share(shares[name]) for name in CAUTION)))
    if figures["by_kind"]:
        console.print()
        console.print(_row("kind", "questions", *_BY_KIND))
        for kind, of_kind in figures["by_kind"].items():
            both = of_kind["search"] | of_kind["ask"]
            shares = (_share(both[name]) for name in _BY_KIND)
            console.print(_row(printable_name(kind), str(of_kind["questions"]), *shares))


def print_comparison(console: Console, compared: Figures) -> None:
    """Print before, now and the difference of each measure, then the questions that changed."""
    console.print()
    if compared["note"]:
        console.print(f"compared with the earlier run ({compared['note']})")
    else:
        console.print(
            f"compared with the earlier run, on {compared['questions']} questions of both"
        )
    for missing, where in (("only_before", "the earlier run"), ("only_now", "this run")):
        if compared[missing]:
            console.print(f"left out, as only in {where}: {compared[missing]}")
    if compared["questions"] == 0:
        console.print("no question has the same id and words in both: there is nothing to compare")
        return
    for measure in MEASURES:
        row = compared["measures"][measure.name]
        console.print(f"{measure.name:<{_NAME}} {_difference(row, down=measure.less_is_better)}")
    for line in _changes(compared["changed"] or ()):
        console.print(Text(line))


def _difference(row: Figures, *, down: bool) -> str:
    values = f"{_share(row['before']):>6} → {_share(row['now']):>6}"
    change = row["difference"]
    if change is None:
        return values
    if change == 0 and not any(row["interval"] or ()):
        return f"{values}  the same"
    said = f"{values}  {change * 100:+.1f} points"
    if row["interval"]:
        low, high = (edge * 100 for edge in row["interval"])
        said += f" (95 %: {low:+.1f} to {high:+.1f})"
    if row["beyond_chance"] is None or change == 0:
        return said
    if not row["beyond_chance"]:
        return f"{said}  may be chance"
    return f"{said}  {'better' if (change > 0) is not down else 'worse'}, more than chance"


def _changes(changed: Sequence[Figures]) -> Iterator[str]:
    for way in ("gained", "lost"):
        rows = [change for change in changed if change[way]]
        if rows:
            yield f"\n{way}: {len(rows)}"
        for change in rows[:_MOST_CHANGES]:
            ranks = " → ".join("-" if rank is None else str(rank) for rank in change["rank"])
            names = ", ".join(change[way])
            name, question = printable_name(change["id"]), _cut(change["question"])
            yield f"  {name}  {names}  rank {ranks}  {question}"
        if len(rows) > _MOST_CHANGES:
            yield f"  and {len(rows) - _MOST_CHANGES} more: see --json"


def _cut(question: str) -> str:
    line = printable_name(" ".join(question.split()))
    return line if len(line) <= _QUESTION else line[: _QUESTION - 1] + "…"


def _row(kind: str, *cells: str) -> Text:
    return Text(set_cell_size(kind, _KIND) + "".join(f" {cell:>14}" for cell in cells))


def _range(spread: Sequence[float]) -> str:
    low, high = spread
    return f"{low * 100:.1f} to {high * 100:.1f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
