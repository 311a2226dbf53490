"""What is minded where nobody looks on: files still being written, a drive that is away."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import FolderAwayError, ManyGoneError
from index.passage import DocumentId
from index.store.rows import Known
from ingest.intake.identity import location
from ingest.intake.scan import FoundFile, is_file

_MANY = 20
"""Files that go at one stroke without being many, whatever their share."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """How an ingest goes that nobody has just asked for.

    ``written`` tells whether a file is written out; what is not, is neither read nor forgotten.
    """

    written: Callable[[Path], bool]

    def sorted_out(
        self, found: Sequence[FoundFile]
    ) -> tuple[Sequence[FoundFile], Sequence[FoundFile]]:
        """Return the files to be read, and those to be left alone for now.

        Raises :class:`FolderAwayError` where there are none at all: what is left of a drive that
        went away is an empty folder.
        """
        if not found:
            message = (
                "the folder is empty: if its drive is away, it is waited for; if its files are "
                "to be forgotten, `kiroku ingest --prune` does that"
            )
            raise FolderAwayError(message)
        known: dict[Path, bool] = {}
        ready: list[FoundFile] = []
        left: list[FoundFile] = []
        for file in found:
            place = _on_disk(file)
            if place not in known:
                known[place] = self.written(place)
            (ready if known[place] else left).append(file)
        return ready, left

    def check_gone(
        self,
        gone: Collection[DocumentId],
        known: Mapping[DocumentId, Known],
        cleared: tuple[str, ...],
    ) -> None:
        """Raise :class:`ManyGoneError` where more than half of many files went at one stroke."""
        here = sum(location(name, each.root).startswith(cleared) for name, each in known.items())
        if len(gone) > _MANY and 2 * len(gone) > here:
            message = (
                f"{len(gone)} of {here} files are gone at one stroke: nothing is forgotten, as a "
                "drive may be away; if they are to be, `kiroku ingest --prune` does that"
            )
            raise ManyGoneError(message)


def _on_disk(file: FoundFile) -> Path:
    """Return the file that holds another one: the zip or message that it is packed in."""
    if file.archive is None:
        return file.path
    return next((place for place in file.path.parents if is_file(place)), file.archive)
