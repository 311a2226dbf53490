"""The tables on a PostgreSQL server: those of the store, and those that a search reads.

The collection stands first in every key, so that they can be spread by it (``distribute.sql``).
Texts are in order of their bytes, as SQLite has them.
"""

NAME = "kiroku"
"""The schema that holds the tables."""
VERSION = 1
"""Kept in the table ``version``; raise it with every change of the tables."""

TABLES = """
CREATE TABLE version (number INTEGER NOT NULL);
CREATE TABLE meta (
    collection TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (collection, key)
);
CREATE TABLE documents (
    collection TEXT COLLATE "C" NOT NULL, document TEXT COLLATE "C" NOT NULL,
    born BIGINT NOT NULL, died BIGINT, content_hash TEXT NOT NULL, reader TEXT NOT NULL,
    root TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, body TEXT, date TEXT, place TEXT,
    pages BIGINT, language TEXT NOT NULL, coverage DOUBLE PRECISION NOT NULL,
    readable BIGINT NOT NULL, detail TEXT NOT NULL, digest TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (collection, document, born)
);
CREATE TABLE passages (
    collection TEXT COLLATE "C" NOT NULL, row BIGINT NOT NULL, document TEXT COLLATE "C" NOT NULL,
    born BIGINT NOT NULL, died BIGINT, passage_id TEXT COLLATE "C" NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL, page BIGINT, last_page BIGINT, speaker TEXT, role TEXT, turn BIGINT,
    heading TEXT NOT NULL, article TEXT, answers TEXT, question TEXT, words TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (collection, row)
);
CREATE INDEX passages_of_document ON passages (collection, document, born);
CREATE INDEX passages_died ON passages (collection, died) WHERE died IS NOT NULL;
CREATE TABLE successors (
    collection TEXT COLLATE "C" NOT NULL, document TEXT COLLATE "C" NOT NULL,
    successor TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (collection, document)
);
CREATE TABLE vectors (
    collection TEXT COLLATE "C" NOT NULL, embedder TEXT COLLATE "C" NOT NULL, row BIGINT NOT NULL,
    vector BYTEA NOT NULL, crc BIGINT, embedding HALFVEC NOT NULL,
    PRIMARY KEY (collection, embedder, row)
);
ALTER TABLE vectors ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE vectors ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE TABLE generations (
    collection TEXT COLLATE "C" NOT NULL, generation BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL, content BYTEA NOT NULL,
    made TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (collection, generation, name)
);
CREATE TABLE postings (
    collection TEXT COLLATE "C" NOT NULL, segment TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL, term BYTEA NOT NULL, passages BIGINT NOT NULL,
    positions BYTEA, weights BYTEA NOT NULL,
    PRIMARY KEY (collection, segment, kind, term)
);
"""
"""``vectors.vector`` is what was embedded and lies apart from the row; ``embedding``, the same in
half precision, is what a search scans. ``generations`` holds the files of a generation.
``postings.positions`` (int32) and ``weights`` (uint16), little-endian, are those of
:mod:`index.generation.postings`; without positions, there is a weight for every passage."""
