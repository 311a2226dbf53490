"""The vectors in the store: one a passage and embedder."""

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.passage import Collection, DocumentId
from index.store.database import Database
from index.store.rows import ALL_ROWS, Stretch
from index.store.schema import VISIBLE

_TYPE = "<f4"


class Vectors:
    """The table of vectors, over the store's own database and inside its transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        collection: Collection,
        embedder: str,
        rows: Sequence[int],
        vectors: NDArray[np.float32],
    ) -> None:
        """Store one vector a row. Call it inside a transaction."""
        self._database.put_vectors(
            (collection, embedder, row, held, crc32(held))
            for row, held in zip(rows, map(_stored, vectors), strict=True)
        )

    def remove(self, collection: Collection, rows: Sequence[int]) -> None:
        """Delete what every embedder made of some rows. Call it inside a transaction."""
        if not rows:
            return
        # The key is searched by embedder and row: without the one, all vectors would be read.
        self._database.execute_many(
            "DELETE FROM vectors WHERE collection = ? AND embedder = ? AND row = ?",
            ((collection, name, row) for name in self.embedders(collection) for row in rows),
        )

    def embedders(self, collection: Collection) -> list[str]:
        """Return the names of the embedders, each found by its place in the key."""
        query = "SELECT min(embedder) FROM vectors WHERE collection = ? AND embedder > ?"
        names = [""]
        while name := self._database.execute(query, (collection, names[-1])).fetchone()[0]:
            names.append(str(name))
        return names[1:]

    def keep_only(self, collection: Collection, embedder: str) -> None:
        """Delete what all other embedders made. Call it inside a transaction."""
        # By ranges of the key: a million vectors are not read to find that none is to go.
        for other in ("<", ">"):
            self._database.execute(
                f"DELETE FROM vectors WHERE collection = ? AND embedder {other} ?",
                (collection, embedder),
            )

    def of(
        self, collection: Collection, embedder: str, generation: int, rows: Stretch = ALL_ROWS
    ) -> Iterator[bytes]:
        """Yield the vectors of a generation in order of row, as little-endian float32."""
        found = self._database.stream(
            f"SELECT vector FROM vectors JOIN passages USING (collection, row) "
            f"WHERE collection = ? AND embedder = ? AND row BETWEEN ? AND ? AND {VISIBLE} "
            "ORDER BY row",
            (collection, embedder, rows.first, rows.last, generation, generation),
        )
        for (vector,) in found:
            yield vector

    def by_text(
        self, collection: Collection, embedder: str, generation: int, document: DocumentId
    ) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors of a document's passages in a generation by the words embedded."""
        rows = self._database.execute(
            f"SELECT text, vector FROM passages JOIN vectors USING (collection, row) "
            f"WHERE collection = ? AND document = ? AND embedder = ? AND {VISIBLE}",
            (collection, document, embedder, generation, generation),
        )
        return {text: np.frombuffer(vector, dtype=_TYPE) for text, vector in rows}

    def dimension(self, collection: Collection, embedder: str) -> int | None:
        """Return how many numbers a vector has, ``None`` where there is none."""
        query = "SELECT length(vector) FROM vectors WHERE collection = ? AND embedder = ? LIMIT 1"
        row = self._database.execute(query, (collection, embedder)).fetchone()
        return None if row is None else int(row[0]) // np.dtype(_TYPE).itemsize

    def broken(self, collection: Collection, embedder: str, dimension: int) -> list[int]:
        """Return the rows whose vectors are not what was written, or of another length."""
        rows = self._database.stream(
            "SELECT row, vector, crc FROM vectors WHERE collection = ? AND embedder = ?",
            (collection, embedder),
        )
        return [
            row
            for row, vector, crc in rows
            if len(vector) != dimension * np.dtype(_TYPE).itemsize
            or crc not in (None, crc32(vector))
        ]

    def missing(self, collection: Collection, embedder: str, generation: int) -> list[int]:
        """Return the visible rows that this embedder has not embedded yet."""
        rows = self._database.execute(
            "SELECT passages.row FROM passages LEFT JOIN vectors ON "
            "vectors.collection = passages.collection AND vectors.row = passages.row "
            "AND vectors.embedder = ? "
            f"WHERE passages.collection = ? AND {VISIBLE} AND vectors.row IS NULL "
            "ORDER BY passages.row",
            (embedder, collection, generation, generation),
        )
        return [row[0] for row in rows]


def _stored(vector: NDArray[np.float32]) -> bytes:
    return np.asarray(vector, dtype=_TYPE).tobytes()
