"""Does reading keep embedding waiting? ``make bench``, or ``python -m benchmarks.ingesting``.

Ingests many one-page text files, and one PDF of many pages, and beside each embeds the same
passages by themselves in the same run: the ratio of the two times says how much the rest costs.
Also the most memory that the process held, for a few files and for many.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.material import embedder
from index.embedding.embedder import Embedder
from index.writer import Writer
from ingest.isolation.worker_pool import WorkerPool
from ingest.pipeline import ingest

PLACES = ("中央", "北部", "南部", "駅前", "港", "山手", "川沿い", "本町")
MATTERS = ("図書館", "保育所", "下水道", "市道", "公園", "バス路線", "消防団", "給食センター")
LINES_A_PAGE = 30


def page(number: int) -> list[str]:
    """Return the lines of a page of minutes of our own; no two pages are the same."""
    lines = [
        f"第{number}回みどり市施設審議会　議事録",
        f"日時　令和{1 + number % 6}年6月{1 + number % 28}日",
    ]
    for turn in range((LINES_A_PAGE - 2) // 2):
        place, matter = PLACES[(number + turn) % 8], MATTERS[(number // 8 + turn) % 8]
        cost = 1_000 + 37 * number + turn
        lines += [
            f"◆{turn + 1}番（鈴木花子君）　{place}の{matter}の改修はいつ始まりますか。",
            f"◎施設課長（佐藤次郎君）　{place}の{matter}は、来年度に{cost}万円で改修する考えです。",
        ]
    return lines


def write_texts(folder: Path, count: int) -> Path:
    """Write one text file a page."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05d}.txt").write_text("\n".join(page(number)), encoding="utf-8")
    return folder


def write_pdf(folder: Path, count: int) -> Path:
    """Write the pages as one PDF."""
    folder.mkdir()
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    canvas = Canvas(str(folder / "all.pdf"), pagesize=A4)
    for number in range(count):
        canvas.setFont("HeiseiMin-W3", 10)
        for row, line in enumerate(page(number)):
            canvas.drawString(50, 800 - 24 * row, line)
        canvas.showPage()
    canvas.save()
    return folder


def ingested(documents: Path, by: Embedder) -> tuple[float, list[str]]:
    """Return the seconds of an ingest and the texts that it embedded."""
    with tempfile.TemporaryDirectory() as data:
        started = time.perf_counter()
        with Writer.open(Path(data), by) as index, WorkerPool() as reading:
            ingest([documents], index=index, reading=reading)
            took = time.perf_counter() - started
            texts = [p.text for document in index.documents() for p in index.passages(document)]
    return took, texts


def embedded(texts: list[str], by: Embedder) -> float:
    """Return the seconds that embedding takes by itself, in the batches of an ingest."""
    started = time.perf_counter()
    for start in range(0, len(texts), 128):
        by.embed_passages(texts[start : start + 128])
    return time.perf_counter() - started


def most_memory_mb() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print one row a kind of material."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    pages = parser.parse_args().pages
    by = embedder()
    by.embed_passages(["warm"] * 128)
    print("| material | passages | ingest s | embedding alone s | ratio | most memory MB |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, documents in (
            (f"{pages // 10} text files", write_texts(Path(folder, "few"), pages // 10)),
            (f"{pages} text files", write_texts(Path(folder, "many"), pages)),
            (f"one PDF of {pages} pages", write_pdf(Path(folder, "pdf"), pages)),
        ):
            took, texts = ingested(documents, by)
            memory = most_memory_mb()
            alone = embedded(texts, by)
            cells = (name, len(texts), f"{took:.1f}", f"{alone:.1f}", f"{took / alone:.2f}")
            print(f"| {' | '.join(map(str, cells))} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
