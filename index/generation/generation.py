"""A generation: what a search reads at one time, made of segments and a few columns.

``<data>/generations/<collection>/<number>/`` holds the columns as NumPy arrays (one value a
passage, in order of position), for each segment of which not all passages are left the marks of
those that are, and ``manifest.json``. The next generation takes the segments over and adds one of
the passages that came; :mod:`index.generation.merging` keeps them few. All of it can be built again
from the store at any time.
"""

import datetime as dt
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.council.in_force import Validity, title_of, titles_touched
from index.errors import IndexDamagedError, IndexOutdatedError, StorageError
from index.generation.columns import Columns
from index.generation.columns_writer import ColumnsWriter, PassageColumns, write_columns
from index.generation.manifest import (
    FORMAT,
    MAKING,
    MANIFEST,
    READ_FOR_S,
    Manifest,
    Segment,
    folder_of,
    live_marks,
    marks_of,
    read_manifest,
    segments_of,
    write_manifest,
)
from index.generation.sealing import seal, sync_folder
from index.generation.segment import Source, write_segment
from index.passage import Collection, Document, DocumentId, DocumentKind
from index.store.rows import ALL_ROWS, Stretch


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a generation takes over: the columns of its passages, its segments and their marks."""

    columns: PassageColumns
    segments: tuple[Segment, ...]
    marks: dict[str, NDArray[np.bool_]]

    def rows_after(self) -> Stretch:
        """Return the rows that come after those of its passages."""
        rows = self.columns.arrays["row"]
        return Stretch(int(rows[-1]) + 1) if len(rows) else ALL_ROWS


_NOTHING = _Kept(PassageColumns.empty(), (), {})


def build(
    source: Source, data: Path, *, anew: bool = False, segments_here: bool = True
) -> Manifest:
    """Build a generation beside the others and give it its name in one move.

    It is built on the one before, unless that or (``segments_here``) one of its segments cannot be
    read, or ``anew`` is set. Nothing reads it until the store names it as published. Raises
    :class:`StorageError` where the disk is full; what was there before is unchanged.
    """
    final = folder_of(data, source.collection, source.generation)
    making = final.with_name(final.name + MAKING)
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        documents = {
            document.document: document
            for document in source.store.documents(source.collection, source.generation)
        }
        kept = _NOTHING if anew else _kept(source, data, documents, segments_here=segments_here)
        manifest = _write(source, data, documents, kept, making)
        seal(making)
        write_manifest(making, manifest)
        _put_in_place(making, final)
    except (OSError, RuntimeError) as error:  # FAISS reports a failed write as RuntimeError
        shutil.rmtree(making, ignore_errors=True)
        message = (
            "the new index could not be written: free disk space in the data folder and run the "
            "command again; the index in use is unchanged"
        )
        raise StorageError(message) from error
    return manifest


def _write(
    source: Source,
    data: Path,
    documents: dict[DocumentId, Document],
    kept: _Kept,
    folder: Path,
) -> Manifest:
    """Write what came as a segment, and the columns of all passages."""
    writer = ColumnsWriter(documents)
    place = segments_of(data, source.collection)
    new = write_segment(source, documents, kept.rows_after(), place, writer.add)
    columns = kept.columns.followed_by(writer.finish())
    columns = _holding_anew(source, documents, columns)
    segments = (*kept.segments, *((new,) if new else ()))
    for segment in kept.segments:
        if segment.live < segment.passages:
            np.save(marks_of(folder, segment), kept.marks[segment.name])
    write_columns(columns, documents, folder)
    return Manifest(
        format=FORMAT,
        collection=source.collection,
        generation=source.generation,
        embedder=source.embedder,
        dimension=source.dimension,
        documents=len(documents),
        passages=len(columns),
        made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        segments=segments,
    )


def _kept(
    source: Source, data: Path, documents: dict[DocumentId, Document], *, segments_here: bool
) -> _Kept:
    """Return what stays of the generation before; nothing where there is none to build on."""
    folder = folder_of(data, source.collection, source.before)
    try:
        before = read_manifest(folder)
        columns = Columns.open(folder)
        marks = [live_marks(folder, segment) for segment in before.segments]
    except (IndexDamagedError, IndexOutdatedError, OSError, ValueError, KeyError):
        return _NOTHING
    place = segments_of(data, source.collection)
    there = all((place / segment.name).is_dir() for segment in before.segments)
    if before.embedder != source.embedder or (segments_here and not there):
        return _NOTHING
    died = source.store.changes.died(source.collection, source.before, source.generation)
    keep = np.isin(columns.row, died, assume_unique=True, invert=True)
    segments, left, start = [], {}, 0
    for segment, live in zip(before.segments, marks, strict=True):
        live[np.flatnonzero(live)] = keep[start : start + segment.live]
        start += segment.live
        if count := int(np.count_nonzero(live)):
            segments.append(replace(segment, live=count))
            left[segment.name] = live
    return _Kept(PassageColumns.kept(columns, keep, documents), tuple(segments), left)


def _holding_anew(
    source: Source, documents: dict[DocumentId, Document], columns: PassageColumns
) -> PassageColumns:
    """Return the columns with the days of the texts on which what came or went has a bearing.

    A new text of an ordinance ends the older ones, a repealing one those that it names.
    """
    changes = source.store.changes
    changed = changes.documents(source.collection, source.before, source.generation)
    touched = {title for document in changed for title in titles_touched(document)}
    validity = Validity(documents.values())
    rows, spans = [], []
    for document in documents.values():
        if document.kind is DocumentKind.ORDINANCE and title_of(document) in touched:
            held = source.store.passages(source.collection, source.generation, document.document)
            for stored in held:
                rows.append(stored.row)
                spans.append(validity.of(document, stored.passage.article))
    return columns.holding(rows, spans) if rows else columns


def _put_in_place(made: Path, final: Path) -> None:
    """Give the folder its name; one that has it is moved out of the way, not missed meanwhile."""
    if final.exists():
        old = final.with_name(final.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
        made.rename(final)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.rename(final)
    sync_folder(final.parent)


def drop_older(data: Path, collection: Collection, keep: int) -> int:
    """Delete generations that nobody reads any more, segments of none, and what was left over.

    Generations from ``keep`` on stay, and those before for as long as a question that began on them
    may take. Return the oldest that stays.
    """
    place = segments_of(data, collection)
    oldest = _oldest_read(place.parent, keep)
    used: set[str] = set()
    for folder in place.parent.iterdir():
        number, _, unfinished = folder.name.partition(".")
        if unfinished or (number.isdigit() and int(number) < oldest):
            shutil.rmtree(folder, ignore_errors=True)
        elif number.isdigit():
            try:
                used.update(segment.name for segment in read_manifest(folder).segments)
            except (IndexDamagedError, IndexOutdatedError):
                return oldest  # nobody knows what it needs
    for folder in place.iterdir():
        if folder.name not in used:
            shutil.rmtree(folder, ignore_errors=True)
    return oldest


def _oldest_read(place: Path, keep: int) -> int:
    """Return the oldest generation that a question may be reading: the next one came only now."""
    older = (int(folder.name) for folder in place.iterdir() if folder.name.isdigit())
    oldest, now = keep, time.time()
    for number in sorted((number for number in older if number < keep), reverse=True):
        try:
            age = now - (place / f"{oldest:06d}" / MANIFEST).stat().st_mtime
        except OSError:
            break
        if not 0 <= age < READ_FOR_S:  # a clock that was set back keeps nothing
            break
        oldest = number
    return oldest
