"""The bytes that a document was read from, where they are still at their place."""

import hashlib
from contextlib import ExitStack

from index.errors import ReadingError
from index.passage import Copy
from ingest.intake.archives import Unpacker
from ingest.intake.content import unpack
from ingest.intake.copies import files_of_copy
from ingest.limits import DEFAULT_LIMITS, Limits


def original(place: Copy, content_hash: str, limits: Limits = DEFAULT_LIMITS) -> bytes | None:
    """Return the bytes of a file, also one that is packed in another.

    ``None`` where it is no longer there or its SHA-256 is not ``content_hash``: what was not read
    is never given out.
    """
    for found in files_of_copy(place, limits):
        try:
            with Unpacker(limits) as unpacker, ExitStack() as resources:
                path = unpack(found, unpacker, resources)
                if limits.why_too_large(path.stat().st_size):
                    return None
                content = path.read_bytes()
        except (ReadingError, OSError):
            continue
        if hashlib.sha256(content).hexdigest() == content_hash:
            return content
    return None
