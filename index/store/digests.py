"""What tells whether a document and its passages are still what was stored."""

import sqlite3
from hashlib import blake2b

import msgspec

from index.passage import Collection, DocumentId
from index.store.rows import DOCUMENT_COLUMNS, PASSAGE_COLUMNS
from index.store.schema import VISIBLE

_BYTES = 16


class Digests:
    """One digest a stored document, over the store's own connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, collection: Collection, document: DocumentId, born: int) -> None:
        """Note the digest of a document that was just stored. Call it in the same transaction."""
        self._connection.execute(
            "UPDATE documents SET digest = ? WHERE collection = ? AND document = ? AND born = ?",
            (self._of(collection, document, born), collection, document, born),
        )

    def broken(self, collection: Collection, generation: int) -> list[DocumentId]:
        """Return the documents of a generation that are not what was stored.

        Those that an earlier version of Kiroku stored are taken as they are.
        """
        rows = self._connection.execute(
            "SELECT document, born, digest FROM documents "
            f"WHERE collection = ? AND digest <> '' AND {VISIBLE} ORDER BY document",
            (collection, generation, generation),
        ).fetchall()
        return [
            DocumentId(document)
            for document, born, digest in rows
            if self._of(collection, document, born) != digest
        ]

    def distrust(self, collection: Collection, document: DocumentId) -> None:
        """Let the next ingest read a document's file again, though it has not changed."""
        self._connection.execute(
            "UPDATE documents SET reader = '' "
            "WHERE collection = ? AND document = ? AND died IS NULL",
            (collection, document),
        )

    def _of(self, collection: Collection, document: str, born: int) -> str:
        found = blake2b(digest_size=_BYTES)
        key = (collection, document, born)
        # SQLite would rather read all passages of the collection, since they are in order of row.
        for table, columns in (
            ("documents", DOCUMENT_COLUMNS),
            ("passages INDEXED BY passages_of_document", f"row, words, {PASSAGE_COLUMNS}"),
        ):
            rows = self._connection.execute(
                f"SELECT {columns} FROM {table} "
                "WHERE collection = ? AND document = ? AND born = ? ORDER BY 1",
                key,
            )
            for row in rows:
                found.update(msgspec.json.encode(row))
        return found.hexdigest()
