"""Where generations are kept: as files in the data folder, or in tables of a server."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import IndexDamagedError
from index.generation.columns import Columns
from index.generation.lexical import Lexical
from index.generation.manifest import REBUILD, Manifest, folder_of, read_manifest, segments_of
from index.generation.sealing import broken_files
from index.passage import Collection
from index.store.store import Store
from index.where import Server, Where

if TYPE_CHECKING:  # they load FAISS, which who only looks at the index does without
    from index.generation.dense import DenseScores
    from index.generation.segment import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """All that a search reads of a generation, but the documents and passages themselves."""

    manifest: Manifest
    columns: Columns
    dense: "DenseScores"
    words: Lexical
    pairs: Lexical
    context: Lexical


class Generations(Protocol):
    """The generations of an index."""

    def build(self, source: "Source", *, anew: bool = False) -> Manifest:
        """Build a generation, which nothing reads until the store names it as published.

        Raises :class:`StorageError` where there is no room, and :class:`IndexDamagedError` where
        vectors are missing.
        """
        ...

    def merge(self, source: "Source") -> None:
        """Make few segments of the many of a generation, where there are too many."""
        ...

    def drop_older(self, collection: Collection, keep: int) -> int:
        """Delete generations before ``keep`` that nobody reads; return the oldest that is left.

        Call it in the transaction that publishes.
        """
        ...

    def manifest(self, collection: Collection, number: int, *, outdated: bool = False) -> Manifest:
        """Return what a generation was made of.

        Raises as :func:`index.generation.manifest.decode_manifest` does.
        """
        ...

    def open(self, collection: Collection, number: int) -> Opened:
        """Open a generation. Raises :class:`IndexDamagedError` where it cannot be read."""
        ...

    def columns(self, collection: Collection, number: int) -> Columns:
        """Open the columns of a generation alone."""
        ...

    def broken(self, collection: Collection, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """Yield the parts of a generation that are not what was written, and what is wrong."""
        ...


def generations_of(store: Store, where: Where) -> Generations:
    """Return the generations of an index."""
    if isinstance(where, Server):
        from index.generation.server.generations import OnServer  # noqa: PLC0415 (loads psycopg)

        return OnServer.of(store.database, where.data)
    return InFolder(where)


@dataclass(frozen=True, slots=True)
class InFolder:
    """Generations as files in the data folder, which a search maps into memory."""

    data: Path

    def build(self, source: "Source", *, anew: bool = False) -> Manifest:
        """Build a generation beside the others."""
        from index.generation import generation  # noqa: PLC0415 (loads FAISS)

        return generation.build(source, self.data, anew=anew)

    def merge(self, source: "Source") -> None:
        """Make few segments of the many of a generation, where there are too many."""
        from index.generation import merging  # noqa: PLC0415 (loads FAISS)

        merging.merge(source, self.data)

    def drop_older(self, collection: Collection, keep: int) -> int:
        """Delete what nobody reads any more."""
        from index.generation import generation  # noqa: PLC0415 (loads FAISS)

        return generation.drop_older(self.data, collection, keep)

    def manifest(self, collection: Collection, number: int, *, outdated: bool = False) -> Manifest:
        """Return what a generation was made of."""
        return read_manifest(folder_of(self.data, collection, number), outdated=outdated)

    def open(self, collection: Collection, number: int) -> Opened:
        """Open a generation, memory-mapped."""
        from index.generation.open_segments import OpenSegments  # noqa: PLC0415 (loads FAISS)

        folder = folder_of(self.data, collection, number)
        manifest = read_manifest(folder)
        try:
            segments = OpenSegments.open(folder, segments_of(self.data, collection), manifest)
            return Opened(
                manifest=manifest,
                columns=Columns.open(folder),
                dense=segments.dense(),
                words=segments.lexical("words"),
                pairs=segments.lexical("pairs"),
                context=segments.lexical("context"),
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise unreadable() from error

    def columns(self, collection: Collection, number: int) -> Columns:
        """Open the columns of a generation alone."""
        return Columns.open(folder_of(self.data, collection, number))

    def broken(self, collection: Collection, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """Yield the folders of which files are not what they were when they were sealed."""
        place = segments_of(self.data, collection)
        folder = folder_of(self.data, collection, manifest.generation)
        for part in (folder, *(place / segment.name for segment in manifest.segments)):
            if names := broken_files(part):
                yield part.name, f"missing or changed: {', '.join(names)}"


def unreadable() -> IndexDamagedError:
    """Return the error of a generation that cannot be read."""
    message = f"a file of the index is missing or damaged: run {REBUILD}"
    return IndexDamagedError(message)
