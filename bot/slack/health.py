"""Whether the running bot is connected, told to the outside through a small file."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

FRESH_S = 30.0
_FILE = "serve.json"


def write_health(data: Path, *, connected: bool) -> None:
    """Write the bot's state now. Raises :class:`OSError` where the folder cannot be written."""
    state = {"connected": connected, "pid": os.getpid(), "written_at": time.time()}
    beside = data / f"{_FILE}.new"
    beside.write_text(json.dumps(state), encoding="utf-8")
    beside.replace(data / _FILE)


def clear_health(data: Path) -> None:
    """Remove the state of a bot that has stopped."""
    with suppress(OSError):
        (data / _FILE).unlink(missing_ok=True)


def is_healthy(data: Path) -> bool:
    """Say whether a bot on this data folder is running and connected to Slack."""
    try:
        state = json.loads((data / _FILE).read_text(encoding="utf-8"))
        return bool(state["connected"]) and abs(time.time() - state["written_at"]) < FRESH_S
    except (OSError, ValueError, KeyError, TypeError):
        return False
