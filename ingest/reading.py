"""Reading one file: its bytes' hash, then its document and passages; faults become one error."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import ReadingError
from index.passage import Document, DocumentId, Passage
from ingest.readers.find import read_source
from ingest.scan import Found, reason
from ingest.understand import understand

_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What text that nobody foresaw makes parsers raise; one document must not stop the others."""

_EXHAUSTED = (RecursionError, MemoryError)
_BLOCK = 1 << 20


class VanishedError(ReadingError):
    """The file's bytes could not be had: it may be well the next time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is not even opened: files of more bytes than this."""

    most_bytes: int = 150_000_000


DEFAULT_LIMITS = Limits()


def content_hash(found: Found, limits: Limits) -> str:
    """Return the SHA-256 of the file's bytes in hexadecimal.

    Raises :class:`ReadingError` for a file that is too large or cannot be opened.
    """
    if found.fault is not None:
        raise VanishedError(found.fault)
    digest = hashlib.sha256()
    try:
        size = found.path.stat().st_size
        if size > limits.most_bytes:
            raise ReadingError(_too_large(size, limits))
        with found.path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise VanishedError(reason(error)) from error
    return digest.hexdigest()


def read_document(
    path: Path, document: DocumentId, digest: str
) -> tuple[Document, tuple[Passage, ...]]:
    """Read and understand a file whose bytes have the hash ``digest``.

    Raises :class:`VanishedError` where it cannot be opened any more, and :class:`ReadingError`
    where its content cannot be read.
    """
    try:
        source = read_source(path)
        read, passages = understand(source, document, digest)
    except OSError as error:
        raise VanishedError(reason(error)) from error
    except _EXHAUSTED as error:
        message = "it is nested too deeply or too large to be read: split it, or save it anew"
        raise ReadingError(message) from error
    except _BROKEN as error:
        message = f"it could not be understood ({type(error).__name__}): save it anew as PDF"
        raise ReadingError(message) from error
    own = [text for text in read.warnings if text not in source.warnings]
    return replace(read, warnings=(*source.warnings, *own)), passages


def _too_large(size: int, limits: Limits) -> str:
    most = limits.most_bytes / 1e6
    return f"it is {size / 1e6:,.0f} MB, more than the {most:,.0f} MB that are read: split it"
