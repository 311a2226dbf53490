"""A SQLite file for this user's eyes only, whose deleted words are gone from the disk as well.

What the bot keeps stands in such files: the inbox, and what was thought of its answers.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from index.errors import StorageError


class PrivateFile:
    """One file (WAL). Safe to be used from several threads, and beside other processes.

    ``name`` is what messages call it. Every method raises :class:`StorageError` when the disk is
    full or the file cannot be used.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # people's words: nobody else on the machine needs to read them
            self._connection = sqlite3.connect(
                path, check_same_thread=False, isolation_level=None, timeout=10
            )
        except (OSError, sqlite3.Error) as error:
            raise self._trouble(error) from error
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.Error as error:
            self._connection.close()
            raise self._trouble(error) from error

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
                raise self._trouble(error) from error

    def write(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.rowcount
            except sqlite3.Error as error:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                raise self._trouble(error) from error

    def write_together(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        """Run statements so that all of them are done, or none."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE").close()
                for statement, values in statements:
                    self._connection.execute(statement, values).close()
                self._connection.execute("COMMIT").close()
            except sqlite3.Error as error:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                raise self._trouble(error) from error

    def read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows."""
        with self._lock:
            try:
                with closing(self._connection.execute(statement, values)) as cursor:
                    return cursor.fetchall()
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    def has(self, table: str) -> bool:
        """Tell whether there is such a table."""
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def empty_log(self) -> None:
        """Cut the write-ahead log to nothing: it holds what was replaced or deleted as well."""
        with self._lock:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    def _trouble(self, error: Exception) -> StorageError:
        return StorageError(
            f"{self._name} {self._path} cannot be used ({error}): free some disk space and see "
            "that this user may write there; if the file is damaged, move it away"
        )
