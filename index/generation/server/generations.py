"""Generations on a server.

They are built by the same code as those in a data folder, on the machine that ingests, and laid
down in the server's tables: the files of a generation as rows of ``generations``, the postings of
its segments as rows of ``postings``, one a token. Vectors are on the server already. Who opens one
fetches its columns into the data folder (5 MB for 100,000 passages) and asks the server for the
rest.
"""

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from index.errors import IndexOutdatedError, StorageError
from index.generation import generation, merging
from index.generation.columns import Columns
from index.generation.generations import Opened, unreadable
from index.generation.lexical import Lexical, LivePostings
from index.generation.live import Live
from index.generation.manifest import (
    MAKING,
    MANIFEST,
    READ_FOR_S,
    REBUILD,
    Manifest,
    decode_manifest,
    folder_of,
    live_marks,
    read_manifest,
    segments_of,
    write_manifest,
)
from index.generation.segment import USUAL, Source
from index.generation.server.dense import ServerDense
from index.generation.server.postings import TYPES, ServerPostings, TokenRows, rows_of
from index.passage import Collection
from index.store.database import Database
from index.store.postgresql import PostgresDatabase

_REPLACED = f"{MANIFEST}.replaced"
"""The name under which a manifest stays after another one took its place (a merge)."""
_READ_FOR = f"{READ_FOR_S} seconds"


