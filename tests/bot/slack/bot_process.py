"""A real bot process under test."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.slack.health import is_healthy
from tests.slack_api import LocalSlack

ROOT = Path(__file__).parents[3]


@dataclass
class BotProcess:
    """A running ``canned_bot``; ``log`` holds its standard error."""

    process: subprocess.Popen[bytes]
    data: Path
    log: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """End it in good order and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def wait(self) -> int:
        """Wait for its end; return its exit status (negative: the signal)."""
        return self.process.wait(20)

    def said(self) -> str:
        """Return what it has written to standard error so far."""
        return self.log.read_text(encoding="utf-8")

    def asked(self) -> list[str]:
        """Return the questions that its answerer was asked."""
        path = self.data / "asked.txt"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def outcome(self, key: str) -> str | None:
        """Return how a message ended, by what the inbox keeps of it."""
        channel, _, ts = key.partition(":")
        with closing(sqlite3.connect(self.data / "inbox.sqlite3")) as inbox:
            found = inbox.execute(
                "SELECT outcome FROM question WHERE channel = ? AND ts = ?", (channel, ts)
            ).fetchone()
        return found[0] if found else None


def start_bot(
    slack: LocalSlack,
    folder: Path,
    number: int,
    module: str = "tests.bot.slack.canned_bot",
    **environment: str,
) -> BotProcess:
    """Start a bot that talks to ``slack`` and keeps its data in ``folder``."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    log = folder / f"stderr-{number}.txt"
    # the SDK would take a proxy for the local Slack too, whatever NO_PROXY says
    inherited = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env={**inherited, **slack.environment, "KIROKU_DATA": str(data), **environment},
            stderr=stderr,
        )
    return BotProcess(process, data, log)


def wait_until_ready(slack: LocalSlack, bot: BotProcess) -> None:
    """Wait until the bot is connected and says so."""
    slack.wait_connected()
    eventually(lambda: is_healthy(bot.data))


def eventually(there: Callable[[], object], timeout: float = 15.0) -> None:
    """Wait until ``there()`` holds."""
    end = time.monotonic() + timeout
    while not there():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)
