"""Kiroku beside what a user would pick instead: ``python -m benchmarks.side_by_side``.

LlamaIndex, LangChain, Haystack and txtai, each set up as its documentation does for hybrid search
inside one process (``benchmarks/others``), on the same machine, documents and embedding model. The
first run installs them into ``benchmarks/results/others``, for which it needs the network. Each
system is a process, asked through its standard streams; Kiroku by its public command. What was
measured before is taken from ``benchmarks/results/side_by_side``, unless ``--again`` is given.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.material import RESULTS, Case, squeeze
from benchmarks.side_by_side_sets import MOST_QUESTIONS, Compared, Group, compared_sets
from benchmarks.side_by_side_systems import SYSTEMS, Measured, Reply, measure
from benchmarks.side_by_side_tables import put_into, tables

WORK = RESULTS / "side_by_side"
READ = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where the answer to one question was: its rank, and the characters read up to its end."""

    rank: int | None
    read: int | None


def find(case: Case, reply: Reply) -> Found:
    """Judge the hits of a question as ``kiroku evaluate`` does."""
    before = 0
    for rank, hit in enumerate(reply.hits, start=1):
        text = squeeze(hit.text)
        ends = [
            text.index(span) + len(span)
            for span, document in ((squeeze(s), d) for s, d in case.gold)
            if span in text and document in {None, hit.document}
        ]
        if ends:
            return Found(rank, before + min(ends))
        before += len(text)
    return Found(None, None)


def quality(group: Group, replies: dict[str, Reply]) -> dict[str, float]:
    """Return the shares of a group's questions."""
    found = [find(case, replies[case.id]) for case in group.cases]
    ranks = [f.rank for f in found]
    shown = [len(hit.text) for case in group.cases for hit in replies[case.id].hits]
    figures = {f"recall@{k}": _share(r is not None and r <= k for r in ranks) for k in (1, 5, 10)}
    return figures | {
        "mrr@10": statistics.fmean(1 / r if r else 0.0 for r in ranks),
        f"read@{READ}": _share(f.read is not None and f.read <= READ for f in found),
        "hit_characters": statistics.fmean(shown) if shown else 0.0,
    }


def result(compared: Compared, measured: Measured) -> dict[str, object]:
    """Return what is kept of a run."""
    times = sorted(reply.seconds * 1000 for reply in measured.replies.values())
    return {
        "questions": [case.id for case in compared.cases()],
        "documents": len(compared.files()),
        "load_average": [round(value, 1) for value in os.getloadavg()],
        "at": time.strftime("%Y-%m-%d %H:%M"),
        "took_ms": {
            "p50": statistics.median(times),
            "p95": times[min(len(times) - 1, int(len(times) * 0.95))],
        },
        "figures": asdict(measured.figures),
        "groups": {g.name: quality(g, measured.replies) for g in compared.groups},
    }


def run(compared: Compared, system: str, *, again: bool) -> dict[str, object]:
    """Measure a system on a set, or take what was measured before."""
    kept = WORK / f"{compared.name}-{system}.json"
    if kept.is_file() and not again:
        before = json.loads(kept.read_text(encoding="utf-8"))
        if before["questions"] == [case.id for case in compared.cases()]:
            return dict(before)
    measured = measure(compared, system, WORK)
    now = result(compared, measured)
    kept.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return now


def _share(right: Iterable[bool]) -> float:
    return statistics.fmean(map(float, right))


def main() -> None:
    """Measure what is asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=["samples", "jaquad", "shinagawa", "qmsum"])
    parser.add_argument("--systems", nargs="+", default=list(SYSTEMS), choices=list(SYSTEMS))
    parser.add_argument("--questions", type=int, default=MOST_QUESTIONS, help="at most, a group")
    parser.add_argument("--again", action="store_true", help="measure also what was before")
    parser.add_argument("--page", type=Path, help="a page to put the tables into")
    told = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    parts = []
    for compared in compared_sets(WORK, told.questions):
        if compared.name not in told.sets:
            continue
        systems = [s for s in told.systems if compared.japanese or not SYSTEMS[s].helped]
        results = {system: run(compared, system, again=told.again) for system in systems}
        parts.append(tables(compared, results, read=READ))
        print(parts[-1], flush=True)
    if told.page:
        put_into(told.page, "\n".join(parts))


if __name__ == "__main__":
    main()
