"""Bringing the index up to date, for every command that does so."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cli.options import Place
from cli.output import screen
from cli.output.json_types import Json
from index.embedding.embedder import Embedder
from index.writer import Writer
from ingest.intake.scan import FoundFile
from ingest.intake.unattended import Unattended
from ingest.isolation.worker_pool import WorkerPool
from ingest.outcome import IngestReport
from ingest.pipeline import ingest
from ingest.progress import NoProgress, choose_progress

_TELL_S = 10.0


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did, and the generation of the index that is published after it."""

    report: IngestReport
    generation: int

    def summary(self) -> str:
        """Return it in one line."""
        report = self.report
        return (
            f"added {report.added}, replaced {report.replaced}, unchanged {report.unchanged}, "
            f"removed {report.removed}, not read {len(report.unreadable)}; "
            f"{report.passages} passages put in, generation {self.generation}"
        )

    def json(self) -> Json:
        """Return it as ``kiroku ingest --json`` prints it."""
        report = self.report
        return {
            "added": report.added,
            "replaced": report.replaced,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "unreadable": [
                {"document": document, "reason": reason} for document, reason in report.unreadable
            ],
            "passages": report.passages,
            "warnings": report.warnings,
            "same": report.same,
            "generation": self.generation,
        }


def bring_up_to_date(
    paths: Sequence[Path | FoundFile],
    place: Place,
    embedder: Embedder,
    *,
    prune: bool = False,
    unattended: Unattended | None = None,
) -> Ingested:
    """Ingest ``paths``; progress and files that could not be read go to standard error.

    Where nobody looks on, there is no progress to be told.
    """
    with Writer.open(place.index, embedder, place.collection) as writer, WorkerPool() as reading:
        watched = choose_progress(screen.progress_output()) if unattended is None else NoProgress()
        report = ingest(
            paths,
            index=writer,
            prune=prune,
            progress=watched,
            reading=reading,
            unattended=unattended,
        )
        return Ingested(report, writer.publish())  # nothing is left: this only tells the number


def embed_anew(place: Place, embedder: Embedder) -> int:
    """Embed all passages with this embedder, build the index anew and return its generation.

    It may take hours: how far it is goes to standard error, every ten seconds at the most.
    """
    told_at = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= _TELL_S:
            told_at = time.monotonic()
            click.echo(f"embedded {done:,} of {of:,} passages", err=True)

    with Writer.open(place.index, embedder, place.collection, rebuild=True) as writer:
        return writer.rebuild(tell)
