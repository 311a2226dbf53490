"""The tables of the comparison, in Markdown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.side_by_side_sets import Compared
from benchmarks.side_by_side_systems import SYSTEMS

BEGIN: Final = "<!-- measured -->"
END: Final = "<!-- end -->"
Result = Mapping[str, Any]
COSTS = (
    "system",
    "passages",
    "load s",
    "ingest s",
    "CPU s",
    "documents/s",
    "passages/s",
    "p50 ms",
    "p95 ms",
    "MB, ingest",
    "MB, asked",
    "load average",
)


def tables(compared: Compared, results: Mapping[str, Result], *, read: int) -> str:
    """Return the qualities of a set, by group of its questions, and then what they cost."""
    documents = len(compared.files())
    parts = [f"### {compared.name}: {documents} documents"]
    for group in compared.groups:
        measures = ("recall@1", "recall@5", "recall@10", "mrr@10", f"read@{read}")
        rows = [
            [SYSTEMS[name].title, *(f"{100 * f[m]:.1f}" for m in measures), _round(f)]
            for name, result in results.items()
            for f in [result["groups"][group.name]]
        ]
        head = ("R@1", "R@5", "R@10", "MRR × 100", f"in {read:,} characters")
        parts.append(f"{group.name}, {len(group.cases)} questions:")
        parts.append(_table(("system", *head, "characters a hit"), rows))
    parts.append("What it cost:")
    rows = [_costs(name, result, documents) for name, result in results.items()]
    parts.append(_table(COSTS, rows))
    return "\n\n".join(parts) + "\n"


def put_into(page: Path, measured: str) -> None:
    """Put the tables into a page, between the two marks that it has for them."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"{page} lacks {BEGIN}"
    assert end, f"{page} lacks {END}"
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{after}", encoding="utf-8")


def _costs(name: str, result: Result, documents: int) -> list[str]:
    figures, took = result["figures"], result["took_ms"]
    working = figures["ingest_seconds"] - figures["load_seconds"]
    return [
        SYSTEMS[name].title,
        f"{figures['passages']:,}",
        f"{figures['load_seconds']:.1f}",
        f"{figures['ingest_seconds']:.0f}",
        f"{figures['cpu_seconds']:.0f}",
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


def _table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
