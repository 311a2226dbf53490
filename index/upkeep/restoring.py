"""Bringing a backup back into a data folder.

All is unpacked and checked beside the data folder first. What the folder held is set aside, never
deleted; the store moves in last, so a folder without one was not restored to the end: do it again.
"""

import datetime as dt
import gzip
import shutil
import tarfile
import zlib
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from index.errors import IndexBusyError, SourceError, StorageError
from index.passage import Collection
from index.store.store import FILE_NAME, Store
from index.upkeep.backup import CONTENTS, FORMAT, Contents, digest
from index.upkeep.maker import maker_of
from index.writer import Writer

_MAKING = ".restoring"
_UNREADABLE = (tarfile.TarError, gzip.BadGzipFile, msgspec.MsgspecError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: when the backup was ``made``; where what was there before is now."""

    made: str
    collections: tuple[Collection, ...]
    set_aside: Path | None


def restore(source: Path, data: Path, *, replace: bool = False) -> Restored:
    """Bring a backup back into the folder ``data`` and build what a search reads.

    Where an index is there already it is only replaced with ``replace``. Raises
    :class:`SourceError` where the file is no backup, damaged, or of a later version,
    :class:`StorageError` where the folder holds an index or cannot be written, and
    :class:`IndexBusyError` while a bot or an ingest uses it.
    """
    try:
        if (data / FILE_NAME).exists() and not replace:
            message = (
                f"{data} already holds an index: restore into another folder (--data), or give "
                "--replace, which sets what is there aside"
            )
            raise StorageError(message)
        data.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            for lock in {*data.glob("*.lock"), data / "serve.lock", data / "main.lock"}:
                held.enter_context(_alone(lock))
            making = data / _MAKING
            shutil.rmtree(making, ignore_errors=True)
            contents = _unpack(source, making)
            aside = _set_aside(data)
            _move_in(making, data)
    except OSError as error:
        message = (
            f"the backup could not be restored into {data} ({error.strerror}): free disk space"
        )
        raise StorageError(message) from error
    return Restored(contents.made, _build(data), aside)


def _alone(lock: Path) -> FileLock:
    taken = FileLock(lock)
    try:
        taken.acquire(timeout=0)
    except Timeout as error:
        message = "the data folder is in use: stop `kiroku serve` and wait until ingests have ended"
        raise IndexBusyError(message) from error
    return taken


def _unpack(source: Path, making: Path) -> Contents:
    """Unpack a backup and compare every file with its digest."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            first = archive.next()
            if first is None or first.name != CONTENTS:
                raise SourceError(_no_backup(source))
            file = archive.extractfile(first)
            contents = msgspec.json.decode(file.read() if file else b"", type=Contents)
            if contents.format > FORMAT:
                message = f"{source} was made by a later version of Kiroku: install that one"
                raise SourceError(message)
            archive.extractall(making, filter="data")
    except FileNotFoundError as error:
        message = f"{source} does not exist: name a file that `kiroku backup` wrote"
        raise SourceError(message) from error
    except (
        tarfile.TarError,
        gzip.BadGzipFile,
        msgspec.MsgspecError,
        EOFError,
        zlib.error,
    ) as error:
        raise SourceError(_no_backup(source)) from error
    (making / CONTENTS).unlink()
    names = {path.relative_to(making).as_posix() for path in making.rglob("*") if path.is_file()}
    changed = [
        name
        for name, wanted in contents.files.items()
        if name not in names or digest(making / name) != wanted
    ]
    if changed or names - contents.files.keys():
        told = ", ".join(changed) or "more files than it names"
        message = f"{source} is damaged ({told}): take another backup"
        raise SourceError(message)
    return contents


def _no_backup(source: Path) -> str:
    return f"{source} is no backup of Kiroku, or is damaged: name a file that `kiroku backup` wrote"


def _set_aside(data: Path) -> Path | None:
    """Move what the folder holds into a folder of its own, the store first; models stay."""
    stay = (_MAKING, "models", "before-")
    there = [
        path for path in data.iterdir() if not path.name.startswith(stay) and path.suffix != ".lock"
    ]
    if not there:
        return None
    aside = data / f"before-restore-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}"
    aside.mkdir()
    for path in sorted(there, key=lambda path: not path.name.startswith(FILE_NAME)):
        path.rename(aside / path.name)
    return aside


def _move_in(making: Path, data: Path) -> None:
    """Move what was unpacked into its place, the store last."""
    for path in sorted(making.iterdir(), key=lambda path: path.name == FILE_NAME):
        path.rename(data / path.name)
    making.rmdir()


def _build(data: Path) -> tuple[Collection, ...]:
    """Build what a search reads, of every collection."""
    if not (data / FILE_NAME).is_file():
        return ()
    with closing(Store.open(data)) as store:
        collections = store.collections()
    for collection in collections:
        with Writer.open(data, maker_of(data, collection), collection) as writer:
            writer.renew()
    return tuple(collections)
