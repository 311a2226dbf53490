"""Writing to the index: one process at a time, invisible until published, nothing ever lost."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.embedding.embedder import Embedder
from index.errors import EmbedderMismatchError, IndexBusyError, IndexDamagedError, StorageError
from index.generation import generation
from index.generation.manifest import REBUILD
from index.generation.merging import merge
from index.generation.segment import Source
from index.language.tokens import index_terms
from index.passage import DEFAULT_COLLECTION, Collection, Document, DocumentId, Passage
from index.store.rows import Known
from index.store.store import Store
from index.store.successors import Successor

_REEMBED_BATCH = 512

_log = logging.getLogger(__name__)


class Writer:
    """Puts documents into the next generation of the index and publishes it.

    What is put is embedded and stored at once, but no question sees it before :meth:`publish`;
    a run that is killed in between goes on from there the next time.
    """

    def __init__(
        self, store: Store, lock: FileLock, data: Path, embedder: Embedder, collection: Collection
    ) -> None:
        self._store = store
        self._lock = lock
        self._data = data
        self._embedder = embedder
        self._collection = collection
        self._pending = store.generation(collection) + 1

    @classmethod
    def open(
        cls,
        data: Path,
        embedder: Embedder,
        collection: Collection = DEFAULT_COLLECTION,
        *,
        rebuild: bool = False,
    ) -> "Writer":
        """Open the index in ``data`` for writing, making it where there is none.

        Raises :class:`IndexBusyError` where another process writes to it, and
        :class:`EmbedderMismatchError` where it was made with another embedder, unless ``rebuild``
        is set (then call :meth:`rebuild`).
        """
        store = Store.open(data)
        lock = FileLock(data / f"{collection}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            store.close()
            message = "another ingest is writing to this index: wait until it has ended"
            raise IndexBusyError(message) from error
        except OSError as error:
            store.close()
            message = f"the data folder cannot be written ({error.strerror}): set KIROKU_DATA"
            raise StorageError(message) from error
        writer = cls(store, lock, data, embedder, collection)
        made_with = store.meta(collection, "embedder")
        if made_with not in (None, embedder.name) and not rebuild:
            writer.close()
            raise EmbedderMismatchError(mismatch_message(str(made_with), embedder.name))
        return writer

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the index; what was not published stays invisible."""
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()
        self._lock.release()

    @property
    def pending(self) -> int:
        """The number of the generation that is written to, published by the next publication."""
        return self._pending

    def known(self) -> Mapping[DocumentId, Known]:
        """Return what is held of each document, with what an unfinished run left."""
        return self._store.known(self._collection, self._pending)

    def documents(self) -> Mapping[DocumentId, Document]:
        """Return the documents held, with what an unfinished run left."""
        held = self._store.documents(self._collection, self._pending)
        return {document.document: document for document in held}

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return the passages held of a document, in order."""
        held = self._store.passages(self._collection, self._pending, document)
        return [stored.passage for stored in held]

    def put(
        self,
        documents: Sequence[tuple[Document, Sequence[Passage]]],
        *,
        root: str,
        reader: str | Callable[[Document], str],
    ) -> None:
        """Embed and store documents in place of what was held of them, in one transaction.

        ``root`` is the folder they were ingested from, ``reader`` the version of what read them.
        """
        passages = [passage for _, of_document in documents for passage in of_document]
        vectors = self._embedded(documents)
        found_by = [index_terms(passage.text) for passage in passages]
        name = self._embedder.name
        with self._store.transaction():
            self._store.set_meta(self._collection, "embedder", name)
            start = 0
            for document, of_document in documents:
                end = start + len(of_document)
                version = reader if isinstance(reader, str) else reader(document)
                known = Known(document.content_hash, version, root, document.readable)
                rows = self._store.put(
                    self._collection,
                    self._pending,
                    (document, known),
                    list(zip(of_document, found_by[start:end], strict=True)),
                )
                self._store.vectors.put(self._collection, name, rows, vectors[start:end])
                start = end

    def _embedded(
        self, documents: Sequence[tuple[Document, Sequence[Passage]]]
    ) -> NDArray[np.float32]:
        """Embed the passages; what a document held before in the same words is not embedded anew.

        A new version of the readers, or one more sentence in a long document, costs little so.
        """
        texts: list[str] = []
        held: dict[int, NDArray[np.float32]] = {}
        for document, passages in documents:
            known = self._store.vectors.by_text(
                self._collection, self._embedder.name, self._pending, document.document
            )
            for passage in passages:
                if passage.text in known:
                    held[len(texts)] = known[passage.text]
                texts.append(passage.text)
        new = [at for at in range(len(texts)) if at not in held]
        vectors = np.empty((len(texts), self._embedder.dimension), dtype=np.float32)
        for at, vector in held.items():
            vectors[at] = vector
        if new:
            vectors[new] = self._embedder.embed_passages([texts[at] for at in new])
        return vectors

    def remove(self, documents: Sequence[DocumentId]) -> None:
        """Remove documents with the next generation."""
        with self._store.transaction():
            for document in documents:
                self._store.remove(self._collection, self._pending, document)

    def successors(self) -> Mapping[DocumentId, Successor]:
        """Return which documents others stand for."""
        return self._store.successors.all(self._collection)

    def succeed(self, document: DocumentId, successor: Successor | None) -> None:
        """Note which document stands for one from now on; ``None``: it stands for itself."""
        with self._store.transaction():
            if successor is None:
                self._store.successors.forget(self._collection, document)
            else:
                self._store.successors.put(self._collection, document, successor)

    def rebuild(self) -> int:
        """Embed with this embedder what it has not embedded, build anew and publish.

        Goes on where a killed run stopped; needs none of the files.
        """
        rows = self._store.vectors.missing(self._collection, self._embedder.name, self._pending)
        for start in range(0, len(rows), _REEMBED_BATCH):
            batch = rows[start : start + _REEMBED_BATCH]
            held = self._store.passages_at(self._collection, batch)
            vectors = self._embedder.embed_passages([stored.passage.text for stored in held])
            with self._store.transaction():
                self._store.vectors.put(self._collection, self._embedder.name, batch, vectors)
        return self._publish(anew=True)

    def embed_again(self) -> int:
        """Embed what has no vector any more or a wrong one, build anew and publish."""
        by = self._embedder
        broken = self._store.vectors.broken(self._collection, by.name, by.dimension)
        with self._store.transaction():
            self._store.vectors.remove(self._collection, broken)
        return self.rebuild()

    def distrust(self, documents: Sequence[DocumentId]) -> None:
        """Let the next ingest read these documents' files again, though they have not changed."""
        with self._store.transaction():
            for document in documents:
                self._store.digests.distrust(self._collection, document)

    def publish(self) -> int:
        """Build the new generation, swap it in and return its number.

        Where nothing changed, the one that is published stays.
        """
        if not self._store.has_changes(self._collection, self._pending):
            return self._pending - 1
        return self._publish()

    def renew(self) -> None:
        """Build the published generation anew, in its place, from what the store holds.

        For one that another version of Kiroku built; what is pending stays pending.
        """
        generation.build(self._source(self._pending - 1), self._data, anew=True)

    def _source(self, number: int) -> Source:
        by = self._embedder
        return Source(self._store, self._collection, number, by.name, by.dimension)

    def _publish(self, *, anew: bool = False) -> int:
        published, name = self._pending, self._embedder.name
        manifest = generation.build(self._source(published), self._data, anew=anew)
        with self._store.transaction():
            self._store.set_meta(self._collection, "generation", str(published))
            self._store.set_meta(self._collection, "embedder", name)
            self._store.set_meta(self._collection, "last_ingest", manifest.made)
            # The generation before may still be read: its rows go with the next publication.
            self._store.changes.forget(self._collection, published - 1, name)
        generation.drop_older(self._data, self._collection, published - 1)
        self._pending = published + 1
        self.merge()
        return published

    def merge(self) -> None:
        """Make few segments of the many of the published generation; it is as good without."""
        try:
            merge(self._source(self._pending - 1), self._data)
        except (OSError, RuntimeError, IndexDamagedError) as error:
            _log.warning("segments of the index could not be merged: %s", error)


def mismatch_message(made_with: str, set_now: str) -> str:
    """Return the message for an index of another embedder."""
    return (
        f"the index was made with the embedder {made_with}, but {set_now} is set: set "
        f"KIROKU_EMBEDDING_MODEL back, or run {REBUILD} to embed everything anew"
    )
