"""What content that nobody foresaw makes code raise: one file must not stop the others."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import ReadingError

BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
EXHAUSTED = (RecursionError, MemoryError)

_SENT_ASTRAY = frozenset({errno.EINVAL, errno.EOVERFLOW, errno.ESPIPE, errno.ERANGE})


def sent_astray(error: OSError) -> bool:
    """Say whether the file itself led to a place that does not exist: it is no fault of a disk."""
    return error.errno in _SENT_ASTRAY


@contextmanager
def told_when_broken(what: str) -> Iterator[None]:
    """Raise :class:`ReadingError` with ``what`` where the content of a file breaks the code.

    Other faults, those of a disk among them, are passed on.
    """
    try:
        yield
    except (*BROKEN, *EXHAUSTED) as error:
        raise ReadingError(what) from error
    except OSError as error:
        if not sent_astray(error):
            raise
        raise ReadingError(what) from error
