"""Segments are merged behind: few of them make a fast search, and few merges a fast publication.

A merge builds one segment of several neighbours from the store and puts it in their place in the
manifest. Positions do not change, so the columns stay, and so does the number of the generation.
The files of those that were merged go with the next publication: somebody may be reading them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.generation.columns import Columns
from index.generation.manifest import (
    Manifest,
    Segment,
    folder_of,
    read_manifest,
    segments_of,
    write_manifest,
)
from index.generation.segment import Source, write_segment
from index.store.rows import Stretch

MOST = 12
"""Segments that a generation may have before some are merged."""
_LEAST_LIVE = 0.5
"""Share of a segment's passages that are left, below which it is made anew without the others."""


def to_merge(segments: Sequence[Segment]) -> slice | None:
    """Return which neighbours are to be made one; ``None`` where all are well as they are.

    Of too many, the last ones: as many as there are before one that is larger than all behind it
    together. So a passage is written anew each time that what is around it has doubled.
    """
    for at, segment in enumerate(segments):
        if segment.live < _LEAST_LIVE * segment.passages:
            return slice(at, at + 1)
    if len(segments) <= MOST:
        return None
    behind, start = 0, len(segments)
    for at in range(len(segments) - 1, -1, -1):
        if segments[at].live <= behind:
            start = at
        behind += segments[at].live
    return slice(min(start, len(segments) - 2), len(segments))


def merge(source: Source, data: Path) -> None:
    """Merge what is to be merged of the published generation.

    Raises :class:`OSError` or :class:`RuntimeError` (of FAISS) where the disk is full; the
    generation is then as it was.
    """
    folder = folder_of(data, source.collection, source.generation)
    for manifest in merged(source, data):
        write_manifest(folder, manifest)


def merged(source: Source, data: Path) -> Iterator[Manifest]:
    """Merge; yield the manifest after each merge, to be put in the place of the one before."""
    manifest = read_manifest(folder_of(data, source.collection, source.generation))
    while (chosen := to_merge(manifest.segments)) is not None:
        manifest = _merged(source, data, manifest, chosen)
        yield manifest


def _merged(source: Source, data: Path, manifest: Manifest, chosen: slice) -> Manifest:
    """Write one segment of the chosen ones; return the manifest with it in their place."""
    folder = folder_of(data, source.collection, source.generation)
    ends = np.cumsum([segment.live for segment in manifest.segments])
    columns = Columns.open(folder)
    first = int(ends[chosen.start - 1]) if chosen.start else 0
    rows = Stretch(int(columns.row[first]), int(columns.row[ends[chosen.stop - 1] - 1]))
    documents = {
        document.document: document
        for document in source.store.documents(source.collection, source.generation)
    }
    place = segments_of(data, source.collection)
    made = write_segment(source, documents, rows, place)
    segments = list(manifest.segments)
    segments[chosen] = [made] if made else []
    return replace(manifest, segments=tuple(segments))
