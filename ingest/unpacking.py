"""Where the bytes of a file are that was found, which may be packed in another one."""

from contextlib import ExitStack
from pathlib import Path

from ingest.archives import Unpacker
from ingest.faults import told_when_broken
from ingest.full_disk import is_full
from ingest.reading import VanishedError
from ingest.scan import Found, reason

_BROKEN = "it could not be unpacked: unpack it, and ingest what is in it"


def unpacked(found: Found, unpacker: Unpacker, held: ExitStack) -> Path:
    """Return the path of a file's bytes; of a packed one they are there while ``held`` is open.

    Raises :class:`ReadingError` where it cannot be unpacked, and ``OSError`` only for a full disk.
    """
    if found.archive is None or found.entry is None:
        return found.path
    try:
        with told_when_broken(_BROKEN):
            return held.enter_context(unpacker.unpacked(found.archive, found.entry))
    except OSError as error:
        if is_full(error):
            raise
        raise VanishedError(reason(error)) from error
