"""Does a bad file harm the run, the others or the disk? ``python -m benchmarks.mutated``.

Damaged copies of files of every format, and files made to break what reads them, are ingested
beside whole ones. For each format: how many were read, read with warnings, or not read and why; and
faults, of which there should be none: processes that died, time-outs, files that were written
anywhere else, whole files that were lost, words that are not meant for people.
"""

import argparse
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.embedding.embedder import Embedder
from index.passage import Document
from index.writer import Writer
from ingest.isolation.worker_pool import WorkerPool
from ingest.limits import Limits
from ingest.outcome import IngestReport
from ingest.pipeline import ingest
from tests.index.making import CharacterEmbedder
from tests.ingest.isolation import contorted, contorted_office, contorted_pdf, mutating, seeds

LIMITS = Limits(seconds=60.0)
_AT_ONCE = 500
_LOCK = ".lock"
"""What runs of LibreOffice wait for stays, so that the next one finds it."""

_NEIGHBOURS = ("0.txt", "~.txt")
_NOT_FOR_PEOPLE = re.compile(
    r"/(?:tmp|work|home|root|usr|var|proc)/|Traceback|\.py\b|xox[a-z]-|0x[0-9a-f]{8}|[\x00-\x1f]"
)
_NOT_READ = re.compile(r"\d[\d,.]*")
_ENDED = ("ended the process", "took more than", "could not be looked into")


@dataclass(slots=True)
class Outcome:
    """What came of the files of a run; ``faults`` are what should never be."""

    files: int = 0
    read: int = 0
    warned: int = 0
    unread: "Counter[str]" = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    texts: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another run's files, too."""
        self.files += other.files
        self.read += other.read
        self.warned += other.warned
        self.unread += other.unread
        self.faults += other.faults
        self.seconds += other.seconds


def tried(
    place: Path, files: Mapping[str, bytes], embedder: Embedder, limits: Limits = LIMITS
) -> Outcome:
    """Ingest files between two whole ones in the empty folder ``place``, and see what they did."""
    documents = place / "documents"
    documents.mkdir(parents=True)
    for name, content in files.items():
        (documents / name).write_bytes(content)
    for neighbour in _NEIGHBOURS:
        text = "\n".join((*seeds.TEXT, f"資料{neighbour}"))
        (documents / neighbour).write_text(text, encoding="utf-8")
    outcome = Outcome(len(files))
    started = time.perf_counter()
    with _temporary(place / "temporary"):
        before = set(place.rglob("*")) | _around(place)
        try:
            _ingest(place, embedder, limits, outcome, files)
        except Exception as error:  # noqa: BLE001 (whatever it is, it ended the run)
            outcome.faults.append(f"the run ended: {type(error).__name__}: {error}")
        written = (set(place.rglob("*")) | _around(place)) - before
        outcome.faults += [
            f"written: {path}" for path in written if (place / "data") not in (path, *path.parents)
        ]
    outcome.seconds = time.perf_counter() - started
    return outcome


def _ingest(
    place: Path, embedder: Embedder, limits: Limits, outcome: Outcome, files: Mapping[str, bytes]
) -> None:
    with Writer.open(place / "data", embedder) as index, WorkerPool(limits) as reading:
        report = ingest([place / "documents"], index=index, reading=reading)
        held = {str(name): document for name, document in index.documents().items()}
        outcome.texts = {
            name: "\n".join(p.text for p in index.passages(document.document))
            for name, document in held.items()
        }
    _count(outcome, report, held)
    known = {name.split("/")[0] for name in held}
    known |= {copy.name.split("/")[0] for found in held.values() for copy in found.copies}
    outcome.faults += [f"nothing came of {name}" for name in files if name not in known]
    outcome.faults += [
        f"{neighbour} was lost"
        for neighbour in _NEIGHBOURS
        if not outcome.texts.get(neighbour, "").endswith(f"資料{neighbour}")
    ]


def _count(outcome: Outcome, report: IngestReport, held: Mapping[str, Document]) -> None:
    for name, document in held.items():
        if name in _NEIGHBOURS:
            continue
        outcome.told += document.warnings
        outcome.read += document.readable and not document.warnings
        outcome.warned += document.readable and bool(document.warnings)
        if not document.readable and not document.warnings:
            outcome.faults.append(f"{name}: no reason")
        outcome.faults += [
            f"{name}: not for people: {told}"
            for told in document.warnings
            if not told.strip() or _NOT_FOR_PEOPLE.search(told)
        ]
    for name, why in report.unreadable:
        outcome.unread[_NOT_READ.sub("N", why).partition(":")[0]] += 1
        if any(ended in why for ended in _ENDED):
            outcome.faults.append(f"{name}: {why}")


