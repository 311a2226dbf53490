"""How cost grows with the number of passages: ``python -m benchmarks.scale [--sizes 1000,10000]``.

A council is made up (:mod:`benchmarks.scale_material`), stored by the real writer and published by
the real code, only its vectors are drawn instead of embedded. At every size the index is opened in
a process of its own and asked (:mod:`benchmarks.scale_measure`). Prints a table, writes the numbers
to ``benchmarks/results/scale.json`` and, with ``--plots``, the picture to ``docs/images``. Times of
an ingest are the processor's, so that other work on the machine does not count.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import PROJECT, RESULTS, embedder
from benchmarks.scale_copies import copy_rows
from benchmarks.scale_material import DIMENSION, Council, Matter
from benchmarks.scale_plot import draw
from index.generation.manifest import read_manifest, segments_of
from index.generation.segment import DENSE
from index.passage import DEFAULT_COLLECTION, Document, Passage
from index.store.sqlite import FILE_NAME
from index.where import Where
from index.writer import Writer

DATA = RESULTS / "scale"
NUMBERS = RESULTS / "scale.json"
SIZES = (1_000, 10_000, 100_000)
_TOGETHER = 20
"""Documents put at once."""
MOST_PUT = 100_000
"""Passages that are put one by one; past that the store is given copies of its rows."""
PICTURE = PROJECT / "docs" / "images" / "scale.svg"

Numbers = Mapping[str, Any]
Made = tuple[Document, list[Passage], list[Matter]]


class Drawn:
    """An embedder that embeds nothing: it gives the vectors that were drawn for the next texts."""

    dimension = DIMENSION

    def __init__(self, name: str, council: Council) -> None:
        self.name = name
        self._council = council
        self.matters: list[Matter] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a drawn vector a text."""
        assert len(texts) == len(self.matters)
        return self._council.vectors(self.matters)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return any vector: no question is asked here."""
        vectors = self._council.vectors([self._council.matters[len(text)]])
        return np.asarray(vectors[0], dtype=np.float32)


class Growing:
    """The index that grows from size to size."""

    def __init__(self, name: str) -> None:
        shutil.rmtree(DATA, ignore_errors=True)
        self._council = Council()
        self._by = Drawn(name, self._council)
        self._passages = 0
        self._rate = 0.0

    def to(self, size: int) -> dict[str, float]:
        """Grow to about ``size`` passages, publish, and say how many seconds it took."""
        with Writer.open(DATA, self._by) as writer:
            if size <= MOST_PUT:
                self._put_until(writer, size)
            else:
                times = size // self._passages - 1
                copy_rows(DATA, times, writer.pending)
                self._passages *= times + 1
            started = time.process_time()
            writer.publish()
            published = time.process_time() - started
        return {"put_rate": round(self._rate, 1), "publish_s": round(published, 2)}

    def _put_until(self, writer: Writer, size: int) -> None:
        took, before = 0.0, self._passages
        documents: list[Made] = []
        for made in self._council.documents(size - before):
            documents.append(made)
            if len(documents) == _TOGETHER:
                took += self._put(writer, documents)
                documents.clear()
        took += self._put(writer, documents)
        self._rate = (self._passages - before) / took

    def one_more(self, where: Where = DATA) -> float:
        """Return the seconds of a processor that one more document takes, until it is published."""
        made = list(self._council.documents(100))
        with Writer.open(where, self._by) as writer:
            started = time.process_time()
            self._put(writer, made)
            writer.publish()
        return round(time.process_time() - started, 2)

    def _put(self, writer: Writer, made: Sequence[Made]) -> float:
        self._by.matters = [matter for _, _, matters in made for matter in matters]
        self._passages += len(self._by.matters)
        started = time.process_time()
        writer.put([(document, passages) for document, passages, _ in made], root="/", reader="1")
        return time.process_time() - started


def disk(data: Path) -> dict[str, float]:
    """Return the megabytes of the store, of what the newest generation is made of, its vectors."""
    place = segments_of(data, DEFAULT_COLLECTION)
    newest = max(path for path in place.parent.iterdir() if path != place)
    parts = [newest, *(place / segment.name for segment in read_manifest(newest).segments)]
    files = [path for part in parts for path in part.rglob("*") if path.is_file()]
    found = {
        "store": sum(path.stat().st_size for path in data.glob(f"{FILE_NAME}*")),
        "generation": sum(path.stat().st_size for path in files),
        "vectors": sum(path.stat().st_size for path in files if path.name == DENSE),
    }
    return {f"{name}_mb": round(size / 1e6, 1) for name, size in found.items()}


def measured(data: Path) -> dict[str, Any]:
    """Measure an index in a process of its own."""
    command = (sys.executable, "-m", "benchmarks.scale_measure", str(data))
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


ROWS: dict[str, Callable[[Numbers], str]] = {
    "passages": lambda n: f"{n['passages']:,}",
    "dense index": lambda n: "scanned whole" if n["kind"] == "whole" else "coarse first",
    "opened, ms": lambda n: f"{n['opening_ms']:.0f}",
    "question by the clock, p50 / p95 ms": lambda n: _pair(n["took"]["none"], ""),
    "… under the slowest filter": lambda n: _pair(_slowest(n), ""),
    "… processor time without embedding": lambda n: _pair(n["took"]["none"], "processor_"),
    "recall@10 / @200": lambda n: " / ".join(f"{r:.3f}" for r in n["recall"]["none"].values()),
    "worst under a filter": lambda n: f"{min(min(r.values()) for r in n['recall'].values()):.3f}",
    "memory over the vectors, kB a passage": lambda n: f"{_over_vectors(n):.2f}",
    "disk: store, generation, MB": lambda n: f"{n['store_mb']:,.0f}, {n['generation_mb']:,.0f}",
    "stored, passages/s": lambda n: f"{n['put_rate']:,.0f}",
    "published, s": lambda n: f"{n['publish_s']:,.1f}",
    "one document more, s": lambda n: f"{n['one_more_s']:,.1f}",
    "memory while publishing, MB": lambda n: f"{n['peak_mb']:,.0f}",
}


def _pair(took: Mapping[str, float], kind: str) -> str:
    return f"{took[f'{kind}p50']:.0f} / {took[f'{kind}p95']:.0f}"


def _slowest(numbers: Numbers) -> Mapping[str, float]:
    filtered = (took for name, took in numbers["took"].items() if name != "none")
    return max(filtered, key=lambda took: float(took["p50"]))


def _over_vectors(numbers: Numbers) -> float:
    """Return the kB a passage that the open index takes beside the vectors' own."""
    over = numbers["memory_mb"] - numbers["memory_vectors_mb"]
    return float(over * 1024 / numbers["passages"])


def table(results: Sequence[Numbers]) -> str:
    """Return the results as a Markdown table, one column a size."""
    lines = [
        f"| {name} | {' | '.join(cell(one) for one in results)} |" for name, cell in ROWS.items()
    ]
    return "\n".join([lines[0], "|" + "---|" * (len(results) + 1), *lines[1:]])


def main() -> None:
    """Grow, measure, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--plots", action="store_true", help="draw them into docs/images")
    given = parser.parse_args()
    growing = Growing(embedder().name)
    results: list[Numbers] = []
    for size in sorted(int(size) for size in given.sizes.split(",")):
        numbers = growing.to(size) | {"one_more_s": growing.one_more()}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        results.append(numbers | disk(DATA) | measured(DATA) | {"peak_mb": round(peak, 1)})
        print(f"{size:,} passages measured", file=sys.stderr, flush=True)
        NUMBERS.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(table(results))
    if given.plots:
        draw(results, PICTURE)


if __name__ == "__main__":
    main()
