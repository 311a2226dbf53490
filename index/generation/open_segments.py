"""The segments of a generation, opened: each kind of their files as one index."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.generation.dense import Dense, LiveVectors
from index.generation.dense_segment import DenseSegment
from index.generation.lexical import Lexical, LivePostings
from index.generation.live import Live
from index.generation.manifest import Manifest, live_marks
from index.generation.postings import Postings
from index.generation.segment import DENSE


@dataclass(frozen=True, slots=True)
class OpenSegments:
    """The folders of the segments in order, and which passages are left (``None``: all)."""

    folders: Sequence[tuple[Path, Live | None]]
    dimension: int

    @classmethod
    def open(cls, folder: Path, place: Path, manifest: Manifest) -> "OpenSegments":
        """Read the marks of a generation; its segments lie in ``place``.

        Raises :class:`OSError` or :class:`ValueError` where that cannot be done.
        """
        folders = [
            (
                place / segment.name,
                Live(live_marks(folder, segment)) if segment.live < segment.passages else None,
            )
            for segment in manifest.segments
        ]
        return cls(folders, manifest.dimension)

    def dense(self) -> Dense:
        """Open the vectors."""
        vectors = (LiveVectors(DenseSegment.open(at / DENSE), live) for at, live in self.folders)
        return Dense(vectors, self.dimension)

    def lexical(self, name: str) -> Lexical:
        """Open one of the sets of postings."""
        return Lexical(LivePostings(Postings.open(at / name), live) for at, live in self.folders)
