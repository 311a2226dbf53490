"""The store: a database holds documents, passages and vectors and is the one source of truth.

It is SQLite in the data folder or a PostgreSQL server (:mod:`index.store.database`).

Every row carries the generation in which it was ``born`` and, once replaced or removed, the one in
which it ``died``. A reader of generation *g* sees the rows with ``born <= g`` that had not died by
*g*; what an ingest writes belongs to the next generation and stays invisible until that one is
published. So a killed ingest loses nothing that was there, and keeps what it had already embedded.

The collection stands first in every key: one store can hold many municipalities, and the same keys
distribute on PostgreSQL.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from index.errors import IndexOutdatedError
from index.passage import Collection, Document, DocumentId, Passage, PassageId
from index.store.changes import Changes
from index.store.database import Database
from index.store.digests import Digests
from index.store.opening import open_database
from index.store.rows import (
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    Known,
    StoredPassage,
    document_detail,
    passage_detail,
    to_document,
    to_passage,
    to_stored,
)
from index.store.schema import VISIBLE
from index.store.successors import Successors
from index.store.vectors import Vectors
from index.where import Where


class Store:
    """One open connection. Use it from one thread at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.vectors = Vectors(database)
        self.changes = Changes(database, self.vectors)
        self.digests = Digests(database)
        self.successors = Successors(database)

    @classmethod
    def open(cls, where: Where) -> "Store":
        """Open the store, making it where there is none.

        Raises :class:`StorageError` where the folder cannot be written or the server not be
        reached, and :class:`IndexDamagedError` where the file is not a database.
        """
        return cls(open_database(where))

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Run the block in one write transaction: all of it is kept, or none."""
        return self.database.transaction()

    @contextmanager
    def writing(self, collection: Collection) -> Iterator[int]:
        """Run the block in one write transaction; give the number of the pending generation.

        Others who write to the collection come before or after it.
        """
        with self.database.transaction():
            self.database.lock(collection)
            yield self.pending(collection)

    def snapshot(self) -> AbstractContextManager[None]:
        """Let the block read all as it is now, whatever others write meanwhile."""
        return self.database.snapshot()

    def meta(self, collection: Collection, key: str) -> str | None:
        """Return a value of the collection's notes (``generation``, ``embedder``, …)."""
        query = "SELECT value FROM meta WHERE collection = ? AND key = ?"
        row = self.database.execute(query, (collection, key)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, collection: Collection, key: str, value: str) -> None:
        """Write a value of the collection's notes."""
        self.database.execute(
            "INSERT INTO meta VALUES (?, ?, ?) "
            "ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value",
            (collection, key, value),
        )

    def generation(self, collection: Collection) -> int:
        """Return the number of the published generation, 0 where there is none yet."""
        return int(self.meta(collection, "generation") or 0)

    def pending(self, collection: Collection) -> int:
        """Return the number of the generation that is written to.

        It is moved on where a publication begins: what others write meanwhile is for the next one.
        """
        return int(self.meta(collection, "pending") or 0) or self.generation(collection) + 1

    def is_published(self, collection: Collection, generation: int) -> bool:
        """Tell whether a generation is the published one, asking only where it may not be."""
        if not self.database.may_have_news(collection):
            return True
        return self.generation(collection) == generation

    def collections(self) -> list[Collection]:
        """Return the collections that were ever published, ordered by name."""
        query = "SELECT collection FROM meta WHERE key = 'generation' ORDER BY collection"
        return [Collection(name) for (name,) in self.database.execute(query)]

    def known(self, collection: Collection, generation: int) -> dict[DocumentId, Known]:
        """Return what is held in a generation, by document."""
        rows = self.database.execute(
            "SELECT document, content_hash, reader, root, readable FROM documents "
            f"WHERE collection = ? AND {VISIBLE}",
            (collection, generation, generation),
        )
        return {DocumentId(row[0]): Known(row[1], row[2], row[3], bool(row[4])) for row in rows}

    def documents(self, collection: Collection, generation: int) -> list[Document]:
        """Return the documents of a generation, ordered by path."""
        rows = self.database.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents "
            f"WHERE collection = ? AND {VISIBLE} ORDER BY document",
            (collection, generation, generation),
        )
        return [to_document(row) for row in rows]

    def document(self, collection: Collection, generation: int, name: DocumentId) -> Document:
        """Return a document of a generation. Raises :class:`KeyError` where it is not held."""
        row = self.database.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents "
            f"WHERE collection = ? AND document = ? AND {VISIBLE}",
            (collection, name, generation, generation),
        ).fetchone()
        if row is None:
            raise KeyError(name)
        return to_document(row)

    def held_as(self, collection: Collection, generation: int, name: DocumentId) -> Known | None:
        """Return what is held of one document; ``None`` where the generation does not hold it."""
        row = self.database.execute(
            "SELECT content_hash, reader, root, readable FROM documents "
            f"WHERE collection = ? AND document = ? AND {VISIBLE}",
            (collection, name, generation, generation),
        ).fetchone()
        return None if row is None else Known(row[0], row[1], row[2], bool(row[3]))

    def passages(
        self, collection: Collection, generation: int, document: DocumentId | None = None
    ) -> Iterator[StoredPassage]:
        """Yield the passages of a generation (or of one document in it) in order of row."""
        narrowed = "" if document is None else " AND document = ?"
        rows = self.database.stream(
            f"SELECT row, document, words, {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND {VISIBLE}{narrowed} ORDER BY row",
            (collection, generation, generation, *(() if document is None else (document,))),
        )
        yield from map(to_stored, rows)

    def passage(
        self, collection: Collection, generation: int, document: DocumentId, name: PassageId
    ) -> Passage | None:
        """Return one passage of a document in a generation; ``None`` where there is none such."""
        row = self.database.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND {VISIBLE} AND document = ? AND passage_id = ?",
            (collection, generation, generation, document, name),
        ).fetchone()
        return None if row is None else to_passage(row)

    def counts(self, collection: Collection, generation: int) -> dict[DocumentId, int]:
        """Return how many passages each document of a generation has; none where it has none."""
        rows = self.database.execute(
            f"SELECT document, count(*) FROM passages WHERE collection = ? AND {VISIBLE} "
            "GROUP BY document",
            (collection, generation, generation),
        )
        return {DocumentId(document): count for document, count in rows}

    def passages_at(self, collection: Collection, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages of the given rows, in the order given, without their words.

        Raises :class:`IndexOutdatedError` where one is gone: it is of a generation long replaced.
        """
        if not rows:
            return []
        marks = ",".join("?" * len(rows))
        found = self.database.execute(
            f"SELECT row, document, '', {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND row IN ({marks})",
            (collection, *rows),
        )
        by_row = {row[0]: to_stored(row) for row in found}
        if len(by_row) < len(set(rows)):
            raise outdated()
        return [by_row[row] for row in rows]

    def put(
        self,
        collection: Collection,
        pending: int,
        known: tuple[Document, Known],
        passages: Sequence[tuple[Passage, Sequence[str]]],
    ) -> list[int]:
        """Store a document in the pending generation in place of the one before; return the rows.

        Each passage comes with its words (no white space in them). Call in :meth:`transaction`.
        """
        document, about = known
        self.remove(collection, pending, document.document)
        self.database.execute(
            f"INSERT INTO documents VALUES ({','.join('?' * 18)})",
            (
                *(collection, document.document, pending, None),
                *(document.content_hash, about.reader, about.root, document.title),
                *(document.kind, document.body, document.date and document.date.isoformat()),
                *(document.place, document.pages, document.language, document.coverage),
                *(int(document.readable), document_detail(document), ""),
            ),
        )
        first = self._next_row(collection)
        rows = list(range(first, first + len(passages)))
        self.database.execute_many(
            f"INSERT INTO passages VALUES ({','.join('?' * 19)})",
            (
                (
                    *(collection, row, document.document, pending, None, p.passage_id, p.text),
                    *(p.kind, p.page, p.last_page, p.speaker, p.role, p.turn),
                    *(json.dumps(p.heading, ensure_ascii=False), p.article, p.answers, p.question),
                    *(" ".join(words), passage_detail(p)),
                )
                for row, (p, words) in zip(rows, passages, strict=True)
            ),
        )
        self.digests.write(collection, document.document, pending)
        return rows

    def remove(self, collection: Collection, pending: int, document: DocumentId) -> None:
        """Let a document end with the pending generation. Call it inside :meth:`transaction`."""
        key = (collection, document, pending)
        born = "SELECT row FROM passages WHERE collection = ? AND document = ? AND born = ?"
        self.vectors.remove(collection, [row for (row,) in self.database.execute(born, key)])
        for table, by in (("passages", self.database.by_document), ("documents", "")):
            self.database.execute(
                f"DELETE FROM {table} WHERE collection = ? AND document = ? AND born = ?", key
            )
            self.database.execute(
                f"UPDATE {table}{by} SET died = ? "
                "WHERE collection = ? AND document = ? AND died IS NULL",
                (pending, collection, document),
            )

    def has_changes(self, collection: Collection, since: int) -> bool:
        """Tell whether anything was put or removed after a generation."""
        row = self.database.execute(
            "SELECT 1 FROM documents WHERE collection = ? AND (born > ? OR died > ?) LIMIT 1",
            (collection, since, since),
        ).fetchone()
        return row is not None

    def _next_row(self, collection: Collection) -> int:
        last = self.database.execute(
            "SELECT max(row) FROM passages WHERE collection = ?", (collection,)
        ).fetchone()[0]
        return (last or 0) + 1


def outdated() -> IndexOutdatedError:
    """Return the error of who reads a generation of which not all is there any more."""
    message = "the documents were changed several times while this was asked: ask again"
    return IndexOutdatedError(message)
