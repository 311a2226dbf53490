"""What lies in a data folder: what is kept, and what can be made again or is of the moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

DERIVED = frozenset({"generations", "models"})
"""Folders that are built from the rest, or unpacked from a package."""
_OF_THE_MOMENT = (".lock", "-wal", "-shm", ".new", ".making", ".json")
"""Endings of files at the top that only tell of a running process, or belong to another file."""
_SET_ASIDE = "before-"
"""How the names of copies begin that were set aside before something was changed."""
DATABASE = ".sqlite3"


def databases(data: Path) -> list[Path]:
    """Return the SQLite files that are kept, ordered by name."""
    return [path for path in _top(data) if path.is_file() and path.name.endswith(DATABASE)]


def other_files(data: Path) -> Iterator[Path]:
    """Yield all other files that are kept."""
    for path in _top(data):
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file())
        elif not path.name.endswith(DATABASE):
            yield path


def _top(data: Path) -> list[Path]:
    return sorted(
        path
        for path in data.iterdir()
        if path.name not in DERIVED
        and not path.is_symlink()
        and not path.name.startswith((".", _SET_ASIDE))
        and not (path.is_file() and path.name.endswith(_OF_THE_MOMENT))
    )


def database_faults(path: Path) -> str | None:
    """Return what SQLite finds wrong with a file, ``None`` where it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            told = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        return str(error)
    return None if told == ["ok"] else "; ".join(told)
