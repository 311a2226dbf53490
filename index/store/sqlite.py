"""SQLite (WAL) in the data folder: the store of one machine."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, IndexDamagedError, StorageError
from index.passage import Collection
from index.store.database import Rows, Values, VectorRow
from index.store.schema import bring_up_to_date

FILE_NAME = "kiroku.sqlite3"
_PAGE_BYTES = 16_384
"""Of a row over a quarter of a page the rest takes a page of its own. With SQLite's usual 4096 that
of each vector did, with 8192 that of each longer passage, and the file was twice as large."""


class SqliteDatabase:
    """The file in a data folder. One process writes at a time; many read."""

    # SQLite would rather read all passages of the collection, since they are in order of row.
    by_document = " INDEXED BY passages_of_document"

    def __init__(self, connection: sqlite3.Connection, data: Path) -> None:
        self._connection = connection
        self._data = data

    @classmethod
    def open(cls, data: Path) -> "SqliteDatabase":
        """Open (or make) the file in the folder ``data``; where that is read-only, to read alone.

        Raises :class:`StorageError` where the folder cannot be written and
        :class:`IndexDamagedError` where the file is not a database.
        """
        path = data / FILE_NAME
        try:
            if path.is_file() and _on_read_only_disk(path):
                return cls(_read_only(path), data)
            data.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")  # of a new file
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            bring_up_to_date(connection, path)
        except (OSError, sqlite3.OperationalError) as error:
            message = (
                f"the data folder cannot be used ({_reason(error)}): "
                "free disk space, or set KIROKU_DATA to a folder that this user may write"
            )
            raise StorageError(message) from error
        except sqlite3.DatabaseError as error:
            message = (
                f"{FILE_NAME} in the data folder is damaged: put back a copy of the data folder, "
                "or move the file away and run `kiroku ingest` on your documents again"
            )
            raise IndexDamagedError(message) from error
        return cls(connection, data)

    def execute(self, query: str, values: Values = ()) -> Rows:
        """Carry out a statement."""
        return self._connection.execute(query, values)

    def execute_many(self, query: str, values: Iterable[Values]) -> None:
        """Carry out a statement once for each of the values."""
        self._connection.executemany(query, values)

    def stream(self, query: str, values: Values = ()) -> Iterator[Any]:
        """Yield the rows of a query."""
        yield from self._connection.execute(query, values)

    def put_vectors(self, rows: Iterable[VectorRow]) -> None:
        """Store vectors, in the place of those that are there for the same rows."""
        self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)", rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Carry out the block as one transaction; no other writes meanwhile."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back()
            message = (
                f"the index could not be written ({_reason(error)}): free disk space and run the "
                "command again; what was there before is unchanged"
            )
            raise StorageError(message) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let the block read all as it is now."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    @contextmanager
    def hold(self, collection: Collection, *, alone: bool) -> Iterator[None]:  # noqa: ARG002 (each is)
        """Let nobody else write to the collection meanwhile."""
        lock = FileLock(self._data / f"{collection}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            message = "another ingest is writing to this index: wait until it has ended"
            raise IndexBusyError(message) from error
        except OSError as error:
            message = f"the data folder cannot be written ({error.strerror}): set KIROKU_DATA"
            raise StorageError(message) from error
        try:
            yield
        finally:
            lock.release()

    def lock(self, collection: Collection) -> None:
        """Do nothing: a transaction that writes has the whole file to itself."""

    def publishing(self, collection: Collection) -> AbstractContextManager[None]:  # noqa: ARG002 (as above)
        """Do nothing: who writes is alone."""
        return nullcontext()

    def tell(self, collection: Collection) -> None:
        """Do nothing: whoever has the file open asks it."""

    def may_have_news(self, collection: Collection) -> bool:  # noqa: ARG002 (as above)
        """Tell that it may: the file has to be asked."""
        return True

    def size(self) -> int:
        """Return how many bytes the file and what SQLite keeps beside it take."""
        return sum(path.stat().st_size for path in self._data.glob(f"{FILE_NAME}*"))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file that nothing is written to, also on a disk that is read-only.

    There, what SQLite keeps beside a file that is in use cannot be made: without it, the file is as
    it was closed, and nobody can change it.
    """
    in_use = path.with_name(f"{path.name}-wal").exists()
    how = "immutable=1" if _on_read_only_disk(path) and not in_use else "mode=ro"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def _on_read_only_disk(path: Path) -> bool:
    return os.name == "posix" and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _read_only(path: Path) -> sqlite3.Connection:
    connection = connect_to_read(path)
    try:
        bring_up_to_date(connection, path)  # of an earlier version: it cannot be
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or error.__class__.__name__
    return str(error)
