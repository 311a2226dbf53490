"""Between a server and the SQLite file that a backup holds."""

import datetime as dt
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.store.copying import copy_store
from index.store.sqlite import FILE_NAME, SqliteDatabase
from index.store.store import Store
from index.where import Server, Where

if TYPE_CHECKING:
    from index.store.postgresql import PostgresDatabase


def is_filled(where: Where) -> bool:
    """Tell whether a data folder or a server holds an index already."""
    if not isinstance(where, Server):
        return (where / FILE_NAME).exists()
    with closing(Store.open(where)) as store:
        return bool(store.database.execute("SELECT 1 FROM meta LIMIT 1").fetchone())


def copied_from(server: Server, folder: Path) -> Path:
    """Write what a server holds as a SQLite file into a folder; return its path."""
    with (
        closing(_opened(server)) as source,
        closing(SqliteDatabase.open(folder / "server")) as target,
    ):
        copy_store(source, target)
    return folder / "server" / FILE_NAME


def bring_in(server: Server, file: Path) -> None:
    """Bring what a SQLite file holds onto a server, and take the file away.

    What the server held is set aside in a schema of its own. Raises :class:`IndexBusyError` while
    somebody writes to the index, and :class:`SourceError` where there is no such file.
    """
    if not file.is_file():
        message = "the backup holds no index: take another one"
        raise SourceError(message)
    with closing(_opened(server)) as target, closing(SqliteDatabase.open(file.parent)) as source:
        store = Store(target)
        with ExitStack() as held:
            for collection in store.collections():
                held.enter_context(target.hold(collection, alone=True))
            held.enter_context(target.transaction())
            if target.execute("SELECT 1 FROM meta LIMIT 1").fetchone():
                target.start_anew(f"before_restore_{dt.datetime.now(dt.UTC):%Y%m%d_%H%M%S}")
            copy_store(source, target)
            for collection in store.collections():
                target.tell(collection)
    for path in file.parent.glob(f"{FILE_NAME}*"):
        path.unlink()


def _opened(server: Server) -> "PostgresDatabase":
    from index.store.postgresql import PostgresDatabase  # noqa: PLC0415 (an extra)

    return PostgresDatabase.open(server.url)
