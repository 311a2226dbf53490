"""One process that reads files; it may hang, use up memory or die without harm to the run."""

import contextlib
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from index.errors import ReadingError, SourceError
from index.passage import Document, DocumentId, Passage
from ingest.processes.environment import OWN_FOLDER, child_environment

DocumentAndPassages = tuple[Document, tuple[Passage, ...]]

_START = """
import sys
sys.path.insert(0, sys.argv[1])
from ingest.processes.system_limits import limit_memory
limit_memory(int(sys.argv[2]))
from ingest.isolation.worker import main
main()
"""
_HERE = str(Path(__file__).parents[2])
_LAST_WORDS_S = 5.0


class WorkerDiedError(Exception):
    """The process ended in the middle of a file."""


@dataclass(frozen=True, slots=True)
class Request:
    """One file to be read, the seconds of processor time it may take, and the size of its text.

    ``characters``: limit for all passages together; the asking process keeps them in memory.
    """

    path: Path
    document: DocumentId
    digest: str
    seconds: float
    characters: int


@dataclass(frozen=True, slots=True)
class TimeGranted:
    """A message of the process while it reads: it may take this many seconds more."""

    seconds: float


@dataclass(slots=True)
class WorkerProcess:
    """Reads file after file, since starting takes half a second; started with the first.

    If a file exceeds its limits, the process is ended and another one started. ``most_memory`` is
    in bytes of address space. For one thread at a time, except :meth:`kill`.
    """

    most_memory: int
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _folder: "tempfile.TemporaryDirectory[str] | None" = field(default=None, init=False)
    _killed: threading.Event = field(default_factory=threading.Event, init=False)

    def read(self, request: Request) -> DocumentAndPassages:
        """Read a file as :func:`ingest.isolation.in_process.read_document` does.

        Raises :class:`WorkerDiedError` if the process ends, :class:`ReadingError` also for a file
        that takes too long, and :class:`SourceError` if no process can be started.
        """
        process = self._running()
        if self._killed.is_set():
            self.end()
            raise WorkerDiedError
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            process.kill()

        timer = _start_timer(request.seconds, stop)
        until = time.monotonic() + request.seconds
        try:
            answer = _next_answer(process, request)
            while isinstance(answer, TimeGranted):
                timer.cancel()
                until += answer.seconds
                timer = _start_timer(until - time.monotonic(), stop)
                answer = _next_answer(process)
        except WorkerDiedError as error:
            self.end()
            if overdue.is_set():
                message = (
                    f"reading it took more than {request.seconds:,.0f} s: "
                    "split it, or save it anew from the program that made it"
                )
                raise ReadingError(message) from error
            raise
        except BaseException:
            self.end()  # Ctrl-C: its answer would be taken for the next request's
            raise
        finally:
            timer.cancel()
            timer.join()
        if isinstance(answer, ReadingError):
            raise answer
        return cast("DocumentAndPassages", answer)

    def finish(self) -> None:
        """Let it end by itself, unless it is in the middle of a file."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(_LAST_WORDS_S)
        self.end()

    def kill(self) -> None:
        """Kill it for good, also while another thread waits for its answer."""
        self._killed.set()
        process = self._process
        if process is not None:
            process.kill()

    def end(self) -> None:
        """End it and clean up."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # it died before it read all
                    if stream is not None:
                        stream.close()
            process.wait()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        # killed processes leave temporary files, and so do libraries
        self._folder = tempfile.TemporaryDirectory(prefix=OWN_FOLDER, ignore_cleanup_errors=True)
        self._process = process = subprocess.Popen(  # noqa: S603 (this Python, our own code)
            [sys.executable, "-P", "-c", _START, _HERE, str(self.most_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(TMPDIR=self._folder.name),
            start_new_session=True,  # Ctrl-C is for the process that started it
        )
        try:
            _next_answer(process)
        except BaseException as error:
            self.end()
            if self._killed.is_set() or not isinstance(error, WorkerDiedError):
                raise
            message = "the process that reads files does not start: free memory, and try again"
            raise SourceError(message) from error
        return process


def _start_timer(seconds: float, stop: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(max(seconds, 0.0), stop)
    timer.start()
    return timer


def _next_answer(process: "subprocess.Popen[bytes]", request: Request | None = None) -> object:
    """Send the request, if any, and wait for the next answer of the process."""
    if process.stdin is None or process.stdout is None:
        raise WorkerDiedError
    try:
        if request is not None:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
        return pickle.load(process.stdout)  # noqa: S301 (written by our own process)
    except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
        raise WorkerDiedError from error
