"""Zip files. Nothing in them is trusted: names that lead elsewhere are refused.

Formats that are zips themselves (Word, Excel, EPUB …) are documents, not containers.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import ascii_letters
from typing import IO

from index.errors import ReadingError
from ingest.faults import is_bad_offset
from ingest.intake.containers import Part
from ingest.intake.file_names import is_skipped, nfc
from ingest.limits import Limits

SUFFIX = ".zip"

_OFFICE = frozenset(
    [
        ".docx",
        ".docm",
        ".dotx",
        ".dotm",
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xlsb",
        ".pptx",
        ".pptm",
        ".ppsx",
        ".potx",
        ".vsdx",
        ".odt",
        ".ods",
        ".odp",
        ".odg",
        ".odf",
        ".ott",
        ".ots",
        ".epub",
        ".pages",
        ".numbers",
        ".key",
        ".jar",
        ".war",
        ".apk",
        ".xpi",
        ".whl",
        ".kmz",
    ]
)
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""Entries at the root of documents and programs that are zips."""

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
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

_BROKEN_INSIDE = "it is broken in the zip: pack the zip anew"

_READ_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others cannot be unpacked in pieces of limited size."""

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_DRIVES = tuple(f"{letter}:" for letter in ascii_letters)
_DIRECTORY_ENTRY = 1_000
"""Bytes that a zip's directory takes per file, at most, on average."""

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES = 22, 56, 20
_LONGEST_COMMENT = 65_535


def looks_like_zip(suffix: str, head: bytes) -> bool:
    """Say whether a file with this suffix and these first bytes should be opened as a zip."""
    return suffix not in _OFFICE and (suffix == SUFFIX or head.startswith(_STARTS))


class ZipContainer:
    """An opened zip."""

    word = "zip"
    is_document = False

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits

    @classmethod
    def open(cls, path: Path, limits: Limits) -> "ZipContainer | None":
        """Open the zip at ``path``; return ``None`` if it is a document of another format.

        Raises :class:`ReadingError` if it cannot be read as a zip, and ``OSError`` if it cannot be
        opened.
        """
        try:
            _check_directory(path, limits)
            archive = zipfile.ZipFile(path)
        except (*_BROKEN, OSError) as error:
            if isinstance(error, OSError) and not is_bad_offset(error):
                raise
            if path.suffix.lower() != SUFFIX:
                return None  # the reader for its format says what is wrong
            message = "the zip is broken, or is none: pack it anew"
            raise ReadingError(message) from error
        if not _OFFICE_PARTS.isdisjoint(archive.namelist()):
            archive.close()
            return None
        return cls(archive, limits)

    def parts(self) -> list[Part]:
        """Return the files; of two with the same name the later one counts, as in unpacking."""
        infos = self._archive.infolist()
        if len(infos) > self._limits.most_entries:
            raise ReadingError(too_many(self.word, self._limits, len(infos)))
        parts: dict[str, Part] = {}
        for place, info in enumerate(infos):
            name = _name(info)
            folders = name.split("/")
            if name.endswith("/") or any(is_skipped(part) and part != ".." for part in folders):
                continue
            fault = _fault(info, name, self._limits)
            parts[name] = Part(name, place, info.file_size, fault)
        if not parts:
            message = "there is no file in the zip"
            raise ReadingError(message)
        return list(parts.values())

    @contextmanager
    def open_part(self, place: int) -> Iterator[IO[bytes]]:
        """Open a file in it."""
        try:
            with self._archive.open(self._archive.infolist()[place]) as packed:
                yield packed
        except _BROKEN as error:
            raise ReadingError(_BROKEN_INSIDE) from error
        except OSError as error:
            if not is_bad_offset(error):
                raise
            raise ReadingError(_BROKEN_INSIDE) from error

    def close(self) -> None:
        """Close the zip."""
        self._archive.close()


def too_many(word: str, limits: Limits, count: int) -> str:
    """Return why a container with ``count`` files is not read."""
    return (
        f"there are {count:,} files in the {word}, more than {limits.most_entries:,}: "
        "split it, or unpack it and ingest the folder"
    )


def _check_directory(path: Path, limits: Limits) -> None:
    """Refuse a directory that is too large for memory: zipfile reads it whole."""
    with path.open("rb") as file:
        whole = file.seek(0, 2)
        longest = _END_64_BYTES + _LOCATOR_BYTES + _END_BYTES + _LONGEST_COMMENT
        file.seek(max(0, whole - longest))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        return  # zipfile says what is wrong
    count, size = struct.unpack_from("<HL", tail, at + 10)
    locator = at - _LOCATOR_BYTES
    end = locator - _END_64_BYTES
    if end >= 0 and tail.startswith(_LOCATOR_64, locator) and tail.startswith(_END_64, end):
        count, size = struct.unpack_from("<QQ", tail, end + 32)
    if size > limits.most_entries * _DIRECTORY_ENTRY:
        raise ReadingError(too_many("zip", limits, max(count, limits.most_entries + 1)))


def _name(info: zipfile.ZipInfo) -> str:
    """Return the entry's path. Without the UTF-8 flag it may still be UTF-8, or CP932."""
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
    """Return why the entry is not read, judging by the archive's directory alone."""
    leads_out = name.startswith(("/", *_DRIVES)) or ".." in name.split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    grows = info.file_size > max(limits.ratio_from, limits.most_ratio * info.compress_size)
    faults = (
        (leads_out, "its name leads out of the zip: not read; pack the zip anew"),
        (
            kind not in {0, stat.S_IFREG},
            "it is a link or a device in the zip: not read; put the file itself into the zip",
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
    return next((told for holds, told in faults if holds), limits.why_too_large(info.file_size))
