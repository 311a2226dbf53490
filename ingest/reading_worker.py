"""What runs in the process that :mod:`ingest.reading_process` starts: reads files as it is told.

It gets requests by standard input and answers them by standard output, until its input ends.
"""

import os
import pickle
import sys
from typing import IO

from index.errors import ReadingError
from ingest.process_limits import limit_time
from ingest.reading import read_document
from ingest.reading_process import Request


def main() -> None:
    """Say that it is ready, then answer requests."""
    # what a library prints must not get among the answers
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        _send(True, answers)  # noqa: FBT003 (it is the whole message)
        while (request := _next(sys.stdin.buffer)) is not None:
            limit_time(request.seconds)
            try:
                _send(read_document(request.path, request.document, request.digest), answers)
            except ReadingError as error:
                _send(error, answers)


def _next(requests: IO[bytes]) -> Request | None:
    try:
        request: Request = pickle.load(requests)  # noqa: S301 (written by our own process)
    except EOFError:
        return None
    return request


def _send(answer: object, answers: IO[bytes]) -> None:
    pickle.dump(answer, answers)
    answers.flush()
