"""The SQLite file in which the bot keeps what has to outlive it; each table has its own module.

People's words stand in it until they are answered, so that nobody else on the machine may read it,
and what is deleted is gone from the disk.
"""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from index.errors import StorageError


class InboxFile:
    """One SQLite file (WAL). Safe to be used from several threads of one process.

    Every method raises :class:`StorageError` when the disk is full or the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # questions are people's words: nobody else on the machine needs to read them
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                path, check_same_thread=False, isolation_level=None, timeout=10
            )
        except (OSError, sqlite3.Error) as error:
            raise _storage_error(path, error) from error
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute("PRAGMA secure_delete=ON")
        except sqlite3.Error as error:
            self._connection.close()
            raise _storage_error(path, error) from error

    def close(self) -> None:
        """Close the file; all that was written is on disk already."""
        with self._lock:
            self._connection.close()

    def make(self, schema: str) -> None:
        """Make the tables that are not there yet."""
        with self._lock:
            try:
                self._connection.executescript(schema)
            except sqlite3.Error as error:
                self._connection.close()
                raise _storage_error(self._path, error) from error

    def write(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Carry a statement out, through to the disk; return how many rows it changed."""
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.rowcount
            except sqlite3.Error as error:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                raise _storage_error(self._path, error) from error

    def read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query."""
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.fetchall()
            except sqlite3.Error as error:
                raise _storage_error(self._path, error) from error

    def empty_log(self) -> None:
        """Cut the write-ahead log to nothing: it holds the words of what is done as well."""
        with self._lock:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            except sqlite3.Error as error:
                raise _storage_error(self._path, error) from error


def _storage_error(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"the inbox {path} cannot be used ({error}): free some disk space and see that this user"
        " may write there; if the file is damaged, move it away"
    )
