"""When a watched folder may have changed: it tells itself, it is looked at, or it is time."""

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import watchfiles

from cli.watching.folder import State, identity_of, is_remote, state_of
from cli.watching.timetable import Timetable
from index.errors import FolderAwayError

_QUIET_MS = 500
_LONGEST_MS = 5_000
_TICK_MS = 500
_TICK_S = _TICK_MS / 1000
_LOOK_S = 10.0
"""Between two looks at a folder that tells of no changes."""


def wake_ups(
    folder: Path, data: Path, timetable: Timetable | None = None, *, poll: bool = False
) -> Iterator[bool]:
    """Yield true when files may have changed or it is time, and false twice a second meanwhile."""
    if timetable is not None:
        return _by_the_clock(timetable)
    if poll or is_remote(folder):
        return _by_looking(folder, data)
    return _by_events(folder, data)


def outside(data: Path) -> watchfiles.BaseFilter:
    """Return what passes over changes in the data folder, which every ingest makes.

    Otherwise an ingest of a folder that it lies in would be the cause of the next one.
    """
    return watchfiles.DefaultFilter(ignore_paths=[f"{data.resolve()}{os.sep}"])


def _by_the_clock(timetable: Timetable) -> Iterator[bool]:
    started = _now()
    yield timetable.begins_at(started) <= started
    last = started
    while True:
        time.sleep(_TICK_S)
        now = _now()
        due = timetable.is_due(last, now)
        if due:
            last = now
        yield due


def _by_looking(folder: Path, data: Path) -> Iterator[bool]:
    """Look at all files every ten seconds; who cannot be reached has not changed."""
    before: State | None = None
    looked = -_LOOK_S
    while True:
        if time.monotonic() - looked < _LOOK_S:
            time.sleep(_TICK_S)
            yield False
            continue
        try:
            now = state_of(folder, data)
        except FolderAwayError:
            now = {}  # what comes back is news
        looked = time.monotonic()
        changed, before = now != before and bool(now or before is None), now
        yield changed


def _by_events(folder: Path, data: Path) -> Iterator[bool]:
    """Wait to be told; where the folder goes away and comes back, it is listened to anew."""
    while True:
        try:
            yield from _told(folder, data, identity_of(folder))
        except FolderAwayError:
            time.sleep(_TICK_S)
            yield False
            continue
        except OSError:  # more folders than the system lets one listen to
            yield from _by_looking(folder, data)


def _told(folder: Path, data: Path, identity: tuple[int, int]) -> Iterator[bool]:
    """Yield what is told of one folder, as long as it is that one.

    The first tick says that it is listened to: no change is missed after it.
    """
    first = True
    for changes in watchfiles.watch(
        folder.resolve(),  # so that changes and the data folder are named alike
        watch_filter=outside(data),
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        force_polling=False,
        raise_interrupt=True,
        ignore_permission_denied=True,
    ):
        if identity_of(folder) != identity:
            return
        yield first or bool(changes)
        first = False


def _now() -> dt.datetime:
    return dt.datetime.now()  # noqa: DTZ005  the machine's own day, as a person sets it
