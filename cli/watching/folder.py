"""The state of a watched folder: which files there are, and whether they are written out."""

import errno
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import FolderAwayError
from ingest.intake.file_names import is_skipped
from ingest.intake.scan import absolute

Mark = tuple[int, int]
"""Size and time (ns) of a file."""
State = Mapping[Path, Mark]

_AWAY = frozenset(
    getattr(errno, name)
    for name in (
        *("EIO", "ENOTCONN", "ESTALE", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"),
        *("ENODEV", "ENXIO", "ETIMEDOUT", "ECONNABORTED", "ECONNRESET", "EREMOTEIO", "ENOLINK"),
    )
    if hasattr(errno, name)
)
"""What the system says of a drive that does not answer."""
_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "drvfs"})
_REMOTE_STARTS = ("fuse.", "fuseblk", "virtiofs", "vboxsf")
_MOUNTS = Path("/proc/self/mounts")
_LONGEST_S = 30.0
"""Files that are still being written after so long no longer keep the others waiting."""


def state_of(folder: Path, data: Path) -> State:
    """Return the mark of each file below ``folder``, apart from those of the data folder.

    Raises :class:`FolderAwayError` where the folder, or a drive in it, does not answer.
    """
    found: dict[Path, Mark] = {}
    data = absolute(data)
    faults: list[OSError] = []
    root = absolute(folder)
    for place, subfolders, files in os.walk(root, onerror=faults.append):
        here = Path(place)
        subfolders[:] = [n for n in subfolders if not is_skipped(n) and here / n != data]
        for path in (here / name for name in files if not is_skipped(name)):
            try:
                found[path] = mark_of(path)
            except OSError as error:
                faults.append(error)
    for fault in faults:
        gone = isinstance(fault, FileNotFoundError) and fault.filename in {str(root), None}
        if gone or fault.errno in _AWAY:
            raise _away(folder, fault) from fault
    return found


def identity_of(folder: Path) -> tuple[int, int]:
    """Return what is another one once a folder was replaced or its drive came or went.

    Raises :class:`FolderAwayError`.
    """
    try:
        told = folder.stat()
    except OSError as error:
        raise _away(folder, error) from error
    return told.st_dev, told.st_ino


def mark_of(path: Path) -> Mark:
    """Return the mark of a file. Raises :class:`OSError`."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def is_remote(folder: Path) -> bool:
    """Tell whether a folder lies on a network drive, which announces no changes (Linux only)."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    place, kind_here, longest = absolute(folder), "", -1
    for line in lines:
        _, mount, kind, *_ = (*line.split(" "), "", "", "")
        point = Path(mount.replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= longest:
            kind_here, longest = kind, len(point.parts)
    return kind_here in _REMOTE or kind_here.startswith(_REMOTE_STARTS)


@dataclass(frozen=True, slots=True)
class Settled:
    """The files of a folder that were left alone for a while, as they were then."""

    state: State

    def is_written(self, path: Path) -> bool:
        """Tell whether a file is written out: known, and as it was."""
        try:
            return self.state.get(path) == mark_of(path)
        except OSError:
            return True  # ingest says what is the matter with it


def settle(folder: Path, data: Path, pause_s: float, sleep: Callable[[float], None]) -> Settled:
    """Wait until no file of a folder has changed for ``pause_s``, half a minute at the most.

    What changed last then is not among the files returned. Raises :class:`FolderAwayError`.
    """
    end = time.monotonic() + _LONGEST_S
    before = state_of(folder, data)
    while True:
        sleep(pause_s)
        now = state_of(folder, data)
        if now == before or time.monotonic() >= end:
            same = {path: mark for path, mark in now.items() if before.get(path) == mark}
            return Settled(same)
        before = now


def _away(folder: Path, error: OSError) -> FolderAwayError:
    reason = error.strerror or type(error).__name__
    return FolderAwayError(f"{folder} cannot be reached ({reason}): it is waited for")
