"""From one database to another: all that the store holds, to be searched after it is built anew."""

from collections.abc import Mapping

from index.store.database import Database
from index.store.rows import DOCUMENT_COLUMNS, PASSAGE_COLUMNS

_TABLES: Mapping[str, str] = {
    "meta": "collection, key, value",
    "documents": f"{DOCUMENT_COLUMNS}, born, died, reader, root, digest",
    "passages": f"collection, row, document, born, died, words, {PASSAGE_COLUMNS}",
    "successors": "collection, document, successor, why",
}


def copy_store(source: Database, target: Database) -> None:
    """Copy everything into a database that holds nothing, as it is at one moment.

    Both may be of either kind. Raises :class:`StorageError` where it cannot be read or written;
    the target then holds nothing.
    """
    with source.snapshot(), target.transaction():
        for table, columns in _TABLES.items():
            marks = ", ".join("?" * len(columns.split(",")))
            target.execute_many(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",
                source.stream(f"SELECT {columns} FROM {table}"),
            )
        target.put_vectors(
            source.stream("SELECT collection, embedder, row, vector, crc FROM vectors")
        )
