"""Zip archives: each file in one is a document, unpacked by itself under a name of our own.

Nothing that an archive says is believed: names that lead elsewhere are refused, sizes are limited
as they are told and counted again while reading. A zip in a zip is not read.
"""

import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from index.errors import ReadingError
from ingest.limits import Limits
from ingest.naming import is_skipped, nfc

SUFFIX = ".zip"

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
)
"""What zipfile raises on archives that break the rules of the format."""

_READ_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others cannot be unpacked a bounded piece at a time."""

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive: its path there, with forward slashes, and its place in the list.

    ``fault`` says why it is not unpacked.
    """

    name: str
    number: int
    fault: str | None = None


def list_entries(path: Path, limits: Limits) -> list[Entry]:
    """Return the files in the archive at ``path``, in order of name, without what is no document.

    Raises :class:`ReadingError` where the archive as a whole cannot be read, and ``OSError`` where
    it cannot be opened.
    """
    with _opened(path) as archive:
        infos = archive.infolist()
    _check_whole(infos, limits)
    entries: dict[str, Entry] = {}  # of two with one name the later one counts, as in unpacking
    for number, info in enumerate(infos):
        name = _name(info)
        parts = name.split("/")
        if name.endswith("/") or any(is_skipped(part) and part != ".." for part in parts):
            continue
        entries[name] = Entry(name, number, _fault(info, name, limits))
    if not entries:
        message = "there is no file in the zip"
        raise ReadingError(message)
    return [entries[name] for name in sorted(entries)]


@dataclass(slots=True)
class Unpacker:
    """Unpacks entries one at a time; keeps the archive open between those of the same one."""

    limits: Limits
    _path: Path | None = field(default=None, init=False)
    _archive: zipfile.ZipFile | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self._close()

    @contextmanager
    def unpacked(self, path: Path, entry: Entry) -> Iterator[Path]:
        """Give the path of a file with the entry's bytes, which is deleted afterwards.

        The file has the entry's suffix, and nothing else of its name.

        Raises :class:`ReadingError` where the entry cannot be unpacked.
        """
        suffix = PurePosixPath(entry.name).suffix
        with tempfile.TemporaryDirectory(prefix="kiroku-") as folder:
            file = Path(folder, "entry" + (suffix if suffix[1:].isalnum() else ""))
            self._unpack(path, entry, file)
            yield file

    def _unpack(self, path: Path, entry: Entry, file: Path) -> None:
        size = 0
        try:
            archive = self._open(path)
            info = archive.infolist()[entry.number]
            if _name(info) != entry.name:
                message = "its zip changed while it was being read: run ingest again"
                raise ReadingError(message)
            with archive.open(info) as packed, file.open("wb") as unpacked:
                while block := packed.read(_BLOCK):
                    size += len(block)
                    if told := self.limits.too_large(size):
                        raise ReadingError(told)
                    unpacked.write(block)
        except _BROKEN as error:
            message = "it is broken in the zip: pack the zip anew"
            raise ReadingError(message) from error

    def _open(self, path: Path) -> zipfile.ZipFile:
        if self._archive is None or self._path != path:
            self._close()
            self._path, self._archive = path, _opened(path)
        return self._archive

    def _close(self) -> None:
        if self._archive is not None:
            self._archive.close()
        self._archive = None


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as error:
        message = "the zip is broken, or is none: pack it anew"
        raise ReadingError(message) from error


def _check_whole(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.most_entries:
        message = (
            f"there are {len(infos):,} files in the zip, more than {limits.most_entries:,}: "
            "split it, or unpack it and ingest the folder"
        )
        raise ReadingError(message)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.most_unpacked:
        message = (
            f"the zip unpacks to {unpacked / 1e6:,.0f} MB, more than the "
            f"{limits.most_unpacked / 1e6:,.0f} MB that are read: split it"
        )
        raise ReadingError(message)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the entry's path. Without the UTF-8 flag it is UTF-8 all the same, or CP932."""
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & _UTF8_NAME:
        content = name.encode("cp437")  # zipfile decoded it so; every byte has a character there
        try:
            name = content.decode()
        except UnicodeDecodeError:
            name = content.decode("cp932", "backslashreplace")
    # some packers on Windows write its own separator
    parts = name.replace("\\", "/").split("/")
    return nfc("/".join(part for part in parts if part != "."))


def _fault(info: zipfile.ZipInfo, name: str, limits: Limits) -> str | None:
    """Return why the entry is not read; only what the archive's directory says is looked at."""
    leads_out = name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    grows = info.file_size > max(limits.ratio_from, limits.most_ratio * info.compress_size)
    faults = (
        (leads_out, "its name leads out of the zip: not read; pack the zip anew"),
        (
            kind not in {0, stat.S_IFREG},
            "it is a link or a device in the zip: not read; put the file itself into the zip",
        ),
        (
            name.lower().endswith(SUFFIX),
            "it is a zip in a zip, which is not read: unpack it and ingest what was in it",
        ),
        (info.flag_bits & _ENCRYPTED, "it needs a password: save a copy without one"),
        (
            info.compress_type not in _READ_METHODS,
            "it is packed in a way that is not read: pack it anew as an ordinary zip",
        ),
        (
            grows,
            f"it unpacks to {info.file_size / 1e6:,.0f} MB from next to nothing: not read",
        ),
    )
    return next((told for holds, told in faults if holds), limits.too_large(info.file_size))
