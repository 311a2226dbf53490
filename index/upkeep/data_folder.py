"""What lies in a data folder: what is kept, and what can be made again or is of the moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

from index.store.sqlite import connect_to_read

DERIVED = frozenset({"generations", "models"})
"""Folders that are built from the rest, or unpacked from a package."""
_BESIDE = (".lock", "-wal", "-shm", ".new", ".making")
"""Endings of files that belong to another file, or to a running process."""
_STATE = ".json"
"""Ending of files at the top that only tell of a running process."""
_SET_ASIDE = "before-"
"""How the names of copies begin that were set aside before something was changed."""
DATABASE = ".sqlite3"


def databases(data: Path) -> list[Path]:
    """Return the SQLite files that are kept, ordered by path."""
    return [path for path in _kept(data) if path.name.endswith(DATABASE)]


def other_files(data: Path) -> list[Path]:
    """Return all other files that are kept, ordered by path."""
    return [path for path in _kept(data) if not path.name.endswith(DATABASE)]


def _kept(data: Path) -> list[Path]:
    tops = _top(data)
    inner = (path for top in tops if top.is_dir() for path in top.rglob("*"))
    files = (path for path in (*tops, *inner) if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if not path.name.endswith(_BESIDE))


def _top(data: Path) -> list[Path]:
    there = data.iterdir() if data.is_dir() else ()  # with a server it may have nothing to keep
    return sorted(
        path
        for path in there
        if path.name not in DERIVED
        and not path.is_symlink()
        and not path.name.startswith((".", _SET_ASIDE))
        and not (path.is_file() and path.name.endswith(_STATE))
    )


def database_faults(path: Path) -> str | None:
    """Return what SQLite finds wrong with a file, ``None`` where it is whole."""
    try:
        with closing(connect_to_read(path)) as opened:
            told = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        return str(error)
    return None if told == ["ok"] else "; ".join(told)


def is_written(store: Path) -> bool:
    """Tell whether a store that SQLite can read holds anything; what is not there yet is not made.

    An empty file is a database to it, and whoever opens that makes the tables.
    """
    with closing(connect_to_read(store)) as opened:
        made = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        return bool(made and opened.execute("SELECT 1 FROM meta LIMIT 1").fetchone())
