"""Whether the running bot is connected, told to the outside through a small file."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FRESH_S = 30.0
_FILE = "serve.json"


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a running bot; ``trouble`` is what keeps it from its work all the same."""

    connected: bool
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """What a running bot is at, for operators: nothing of what was asked.

    ``queue``: how many questions have no reply yet (``waiting``), and how long the oldest of them
    has waited (``oldest_s``; 0 where there is none). ``tokens``: ``ok``, or why Slack refuses it.
    ``errors``: the last ones, oldest first, each with its ``kind`` and when it was (``at``).
    """

    queue: Mapping[str, int]
    tokens: Mapping[str, str]
    errors: Sequence[Mapping[str, str]]


def write_health(
    data: Path, *, connected: bool, trouble: str | None = None, activity: Activity | None = None
) -> None:
    """Write the bot's state now. Raises :class:`OSError` where the folder cannot be written."""
    now = time.time()
    state = {"connected": connected, "trouble": trouble, "pid": os.getpid(), "written_at": now}
    state |= asdict(activity) if activity else {}
    beside = data / f"{_FILE}.new"
    beside.write_text(json.dumps(state), encoding="utf-8")
    beside.replace(data / _FILE)


def clear_health(data: Path) -> None:
    """Remove the state of a bot that has stopped."""
    with suppress(OSError):
        (data / _FILE).unlink(missing_ok=True)


def read_health(data: Path) -> Health:
    """Return the state of the bot on this data folder; not connected where none is running."""
    state = _fresh_state(data)
    return Health(bool(state.get("connected")), state.get("trouble"))


def read_activity(data: Path) -> Activity | None:
    """Return what the bot on this data folder is at; ``None`` where none is running."""
    state = _fresh_state(data)
    if not state.keys() >= {"queue", "tokens", "errors"}:
        return None
    return Activity(state["queue"], state["tokens"], state["errors"])


def is_healthy(data: Path) -> bool:
    """Say whether a bot on this data folder is running, connected to Slack and without trouble."""
    health = read_health(data)
    return health.connected and health.trouble is None


def activity_told(data: Path) -> dict[str, Any]:
    """Return what the bot is at as JSON has it: its fields, each ``None`` where none is running."""
    activity = read_activity(data)
    return asdict(activity) if activity else {field.name: None for field in fields(Activity)}


def _fresh_state(data: Path) -> dict[str, Any]:
    """Return what the bot has just written; empty where none is running."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        state: dict[str, Any] = json.loads((data / _FILE).read_text(encoding="utf-8"))
        if abs(time.time() - state["written_at"]) < FRESH_S:
            return state
    return {}
