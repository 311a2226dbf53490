"""``kiroku watch``: ingest a folder again whenever its files change, or by the clock."""

import math
import signal
import sys
import time
from pathlib import Path
from typing import Any

import click

from cli.open_index import open_embedder
from cli.options import Place, place_options
from cli.watching.folder import is_remote
from cli.watching.heartbeat import Heartbeat
from cli.watching.runs import PAUSE_S, SLOW_PAUSE_S, Runs
from cli.watching.timetable import Clock, Duration, Timetable
from cli.watching.wake_ups import wake_ups


@click.command
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--prune", is_flag=True, help="Forget files that are gone from FOLDER.")
@click.option(
    "--poll",
    is_flag=True,
    help="Look for changes oneself, every ten seconds; done without asking on network drives.",
)
@click.option(
    "--every", metavar="DURATION", type=Duration(), help="By the clock: every 15m, 2h, 1d."
)
@click.option(
    "--at",
    metavar="HH:MM",
    type=Clock(),
    multiple=True,
    help="By the clock: every day at this time; may be given several times.",
)
@place_options
def command(
    folder: Path,
    place: Place,
    *,
    prune: bool,
    poll: bool,
    **clock: Any,
) -> None:
    """Ingest FOLDER now, and again as files arrive or change, until it is stopped.

    A file is read once it is written out. After each run a line on standard output counts, and
    standard error names what was added, changed and removed, with its warnings. A drive that goes
    away is waited for: an empty folder, or one that lost most of its files at one stroke, is never
    taken for deleted documents. With --every or --at it is ingested then and not in between.

    A running bot takes up the new documents between two questions.
    """
    timetable = Timetable(**clock) if clock["every"] or clock["at"] else None
    pause = SLOW_PAUSE_S if poll or is_remote(folder) else PAUSE_S
    runs = Runs(folder, place, prune, open_embedder(place), pause)
    due = math.inf
    signal.signal(signal.SIGTERM, _end)
    with Heartbeat(place.data).going() as heartbeat:
        for woken in wake_ups(folder, place.data, timetable, poll=poll):
            if woken or time.monotonic() >= due:
                with heartbeat.ingests():
                    due = time.monotonic() + runs.run()
            heartbeat.waits()


def _end(*_: object) -> None:
    """End as a service that is stopped does: in good order, and with 0."""
    sys.exit(0)
