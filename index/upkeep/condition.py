"""How a collection of an index stands: of how many segments it is, how old, and when saved."""

import datetime as dt
import json
import logging
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import KirokuError
from index.generation.generations import generations_of
from index.generation.sealing import sync_file
from index.passage import Collection
from index.store.opening import holds_index
from index.store.store import Store
from index.where import Where, data_of

LAST_BACKUP = "last-backup.json"
"""In the data folder; its ending keeps it out of backups, so that a restore does not bring it."""
_AHEAD_S = 3600
"""Clocks of two machines may differ by less."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """What monitoring asks of an index; times are ISO 8601 with their offset.

    ``None``: there is none, or it cannot be read.
    """

    segments: int | None
    last_ingest: str | None
    last_backup: str | None

    def ages(self, now: dt.datetime) -> dict[str, int | None]:
        """Return how many seconds ago the last ingest and the last backup ended.

        ``None`` where that is still to come, as the clock was set back since: a backup of which
        nobody knows how old it is must not seem new.
        """
        return {"ingest_s": _age(self.last_ingest, now), "backup_s": _age(self.last_backup, now)}


def condition_of(where: Where, collection: Collection) -> Condition:
    """Return how a collection stands; whatever is missing or damaged is ``None``, and no error."""
    segments = last_ingest = None
    with suppress(KirokuError):
        if holds_index(where):
            with closing(Store.open(where)) as store:
                number = store.generation(collection)
                last_ingest = store.meta(collection, "last_ingest")
                manifest = generations_of(store, where).manifest(collection, number)
                segments = len(manifest.segments)
    return Condition(segments, last_ingest, last_backup(data_of(where)))


def note_backup(data: Path, at: dt.datetime) -> None:
    """Write down when a backup was made. Where that cannot be written, it only counts as older."""
    beside = data / f"{LAST_BACKUP}.new"
    try:
        beside.write_text(json.dumps({"made": at.isoformat(timespec="seconds")}), "utf-8")
        sync_file(beside)
        beside.replace(data / LAST_BACKUP)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        _log.warning("when it was made could not be written into %s: %s", data, error)


def last_backup(data: Path) -> str | None:
    """Return when the last backup was made."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((data / LAST_BACKUP).read_text("utf-8"))["made"])
    return None


def _age(at: str | None, now: dt.datetime) -> int | None:
    with suppress(ValueError, TypeError):
        age = round((now - dt.datetime.fromisoformat(at or "")).total_seconds())
        return max(0, age) if age > -_AHEAD_S else None
    return None
