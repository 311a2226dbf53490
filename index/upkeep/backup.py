"""A backup: one file that holds all of a data folder that cannot be made again.

A gzipped tar archive. First comes ``kiroku-backup.json``: the version of the format and a digest of
every other member. Databases are copied while they are in use, each as it is at one moment; what a
search reads is left out, since it is built from the store. Vectors are little-endian numbers, so a
backup opens on any machine. It holds what the data folder holds, the keys of the viewer's links and
of other workspaces too: keep it as you keep that folder.
"""

import datetime as dt
import io
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from index.errors import StorageError
from index.generation.sealing import sync_file, sync_folder
from index.store.sqlite import FILE_NAME, connect_to_read
from index.upkeep.condition import note_backup
from index.upkeep.data_folder import DATABASE, databases, other_files
from index.upkeep.server_copy import copied_from
from index.where import Server, Where, data_of

FORMAT = 1
CONTENTS = "kiroku-backup.json"
_NAME = "kiroku-{at:%Y%m%d-%H%M%S}.tar.gz"
_PATTERN = "kiroku-????????-??????.tar.gz"
_MAKING = ".making"
_BESIDE = ".kiroku-backup-"
_LEFT_S = 24 * 3600.0
"""What is so old was left by a backup that was killed: none takes so long."""
_FASTEST = 1
"""Compression: vectors hardly get smaller, and texts get small at any level."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: the digest (SHA-256) of each member by its name."""

    format: int
    made: str
    version: str
    files: dict[str, str]


def back_up(where: Where, destination: Path, version: str, keep: int | None = None) -> Path:
    """Write a backup and return its path; questions and ingests go on meanwhile.

    Where ``destination`` is a folder the file gets a name that tells when it was made; ``keep``
    then deletes the older ones but for so many. It appears under its name when it is whole.
    Raises :class:`StorageError` where it cannot be written.
    """
    data = data_of(where)
    if data.resolve() in (destination / "file").resolve().parents:
        message = f"{destination} lies in the data folder: write backups to another place"
        raise StorageError(message)
    at = dt.datetime.now(dt.UTC)
    target = destination / _NAME.format(at=at) if destination.is_dir() else destination
    making = target.with_name(f"{target.name}{_MAKING}")
    try:
        _clear_away(target.parent)
        making.touch(mode=0o600)
        _write(where, making, at, version)
        sync_file(making)
        making.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        making.unlink(missing_ok=True)
        message = (
            f"the backup {target} could not be written ({error}): see that its folder is there, "
            "may be written and has room for the data folder twice"
        )
        raise StorageError(message) from error
    note_backup(data, at)
    if keep is not None and destination.is_dir():
        # The names tell their age, but for those from the future: these were made before this one,
        # as the clock was set back since. So they go first, and this one never.
        others = [path for path in destination.glob(_PATTERN) if path != target]
        others.sort(key=lambda path: (path.name < target.name, path.name))
        for old in others[: max(0, len(others) - keep + 1)]:
            old.unlink(missing_ok=True)
    return target


def _clear_away(folder: Path) -> None:
    """Delete what killed backups left: each takes as much room as the data folder."""
    for path in (*folder.glob(f"{_BESIDE}*"), *folder.glob(f"kiroku-*{_MAKING}")):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < _LEFT_S:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _write(where: Where, making: Path, at: dt.datetime, version: str) -> None:
    with tempfile.TemporaryDirectory(dir=making.parent, prefix=_BESIDE) as beside:
        members = dict(_members(where, Path(beside)))
        digests = {name: digest(path) for name, path in members.items()}
        contents = Contents(FORMAT, at.isoformat(timespec="seconds"), version, digests)
        told = msgspec.json.format(msgspec.json.encode(contents))
        with tarfile.open(making, "w:gz", compresslevel=_FASTEST) as archive:
            about = tarfile.TarInfo(CONTENTS)
            about.size, about.mode = len(told), 0o600
            archive.addfile(about, io.BytesIO(told))
            for name, path in members.items():
                archive.add(path, name, recursive=False, filter=_of_nobody)


def _members(where: Where, beside: Path) -> Iterator[tuple[str, Path]]:
    """Yield what goes in, by its name; files that change are copied first."""
    data = data_of(where)
    if isinstance(where, Server):
        yield FILE_NAME, copied_from(where, beside)
    for number, database in enumerate(databases(data)):
        if isinstance(where, Server) and database.name == FILE_NAME:
            continue  # what was used before there was a server
        copy = beside / f"{number}{DATABASE}"
        with closing(connect_to_read(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        yield database.relative_to(data).as_posix(), copy
    for number, path in enumerate(other_files(data)):
        copy = beside / f"{number}.file"
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            continue  # gone meanwhile, as old days of the audit log go
        copy.chmod(path.stat().st_mode & 0o777)
        yield path.relative_to(data).as_posix(), copy


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose file it was on this machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    if member.name.endswith(DATABASE):
        member.mode = 0o600
    return member


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        found = sha256()
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()
