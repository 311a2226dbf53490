"""The store: SQLite (WAL) holds documents, passages and vectors and is the one source of truth.

Every row carries the generation in which it was ``born`` and, once replaced or removed, the one in
which it ``died``. A reader of generation *g* sees the rows with ``born <= g`` that had not died by
*g*; what an ingest writes belongs to the next generation and stays invisible until that one is
published. So a killed ingest loses nothing that was there, and keeps what it had already embedded.

The collection stands first in every key: one store can hold many municipalities, and the same keys
distribute on PostgreSQL.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexDamagedError, StorageError
from index.passage import Collection, Document, DocumentId, Passage, PassageId
from index.store.changes import Changes
from index.store.digests import Digests
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
from index.store.schema import VISIBLE, bring_up_to_date
from index.store.successors import Successors
from index.store.vectors import Vectors

FILE_NAME = "kiroku.sqlite3"


class Store:
    """One open connection. Use it from one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.vectors = Vectors(connection)
        self.changes = Changes(connection)
        self.digests = Digests(connection)
        self.successors = Successors(connection)

    @classmethod
    def open(cls, data: Path) -> "Store":
        """Open (or make) the store in the folder ``data``.

        Raises :class:`StorageError` where the folder cannot be written and
        :class:`IndexDamagedError` where the file is not a database.
        """
        path = data / FILE_NAME
        try:
            data.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            bring_up_to_date(connection, path)
        except (OSError, sqlite3.OperationalError) as error:
            message = (
                f"the data folder cannot be used ({_reason(error)}): "
                "free disk space, or set KIROKU_DATA to a folder that this user may write"
            )
            raise StorageError(message) from error
        except sqlite3.DatabaseError as error:
            message = (
                f"{FILE_NAME} in the data folder is damaged: put back a copy of the data folder, "
                "or move the file away and run `kiroku ingest` on your documents again"
            )
            raise IndexDamagedError(message) from error
        return cls(connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in one write transaction: all of it is kept, or none."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            message = (
                f"the index could not be written ({_reason(error)}): free disk space and run the "
                "command again; what was there before is unchanged"
            )
            raise StorageError(message) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let the block read all as it is now, whatever others write meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def meta(self, collection: Collection, key: str) -> str | None:
        """Return a value of the collection's notes (``generation``, ``embedder``, …)."""
        query = "SELECT value FROM meta WHERE collection = ? AND key = ?"
        row = self._connection.execute(query, (collection, key)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, collection: Collection, key: str, value: str) -> None:
        """Write a value of the collection's notes."""
        self._connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (collection, key, value)
        )

    def generation(self, collection: Collection) -> int:
        """Return the number of the published generation, 0 where there is none yet."""
        return int(self.meta(collection, "generation") or 0)

    def collections(self) -> list[Collection]:
        """Return the collections that were ever published, ordered by name."""
        query = "SELECT collection FROM meta WHERE key = 'generation' ORDER BY collection"
        return [Collection(name) for (name,) in self._connection.execute(query)]

    def known(self, collection: Collection, generation: int) -> dict[DocumentId, Known]:
        """Return what is held in a generation, by document."""
        rows = self._connection.execute(
            "SELECT document, content_hash, reader, root, readable FROM documents "
            f"WHERE collection = ? AND {VISIBLE}",
            (collection, generation, generation),
        )
        return {DocumentId(row[0]): Known(row[1], row[2], row[3], bool(row[4])) for row in rows}

    def documents(self, collection: Collection, generation: int) -> list[Document]:
        """Return the documents of a generation, ordered by path."""
        rows = self._connection.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents "
            f"WHERE collection = ? AND {VISIBLE} ORDER BY document",
            (collection, generation, generation),
        )
        return [to_document(row) for row in rows]

    def document(self, collection: Collection, generation: int, name: DocumentId) -> Document:
        """Return a document of a generation. Raises :class:`KeyError` where it is not held."""
        row = self._connection.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents "
            f"WHERE collection = ? AND document = ? AND {VISIBLE}",
            (collection, name, generation, generation),
        ).fetchone()
        if row is None:
            raise KeyError(name)
        return to_document(row)

    def held_as(self, collection: Collection, generation: int, name: DocumentId) -> Known | None:
        """Return what is held of one document; ``None`` where the generation does not hold it."""
        row = self._connection.execute(
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
        rows = self._connection.execute(
            f"SELECT row, document, words, {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND {VISIBLE}{narrowed} ORDER BY row",
            (collection, generation, generation, *(() if document is None else (document,))),
        )
        yield from map(to_stored, rows)

    def passage(
        self, collection: Collection, generation: int, document: DocumentId, name: PassageId
    ) -> Passage | None:
        """Return one passage of a document in a generation; ``None`` where there is none such."""
        row = self._connection.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND {VISIBLE} AND document = ? AND passage_id = ?",
            (collection, generation, generation, document, name),
        ).fetchone()
        return None if row is None else to_passage(row)

    def counts(self, collection: Collection, generation: int) -> dict[DocumentId, int]:
        """Return how many passages each document of a generation has; none where it has none."""
        rows = self._connection.execute(
            f"SELECT document, count(*) FROM passages WHERE collection = ? AND {VISIBLE} "
            "GROUP BY document",
            (collection, generation, generation),
        )
        return {DocumentId(document): count for document, count in rows}

    def passages_at(self, collection: Collection, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages of the given rows, in the order given, without their words."""
        marks = ",".join("?" * len(rows))
        found = self._connection.execute(
            f"SELECT row, document, '', {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND row IN ({marks})",
            (collection, *rows),
        )
        by_row = {row[0]: to_stored(row) for row in found}
        return [by_row[row] for row in rows if row in by_row]

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
        self._connection.execute(
            f"INSERT INTO documents VALUES ({','.join('?' * 18)})",
            (
                *(collection, document.document, pending, None),
                *(document.content_hash, about.reader, about.root, document.title),
                *(document.kind, document.body, document.date and document.date.isoformat()),
                *(document.place, document.pages, document.language, document.coverage),
                *(document.readable, document_detail(document), ""),
            ),
        )
        first = self._next_row(collection)
        rows = list(range(first, first + len(passages)))
        self._connection.executemany(
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
        self.vectors.remove(collection, [row for (row,) in self._connection.execute(born, key)])
        # SQLite would rather read all passages of the collection than use the index on documents.
        for table, by in (("passages", " INDEXED BY passages_of_document"), ("documents", "")):
            self._connection.execute(
                f"DELETE FROM {table} WHERE collection = ? AND document = ? AND born = ?", key
            )
            self._connection.execute(
                f"UPDATE {table}{by} SET died = ? "
                "WHERE collection = ? AND document = ? AND died IS NULL",
                (pending, collection, document),
            )

    def has_changes(self, collection: Collection, pending: int) -> bool:
        """Tell whether anything was put or removed in the pending generation."""
        row = self._connection.execute(
            "SELECT 1 FROM documents WHERE collection = ? AND (born = ? OR died = ?) LIMIT 1",
            (collection, pending, pending),
        ).fetchone()
        return row is not None

    def _next_row(self, collection: Collection) -> int:
        last = self._connection.execute(
            "SELECT max(row) FROM passages WHERE collection = ?", (collection,)
        ).fetchone()[0]
        return (last or 0) + 1


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or error.__class__.__name__
    return str(error)
