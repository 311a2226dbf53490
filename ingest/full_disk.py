"""A disk that fills up in the middle of an ingest: what is said of it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_full(error: OSError) -> bool:
    """Say whether the disk is full, which is no fault of a file."""
    return error.errno in _FULL


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raise :class:`StorageError` where the disk is full."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        message = (
            "the disk is full: free space where the data folder (KIROKU_DATA) and the temporary "
            "files are, and run ingest again; what was there before is unchanged"
        )
        raise StorageError(message) from error
