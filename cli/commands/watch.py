"""``kiroku watch``: ingest a folder again whenever its files change."""

import datetime as dt
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

import click
import watchfiles

from cli.ingest_run import bring_up_to_date
from cli.open_index import open_embedder
from cli.options import Place, place_options
from cli.published_documents import made_with
from index.embedding.embedder import Embedder
from index.errors import IndexBusyError, KirokuError, StorageError

_QUIET_MS = 2_000
"""A file that is being copied keeps changing: ingest once all has been left alone for so long …"""

_LONGEST_MS = 30_000
"""… or for as long as this at the most."""

_TICK_MS = 500
_RETRY_S = 15.0
"""When an ingest that found the index busy or the disk full is tried again."""


@click.command
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--prune", is_flag=True, help="Forget files that are gone from FOLDER.")
@click.option(
    "--poll", is_flag=True, help="Look for changes oneself: for network shares, which tell of none."
)
@place_options
def command(folder: Path, place: Place, *, prune: bool, poll: bool) -> None:
    """Ingest FOLDER now, and again as files arrive or change, until it is stopped.

    A running bot takes up the new documents between two questions.
    """
    embedder = open_embedder(place)
    due = 0.0  # the first tick tells that changes are being listened to: none is missed after it
    for changed in _changes(folder, place.data, poll=poll):
        if changed or time.monotonic() >= due:
            if made_with(place) not in (None, embedder.name):  # embedded anew in another form
                embedder = open_embedder(place)
            done = _ingest(folder, place, embedder, prune=prune)
            due = math.inf if done else time.monotonic() + _RETRY_S


def outside(data: Path) -> watchfiles.BaseFilter:
    """Return what passes over changes in the data folder, which every ingest makes.

    Otherwise an ingest of a folder that it lies in would be the cause of the next one.
    """
    return watchfiles.DefaultFilter(ignore_paths=[f"{data.resolve()}{os.sep}"])


def _changes(folder: Path, data: Path, *, poll: bool) -> Iterator[bool]:
    """Yield true when files have changed, and false in every moment in which they have not."""
    for changes in watchfiles.watch(
        folder.resolve(),  # so that changes and the data folder are named alike
        watch_filter=outside(data),
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        force_polling=poll or None,
        raise_interrupt=True,
    ):
        yield bool(changes)


def _ingest(folder: Path, place: Place, embedder: Embedder, *, prune: bool) -> bool:
    """Ingest once and say how it went; return false where it is to be tried again."""
    try:
        done = bring_up_to_date([folder], place, embedder, prune=prune)
    except KirokuError as error:
        _say(str(error))
        return not isinstance(error, IndexBusyError | StorageError)
    _say(done.summary())
    return True


def _say(line: str) -> None:
    now = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    click.echo(f"{now} {line}")