def _around(place: Path) -> set[Path]:
    """Return what was written by a name that leads out of its folder."""
    return {
        path
        for folder in (Path("/"), Path.cwd(), *place.parents)
        for path in folder.glob(f"*{mutating.OUTSIDE}")
    }


@contextmanager
def _temporary(folder: Path) -> Iterator[None]:
    """Have the temporary files of this process and its children in a folder of their own."""
    folder.mkdir()
    known, kept = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"], tempfile.tempdir = str(folder), None
    try:
        yield
    finally:
        tempfile.tempdir = kept
        del os.environ["TMPDIR"]
        if known is not None:
            os.environ["TMPDIR"] = known


@contextmanager
def without_ocr(folder: Path) -> Iterator[None]:
    """Have engines fail on every picture: what they make of noise takes time, and is not asked."""
    folder.mkdir()
    (folder / "rapidocr.py").write_text("", encoding="utf-8")
    (folder / "tesseract").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "tesseract").chmod(0o755)
    kept = {name: os.environ.get(name) for name in ("PATH", "PYTHONPATH")}
    for name, value in kept.items():
        os.environ[name] = os.pathsep.join(filter(None, (str(folder), value)))
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def all_seeds(folder: Path) -> dict[str, bytes]:
    """Return whole files of every format that can be made here, by name."""
    return {
        **seeds.seeds(),
        **seeds.pdf_seeds(folder),
        **seeds.picture_seeds(),
        **seeds.ichitaro_seed(folder),
    }


def damaged(name: str, content: bytes, count: int, seed: str) -> dict[str, bytes]:
    """Return ``count`` damaged copies by name, the same ones for the same seed."""
    draw = mutating.draw_from(f"{seed} {name}")
    stem, _, suffix = name.rpartition(".")
    return {
        f"{stem}{number:05d}.{suffix}": mutating.mutated(content, draw) for number in range(count)
    }


CONTORTED: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "text": contorted.texts,
    "HTML": contorted.pages,
    "mail": contorted.letters,
    "pictures": contorted.pictures,
    "PDF": contorted_pdf.pdfs,
    "zip": contorted_office.zips,
    "Office": contorted_office.offices,
}
"""Files made to break what reads them, by what they are."""


def _row(name: str, outcome: Outcome) -> None:
    cells = (
        *(name, outcome.files, outcome.read, outcome.warned, sum(outcome.unread.values())),
        *(len(outcome.faults), f"{outcome.seconds:.0f}"),
    )
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    for fault in outcome.faults:
        print(f"FAULT {fault}", file=sys.stderr, flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100, help="of each format")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="formats whose name holds this")
    parser.add_argument("--office", type=int, default=3, help="files that LibreOffice reads")
    return parser.parse_args()


def main() -> None:
    """Print one row a format, and then why files were not read."""
    asked = _asked()
    total, by = Outcome(), CharacterEmbedder()
    print("| format | files | read | with warnings | not read | faults | s |")
    print("|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder, without_ocr(Path(folder, "no-ocr")):
        place = Path(folder)
        counts = dict.fromkeys(all_seeds(place), asked.files)
        made = {**all_seeds(place), **seeds.office_seeds(place)}
        runs: dict[str, Iterator[dict[str, bytes]]] = {
            f"{kind}, contorted": iter([make()])
            for kind, make in CONTORTED.items()
            if asked.only in f"{kind}, contorted"
        }
        for name, content in made.items():
            if asked.only in name:
                count = counts.get(name, asked.office)
                runs[name] = _batches(name, content, count, asked.seed)
        for name, batches in runs.items():
            outcome = Outcome()
            for number, files in enumerate(batches):
                outcome.add(tried(place / f"{name}-{number}", files, by))
            _row(name, outcome)
            total.add(outcome)
    _row("all", total)
    for why, count in total.unread.most_common():
        print(f"{count:6d} {why}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of the run itself: {most:,.0f} MB")


def _batches(name: str, content: bytes, count: int, seed: str) -> Iterator[dict[str, bytes]]:
    for start in range(0, count, _AT_ONCE):
        yield damaged(name, content, min(_AT_ONCE, count - start), f"{seed} {start}")


if __name__ == "__main__":
    main()
