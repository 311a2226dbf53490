"""Reading in a process of its own, which may hang, eat memory or die without harm to the run.

One process reads file after file, since starting one takes half a second. It is ended and another
one started where a file goes beyond its limits.
"""

import contextlib
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from index.errors import ReadingError, SourceError
from index.passage import Document, DocumentId, Passage
from ingest.limits import DEFAULT_LIMITS, Limits

_Understood = tuple[Document, tuple[Passage, ...]]

_START = """
import sys
sys.path.insert(0, sys.argv[1])
from ingest.process_limits import limit_memory
limit_memory(int(sys.argv[2]))
from ingest.reading_worker import main
main()
"""
_HERE = str(Path(__file__).parent.parent)
_ATTEMPTS = 2
"""A process that died may have been the victim of another one that took all memory."""

_LAST_WORDS_S = 5.0


@dataclass(frozen=True, slots=True)
class Request:
    """One file to be read, and how many seconds of the processor it may take."""

    path: Path
    document: DocumentId
    digest: str
    seconds: float


class _DiedError(Exception):
    """The process ended in the middle of a file."""


@dataclass(slots=True)
class ReadingApart:
    """Reads in another process, which is started with the first file; end it with ``with``."""

    limits: Limits = DEFAULT_LIMITS
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        if self._process is not None and self._process.stdin is not None:
            # the end of its input ends it, unless it is in the middle of a file
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(_LAST_WORDS_S)
        self._end()

    def read(self, path: Path, document: DocumentId, digest: str) -> _Understood:
        """Read a file as :func:`ingest.reading.read_document` does.

        Raises :class:`ReadingError` also for a file that takes too long or ends the process, and
        :class:`SourceError` where no process can be started.
        """
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # the reader says why
        request = Request(path, document, digest, self.limits.seconds_for(size))
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(_DiedError):
                return self._read(request)
        message = "reading it ended the process that read it: save it anew, or split it"
        raise ReadingError(message)

    def _read(self, request: Request) -> _Understood:
        process = self._running()
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            process.kill()

        timer = threading.Timer(request.seconds, stop)
        timer.start()
        try:
            answer = _answer(process, request)
        except _DiedError as error:
            self._end()
            if overdue.is_set():
                message = (
                    f"reading it took more than {request.seconds:,.0f} s: "
                    "split it, or save it anew from the program that made it"
                )
                raise ReadingError(message) from error
            raise
        except BaseException:
            self._end()  # Ctrl-C: its answer would be taken for that to the next request
            raise
        finally:
            timer.cancel()
            timer.join()
        if isinstance(answer, ReadingError):
            raise answer
        return cast("_Understood", answer)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._process = process = subprocess.Popen(  # noqa: S603 (this Python, our own code)
            [sys.executable, "-P", "-c", _START, _HERE, str(self.limits.most_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the process that started it
        )
        try:
            _answer(process)
        except BaseException as error:
            self._end()
            if not isinstance(error, _DiedError):
                raise
            message = "the process that reads files does not start: free memory, and try again"
            raise SourceError(message) from error
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what it was not told before it died
                    if stream is not None:
                        stream.close()
            process.wait()


def _answer(process: "subprocess.Popen[bytes]", request: Request | None = None) -> object:
    """Hand over the request, if any, and wait for what the process says next."""
    if process.stdin is None or process.stdout is None:
        raise _DiedError
    try:
        if request is not None:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
        return pickle.load(process.stdout)  # noqa: S301 (written by our own process)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise _DiedError from error
