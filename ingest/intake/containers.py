"""Files in which other files are packed: the interface of each kind.

To add a kind, write it in a module of its own and use it in :mod:`ingest.intake.archives`.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a container, as the container describes it.

    ``name`` is its path there, with forward slashes; ``place`` its index in the list of all;
    ``size`` its unpacked bytes, as declared. ``fault`` says why it is not unpacked.
    """

    name: str
    place: int
    size: int
    fault: str | None = None


class Container(Protocol):
    """An opened file in which others are packed."""

    word: str
    """What it is called in messages."""

    is_document: bool
    """Whether it has a text of its own besides its parts, as a message has."""

    def parts(self) -> list[Part]:
        """Return what is packed, in order of index, without hidden files and folders."""
        ...

    def open_part(self, place: int) -> AbstractContextManager[IO[bytes]]:
        """Open a part for reading. May raise ``ReadingError``, as may reading from it."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
