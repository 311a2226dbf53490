"""Listing and unpacking what is packed in a file, also in a packed file.

Each packed file is a document, unpacked by itself under a name of our own. Sizes are limited as
declared, summed over everything packed in one file, and counted again while reading.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from index.errors import ReadingError
from ingest.intake.containers import Container, Part
from ingest.intake.mail_container import MailContainer
from ingest.intake.zips import ZipContainer, looks_like_zip, too_many
from ingest.limits import Limits
from ingest.readers.mail.message import looks_like_mail

_BLOCK = 1 << 20
_HEAD = 8_192
_PLAIN = frozenset(
    [
        ".pdf",
        ".doc",
        ".xls",
        ".ppt",
        ".txt",
        ".csv",
        ".htm",
        ".html",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
    ]
)
"""Packed files with these suffixes are not searched for further packed files."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A packed file: its path in the container, with forward slashes.

    ``places`` are its indexes in the lists of the containers, outermost first. ``fault`` says why
    it is not unpacked.
    """

    name: str
    places: tuple[int, ...]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What is packed in a file; ``is_document``: the file has a text of its own, too."""

    entries: tuple[Entry, ...]
    is_document: bool


def contents(path: Path, limits: Limits) -> Contents | None:
    """Return what is packed in the file at ``path`` in order of name, ``None`` for a plain file.

    Raises :class:`ReadingError` if it is a container that cannot be read, and ``OSError`` if it
    cannot be opened.
    """
    with path.open("rb") as file:
        container = _container(path, file.read(_HEAD), limits)
    if container is None:
        return None
    try:
        entries = _Listing(limits).of(container, depth=1)
    finally:
        container.close()
    return Contents(tuple(sorted(entries, key=lambda entry: entry.name)), container.is_document)


@dataclass(slots=True)
class _Listing:
    """Lists what is packed, and counts it: the limits hold for the total."""

    limits: Limits
    files: int = 0
    unpacked: int = 0

    def of(self, container: Container, depth: int) -> list[Entry]:
        """Return what is packed in a container and in containers inside it."""
        parts = container.parts()
        self._count(container, parts)
        entries = []
        for part in parts:
            entries += self._entries_of(container, part, depth)
        return entries

    def _count(self, container: Container, parts: list[Part]) -> None:
        files, size = self.files + len(parts), self.unpacked + sum(part.size for part in parts)
        if files > self.limits.most_entries:
            raise ReadingError(too_many(container.word, self.limits, files))
        if size > self.limits.most_unpacked:
            message = (
                f"the {container.word} unpacks to {size / 1e6:,.0f} MB, more than the "
                f"{self.limits.most_unpacked / 1e6:,.0f} MB that are read: split it"
            )
            raise ReadingError(message)
        self.files, self.unpacked = files, size

    def _entries_of(self, container: Container, part: Part, depth: int) -> list[Entry]:
        entry = Entry(part.name, (part.place,), part.fault)
        suffix = PurePosixPath(part.name).suffix.lower()
        if part.fault is not None or suffix in _PLAIN:
            return [entry]
        try:
            with container.open_part(part.place) as packed:
                head = packed.read(_HEAD)
            if not (looks_like_zip(suffix, head) or looks_like_mail(suffix, head)):
                return [entry]
            with _temporary_copy(container, part, self.limits) as path:
                return self._entries_inside(path, head, entry, depth + 1)
        except ReadingError as error:
            return [replace(entry, fault=str(error))]

    def _entries_inside(self, path: Path, head: bytes, entry: Entry, depth: int) -> list[Entry]:
        inner = _container(path, head, self.limits)
        if inner is None:
            return [entry]
        too_deep = depth > self.limits.most_depth
        try:
            if too_deep and not inner.is_document:
                return [replace(entry, fault=_too_deep(inner))]
            entries = [
                Entry(
                    f"{entry.name}/{within.name.lstrip('/')}",
                    entry.places + within.places,
                    _too_deep(inner) if too_deep else within.fault,
                )
                for within in self.of(inner, depth)
            ]
        finally:
            inner.close()
        return [entry, *entries] if inner.is_document else entries


