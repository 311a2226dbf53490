"""Reading in several separate processes: no file can stop the run."""

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import ReadingError, SourceError
from index.passage import DocumentId
from ingest.isolation.worker_handle import (
    DocumentAndPassages,
    Request,
    WorkerDiedError,
    WorkerProcess,
)
from ingest.limits import DEFAULT_LIMITS, Limits

_ATTEMPTS = 2
"""A process may have died because another one took all memory."""
_MOST_PROCESSES = 8


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class WorkerPool:
    """Reads in other processes, one per processor, each started when first needed.

    A context manager. :meth:`read` is thread-safe; up to ``side_by_side`` calls run at the same
    time.
    """

    limits: Limits = DEFAULT_LIMITS
    side_by_side: int = field(default_factory=lambda: min(_processors(), _MOST_PROCESSES))
    _idle: "queue.LifoQueue[WorkerProcess]" = field(default_factory=queue.LifoQueue, init=False)
    _all: list[WorkerProcess] = field(default_factory=list, init=False)
    _closed: threading.Event = field(default_factory=threading.Event, init=False)

    def __post_init__(self) -> None:
        """Set up the processes; none is started yet."""
        self._all = [WorkerProcess(self.limits.most_memory) for _ in range(self.side_by_side)]
        for process in reversed(self._all):
            self._idle.put(process)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes; files being read are lost."""
        self._closed.set()
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().finish()
        self.stop()

    def stop(self) -> None:
        """Stop all reading; waiting threads get an error."""
        self._closed.set()
        for process in self._all:
            process.kill()

    def read(self, path: Path, document: DocumentId, digest: str) -> DocumentAndPassages:
        """Read a file as :func:`ingest.isolation.in_process.read_document` does.

        Raises :class:`ReadingError` also for a file that takes too long or ends the process, and
        :class:`SourceError` where no process can be started.
        """
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # the reader says why
        limits = self.limits
        seconds = limits.seconds_for(size)
        request = Request(path, document, digest, seconds, limits.most_characters)
        with self._process() as process:
            for _ in range(_ATTEMPTS):
                if self._closed.is_set():
                    break
                with suppress(WorkerDiedError):
                    return process.read(request)
        if self._closed.is_set():
            message = "reading was ended: run ingest again"
            raise SourceError(message)
        message = "reading it ended the process that read it: save it anew, or split it"
        raise ReadingError(message)

    @contextmanager
    def _process(self) -> Iterator[WorkerProcess]:
        process = self._idle.get()
        try:
            yield process
        finally:
            if self._closed.is_set():
                process.end()
            self._idle.put(process)
