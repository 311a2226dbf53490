"""Reading one file into a document and its passages; all failures become one error."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from index.errors import ReadingError
from index.passage import Document, DocumentId, Passage
from ingest.faults import EXHAUSTION_ERRORS, VanishedError, why_unreadable
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers.find import read_source
from ingest.repair.storable_text import storable_source
from ingest.repair.typed_text import typed_source
from ingest.understand import understand


class FileReader(Protocol):
    """Where files are read, and within which limits."""

    @property
    def limits(self) -> Limits:
        """How large a file may be, and what it may cost."""
        ...

    @property
    def side_by_side(self) -> int:
        """How many files can be read at the same time."""
        ...

    def read(
        self, path: Path, document: DocumentId, digest: str
    ) -> tuple[Document, tuple[Passage, ...]]:
        """Read a file as :func:`read_document` does; thread-safe."""
        ...

    def stop(self) -> None:
        """Stop all reading as far as possible; nothing is read afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class InProcessReader:
    """Reads in this process: nothing is started, and nothing stops a file that takes forever."""

    limits: Limits = DEFAULT_LIMITS
    side_by_side: int = 1

    def read(
        self, path: Path, document: DocumentId, digest: str
    ) -> tuple[Document, tuple[Passage, ...]]:
        """Read a file."""
        return read_document(path, document, digest)

    def stop(self) -> None:
        """Do nothing: reading in this process cannot be stopped."""


def read_document(
    path: Path, document: DocumentId, digest: str
) -> tuple[Document, tuple[Passage, ...]]:
    """Read and understand a file whose bytes have the hash ``digest``.

    Raises :class:`VanishedError` if it can no longer be opened, and :class:`ReadingError` if its
    content cannot be read.
    """
    try:
        source = typed_source(storable_source(read_source(path)))
        if source.title == PurePosixPath(document).stem:
            # programs made this title of the file's name, which may be another one when unpacked
            source = replace(source, title=None)
        read, passages = understand(source, document, digest)
    except ReadingError:
        raise
    except OSError as error:
        raise VanishedError(why_unreadable(error)) from error
    except EXHAUSTION_ERRORS as error:
        message = "it is nested too deeply or too large to be read: split it, or save it anew"
        raise ReadingError(message) from error
    except Exception as error:  # libraries raise more than anybody can list
        message = f"it could not be understood ({type(error).__name__}): save it anew as PDF"
        raise ReadingError(message) from error
    own = [text for text in read.warnings if text not in source.warnings]
    return replace(read, warnings=(*source.warnings, *own)), passages
