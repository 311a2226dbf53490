"""The program of the process that reads files.

It gets requests on standard input and answers on standard output, until its input ends.
"""

import os
import pickle
import sys
from typing import IO

from index.errors import ReadingError
from ingest.isolation.in_process import read_document
from ingest.isolation.worker_handle import DocumentAndPassages, Request, TimeGranted
from ingest.processes.ocr_time import report_more_time
from ingest.processes.system_limits import limit_time


def main() -> None:
    """Say that it is ready, then answer requests."""
    # output of libraries must not mix with the answers
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        _send(True, answers)  # noqa: FBT003 (it is the whole message)
        while (request := _next_request(sys.stdin.buffer)) is not None:
            limit_time(request.seconds)

            def tell(seconds: float, request: Request = request) -> None:
                limit_time(request.seconds + seconds)
                _send(TimeGranted(seconds), answers)

            try:
                with report_more_time(tell):
                    understood = _read(request)
                _send(understood, answers)
            except ReadingError as error:
                _send(error, answers)


def _read(request: Request) -> DocumentAndPassages:
    document, passages = read_document(request.path, request.document, request.digest)
    characters = sum(len(passage.text) + len(passage.question or "") for passage in passages)
    if characters > request.characters:
        message = (
            f"its text is {characters / 1e6:,.0f} million characters, more than the "
            f"{request.characters / 1e6:,.0f} million that are read: split it"
        )
        raise ReadingError(message)
    return document, passages


def _next_request(requests: IO[bytes]) -> Request | None:
    try:
        request: Request = pickle.load(requests)  # noqa: S301 (written by our own process)
    except EOFError:
        return None
    return request


def _send(answer: object, answers: IO[bytes]) -> None:
    pickle.dump(answer, answers)
    answers.flush()