@dataclass(frozen=True, slots=True)
class OnServer:
    """The generations of an index on a server; ``data`` is the data folder of this machine."""

    database: PostgresDatabase
    data: Path

    @classmethod
    def of(cls, database: Database, data: Path) -> "OnServer":
        """Return the generations on the server that a database is."""
        if not isinstance(database, PostgresDatabase):
            message = "the store of these generations is not a PostgreSQL server"
            raise TypeError(message)
        return cls(database, data)

    def build(self, source: Source, *, anew: bool = False) -> Manifest:
        """Build a generation on this machine and lay it down on the server."""
        place = segments_of(self.data, source.collection)
        shutil.rmtree(place, ignore_errors=True)  # of a run that was killed before it laid it down
        if source.before and not anew:
            try:
                self._fetch(source.collection, source.before)
            except IndexOutdatedError:  # what lies here under its number is of another index
                anew = True
        manifest = generation.build(source, self.data, anew=anew, segments_here=False)
        folder = folder_of(self.data, source.collection, source.generation)
        with self.database.transaction():
            self._lay_segments(source.collection, place)
            self._lay_files(folder, source.collection, source.generation)
        shutil.rmtree(place, ignore_errors=True)
        return manifest

    def merge(self, source: Source) -> None:
        """Make few segments of the many of a generation, where there are too many."""
        collection, number = source.collection, source.generation
        folder = self._fetch(collection, number)
        place = segments_of(self.data, collection)
        for manifest in merging.merged(source, self.data):
            write_manifest(folder, manifest)
            with self.database.transaction():
                self._lay_segments(collection, place)
                self._lay_files(folder, collection, number)
            shutil.rmtree(place, ignore_errors=True)

    def drop_older(self, collection: Collection, keep: int) -> int:
        """Delete what nobody reads any more; return the oldest generation that is left."""
        superseded, first = self.database.execute(
            "SELECT max(generation) FILTER (WHERE made < now() - CAST(? AS interval)), "
            "min(generation) FROM generations WHERE collection = ?",
            (_READ_FOR, collection),
        ).fetchone()
        oldest = int(min(keep, first if superseded is None else superseded))
        self.database.execute(
            "DELETE FROM generations WHERE collection = ? AND generation < ?", (collection, oldest)
        )
        self.database.execute(
            "DELETE FROM generations WHERE collection = ? AND name = ? "
            "AND made < now() - CAST(? AS interval)",
            (collection, _REPLACED, _READ_FOR),
        )
        manifests = self.database.execute(
            "SELECT content FROM generations WHERE collection = ? AND name IN (?, ?)",
            (collection, MANIFEST, _REPLACED),
        )
        decoded = [decode_manifest(content, outdated=True) for (content,) in manifests]
        used = {segment.name for manifest in decoded for segment in manifest.segments}
        for segment in self._segments(collection):
            if segment not in used:
                self.database.execute(
                    "DELETE FROM postings WHERE collection = ? AND segment = ?",
                    (collection, segment),
                )
        return oldest

    def manifest(self, collection: Collection, number: int, *, outdated: bool = False) -> Manifest:
        """Return what a generation was made of."""
        return decode_manifest(self._manifest(collection, number), outdated=outdated)

    def open(self, collection: Collection, number: int) -> Opened:
        """Open a generation: its columns from this machine, the rest as it is asked for."""
        folder = self._fetch(collection, number)
        manifest = read_manifest(folder)
        try:
            columns = Columns.open(folder)
            live = [
                Live(live_marks(folder, segment)) if segment.live < segment.passages else None
                for segment in manifest.segments
            ]
        except (OSError, ValueError, KeyError) as error:
            raise unreadable() from error
        names = [segment.name for segment in manifest.segments]
        sets = {}
        for kind in USUAL:
            rows = TokenRows(self.database, collection, kind, names)
            sets[kind] = Lexical(
                LivePostings(ServerPostings(rows, segment.name, segment.passages), left)
                for segment, left in zip(manifest.segments, live, strict=True)
            )
        dense = ServerDense(self.database, collection, manifest.embedder, columns.row)
        return Opened(manifest, columns, dense, **sets)

    def columns(self, collection: Collection, number: int) -> Columns:
        """Open the columns of a generation alone."""
        return Columns.open(self._fetch(collection, number))

    def broken(self, collection: Collection, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """Yield the segments of which there are no postings. The server checks its own pages."""
        held = set(self._segments(collection))
        for segment in manifest.segments:
            if segment.name not in held:
                yield segment.name, "its postings are missing"

    def _fetch(self, collection: Collection, number: int) -> Path:
        """Bring the files of a generation into the data folder, where they are not there yet."""
        folder = folder_of(self.data, collection, number)
        told = self._manifest(collection, number)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.parent / "fetch.lock"):
                if not _is_of(folder, told):
                    self._write(folder, collection, number)
                _drop_local(folder.parent, number)
        except OSError as error:
            message = (
                "the columns of the index could not be written: free disk space in the data folder"
            )
            raise StorageError(message) from error
        return folder

    def _write(self, folder: Path, collection: Collection, number: int) -> None:
        making = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}{MAKING}")
        making.mkdir()
        rows = self.database.execute(
            "SELECT name, content FROM generations "
            "WHERE collection = ? AND generation = ? AND name <> ?",
            (collection, number, _REPLACED),
        )
        for name, content in rows:
            (making / Path(name).name).write_bytes(content)
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)

    def _manifest(self, collection: Collection, number: int) -> bytes:
        row = self.database.execute(
            "SELECT content FROM generations WHERE collection = ? AND generation = ? AND name = ?",
            (collection, number, MANIFEST),
        ).fetchone()
        if row is None:
            message = f"what a search reads is not there: run {REBUILD}"
            raise IndexOutdatedError(message)
        return bytes(row[0])

    def _segments(self, collection: Collection) -> list[str]:
        """Return the names of the segments that have postings, each found by its place in the key.

        Without that, all postings of the collection would be read.
        """
        query = "SELECT min(segment) FROM postings WHERE collection = ? AND segment > ?"
        names = [""]
        while name := self.database.execute(query, (collection, names[-1])).fetchone()[0]:
            names.append(str(name))
        return names[1:]

    def _lay_segments(self, collection: Collection, place: Path) -> None:
        """Lay down the postings of the segments that were made in a folder."""
        for folder in sorted(place.iterdir()) if place.is_dir() else ():
            for kind in USUAL:
                self.database.copy_in(
                    "postings", TYPES, rows_of(folder / kind, collection, folder.name, kind)
                )

    def _lay_files(self, folder: Path, collection: Collection, number: int) -> None:
        """Lay down the files of a generation in the place of those that are there.

        The manifest before stays for as long as a question may be reading by it.
        """
        key = (collection, number)
        self.database.execute(
            "DELETE FROM generations WHERE collection = ? AND generation = ? AND name = ?",
            (*key, _REPLACED),
        )
        self.database.execute(
            "UPDATE generations SET name = ?, made = now() "
            "WHERE collection = ? AND generation = ? AND name = ?",
            (_REPLACED, *key, MANIFEST),
        )
        self.database.execute(
            "DELETE FROM generations WHERE collection = ? AND generation = ? AND name <> ?",
            (*key, _REPLACED),
        )
        self.database.execute_many(
            "INSERT INTO generations (collection, generation, name, content) VALUES (?, ?, ?, ?)",
            (
                (collection, number, path.name, path.read_bytes())
                for path in sorted(folder.iterdir())
            ),
        )


def _is_of(folder: Path, told: bytes) -> bool:
    """Tell whether a folder holds the generation of a manifest."""
    try:
        return (folder / MANIFEST).read_bytes() == told
    except OSError:
        return False


def _drop_local(place: Path, number: int) -> None:
    """Delete what was fetched before the generation that came before a number."""
    for folder in place.iterdir():
        name, _, _ = folder.name.partition(".")
        if name.isdigit() and int(name) < number - 1:
            shutil.rmtree(folder, ignore_errors=True)
