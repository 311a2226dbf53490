"""Writing to the index: one process at a time, invisible until published, nothing ever lost."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import Embedder
from index.errors import EmbedderMismatchError, IndexDamagedError, StorageError
from index.generation.generations import generations_of
from index.generation.manifest import REBUILD
from index.generation.segment import Source
from index.language.tokens import index_terms
from index.passage import DEFAULT_COLLECTION, Collection, Document, DocumentId, Passage
from index.store.rows import Known
from index.store.store import Store
from index.store.successors import Successor
from index.where import Where

_REEMBED_BATCH = 512

_log = logging.getLogger(__name__)


class Writer:
    """Puts documents into the next generation of the index and publishes it.

    What is put is embedded and stored at once, but no question sees it before :meth:`publish`;
    a run that is killed in between goes on from there the next time.
    """

    def __init__(
        self, store: Store, where: Where, embedder: Embedder, collection: Collection
    ) -> None:
        self._store = store
        self._generations = generations_of(store, where)
        self._embedder = embedder
        self._collection = collection
        self._held = ExitStack()
        self._held.callback(store.close)

    @classmethod
    def open(
        cls,
        where: Where,
        embedder: Embedder,
        collection: Collection = DEFAULT_COLLECTION,
        *,
        rebuild: bool = False,
    ) -> "Writer":
        """Open an index for writing, making it where there is none.

        On a server others may write beside this one, to other documents or the same. Raises
        :class:`IndexBusyError` where another process writes that must be alone, or this one must
        (in a data folder each must; everywhere who rebuilds), and :class:`EmbedderMismatchError`
        where it was made with another embedder, unless ``rebuild`` is set (then call
        :meth:`rebuild`).
        """
        writer = cls(Store.open(where), where, embedder, collection)
        try:
            writer._hold(alone=rebuild)
        except BaseException:
            writer.close()
            raise
        return writer

    def _hold(self, *, alone: bool) -> None:
        """Keep away whoever may not write beside this one; ``alone`` may change the embedder."""
        self._held.enter_context(self._store.database.hold(self._collection, alone=alone))
        made_with, name = self._store.meta(self._collection, "embedder"), self._embedder.name
        if made_with not in (None, name) and not alone:
            raise EmbedderMismatchError(mismatch_message(str(made_with), name))

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
        self._held.close()

    @property
    def pending(self) -> int:
        """The number of the generation that is written to, published by the next publication."""
        return self._store.pending(self._collection)

    def known(self) -> Mapping[DocumentId, Known]:
        """Return what is held of each document, with what an unfinished run left."""
        return self._store.known(self._collection, self.pending)

    def documents(self) -> Mapping[DocumentId, Document]:
        """Return the documents held, with what an unfinished run left."""
        held = self._store.documents(self._collection, self.pending)
        return {document.document: document for document in held}

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return the passages held of a document, in order."""
        held = self._store.passages(self._collection, self.pending, document)
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
        with self._store.writing(self._collection) as pending:
            self._store.set_meta(self._collection, "embedder", name)
            start = 0
            for document, of_document in documents:
                end = start + len(of_document)
                version = reader if isinstance(reader, str) else reader(document)
                known = Known(document.content_hash, version, root, document.readable)
                rows = self._store.put(
                    self._collection,
                    pending,
                    (document, known),
                    list(zip(of_document, found_by[start:end], strict=True)),
                )
                self._store.vectors.put(self._collection, name, rows, vectors[start:end])
                start = end

    def _embedded(
        self, documents: Sequence[tuple[Document, Sequence[Passage]]]
    ) -> NDArray[np.float32]:
        """Embed the passages; what a document held before in the same words is not embedded anew.

        A new version of the readers, one more sentence in a long document, or another name for the
        same file costs little so.
        """
        pending = self.pending
        texts: list[str] = []
        held: dict[int, NDArray[np.float32]] = {}
        for document, passages in documents:
            known = self._held_of(document.document, pending)
            if not known and (moved := self._by_bytes.get(document.content_hash)):
                known = self._held_of(moved, pending)
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

    @cached_property
    def _by_bytes(self) -> Mapping[str, DocumentId]:
        """The documents that were held when this was opened, by the hash of their bytes."""
        return {known.content_hash: document for document, known in self.known().items()}

    def _held_of(self, document: DocumentId, pending: int) -> Mapping[str, NDArray[np.float32]]:
        by = self._embedder.name
        return self._store.vectors.by_text(self._collection, by, pending, document)

    def remove(self, documents: Sequence[DocumentId]) -> None:
        """Remove documents with the next generation."""
        with self._store.writing(self._collection) as pending:
            for document in documents:
                self._store.remove(self._collection, pending, document)

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

    def rebuild(self, embedded: Callable[[int, int], None] = lambda _done, _of: None) -> int:
        """Embed with this embedder what it has not embedded, build anew and publish.

        Goes on where a killed run stopped; needs none of the files. ``embedded`` is told again and
        again how many of how many passages are done.
        """
        rows = self._store.vectors.missing(self._collection, self._embedder.name, self.pending)
        for start in range(0, len(rows), _REEMBED_BATCH):
            batch = rows[start : start + _REEMBED_BATCH]
            held = self._store.passages_at(self._collection, batch)
            vectors = self._embedder.embed_passages([stored.passage.text for stored in held])
            with self._store.transaction():
                self._store.vectors.put(self._collection, self._embedder.name, batch, vectors)
            embedded(start + len(batch), len(rows))
        return self._publish(anew=True)

    def embed_again(self) -> int:
        """Embed what has no vector any more or a wrong one, build anew and publish."""
        by = self._embedder
        broken = self._store.vectors.broken(self._collection, by.name, by.dimension)
        with self._store.writing(self._collection):
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
        return self._publish()

    def renew(self) -> None:
        """Build the published generation anew, in its place, from what the store holds.

        For one that another version of Kiroku built; what is pending stays pending.
        """
        with self._store.database.publishing(self._collection):
            number = self._store.generation(self._collection)
            self._generations.build(self._source(number), anew=True)

    def _source(self, number: int, before: int = 0) -> Source:
        by = self._embedder
        return Source(self._store, self._collection, number, by.name, by.dimension, before)

    def _publish(self, *, anew: bool = False) -> int:
        collection, name = self._collection, self._embedder.name
        with self._store.database.publishing(collection):
            before = self._store.generation(collection)
            with self._store.writing(collection) as number:
                if not (anew or self._store.has_changes(collection, before)):
                    return before
                # what others put from now on is for the next one
                self._store.set_meta(collection, "pending", str(number + 1))
            manifest = self._generations.build(self._source(number, before), anew=anew)
            with self._store.writing(collection):
                self._store.set_meta(collection, "generation", str(number))
                self._store.set_meta(collection, "embedder", name)
                self._store.set_meta(collection, "last_ingest", manifest.made)
                # The generation before may still be read: its rows go with the next publication.
                oldest = self._generations.drop_older(collection, before)
                self._store.changes.forget(collection, oldest)
                if anew:  # not otherwise: a killed run may have embedded half with another one
                    self._store.vectors.keep_only(collection, name)
                self._store.database.tell(collection)
            self._merge(number)
        return number

    def merge(self) -> None:
        """Make few segments of the many of the published generation; it is as good without."""
        with self._store.database.publishing(self._collection):
            self._merge(self._store.generation(self._collection))

    def _merge(self, number: int) -> None:
        try:
            self._generations.merge(self._source(number))
        except (OSError, RuntimeError, IndexDamagedError, StorageError) as error:
            _log.warning("segments of the index could not be merged: %s", error)


def mismatch_message(made_with: str, set_now: str) -> str:
    """Return the message for an index of another embedder."""
    return (
        f"the index was made with the embedder {made_with}, but {set_now} is set: set "
        f"KIROKU_EMBEDDING_MODEL back, or run {REBUILD} to embed everything anew"
    )
