"""What came and what ended with a generation, for building on the one before."""

from collections.abc import Iterator

from index.passage import Collection, Document
from index.store.database import Database
from index.store.rows import (
    ALL_ROWS,
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    StoredPassage,
    Stretch,
    to_document,
    to_stored,
)
from index.store.schema import VISIBLE
from index.store.vectors import Vectors


class Changes:
    """Reads over the store's own database."""

    def __init__(self, database: Database, vectors: Vectors) -> None:
        self._database = database
        self._vectors = vectors

    def passages_between(
        self, collection: Collection, generation: int, rows: Stretch = ALL_ROWS
    ) -> Iterator[StoredPassage]:
        """Yield the passages of a generation in a stretch of rows, in order of row."""
        found = self._database.stream(
            f"SELECT row, document, words, {PASSAGE_COLUMNS} FROM passages "
            f"WHERE collection = ? AND row BETWEEN ? AND ? AND {VISIBLE} ORDER BY row",
            (collection, rows.first, rows.last, generation, generation),
        )
        yield from map(to_stored, found)

    def rows(self, collection: Collection, generation: int) -> list[int]:
        """Return the rows of a generation's passages, in order."""
        found = self._database.execute(
            f"SELECT row FROM passages WHERE collection = ? AND {VISIBLE} ORDER BY row",
            (collection, generation, generation),
        )
        return [row for (row,) in found]

    def died(self, collection: Collection, after: int, until: int) -> list[int]:
        """Return the rows of passages that ended after a generation, ``until`` another one."""
        query = "SELECT row FROM passages WHERE collection = ? AND died > ? AND died <= ?"
        return [row for (row,) in self._database.execute(query, (collection, after, until))]

    def documents(self, collection: Collection, after: int, until: int) -> list[Document]:
        """Return the documents that came or ended after a generation, ``until`` another one."""
        rows = self._database.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE collection = ? "
            "AND ((born > ? AND born <= ?) OR (died > ? AND died <= ?))",
            (collection, after, until, after, until),
        )
        return [to_document(row) for row in rows]

    def forget(self, collection: Collection, before: int) -> None:
        """Delete the rows that were dead in generation ``before``, and all vectors of these.

        Call it inside :meth:`transaction`.
        """
        dead = (collection, before)
        for embedder in self._vectors.embedders(collection):
            self._database.execute(
                "DELETE FROM vectors WHERE collection = ? AND embedder = ? AND row IN "
                "(SELECT row FROM passages WHERE collection = ? AND died <= ?)",
                (collection, embedder, *dead),
            )
        for table in ("passages", "documents"):
            self._database.execute(f"DELETE FROM {table} WHERE collection = ? AND died <= ?", dead)
