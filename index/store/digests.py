"""What tells whether a document and its passages are still what was stored."""

from hashlib import blake2b

import msgspec

from index.passage import Collection, DocumentId
from index.store.database import Database
from index.store.rows import DOCUMENT_COLUMNS, PASSAGE_COLUMNS
from index.store.schema import VISIBLE

_BYTES = 16


class Digests:
    """One digest a stored document, over the store's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, collection: Collection, document: DocumentId, born: int) -> None:
        """Note the digest of a document that was just stored. Call it in the same transaction."""
        self._database.execute(
            "UPDATE documents SET digest = ? WHERE collection = ? AND document = ? AND born = ?",
            (self._of(collection, document, born), collection, document, born),
        )

    def broken(self, collection: Collection, generation: int) -> list[DocumentId]:
        """Return the documents of a generation that are not what was stored.

        Those that an earlier version of Kiroku stored are taken as they are.
        """
        rows = self._database.execute(
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
        self._database.execute(
            "UPDATE documents SET reader = '' "
            "WHERE collection = ? AND document = ? AND died IS NULL",
            (collection, document),
        )

    def _of(self, collection: Collection, document: str, born: int) -> str:
        found = blake2b(digest_size=_BYTES)
        key = (collection, document, born)
        for table, columns in (
            ("documents", DOCUMENT_COLUMNS),
            (f"passages{self._database.by_document}", f"row, words, {PASSAGE_COLUMNS}"),
        ):
            rows = self._database.execute(
                f"SELECT {columns} FROM {table} "
                "WHERE collection = ? AND document = ? AND born = ? ORDER BY 1",
                key,
            )
            for row in rows:
                found.update(msgspec.json.encode(row))
        return found.hexdigest()
