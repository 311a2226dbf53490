"""Folders of the index that never change once they are made: on the disk for sure, and checkable.

``seal.json`` holds a digest of every other file of the folder.
"""

import json
import os
from hashlib import blake2b
from pathlib import Path

SEAL = "seal.json"
_AT_ONCE = 1 << 20
_DIGEST_BYTES = 16
_POSIX = os.name == "posix"


def seal(folder: Path) -> None:
    """Write the digests, and wait until all files of the folder are on the disk.

    Raises :class:`OSError` where that cannot be done.
    """
    paths = _files(folder)
    digests = {path.relative_to(folder).as_posix(): _digest(path) for path in paths}
    (folder / SEAL).write_text(json.dumps(digests, indent=0), encoding="utf-8")
    for path in (*paths, folder / SEAL):
        sync_file(path)
    for inner in sorted({path.parent for path in paths} | {folder}):
        sync_folder(inner)


def broken_files(folder: Path) -> list[str]:
    """Return the names of files that are missing, or are not what they were when they were sealed.

    Without a readable seal, that is the one that is named.
    """
    try:
        digests: dict[str, str] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        wanted = sorted(digests.items())
    except (OSError, ValueError, AttributeError):
        return [SEAL]
    return [name for name, digest in wanted if _digest_or_none(folder / name) != digest]


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if _POSIX:
        sync_file(folder)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)


def _digest_or_none(path: Path) -> str | None:
    try:
        return _digest(path)
    except OSError:
        return None


def _digest(path: Path) -> str:
    found = blake2b(digest_size=_DIGEST_BYTES)
    with path.open("rb") as file:
        while block := file.read(_AT_ONCE):
            found.update(block)
    return found.hexdigest()


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk."""
    opened = os.open(path, os.O_RDONLY if _POSIX else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
