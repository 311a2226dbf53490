"""How long reading takes: a budget of 150 pages with ruled tables, plain minutes of 100 pages.

``python -m benchmarks.papers.speed [--times 3]``; the seconds are those of reading and
understanding in one process, without embedding, the least of several times.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from benchmarks.papers import budgets, texts
from benchmarks.papers.measure import draw, read


def main() -> None:
    """Print one row a paper."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    print("| paper | pages | passages | seconds | of which this process ran | load |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as made:
        for kind in (budgets.long_budget, texts.long_minutes):
            paper = draw(kind, 0, Path(made))
            taken: list[tuple[float, float]] = []
            for _ in range(times):
                ran = time.process_time()
                document, passages, seconds = read(paper.path)
                taken.append((seconds, time.process_time() - ran))
            cells = (
                kind.__name__,
                document.pages,
                len(passages),
                *map("{:.1f}".format, min(taken)),
            )
            print(f"| {' | '.join(map(str, cells))} | {os.getloadavg()[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
