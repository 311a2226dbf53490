"""Opening the database that holds an index, and telling whether there is one."""

from index.store.database import Database
from index.store.sqlite import FILE_NAME, SqliteDatabase
from index.where import Server, Where


def open_database(where: Where) -> Database:
    """Open it, making it where there is none.

    Raises :class:`StorageError` where it cannot be used, and :class:`IndexDamagedError` where the
    file in the data folder is not a database.
    """
    if isinstance(where, Server):
        # psycopg is an extra: who has no server need not install it
        from index.store.postgresql import PostgresDatabase  # noqa: PLC0415 (as told)

        return PostgresDatabase.open(where.url)
    return SqliteDatabase.open(where)


def holds_index(where: Where) -> bool:
    """Tell whether an index was ever made there; none is made."""
    return isinstance(where, Server) or (where / FILE_NAME).is_file()
