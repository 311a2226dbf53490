"""What can go wrong with a file or the disk, as one error that says what to do.

Unforeseen content makes libraries raise all kinds of errors; one file must not stop the others.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import ReadingError, StorageError

CONTENT_ERRORS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
EXHAUSTION_ERRORS = (RecursionError, MemoryError)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BAD_OFFSET = frozenset({errno.EINVAL, errno.EOVERFLOW, errno.ESPIPE, errno.ERANGE})


class VanishedError(ReadingError):
    """The file's bytes could not be read; the next time they may be."""


def why_unreadable(error: OSError) -> str:
    """Return why a file or folder could not be opened, and what to do."""
    match error:
        case PermissionError():
            return "no permission to read it: let this user read it"
        case FileNotFoundError():
            return "it went away while it was being read: run ingest again"
        case _:
            return f"it could not be read ({error.strerror or type(error).__name__}): try again"


def is_bad_offset(error: OSError) -> bool:
    """Say whether an offset in the file itself was wrong, which is no fault of the disk."""
    return error.errno in _BAD_OFFSET


@contextmanager
def reading_error_if_broken(what: str) -> Iterator[None]:
    """Raise :class:`ReadingError` with ``what`` if a file's content makes the code fail.

    Other errors, such as those of the disk, are passed on.
    """
    try:
        yield
    except (*CONTENT_ERRORS, *EXHAUSTION_ERRORS) as error:
        raise ReadingError(what) from error
    except OSError as error:
        if not is_bad_offset(error):
            raise
        raise ReadingError(what) from error


def is_disk_full(error: OSError) -> bool:
    """Say whether the error means that the disk is full."""
    return error.errno in _FULL


@contextmanager
def storage_error_if_full() -> Iterator[None]:
    """Raise :class:`StorageError` if the disk is full."""
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise
        message = (
            "the disk is full: free space where the data folder (KIROKU_DATA) and the temporary "
            "files are, and run ingest again; what was there before is unchanged"
        )
        raise StorageError(message) from error
