"""The bytes of a found file, unpacked if it is packed, and their hash."""

import hashlib
from contextlib import ExitStack
from pathlib import Path

from index.errors import ReadingError
from ingest.faults import VanishedError, is_disk_full, reading_error_if_broken, why_unreadable
from ingest.intake.archives import Unpacker
from ingest.intake.scan import FoundFile
from ingest.limits import Limits

_BLOCK = 1 << 20
_BROKEN = "it could not be unpacked: unpack it, and ingest what is in it"


def unpack(found: FoundFile, unpacker: Unpacker, resources: ExitStack) -> Path:
    """Return the path of a file's bytes; a packed file's exist while ``resources`` is open.

    Raises :class:`ReadingError` if it cannot be unpacked, and ``OSError`` only for a full disk.
    """
    if found.archive is None or found.entry is None:
        return found.path
    try:
        with reading_error_if_broken(_BROKEN):
            return resources.enter_context(unpacker.unpacked(found.archive, found.entry))
    except OSError as error:
        if is_disk_full(error):
            raise
        raise VanishedError(why_unreadable(error)) from error


def content_hash(path: Path, limits: Limits) -> str:
    """Return the SHA-256 of the file's bytes in hexadecimal.

    Raises :class:`ReadingError` for a file that is too large or cannot be opened.
    """
    digest = hashlib.sha256()
    try:
        if told := limits.why_too_large(path.stat().st_size):
            raise ReadingError(told)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise VanishedError(why_unreadable(error)) from error
    return digest.hexdigest()
