"""The bytes of a file that was found: where they are, as it may be packed, and their hash."""

import hashlib
from contextlib import ExitStack
from pathlib import Path

from index.errors import ReadingError
from ingest.faults import VanishedError, is_full, told_when_broken, why_unreadable
from ingest.intake.archives import Unpacker
from ingest.intake.scan import Found
from ingest.limits import Limits

_BLOCK = 1 << 20
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
        raise VanishedError(why_unreadable(error)) from error


def content_hash(path: Path, limits: Limits) -> str:
    """Return the SHA-256 of the file's bytes in hexadecimal.

    Raises :class:`ReadingError` for a file that is too large or cannot be opened.
    """
    digest = hashlib.sha256()
    try:
        if told := limits.too_large(path.stat().st_size):
            raise ReadingError(told)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise VanishedError(why_unreadable(error)) from error
    return digest.hexdigest()
