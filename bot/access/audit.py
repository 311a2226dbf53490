"""The audit log: who was shown which passages, where and when. JSON Lines, a file a day (UTC).

``<data>/audit/YYYY-MM-DD.jsonl``, for this user's eyes only. A line is on disk before the question
counts as done; days older than they are to be kept are removed.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from index.passage import Collection, DocumentId, Hit, PassageId

FOLDER = "audit"
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that was shown, by its names."""

    collection: Collection
    document: DocumentId
    passage: PassageId


def seen(hits: Iterable[Hit]) -> tuple[Seen, ...]:
    """Return what hits are called."""
    return tuple(
        Seen(hit.document.collection, hit.document.document, hit.passage.passage_id) for hit in hits
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the log.

    ``message`` is Slack's ``ts`` of what was asked or pressed, ``way`` how it came (``mention``,
    ``direct``, ``follow_up``, ``press``, ``more``, ``original``, ``staff``). ``outcome`` is how it
    ended; ``sees`` are the collections that it was asked of. ``question`` is left out of the log
    unless that is set.
    """

    team: str
    user: str
    channel: str
    message: str
    way: str
    outcome: str
    sees: Sequence[str] = ()
    passages: Sequence[Seen] = ()
    generations: Sequence[tuple[str, int]] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class AuditLog:
    """Writes lines. ``questions``: their text, too. ``days`` are kept; 0: for ever."""

    data: Path
    questions: bool = False
    days: int = 0

    def write(self, shown: Shown, now: dt.datetime | None = None) -> None:
        """Write a line through to the disk. Raises :class:`OSError`."""
        now = now or dt.datetime.now(dt.UTC)
        line = json.dumps(self._told(shown, now), ensure_ascii=False) + "\n"
        folder = self.data / FOLDER
        path = folder / f"{now.date().isoformat()}.jsonl"
        if not path.exists():
            folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._forget_old(now.date())
        with self._alone():
            _append(path, os.O_APPEND, [line.encode("utf-8", "backslashreplace")])

    def forget_user(self, user: str) -> int:
        """Delete the lines of a person, also beside a bot that writes; return how many.

        Raises :class:`OSError`.
        """
        gone = 0
        for path in sorted((self.data / FOLDER).glob("????-??-??.jsonl")):
            with self._alone():
                lines = path.read_bytes().splitlines(keepends=True)
                kept = [line for line in lines if not _is_of(line, user)]
                if len(kept) < len(lines):
                    new = path.with_suffix(".new")
                    _append(new, os.O_TRUNC, kept)
                    new.replace(path)
                    gone += len(lines) - len(kept)
        return gone

    def _alone(self) -> FileLock:
        """Return what keeps others from writing: a line could go into a file that is replaced."""
        return FileLock(self.data / f"{FOLDER}.lock", mode=_PRIVATE)

    def _told(self, shown: Shown, now: dt.datetime) -> dict[str, object]:
        told: dict[str, object] = {
            "at": now.isoformat(timespec="milliseconds"),
            "team": shown.team,
            "user": shown.user,
            "channel": shown.channel,
            "message": shown.message,
            "way": shown.way,
            "outcome": shown.outcome,
            "collections": sorted(shown.sees),
            "generations": dict(shown.generations),
            "passages": [
                {
                    "collection": each.collection,
                    "document": each.document,
                    "passage": each.passage,
                }
                for each in shown.passages
            ],
        }
        return told | {"question": shown.question} if self.questions else told

    def _forget_old(self, today: dt.date) -> None:
        if not self.days:
            return
        first = (today - dt.timedelta(days=self.days)).isoformat()
        for path in (self.data / FOLDER).glob("????-??-??.jsonl"):
            if path.stem < first:
                path.unlink(missing_ok=True)


def _append(path: Path, how: int, lines: Iterable[bytes]) -> None:
    """Write lines through to the disk, for this user's eyes only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _is_of(line: bytes, user: str) -> bool:
    try:
        told = json.loads(line)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("user") == user
