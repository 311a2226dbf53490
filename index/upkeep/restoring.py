"""Bringing a backup back into a data folder.

All is unpacked and checked beside the data folder first. What the folder held is set aside, never
deleted; the store moves in last, so a folder without one was not restored to the end: do it again.
"""

import datetime as dt
import gzip
import shutil
import tarfile
import zlib
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec
from filelock import FileLock, Timeout

from index.errors import IndexBusyError, SourceError, StorageError
from index.passage import Collection
from index.store.opening import holds_index
from index.store.sqlite import FILE_NAME
from index.store.store import Store
from index.upkeep.backup import CONTENTS, FORMAT, Contents, digest
from index.upkeep.maker import maker_of
from index.upkeep.server_copy import bring_in, is_filled
from index.where import Server, Where, data_of
from index.writer import Writer

_MAKING = ".restoring"
_ASIDE = "before-restore-"
_PRIVATE_FOLDER = 0o700
_UNREADABLE = (tarfile.TarError, gzip.BadGzipFile, msgspec.MsgspecError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: when the backup was ``made``; where what was there before is now."""

    made: str
    collections: tuple[Collection, ...]
    set_aside: Path | None


def restore(source: Path, where: Where, *, replace: bool = False) -> Restored:
    """Bring a backup back into a data folder, or onto a server, and build what a search reads.

    The backup may be of either.

    Where an index is there already it is only replaced with ``replace``. Raises
    :class:`SourceError` where the file is no backup, damaged, or of a later version,
    :class:`StorageError` where the folder holds an index or cannot be written, and
    :class:`IndexBusyError` while a bot or an ingest uses it.
    """
    data = data_of(where)
    try:
        if is_filled(where) and not replace:
            place = data if where == data else "the server"
            message = (
                f"{place} already holds an index: restore into another folder (--data) or database "
                "(KIROKU_STORE), or give --replace, which sets what is there aside"
            )
            raise StorageError(message)
        data.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            for lock in {*data.glob("*.lock"), data / "serve.lock", data / "main.lock"}:
                held.enter_context(_alone(lock))
            making = data / _MAKING
            shutil.rmtree(making, ignore_errors=True)
            # what could not be brought back does not fill a disk that may be full
            held.callback(shutil.rmtree, making, ignore_errors=True)
            contents = _unpack(source, making)
            aside = _set_aside(data)
            if isinstance(where, Server):
                bring_in(where, making / FILE_NAME)
            _move_in(making, data)
    except OSError as error:
        message = (
            f"the backup could not be restored into {data} ({error.strerror}): free disk space"
        )
        raise StorageError(message) from error
    return Restored(contents.made, _build(where), aside)


def set_aside(data: Path) -> list[Path]:
    """Return the folders in which a restore left what was there before, the oldest first."""
    return sorted(path for path in data.glob(f"{_ASIDE}*") if path.is_dir())


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
            contents = _contents(source, archive)
            while (member := archive.next()) is not None:
                if member.name not in contents.files:
                    raise SourceError(_damaged(source, ["more files than it names"]))
                _write(archive, member, making / member.name)
    except FileNotFoundError as error:
        message = f"{source} does not exist: name a file that `kiroku backup` wrote"
        raise SourceError(message) from error
    except _UNREADABLE as error:
        raise SourceError(_no_backup(source)) from error
    places = {name: making / name for name in contents.files}
    changed = [
        name
        for name, place in places.items()
        if not place.is_file() or digest(place) != contents.files[name]
    ]
    if changed:
        raise SourceError(_damaged(source, changed))
    return contents


def _contents(source: Path, archive: tarfile.TarFile) -> Contents:
    """Return what a backup says of itself: the first of its members."""
    first = archive.next()
    file = archive.extractfile(first) if first and first.name == CONTENTS else None
    if file is None:
        raise SourceError(_no_backup(source))
    contents = msgspec.json.decode(file.read(), type=Contents)
    if contents.format > FORMAT:
        message = f"{source} was made by a later version of Kiroku: install that one"
        raise SourceError(message)
    paths = [PurePosixPath(name) for name in contents.files]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        raise SourceError(_no_backup(source))
    return contents


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    """Write a member: a file and nothing else, for the eyes that it was for."""
    file = archive.extractfile(member) if member.isfile() else None
    if file is not None:
        place.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        with place.open("wb") as written:
            shutil.copyfileobj(file, written)
        place.chmod(member.mode & 0o777)


def _damaged(source: Path, names: Sequence[str]) -> str:
    return f"{source} is damaged ({', '.join(names)}): take another backup"


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
    aside = data / f"{_ASIDE}{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}"
    aside.mkdir()
    for path in sorted(there, key=lambda path: not path.name.startswith(FILE_NAME)):
        path.rename(aside / path.name)
    return aside


def _move_in(making: Path, data: Path) -> None:
    """Move what was unpacked into its place, the store last."""
    for path in sorted(making.iterdir(), key=lambda path: path.name == FILE_NAME):
        path.rename(data / path.name)
    making.rmdir()


def _build(where: Where) -> tuple[Collection, ...]:
    """Build what a search reads, of every collection."""
    if not holds_index(where):
        return ()
    with closing(Store.open(where)) as store:
        collections = store.collections()
    for collection in collections:
        with Writer.open(where, maker_of(where, collection), collection) as writer:
            writer.renew()
    return tuple(collections)
