"""The tables of the store, and how those of earlier versions become these.

The collection stands first in every key.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import StorageError

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (
    collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (collection, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, document TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER,
    content_hash TEXT NOT NULL, reader TEXT NOT NULL, root TEXT NOT NULL, title TEXT NOT NULL,
    kind TEXT NOT NULL, body TEXT, date TEXT, place TEXT, pages INTEGER, language TEXT NOT NULL,
    coverage REAL NOT NULL, readable INTEGER NOT NULL, detail TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (collection, document, born)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    collection TEXT NOT NULL, row INTEGER NOT NULL, document TEXT NOT NULL,
    born INTEGER NOT NULL, died INTEGER, passage_id TEXT NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL, page INTEGER, last_page INTEGER, speaker TEXT, role TEXT, turn INTEGER,
    heading TEXT NOT NULL, article TEXT, answers TEXT, question TEXT, words TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (collection, row)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passages_of_document ON passages (collection, document, born);
CREATE INDEX IF NOT EXISTS passages_died ON passages (collection, died) WHERE died IS NOT NULL;
CREATE TABLE IF NOT EXISTS successors (
    collection TEXT NOT NULL, document TEXT NOT NULL, successor TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (collection, document)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (
    collection TEXT NOT NULL, embedder TEXT NOT NULL, row INTEGER NOT NULL, vector BLOB NOT NULL,
    crc INTEGER,
    PRIMARY KEY (collection, embedder, row)
) WITHOUT ROWID;
"""

VISIBLE = "born <= ? AND (died IS NULL OR died > ?)"
"""The rows that a generation sees, its number given twice."""

VERSION = 2
"""Kept in the file (``user_version``); raise it with every change of the tables.

1, or none told: until passages got ``detail``. 2: what tells that rows are still what was written,
and what a document went on as.
"""
_ADDED = {
    ("passages", "detail"): "TEXT NOT NULL DEFAULT '{}'",
    ("documents", "digest"): "TEXT NOT NULL DEFAULT ''",
    ("vectors", "crc"): "INTEGER",
}
"""Columns that came after the first version; none is known of the rows that were there."""


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or give those of an earlier version what came since.

    What an earlier version wrote is copied first, into ``before-version-<n>.sqlite3`` beside it.
    Raises :class:`StorageError` where a later version of Kiroku wrote it, and what SQLite
    raises where there is no room for the copy; the file is then as it was.
    """
    found = _version(connection)
    if found > VERSION:
        message = (
            "the index was written by a later version of Kiroku: install that one again, or "
            "restore a backup that this one made"
        )
        raise StorageError(message)
    if found == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < VERSION:  # another process may have been faster
            _change_tables(connection, path)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _change_tables(connection: sqlite3.Connection, path: Path) -> None:
    if _holds_something(connection):
        _copy(path, path.with_name(f"before-version-{VERSION}.sqlite3"))
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    _add_columns(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _holds_something(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'documents'").fetchone()
    return bool(found and connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone())


def _copy(path: Path, copy: Path) -> None:
    making = copy.with_name(f"{copy.name}.making")
    making.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(making)) as target:
        source.backup(target)
    making.replace(copy)


def _add_columns(connection: sqlite3.Connection) -> None:
    for (table, column), kind in _ADDED.items():
        known = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if (column,) not in known.fetchall():
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
