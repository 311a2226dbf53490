"""The tables of the comparison, in Markdown."""

from collections.abc import Mapping
from typing import Any

from benchmarks.side_by_side_sets import Compared
from benchmarks.side_by_side_systems import SYSTEMS

Result = Mapping[str, Any]
COSTS = (
    "system",
    "passages",
    "load s",
    "ingest s",
    "documents/s",
    "passages/s",
    "p50 ms",
    "p95 ms",
    "MB, ingest",
    "MB, asked",
    "load average",
)


def print_tables(
    compared: Compared, results: Mapping[str, Result], *, limit: int, read: int
) -> None:
    """Print the costs of a set, then how good each group of its questions was answered."""
    documents = len(compared.files())
    print(f"\n### {compared.name}: {documents} documents\n")
    _print(COSTS, [_costs(name, result, documents) for name, result in results.items()])
    for group in compared.groups:
        print(f"\n{group.name}, {len(group.cases)} questions:\n")
        measures = ("recall@1", "recall@5", f"recall@{limit}", "mrr@10", f"read@{read}")
        rows = [
            [SYSTEMS[name].title, *(f"{100 * f[m]:.1f}" for m in measures), _round(f)]
            for name, result in results.items()
            for f in [result["groups"][group.name]]
        ]
        head = ("R@1", "R@5", f"R@{limit}", "MRR × 100", f"in {read:,} characters")
        _print(("system", *head, "characters a hit"), rows)


def _costs(name: str, result: Result, documents: int) -> list[str]:
    figures, took = result["figures"], result["took_ms"]
    working = figures["ingest_seconds"] - figures["load_seconds"]
    return [
        SYSTEMS[name].title,
        f"{figures['passages']:,}",
        f"{figures['load_seconds']:.1f}",
        f"{figures['ingest_seconds']:.0f}",
        f"{documents / working:.2f}",
        f"{figures['passages'] / working:.1f}",
        f"{took['p50']:.0f}",
        f"{took['p95']:.0f}",
        f"{figures['ingest_mb']:,.0f}",
        f"{figures['asking_mb']:,.0f}",
        f"{result['load_average'][0]:.1f}",
    ]


def _round(figures: Mapping[str, float]) -> str:
    return f"{figures['hit_characters']:,.0f}"


def _print(head: tuple[str, ...], rows: list[list[str]]) -> None:
    for cells in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(cells)} |", flush=True)