@dataclass(frozen=True, slots=True)
class _Level:
    """An open container, its index in the one around it, and its parts by index."""

    place: int
    container: Container
    parts: dict[int, Part]


@dataclass(slots=True)
class Unpacker:
    """Unpacks entries one at a time, and keeps the containers of the last one open.

    Not thread-safe.
    """

    limits: Limits
    _path: Path | None = field(default=None, init=False)
    _open: "list[_Level]" = field(default_factory=list, init=False)
    """Outermost first."""

    _folder: "tempfile.TemporaryDirectory[str] | None" = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self._close(0)

    @contextmanager
    def unpacked(self, path: Path, entry: Entry) -> Iterator[Path]:
        """Give the path of a file with the entry's bytes, which is deleted afterwards.

        The file has the entry's suffix, but not its name.

        Raises :class:`ReadingError` if the entry cannot be unpacked.
        """
        level = self._open_level(path, entry.places[:-1])
        part = level.parts.get(entry.places[-1])
        if part is None or not f"/{entry.name}".endswith(f"/{part.name.lstrip('/')}"):
            raise ReadingError(_CHANGED_MESSAGE.format(word=level.container.word))
        with _temporary_copy(level.container, part, self.limits) as file:
            yield file

    def _open_level(self, path: Path, places: tuple[int, ...]) -> _Level:
        """Open the container of an entry, unpacking nested ones."""
        wanted = (-1, *places)
        if self._path != path:
            self._close(0)
            self._path = path
        same = 0
        while same < min(len(self._open), len(wanted)) and self._open[same].place == wanted[same]:
            same += 1
        self._close(same)
        for depth in range(same, len(wanted)):
            file = path if depth == 0 else self._unpack_container(depth, wanted[depth])
            with file.open("rb") as opened:
                container = _container(file, opened.read(_HEAD), self.limits)
            if container is None:
                raise ReadingError(_CHANGED_MESSAGE.format(word="archive"))
            parts = {part.place: part for part in container.parts()}
            self._open.append(_Level(wanted[depth], container, parts))
        return self._open[-1]

    def _unpack_container(self, depth: int, place: int) -> Path:
        """Unpack a container; the file exists as long as the container is open."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kiroku-")
        outer = self._open[-1]
        part = outer.parts.get(place)
        if part is None:
            raise ReadingError(_CHANGED_MESSAGE.format(word=outer.container.word))
        file = Path(self._folder.name, f"{depth}{_suffix(part.name)}")
        _copy(outer.container, part, file, self.limits)
        return file

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            self._open.pop().container.close()
        if depth == 0 and self._folder is not None:
            self._folder.cleanup()
            self._folder = None


_CHANGED_MESSAGE = "its {word} changed while it was being read: run ingest again"


def _container(path: Path, head: bytes, limits: Limits) -> Container | None:
    suffix = path.suffix.lower()
    if looks_like_zip(suffix, head):
        return ZipContainer.open(path, limits)
    if looks_like_mail(suffix, head):
        return MailContainer.open(path, limits)
    return None


@contextmanager
def _temporary_copy(container: Container, part: Part, limits: Limits) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kiroku-") as folder:
        file = Path(folder, "entry" + _suffix(part.name))
        _copy(container, part, file, limits)
        yield file


def _copy(container: Container, part: Part, file: Path, limits: Limits) -> None:
    size = 0
    with container.open_part(part.place) as packed, file.open("wb") as unpacked:
        while block := packed.read(_BLOCK):
            size += len(block)
            if told := limits.why_too_large(size):
                raise ReadingError(told)
            unpacked.write(block)


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if suffix[1:].isalnum() and suffix.isascii() else ""


def _too_deep(container: Container) -> str:
    return (
        f"it is packed in more than two others, which is not read: take the {container.word} out, "
        "and ingest it by itself"
    )
