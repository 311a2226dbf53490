"""A system as a process: started, timed and weighed from outside, asked one question at a time.

What counts as memory is the larger of two figures: the most that the process itself has held
(``VmHWM``), and the most that it and its children held together (proportional set sizes, looked
at several times a second).
"""

import contextlib
import json
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

LOOK_SECONDS = 0.25
PATIENCE_SECONDS = 5


class SystemFailedError(RuntimeError):
    """A process ended before it had said what it was asked."""


class Watched:
    """A process whose standard streams are JSON Lines, and whose memory is watched."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.command, self.log = command, log
        self.started = time.perf_counter()
        self._errors = log.open("ab")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=dict(os.environ) | dict(environment),
        )
        self._most_mb = 0.0
        self._ended = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def __enter__(self) -> Self:
        """Hand out the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._ended.set()
        self._watching.join()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    @property
    def seconds(self) -> float:
        """How long the process has been there."""
        return time.perf_counter() - self.started

    def most_mb(self) -> float:
        """Return the most memory held since this was last asked, and begin anew."""
        self._look()
        most, self._most_mb = self._most_mb, 0.0
        with contextlib.suppress(OSError):  # it has ended
            # sets VmHWM back to what is held now, see proc(5)
            Path(f"/proc/{self._process.pid}/clear_refs").write_text("5", encoding="ascii")
        return most

    def cpu_seconds(self) -> float:
        """Return the processor time spent so far by the process and its children."""
        pid = self._process.pid
        return sum(map(_ticks, [pid, *_offspring(pid)])) / os.sysconf("SC_CLK_TCK")

    def next(self) -> dict[str, Any]:
        """Return the next reply.

        Raises :class:`SystemFailedError` where the process has ended instead.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            message = f"{' '.join(self.command)} ended with {self._process.wait()}: see {self.log}"
            raise SystemFailedError(message)
        return dict(json.loads(line))

    def ask(self, fields: Mapping[str, object]) -> dict[str, Any]:
        """Write a line and return the reply to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(fields, ensure_ascii=False).encode() + b"\n")
        self._process.stdin.flush()
        return self.next()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        pid = self._process.pid
        held = sum(_kilobytes(each, "smaps_rollup", "Pss") for each in [pid, *_offspring(pid)])
        self._most_mb = max(self._most_mb, max(held, _kilobytes(pid, "status", "VmHWM")) / 1024)


def _kilobytes(pid: int, file: str, field: str) -> int:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii", errors="replace")
    except OSError:  # it has ended
        return 0
    found = (line.split()[1] for line in text.splitlines() if line.startswith(f"{field}:"))
    return int(next(found, "0"))


def _ticks(pid: int) -> int:
    """Return a process's own time and that of its children which have ended, see proc(5)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return 0
    return sum(map(int, text.rpartition(")")[2].split()[11:15]))


def _offspring(pid: int) -> list[int]:
    found = []
    try:
        for tasks in Path(f"/proc/{pid}/task").iterdir():
            for child in (tasks / "children").read_text(encoding="ascii").split():
                found += [int(child), *_offspring(int(child))]
    except OSError:  # it has ended
        pass
    return found
