"""Whether the running bot is connected, told to the outside through a small file."""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FRESH_S = 30.0
_FILE = "serve.json"


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a running bot; ``trouble`` is what keeps it from its work all the same."""

    connected: bool
    trouble: str | None = None


def write_health(data: Path, *, connected: bool, trouble: str | None = None) -> None:
    """Write the bot's state now. Raises :class:`OSError` where the folder cannot be written."""
    now = time.time()
    state = {"connected": connected, "trouble": trouble, "pid": os.getpid(), "written_at": now}
    beside = data / f"{_FILE}.new"
    beside.write_text(json.dumps(state), encoding="utf-8")
    beside.replace(data / _FILE)


def clear_health(data: Path) -> None:
    """Remove the state of a bot that has stopped."""
    with suppress(OSError):
        (data / _FILE).unlink(missing_ok=True)


def read_health(data: Path) -> Health:
    """Return the state of the bot on this data folder; not connected where none is running."""
    try:
        state = json.loads((data / _FILE).read_text(encoding="utf-8"))
        fresh = abs(time.time() - state["written_at"]) < FRESH_S
        connected, trouble = bool(state["connected"]), state.get("trouble")
    except (OSError, ValueError, KeyError, TypeError):
        return Health(connected=False)
    return Health(connected, trouble) if fresh else Health(connected=False)


def is_healthy(data: Path) -> bool:
    """Say whether a bot on this data folder is running, connected to Slack and without trouble."""
    health = read_health(data)
    return health.connected and health.trouble is None
