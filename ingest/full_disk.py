"""A disk that fills up in the middle of an ingest: what is said of it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import StorageError


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raise :class:`StorageError` where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        message = (
            "the disk is full: free space where the data folder (KIROKU_DATA) and the temporary "
            "files are, and run ingest again; what was there before is unchanged"
        )
        raise StorageError(message) from error
