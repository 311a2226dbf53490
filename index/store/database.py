"""What the store asks of a database: SQLite in the data folder, or a PostgreSQL server.

Queries are written once, in what both understand, with ``?`` for values.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from index.passage import Collection

Row = tuple[Any, ...]
Values = Sequence[object]
VectorRow = tuple[str, str, int, bytes, int]
"""Collection, embedder, row, vector (little-endian float32) and its CRC-32."""


class Rows(Protocol):
    """What a query gave."""

    def fetchone(self) -> Any:  # noqa: ANN401 (a row, or None)
        """Return the next row, ``None`` after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""
        ...


class Database(Protocol):
    """One connection. Use it from one thread at a time.

    Where a transaction cannot be carried out :class:`StorageError` is raised, by a server for
    whatever is only read, too; SQLite then raises its own errors.
    """

    by_document: str
    """What stands behind ``passages`` where a document's are to be found by their index."""

    def execute(self, query: str, values: Values = ()) -> Rows:
        """Carry out a statement."""
        ...

    def execute_many(self, query: str, values: Iterable[Values]) -> None:
        """Carry out a statement once for each of the values."""
        ...

    def stream(self, query: str, values: Values = ()) -> Iterator[Any]:
        """Yield the rows of a query that may be many, few of them in memory at a time."""
        ...

    def put_vectors(self, rows: Iterable[VectorRow]) -> None:
        """Store vectors, in the place of those that are there for the same rows."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Carry out the block as one transaction that writes: all of it is kept, or none."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Let the block read all as it is now, whatever others write meanwhile."""
        ...

    def hold(self, collection: Collection, *, alone: bool) -> AbstractContextManager[None]:
        """Let nobody write to the collection meanwhile who may not do so beside this one.

        Raises :class:`IndexBusyError` where somebody does.
        """
        ...

    def lock(self, collection: Collection) -> None:
        """Wait until no other transaction writes to the collection, and keep others waiting."""
        ...

    def publishing(self, collection: Collection) -> AbstractContextManager[None]:
        """Wait until nobody else publishes the collection, and keep others waiting."""
        ...

    def tell(self, collection: Collection) -> None:
        """Tell everybody who has it open that it was published, once the transaction is kept."""
        ...

    def may_have_news(self, collection: Collection) -> bool:
        """Tell whether it may have been published anew since this was last asked."""
        ...

    def size(self) -> int:
        """Return how many bytes all of it takes."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
