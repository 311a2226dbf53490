"""The tables of the store. The collection stands first in every key."""

import sqlite3

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
CREATE TABLE IF NOT EXISTS vectors (
    collection TEXT NOT NULL, embedder TEXT NOT NULL, row INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (collection, embedder, row)
) WITHOUT ROWID;
"""

VISIBLE = "born <= ? AND (died IS NULL OR died > ?)"
"""The rows that a generation sees, its number given twice."""

_ADDED = {("passages", "detail"): "TEXT NOT NULL DEFAULT '{}'"}
"""Columns that came after the first version."""


def add_columns(connection: sqlite3.Connection) -> None:
    """Give a store that was made by an earlier version the columns that came since."""
    for (table, column), kind in _ADDED.items():
        known = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if (column,) not in known.fetchall():
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
