"""Is everything there, and is it what was written? Compares store, segments, columns and seals."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from index.errors import IndexDamagedError
from index.generation.columns import Columns
from index.generation.generations import Generations, generations_of
from index.generation.manifest import FORMAT, Manifest
from index.passage import Collection, DocumentId
from index.store.opening import holds_index
from index.store.sqlite import FILE_NAME
from index.store.store import Store
from index.upkeep.data_folder import database_faults, databases, is_written
from index.where import Where, data_of


class Part(Enum):
    """What is at fault."""

    DATABASE = "database"
    """A SQLite file."""
    DOCUMENT = "document"
    """What is held of a document is not what was stored."""
    VECTORS = "vectors"
    """Vectors are missing, or are not what was stored."""
    SEARCH = "search"
    """The files that a search reads."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be, in words; ``mend`` is what to do about it."""

    part: Part
    where: str
    what: str
    mend: str
    collection: Collection | None = None
    document: DocumentId | None = None


REPAIR = "run `kiroku verify --repair`"
_RESTORE = "put back a backup with `kiroku restore`"


def verify(where: Where) -> list[Fault]:
    """Return what is at fault in an index and its data folder; they may be in use meanwhile.

    Raises :class:`StorageError` where the folder or the server cannot be used.
    """
    data = data_of(where)
    faults = [
        Fault(Part.DATABASE, path.relative_to(data).as_posix(), told, _RESTORE)
        for path in databases(data)
        if (told := database_faults(path))
    ]
    if any(fault.where == FILE_NAME for fault in faults):
        return faults
    if where == data and _is_lost(data):
        what = "it is gone or empty, and the files of a search are there"
        return [*faults, Fault(Part.DATABASE, FILE_NAME, what, _RESTORE)]
    if not holds_index(where):
        return faults
    store = Store.open(where)
    try:
        generations = generations_of(store, where)
        for collection in store.collections():
            faults += _of_collection(store, generations, collection)
    except sqlite3.DatabaseError as error:
        faults.append(Fault(Part.DATABASE, FILE_NAME, str(error), _RESTORE))
    finally:
        store.close()
    return faults


def _is_lost(data: Path) -> bool:
    """Tell whether there is no store, or one that was never written to, though it was published."""
    if not any((data / "generations").glob("*/[0-9]*/*")):
        return False
    return not (holds_index(data) and is_written(data / FILE_NAME))


def _of_collection(store: Store, generations: Generations, collection: Collection) -> list[Fault]:
    """Return the faults of one collection; once more where a publication came in between."""
    while True:
        number = store.generation(collection)
        with store.snapshot():
            faults = [
                *_of_documents(store, collection, number),
                *_of_search(store, generations, collection, number),
            ]
        if store.generation(collection) == number:
            return faults


def _of_documents(store: Store, collection: Collection, number: int) -> Iterator[Fault]:
    for document in store.digests.broken(collection, number):
        what = "its words are not those that were stored"
        mend = f"{REPAIR}, then `kiroku ingest` on its file"
        yield Fault(Part.DOCUMENT, document, what, mend, collection, document)


def _of_search(
    store: Store, generations: Generations, collection: Collection, number: int
) -> Iterator[Fault]:
    where = f"generations/{collection}"
    try:
        manifest = generations.manifest(collection, number, outdated=True)
    except IndexDamagedError:
        what = "the manifest is missing or damaged"
        yield Fault(Part.SEARCH, f"{where}/{number:06d}", what, REPAIR, collection)
        return
    if manifest.format != FORMAT:
        return  # it is built anew when it is next opened
    yield from _of_vectors(store, collection, manifest)
    for part, what in generations.broken(collection, manifest):
        yield Fault(Part.SEARCH, f"{where}/{part}", what, REPAIR, collection)
        return
    if told := _differs(store, collection, manifest, generations.columns(collection, number)):
        yield Fault(Part.SEARCH, f"{where}/{number:06d}", told, REPAIR, collection)


def _of_vectors(store: Store, collection: Collection, manifest: Manifest) -> Iterator[Fault]:
    by, number = manifest.embedder, manifest.generation
    broken = store.vectors.broken(collection, by, manifest.dimension)
    missing = store.vectors.missing(collection, by, number)
    if broken or missing:
        what = f"of passages: {len(broken)} changed, {len(missing)} missing"
        yield Fault(Part.VECTORS, collection, what, REPAIR, collection)


def _differs(
    store: Store, collection: Collection, manifest: Manifest, columns: Columns
) -> str | None:
    """Return in what the files of a search and the store differ."""
    rows = store.changes.rows(collection, manifest.generation)
    if not np.array_equal(np.asarray(columns.row), np.asarray(rows, dtype=np.int64)):
        return f"it holds {len(columns.row)} passages, the store {len(rows)}, not the same ones"
    live = sum(segment.live for segment in manifest.segments)
    if live != len(rows) or manifest.passages != len(rows):
        return f"its segments hold {live} passages, the store {len(rows)}"
    documents = len(store.documents(collection, manifest.generation))
    if len(columns.documents) != documents:
        return f"it holds {len(columns.documents)} documents, the store {documents}"
    return None
