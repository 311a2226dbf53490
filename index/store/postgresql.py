"""A PostgreSQL server with pgvector: the store of several machines.

It needs a connection of its own for as long as it is used (no pooling by transaction): locks and
news belong to the connection. Where that breaks, the next statement makes a new one.
"""

import functools
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import Any

import numpy as np

from index.errors import IndexBusyError, SettingError, StorageError
from index.passage import Collection
from index.store import postgresql_schema as schema
from index.store.database import Rows, Values, VectorRow

try:
    import psycopg
    from pgvector import HalfVector
    from pgvector.psycopg import register_vector
    from psycopg.pq import TransactionStatus
except ImportError as error:
    _message = (
        "KIROKU_STORE names a PostgreSQL server, but the client is not installed: "
        "pip install pgvector 'psycopg[binary]'"
    )
    raise SettingError(_message) from error

_AT_ONCE = 2_000
"""Rows of a large result that are in memory at a time."""
_CONNECT_S = 10
_CHANNEL = "kiroku"
_streams = itertools.count()
"""One that nobody reads to its end stays open beside the next."""


class PostgresDatabase:
    """One connection to a server. Use it from one thread at a time."""

    by_document = ""

    def __init__(self, url: str) -> None:
        self._url = url
        self._news: set[Collection] | None = None
        self._connection = self._connect()

    @classmethod
    def open(cls, url: str) -> "PostgresDatabase":
        """Connect, and make the tables where there are none.

        Raises :class:`StorageError` where the server cannot be reached or lacks pgvector.
        """
        database = cls(url)
        try:
            database._make_tables()
        except BaseException:
            database.close()
            raise
        return database

    def execute(self, query: str, values: Values = ()) -> Rows:
        """Carry out a statement; once more where the connection turns out to have broken before."""
        with _failing():
            connection = self._usable()
            alone = connection.info.transaction_status is TransactionStatus.IDLE
            try:
                return connection.execute(_translated(query), tuple(values), binary=True)
            except psycopg.OperationalError:
                if not (alone and connection.closed):
                    raise
                return self._usable().execute(_translated(query), tuple(values), binary=True)

    def execute_many(self, query: str, values: Iterable[Values]) -> None:
        """Carry out a statement once for each of the values."""
        with _failing(), self._usable().cursor() as cursor:
            cursor.executemany(_translated(query), values)

    def stream(self, query: str, values: Values = ()) -> Iterator[Any]:
        """Yield the rows of a query, some of them in memory at a time."""
        with _failing():
            connection = self._usable()
            with connection.cursor(name=f"kiroku_{next(_streams)}", withhold=True) as cursor:
                cursor.itersize = _AT_ONCE
                cursor.execute(_translated(query), tuple(values), binary=True)
                yield from cursor

    def put_vectors(self, rows: Iterable[VectorRow]) -> None:
        """Store vectors, in the place of those that are there for the same rows."""
        query = (
            "INSERT INTO vectors VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (collection, embedder, row) DO UPDATE SET "
            "vector = excluded.vector, crc = excluded.crc, embedding = excluded.embedding"
        )
        self.execute_many(
            query, ((*row, HalfVector(np.frombuffer(row[3], dtype="<f4"))) for row in rows)
        )

    def copy_in(self, table: str, types: tuple[str, ...], rows: Iterable[Values]) -> None:
        """Add many rows to a table, whose columns are of the given types."""
        with _failing(), self._usable().cursor() as cursor:  # noqa: SIM117 (the second uses the first)
            with cursor.copy(f"COPY {table} FROM STDIN WITH (FORMAT BINARY)") as copy:
                copy.set_types(types)
                for row in rows:
                    copy.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Carry out the block as one transaction that writes: all of it is kept, or none."""
        self.execute("SELECT 1")  # a broken connection is made anew before, not within
        with _failing(), self._usable().transaction():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let the block read all as it is now, whatever others write meanwhile."""
        self.execute("SELECT 1")
        with _failing(), self._usable().transaction():
            self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def hold(self, collection: Collection, *, alone: bool) -> Iterator[None]:
        """Let nobody write to the collection meanwhile who may not do so beside this one."""
        how = "" if alone else "_shared"
        key = _key("hold", collection)
        taken = self.execute(f"SELECT pg_try_advisory_lock{how}(?)", (key,)).fetchone()[0]
        if not taken:
            message = "another ingest is writing to this index: wait until it has ended"
            raise IndexBusyError(message)
        try:
            yield
        finally:
            with suppress(StorageError):  # it went with the connection
                self.execute(f"SELECT pg_advisory_unlock{how}(?)", (key,))

    def lock(self, collection: Collection) -> None:
        """Wait until no other transaction writes to the collection, and keep others waiting."""
        self.execute("SELECT pg_advisory_xact_lock(?)", (_key("write", collection),))

    @contextmanager
    def publishing(self, collection: Collection) -> Iterator[None]:
        """Wait until nobody else publishes the collection, and keep others waiting."""
        key = _key("publish", collection)
        self.execute("SELECT pg_advisory_lock(?)", (key,))
        try:
            yield
        finally:
            with suppress(StorageError):  # it went with the connection
                self.execute("SELECT pg_advisory_unlock(?)", (key,))

    def tell(self, collection: Collection) -> None:
        """Tell everybody who has it open that it was published, once the transaction is kept."""
        self.execute("SELECT pg_notify(?, ?)", (_CHANNEL, collection))

    def may_have_news(self, collection: Collection) -> bool:
        """Tell whether it may have been published anew since this was last asked.

        The server tells of each publication; nothing is asked. The first time there may be news,
        and after the connection broke.
        """
        try:
            if self._news is None:
                self._usable().execute(f"LISTEN {_CHANNEL}")
                self._news = set()
                return True
            for note in self._usable().notifies(timeout=0):
                self._news.add(Collection(note.payload))
        except psycopg.Error:
            self._news = None
        if self._news is None:
            return True
        told = collection in self._news
        self._news.discard(collection)
        return told

    def start_anew(self, set_aside: str) -> None:
        """Give the tables another schema and make new ones. Call it inside a transaction."""
        self.execute(f"ALTER SCHEMA {schema.NAME} RENAME TO {set_aside}")
        self._create()

    def size(self) -> int:
        """Return how many bytes the tables take."""
        query = (
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = to_regnamespace(?)"
        )
        return int(self.execute(query, (schema.NAME,)).fetchone()[0])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _usable(self) -> "psycopg.Connection[Any]":
        """Return the connection; a new one where it broke outside of a transaction."""
        if self._connection.closed:
            self._connection = self._connect()
            self._news = None
        return self._connection

    def _connect(self) -> "psycopg.Connection[Any]":
        try:
            # A plan kept on the server ignores later settings, and breaks behind a pooler.
            connection = psycopg.connect(
                self._url, autocommit=True, prepare_threshold=None, connect_timeout=_CONNECT_S
            )
            connection.execute("SET client_min_messages = warning; SET jit = off")
            connection.execute(f"SET search_path = {schema.NAME}, public")
            if connection.execute("SELECT to_regtype('halfvec')").fetchone() != (None,):
                register_vector(connection)
        except psycopg.Error as error:
            message = (
                f"the server that KIROKU_STORE names cannot be reached ({_reason(error)}): "
                "see that it runs and that its address, user and password are right"
            )
            raise StorageError(message) from error
        return connection

    def _make_tables(self) -> None:
        """Make the tables where there are none; each of several that start at once may be first."""
        if (found := self._version()) is None:
            with _failing():
                self._make_extension()
                with self.transaction():
                    self.execute("SELECT pg_advisory_xact_lock(?)", (_key("schema", ""),))
                    if self._version() is None:
                        self._create()
        elif found > schema.VERSION:
            message = (
                "the index on the server was written by a later version of Kiroku: install that "
                "one again, or restore a backup that this one made"
            )
            raise StorageError(message)

    def _create(self) -> None:
        with _failing():
            self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema.NAME}")
            self._connection.execute(schema.TABLES)
        self.execute("INSERT INTO version VALUES (?)", (schema.VERSION,))

    def _make_extension(self) -> None:
        """Make the types of vectors known, in a transaction before that of the tables (Citus)."""
        try:
            self._connection.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
            register_vector(self._connection)
        except psycopg.Error as error:
            message = (
                f"the server has no pgvector that Kiroku may use ({_reason(error)}): let an "
                "administrator run CREATE EXTENSION vector in its database (0.7 or newer)"
            )
            raise StorageError(message) from error

    def _version(self) -> int | None:
        there = self.execute("SELECT to_regclass(?)::text", (f"{schema.NAME}.version",)).fetchone()
        if there[0] is None:
            return None
        return int(self.execute("SELECT number FROM version").fetchone()[0])


@contextmanager
def _failing() -> Iterator[None]:
    """Turn what the server or the way to it raises into a message for people."""
    try:
        yield
    except psycopg.Error as error:
        message = (
            f"the server that holds the index failed ({_reason(error)}): see that it runs and has "
            "room, and run the command again; what was there before is unchanged"
        )
        raise StorageError(message) from error


@functools.cache
def _translated(query: str) -> bytes:
    return query.replace("%", "%%").replace("?", "%s").encode()


def _key(purpose: str, collection: str) -> int:
    """Return the number of an advisory lock."""
    told = blake2b(f"{schema.NAME} {purpose} {collection}".encode(), digest_size=8).digest()
    return int.from_bytes(told, "big", signed=True)


def _reason(error: psycopg.Error) -> str:
    told = error.diag.message_primary or str(error) or error.__class__.__name__
    return told.splitlines()[0]
