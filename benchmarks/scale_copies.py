"""Filling a store past what is worth putting passage by passage: it is given copies of its rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from index.store.sqlite import FILE_NAME

_CHUNK = 10_000
_NOISE = 0.02
"""How far a copy's vector stands off, in each number: its cosine with the first one is about .93"""
_DOCUMENT = (
    "collection, document || ?, ?, NULL, content_hash || ?, reader, root, title, kind, body, date, "
    "place, pages, language, coverage, readable, detail, ''"
)
_PASSAGE = (
    "collection, row + ?, document || ?, ?, NULL, passage_id || ?, text, kind, page, last_page, "
    "speaker, role, turn, heading, article, answers || ?, question, words, detail"
)


def copy_rows(data: Path, times: int, pending: int) -> None:
    """Add ``times`` copies of all that a store holds, under other names, to the next generation.

    Texts are the same, vectors stand near those of the first.
    """
    with closing(sqlite3.connect(data / FILE_NAME, isolation_level=None)) as connection:
        (last,) = connection.execute("SELECT max(row) FROM passages").fetchone()
        draw = np.random.default_rng(3)
        for number in range(1, times + 1):
            mark, offset = f"-{number}", number * last
            connection.execute("BEGIN")
            connection.execute(
                f"INSERT INTO documents SELECT {_DOCUMENT} FROM documents "  # noqa: S608 - constants
                "WHERE died IS NULL AND document NOT LIKE '%txt-%'",
                (mark, pending, mark),
            )
            connection.execute(
                f"INSERT INTO passages SELECT {_PASSAGE} FROM passages "  # noqa: S608 - constants
                "WHERE died IS NULL AND row <= ?",
                (offset, mark, pending, mark, mark, last),
            )
            _copy_vectors(connection, last, offset, draw)
            connection.execute("COMMIT")


def _copy_vectors(
    connection: sqlite3.Connection, last: int, offset: int, draw: np.random.Generator
) -> None:
    for start in range(0, last + 1, _CHUNK):
        held = connection.execute(
            "SELECT collection, embedder, row, vector FROM vectors WHERE row >= ? AND row < ? "
            "AND row <= ?",
            (start, start + _CHUNK, last),
        ).fetchall()
        if not held:
            continue
        vectors = np.frombuffer(b"".join(vector for *_, vector in held), dtype="<f4")
        near = vectors.reshape(len(held), -1)
        near = near + _NOISE * draw.standard_normal(near.shape, dtype=np.float32)
        near = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype("<f4")
        connection.executemany(
            "INSERT INTO vectors VALUES (?, ?, ?, ?, NULL)",
            (
                (collection, embedder, row + offset, vector.tobytes())
                for (collection, embedder, row, _), vector in zip(held, near, strict=True)
            ),
        )
