"""Reading files ahead, so that embedding never waits for them.

The number and size of files read ahead are limited, so that memory does not grow with the number
of files; results come in the order of the files.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from index.passage import DocumentId
from ingest.isolation.in_process import FileReader
from ingest.isolation.worker_handle import DocumentAndPassages

MOST_FILES = 64
MOST_BYTES = 64_000_000
"""Of the files that are read ahead; a single larger file is still read."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class Job(Generic[T]):
    """A file in progress: what is known of it, and its text once it is read.

    ``reading`` is ``None`` if nothing is to be read. ``resources`` are closed when the job ends.
    """

    about: T
    reading: "Future[DocumentAndPassages] | None" = None
    size: int = 0
    resources: ExitStack = field(default_factory=ExitStack)


class ReadAhead:
    """Reads as many files at a time as ``reading`` can; a context manager."""

    def __init__(self, reading: FileReader) -> None:
        self._reading = reading
        self._threads = ThreadPoolExecutor(reading.side_by_side, "reading")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait only for what is being read at this moment."""
        if kind is not None:
            self._reading.stop()
        self._threads.shutdown(cancel_futures=True)

    def begin(
        self, about: T, path: Path, document: DocumentId, digest: str, resources: ExitStack
    ) -> Job[T]:
        """Begin to read a file; ``resources`` stay open until it is read (it may be unpacked)."""
        size = 0
        with suppress(OSError):  # it has just gone: reading it says so
            size = path.stat().st_size
        future = self._threads.submit(self._reading.read, path, document, digest)
        return Job(about, future, size, resources)


def run_in_order(
    things: Iterable[T], begin: Callable[[T], Job[R]], end: Callable[[Job[R]], None]
) -> None:
    """Begin a job for each of ``things``, some ahead, and end them in the same order."""
    waiting: deque[Job[R]] = deque()
    try:
        for thing in things:
            waiting.append(begin(thing))
            while _is_much(waiting):
                _end_first(waiting, end)
        while waiting:
            _end_first(waiting, end)
    finally:
        for job in waiting:
            job.resources.close()


def _is_much(waiting: deque[Job[R]]) -> bool:
    if len(waiting) < 2:  # noqa: PLR2004 (one is always on its way)
        return False
    return len(waiting) > MOST_FILES or sum(job.size for job in waiting) > MOST_BYTES


def _end_first(waiting: deque[Job[R]], end: Callable[[Job[R]], None]) -> None:
    job = waiting.popleft()
    with job.resources:
        end(job)
