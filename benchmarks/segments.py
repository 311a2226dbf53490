"""What an index of many segments costs: ``python -m benchmarks.segments [--passages 100000]``.

A made-up council of one large segment gets meetings of 100 to 150 passages, published one by one
without merging; at each step the index is asked in a process of its own, and at the end once more
with all merged into one. Prints the seconds from storing a meeting until it can be found (embedding
left out, by the clock and of the processor), and a question's time as a share of the merged one's.
"""

import argparse
import shutil
import time
from unittest.mock import patch

from benchmarks.material import embedder
from benchmarks.scale import DATA, MOST_PUT, Growing, measured
from index.generation import merging
from index.generation.manifest import folder_of, read_manifest
from index.passage import DEFAULT_COLLECTION
from index.store.store import Store
from index.writer import Writer

STEPS = (1, 6, 12, 20)
"""Segments at which the index is asked."""
_COPIED = 65_000
"""Passages that a larger council is made of copies of."""


def segments() -> int:
    """Return how many segments the published generation has."""
    store = Store.open(DATA)
    number = store.generation(DEFAULT_COLLECTION)
    store.close()
    return len(read_manifest(folder_of(DATA, DEFAULT_COLLECTION, number)).segments)


def asked() -> dict[str, float]:
    """Return what a question takes, in milliseconds of the processor, without embedding."""
    took = measured(DATA)["took"]["none"]
    return {"p50": took["processor_p50"], "p95": took["processor_p95"]}


def main() -> None:
    """Grow, ask, merge, ask again, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--steps", default=",".join(map(str, STEPS)))
    given = parser.parse_args()
    steps = [int(step) for step in given.steps.split(",")]
    growing = Growing(embedder().name)
    if given.passages > MOST_PUT:
        growing.to(_COPIED)
    growing.to(given.passages)
    rows, clock, processor = [], [], []
    with patch.object(merging, "MOST", max(steps) + 1):
        for step in steps:
            while segments() < step:
                started = time.perf_counter()
                processor.append(growing.one_more())
                clock.append(time.perf_counter() - started)
            rows.append((f"{step}", asked()))
    started = time.perf_counter()
    with patch.object(merging, "MOST", 1), Writer.open(DATA, embedder()) as writer:
        writer.merge()
    merged_s = time.perf_counter() - started
    whole = asked()
    print("| segments | p50 ms | p95 ms | of the merged one |\n|---|---|---|---|")
    for name, took in [*rows, ("all merged", whole)]:
        share = took["p50"] / whole["p50"]
        print(f"| {name} | {took['p50']:.1f} | {took['p95']:.1f} | {share:.2f} |")
    half = len(clock) // 2
    print(f"a meeting, stored and published: {sorted(clock)[half]:.2f} s by the clock,")
    print(f"{sorted(processor)[half]:.2f} s of the processor (medians of {len(clock)});")
    print(f"all merged into one: {merged_s:.1f} s")
    shutil.rmtree(DATA, ignore_errors=True)


if __name__ == "__main__":
    main()
