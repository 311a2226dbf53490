"""How cost grows with the number of passages: ``python -m benchmarks.scale [--sizes 1000,10000]``.

A council is made up (:mod:`benchmarks.scale_material`), stored by the real writer and published by
the real code, only its vectors are drawn instead of embedded. At every size the index is opened in
a process of its own and asked (:mod:`benchmarks.scale_measure`). Prints a table, writes the numbers
to ``benchmarks/results/scale.json`` and, with ``--plots``, the pictures to ``docs/images``.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import RESULTS
from benchmarks.scale_material import DIMENSION, Council, Matter
from benchmarks.scale_plot import draw
from index.embedded_model import EMBEDDED_NAME
from index.generation import folder_of
from index.passage import DEFAULT_COLLECTION, Passage
from index.store import FILE_NAME
from index.writing import Writer

DATA = RESULTS / "scale"
NUMBERS = RESULTS / "scale.json"
SIZES = (1_000, 10_000, 100_000)
_TOGETHER = 20
"""Documents put at once."""


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
        return self._council.vectors([self._council.matters[len(text)]])[0]


class Growing:
    """The index that grows from size to size."""

    def __init__(self, name: str) -> None:
        shutil.rmtree(DATA, ignore_errors=True)
        self._council = Council()
        self._by = Drawn(name, self._council)
        self._passages = 0

    def to(self, size: int) -> dict[str, float]:
        """Put documents until there are ``size`` passages, publish, and say how long it took."""
        put, count = 0.0, size - self._passages
        with Writer.open(DATA, self._by) as writer:
            documents = list(self._council.documents(0))
            for made in self._council.documents(count):
                documents.append(made)
                if len(documents) == _TOGETHER:
                    put += self._put(writer, documents)
                    documents.clear()
            put += self._put(writer, documents)
            started = time.perf_counter()
            writer.publish()
            published = time.perf_counter() - started
        self._passages = size
        return {"put_s": round(put, 2), "put": count, "publish_s": round(published, 2)}

    def one_more(self) -> float:
        """Return the seconds that one more document takes, until it is published."""
        made = list(self._council.documents(100))
        with Writer.open(DATA, self._by) as writer:
            started = time.perf_counter()
            self._put(writer, made)
            writer.publish()
        self._passages += sum(len(passages) for _, passages, _ in made)
        return round(time.perf_counter() - started, 2)

    def _put(
        self, writer: Writer, made: Sequence[tuple[object, list[Passage], list[Matter]]]
    ) -> float:
        self._by.matters = [matter for _, _, matters in made for matter in matters]
        started = time.perf_counter()
        writer.put([(document, passages) for document, passages, _ in made], root="/", reader="1")
        return time.perf_counter() - started


def disk(data: Path) -> dict[str, float]:
    """Return the megabytes of the store, of the newest generation and of the vectors in it."""
    newest = max(folder_of(data, DEFAULT_COLLECTION, 1).parent.iterdir())
    generation = sum(path.stat().st_size for path in newest.rglob("*") if path.is_file())
    store = sum(path.stat().st_size for path in data.glob(f"{FILE_NAME}*"))
    found = {
        "store": store,
        "generation": generation,
        "vectors": (newest / "dense.faiss").stat().st_size,
    }
    return {f"{name}_mb": round(size / 1e6, 1) for name, size in found.items()}


def measured() -> dict[str, object]:
    """Measure the index in a process of its own."""
    command = (sys.executable, "-m", "benchmarks.scale_measure", str(DATA))
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return found


def row(numbers: dict) -> str:
    """Return the line of the table for one size."""
    took, recall = numbers["took"], numbers["recall"]
    over = (numbers["memory_mb"] - numbers["memory_vectors_mb"]) * 1024 / numbers["passages"]
    worst = min(of_depth for name in recall for of_depth in recall[name].values())
    return (
        f"| {numbers['passages']:,} | {numbers['kind']} | {numbers['opening_ms']:.0f} "
        f"| {took['none']['p50']:.0f} / {took['none']['p95']:.0f} "
        f"| {took['none']['retrieve_p50']:.0f} / {took['none']['retrieve_p95']:.0f} "
        f"| {took['body']['p50']:.0f} / {took['body']['p95']:.0f} "
        f"| {recall['none']['at200']:.3f} | {worst:.3f} | {over:.2f} "
        f"| {numbers['store_mb'] + numbers['generation_mb']:,.0f} "
        f"| {numbers['put'] / numbers['put_s']:,.0f} | {numbers['publish_s']:.1f} "
        f"| {numbers['one_more_s']:.1f} | {numbers['peak_mb']:,.0f} |"
    )


HEAD = (
    "| passages | index | opened, ms | question p50 / p95, ms | without embedding | one body only "
    "| recall | worst under a filter | kB a passage over the vectors | disk, MB | stored, passages/s "
    "| published, s | one document more, s | peak while publishing, MB |\n|" + "---|" * 14
)


def main() -> None:
    """Grow, measure, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--plots", action="store_true", help="draw them into docs/images")
    given = parser.parse_args()
    growing = Growing(EMBEDDED_NAME)
    results = []
    print(HEAD)
    for size in sorted(int(size) for size in given.sizes.split(",")):
        numbers = growing.to(size) | {"one_more_s": growing.one_more()}
        numbers |= disk(DATA) | measured()
        numbers["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        results.append(numbers)
        print(row(numbers), flush=True)
        NUMBERS.write_text(json.dumps(results, indent=1), encoding="utf-8")
    if given.plots:
        draw(results)


if __name__ == "__main__":
    main()
