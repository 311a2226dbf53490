"""Which files a command line names.

Folders are walked, zips and messages are opened, and what is no document is left out.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from index.errors import ReadingError, SourceError
from index.store.sqlite import FILE_NAME
from ingest.faults import reading_error_if_broken, why_unreadable
from ingest.intake.archives import Entry, contents
from ingest.intake.file_names import is_skipped, nfc
from ingest.limits import DEFAULT_LIMITS, Limits

_NOT_LOOKED_INTO = "it could not be looked into: unpack it, and ingest what is in it"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to ingest: where it is, the folder it was found under, and its name relative to it.

    ``name`` has forward slashes and is NFC (macOS writes NFD). ``fault`` says why it cannot be
    read; it may also be that of a subfolder or a zip that could not be opened.

    A file in a zip or message has the path and name that it would have in a folder of that name;
    ``archive`` is the path of the zip, and ``entry`` its entry for the file.
    """

    path: Path
    root: Path
    name: str
    fault: str | None = None
    archive: Path | None = None
    entry: Entry | None = None


def scan(paths: Sequence[Path], limits: Limits = DEFAULT_LIMITS) -> list[FoundFile]:
    """Return the files at and below ``paths``, each once, folder by folder in order of name.

    Raises :class:`SourceError` if a path does not exist or cannot be accessed.
    """
    found: list[FoundFile] = []
    seen: set[Path] = set()
    spelt: dict[str, int] = {}
    for path in paths:
        for file in _files_below(_existing(path)):
            resolved = file.path.resolve()
            if resolved not in seen:
                seen.add(resolved)
                composed = nfc(resolved.as_posix())
                spelt[composed] = alike = spelt.get(composed, 0) + 1
                found += expand_packed(
                    file if alike == 1 else _with_other_name(file, alike), limits
                )
    return found


def _with_other_name(file: FoundFile, number: int) -> FoundFile:
    """Return an entry for a file whose name differs from another only in Unicode composition."""
    name = f"{file.path.stem} ({number}){file.path.suffix}"
    return replace(
        file,
        path=file.path.with_name(name),
        name=nfc(str(PurePosixPath(file.name).with_name(name))),
        fault="its name looks like that of another file in the folder: rename one of the two",
    )


def absolute(path: Path) -> Path:
    """Return the path from the root of the file system, links in it followed."""
    return Path(os.path.abspath(path)).resolve()  # noqa: PTH100 (resolve() alone stops at a missing folder)


def is_file(path: Path) -> bool:
    """Say whether there is a file that this user may access."""
    return os.path.isfile(path)  # noqa: PTH113 (Path.is_file raises where one may not look)


def _existing(path: Path) -> Path:
    try:
        path.stat()
    except FileNotFoundError as error:
        message = f"{path} does not exist: check the path"
        raise SourceError(message) from error
    except OSError as error:
        message = f"{path}: {why_unreadable(error)}"
        raise SourceError(message) from error
    return absolute(path)


def _files_below(path: Path) -> Iterator[FoundFile]:
    if not path.is_dir():
        if not path.is_file():
            message = f"{path} is neither a file nor a folder: name a file or folder"
            raise SourceError(message)
        yield FoundFile(path, path.parent, nfc(path.name))
        return
    if _holds_index(path):
        message = (
            f"{path} is a data folder of Kiroku: name the folder of your documents, and keep the "
            "data folder (KIROKU_DATA) apart from it"
        )
        raise SourceError(message)
    faults: list[OSError] = []
    for folder, subfolders, files in os.walk(path, onerror=faults.append):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not is_skipped(name) and not _holds_index(Path(folder, name))
        )
        for name in sorted(files):
            file = Path(folder, name)
            if not is_skipped(name) and _is_document(file, path):
                yield FoundFile(file, path, nfc(file.relative_to(path).as_posix()))
    for fault in faults:
        closed = Path(fault.filename or path)
        if closed == path:
            message = f"{path}: {why_unreadable(fault)}"
            raise SourceError(message) from fault
        yield FoundFile(
            closed, path, nfc(closed.relative_to(path).as_posix()), why_unreadable(fault)
        )


def expand_packed(file: FoundFile, limits: Limits) -> list[FoundFile]:
    """Return the files that are packed in a file; a plain file is returned as it is.

    For a message, these are the file itself, which is its text, and its attachments.
    """
    if file.fault is not None:
        return [file]
    try:
        with reading_error_if_broken(_NOT_LOOKED_INTO):
            packed = contents(file.path, limits)
    except ReadingError as error:
        return [replace(file, fault=str(error))]
    except OSError as error:
        return [replace(file, fault=why_unreadable(error))]
    if packed is None:
        return [file]
    entries = [
        FoundFile(
            file.path / entry.name.lstrip("/"),
            file.root,
            f"{file.name}/{entry.name.lstrip('/')}",
            entry.fault,
            file.path,
            entry,
        )
        for entry in packed.entries
    ]
    return [file, *entries] if packed.is_document else entries


def _holds_index(folder: Path) -> bool:
    """Say whether it is a data folder of Kiroku, which holds no documents."""
    return is_file(folder / FILE_NAME)


def _is_document(path: Path, root: Path) -> bool:
    """Say whether it is a regular file, or a link to one inside the folder; no pipe, no device."""
    try:
        mode = path.stat().st_mode
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return False
        return stat.S_ISREG(mode)
    except FileNotFoundError:
        return False
    except OSError as error:
        # reading it will report the error; a circular link leads to nothing
        return error.errno != errno.ELOOP
