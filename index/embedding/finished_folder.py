"""Folders that are made once, by whichever process comes first, and are either whole or not there.

Used for what takes seconds to make and never changes: the unpacked model and its exported form.
"""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from index.errors import StorageError


def finished_folder(folder: Path, needed_mb: int, write: Callable[[Path], None]) -> Path:
    """Return ``folder``; where it is missing, ``write`` fills it first.

    Several processes may call this at once: one writes, the others wait for it. What it writes
    stands under another name until it is whole, so a kill at any time leaves nothing half made.

    Raises :class:`StorageError` where the disk is full or the folder cannot be written.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not folder.is_dir():
                _write_then_rename(folder, write)
    except OSError as error:
        raise _storage_error(error, folder.parent, needed_mb) from error
    return folder


def _write_then_rename(folder: Path, write: Callable[[Path], None]) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    # left by a process that was killed: the lock is ours, so nobody is writing it
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        write(partial)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _storage_error(error: OSError, folder: Path, needed_mb: int) -> StorageError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageError(
            f"the disk of {folder} is full: the embedding model needs {needed_mb} MB there; "
            "free that much, or set KIROKU_MODELS (or KIROKU_DATA) to a folder on another disk"
        )
    return StorageError(
        f"{folder} cannot be written ({error.strerror or error}): let this user write there, "
        "or set KIROKU_MODELS (or KIROKU_DATA) to another folder"
    )
