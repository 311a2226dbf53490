"""Open an index of the made-up council in a process of its own and measure it.

Started by :mod:`benchmarks.scale`; prints one JSON object.
"""

import argparse
import datetime as dt
import json
import re
import statistics
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import embedder
from benchmarks.scale_material import Council, Matter
from index.embedding.embedder import Embedder
from index.generation.dense import Dense
from index.language.tokens import words
from index.passage import DEFAULT_COLLECTION, DocumentKind, Filters
from index.search.filters import allowed_passages
from index.search.open_generation import OpenGeneration
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store

WARM = 10
ROUNDING = 1e-6
"""How far two sums of the same numbers may differ."""
_CHUNK = 20_000
_DEEP = 200
"""Passages that the dense ranking hands to the fusion."""
FILTERS = {
    "none": None,
    "body": Filters(body="文教委員会"),
    "half": Filters(since=dt.date(2015, 1, 1)),
    "month": Filters(since=dt.date(2012, 4, 1), until=dt.date(2012, 4, 30)),
    "speaker": Filters(speaker="佐藤委員"),
    "all": Filters(kind=DocumentKind.MINUTES),
}


ONLY_DRAWN = threading.Event()
"""Set while no question is embedded for the time that it takes."""


class Drawing:
    """The real embedder for the time that it takes; the vector that it gives is one drawn."""

    def __init__(self, by: Embedder, drawn: dict[str, NDArray[np.float32]]) -> None:
        self._by, self._drawn = by, drawn
        self.name, self.dimension = by.name, by.dimension

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages as it does."""
        return self._by.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embed the question and give the vector that was drawn for it."""
        if not ONLY_DRAWN.is_set():
            self._by.embed_query(text)
        return self._drawn[text]


def questions(count: int) -> dict[str, NDArray[np.float32]]:
    """Return questions with the vectors drawn for them, a little off the passages' centres."""
    council = Council()
    asked: list[tuple[str, Matter]] = [council.question() for _ in range(count)]
    vectors = council.vectors([matter for _, matter in asked], spread=1.0)
    return {text: vector for (text, _), vector in zip(asked, vectors, strict=True)}


def timed(searcher: Searcher, texts: Sequence[str], filters: Filters | None) -> dict[str, float]:
    """Return percentiles of the milliseconds of a whole question and of what is not embedding."""
    took = [searcher.search(Query(text, filters)).took_ms for text in texts][WARM:]
    times = {"": [one["total"] for one in took], "retrieve_": [one["retrieve"] for one in took]}
    times["processor_"] = processor(searcher, texts, filters)
    return {
        f"{kind}p{percent}": round(float(np.percentile(of_kind, percent)), 1)
        for kind, of_kind in times.items()
        for percent in (50, 95)
    }


def processor(searcher: Searcher, texts: Sequence[str], filters: Filters | None) -> list[float]:
    """Return the milliseconds of processor time of what is not embedding.

    On a machine with other work to do, that is what a quiet one would take.
    """
    took = []
    ONLY_DRAWN.set()
    for text in texts[WARM:]:
        started = time.process_time()
        searcher.search(Query(text, filters))
        took.append((time.process_time() - started) * 1000)
    ONLY_DRAWN.clear()
    return took


def recall(
    dense: Dense, vectors: NDArray[np.float32], allowed: NDArray[np.bool_] | None
) -> dict[str, float]:
    """Return the share of the exact nearest 10 and 200 that the index finds."""
    exact = np.empty((len(vectors), dense.size), dtype=np.float32)
    for start in range(0, dense.size, _CHUNK):
        held = dense.vectors(np.arange(start, min(start + _CHUNK, dense.size), dtype=np.int64))
        exact[:, start : start + _CHUNK] = vectors @ held.T
    shares: dict[int, list[float]] = {10: [], _DEEP: []}
    for vector, scores in zip(vectors, exact, strict=True):
        kept = scores if allowed is None else np.where(allowed, scores, -np.inf)
        found = dense.nearest(vector, _DEEP, allowed)
        for depth, of_depth in shares.items():
            best = (
                np.argpartition(-kept, depth)[:depth] if depth < len(kept) else np.arange(len(kept))
            )
            best = best[np.isfinite(kept[best])]
            among = found[: len(best)]
            # As good as the exact ones, not the same: equal scores may stand in any order.
            least = kept[best].min(initial=np.inf) - ROUNDING
            of_depth.append(float((kept[among] >= least).mean()) if len(best) else 1.0)
    return {f"at{depth}": round(statistics.mean(of_depth), 4) for depth, of_depth in shares.items()}


def memory() -> dict[str, float]:
    """Return the megabytes of this process: all, and those of the mapped vectors."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    whole = re.search(r"VmRSS:\s+(\d+)", status)
    vectors, inside = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            inside = line.endswith("dense.faiss")
        elif inside and line.startswith("Rss:"):
            vectors += int(line.split()[1])
    return {"all": int(whole[1]) / 1024 if whole else 0.0, "vectors": vectors / 1024}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=150)
    given = parser.parse_args()
    drawn = questions(given.questions)
    texts = list(drawn)
    by = Drawing(embedder(), drawn)
    by.embed_query(texts[0])
    words(texts[0])  # the dictionary is the program's, not the index's
    before = memory()
    started = time.perf_counter()
    searcher = Searcher.open(given.data, by)
    opening = time.perf_counter() - started
    took = {name: timed(searcher, texts, filters) for name, filters in FILTERS.items()}
    after = memory()
    store = Store.open(given.data)
    opened = OpenGeneration.open(store, given.data, DEFAULT_COLLECTION, searcher.generation)
    vectors = np.stack([drawn[text] for text in texts[:50]])
    marks = {
        name: allowed_passages(opened.columns, opened.documents, filters, lambda: opened.names)
        for name, filters in FILTERS.items()
    }
    dense = opened.dense
    assert isinstance(dense, Dense)  # on a server every search is exact
    size = dense.size
    result = {
        "passages": size,
        "kind": "whole" if dense.is_exact else "coarse",
        "opening_ms": round(opening * 1000, 1),
        "took": took,
        "kept": {name: size if m is None else int(m.sum()) for name, m in marks.items()},
        "recall": {name: recall(dense, vectors, mark) for name, mark in marks.items()},
        "memory_mb": round(after["all"] - before["all"], 1),
        "memory_vectors_mb": round(after["vectors"], 1),
        "process_mb": round(after["all"], 1),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
