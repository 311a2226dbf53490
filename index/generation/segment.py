"""A segment: the passages that came with one publication, searchable, in files that never change.

``<data>/generations/<collection>/segments/<name>/`` holds ``dense.faiss`` and three sets of
postings (``words``, ``pairs``, ``context``). A generation is made of segments, in order of their
rows; which of their passages are still there, the generation says.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexDamagedError
from index.generation import dense_segment
from index.generation.manifest import MAKING, Segment
from index.generation.postings_writer import PostingsWriter
from index.generation.sealing import seal, sync_folder
from index.language.tokens import character_pairs, index_terms
from index.passage import Collection, Document, DocumentId, Passage
from index.store.rows import StoredPassage, Stretch
from index.store.store import Store

DENSE = "dense.faiss"
USUAL = {"words": 50.0, "pairs": 85.0, "context": 24.0}
"""The sets of postings, and how many tokens a passage of usual length has in each."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a segment is built from: a generation of a collection in the store, and its vectors.

    ``before`` is the generation that it follows on, 0 where it follows on none.
    """

    store: Store
    collection: Collection
    generation: int
    embedder: str
    dimension: int
    before: int = 0


def write_segment(
    source: Source,
    documents: dict[DocumentId, Document],
    rows: Stretch,
    place: Path,
    also: Callable[[StoredPassage], object] = lambda _: None,
) -> Segment | None:
    """Write the passages of a stretch of rows as a segment into the folder ``place``.

    ``documents`` are those of the generation; ``also`` is shown each passage. Return ``None`` where
    there is no passage. Raises :class:`OSError` or :class:`RuntimeError` (of FAISS) where the disk
    is full, and :class:`IndexDamagedError` where vectors are missing; what was there before is
    unchanged.
    """
    name = f"{source.generation:06d}-{uuid.uuid4().hex[:8]}"
    making = place / f"{name}{MAKING}"
    try:
        count = _write_postings(source, documents, rows, making, also)
        if not count:
            return None
        vectors = source.store.vectors.of(
            source.collection, source.embedder, source.generation, rows
        )
        embedded = dense_segment.build(vectors, source.dimension, making / DENSE)
        if embedded != count:  # each would stand for another passage
            message = (
                f"vectors of {count - embedded} passages are missing in the store: "
                "run `kiroku verify --repair`; the index in use is unchanged"
            )
            raise IndexDamagedError(message)
        seal(making)
        making.rename(place / name)
        sync_folder(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Segment(name, count, count)


def _write_postings(
    source: Source,
    documents: dict[DocumentId, Document],
    rows: Stretch,
    folder: Path,
    also: Callable[[StoredPassage], object],
) -> int:
    """Write the postings, one passage after the other; return how many there are."""
    context = _ContextWords()
    writers = {name: PostingsWriter(folder / name, usual) for name, usual in USUAL.items()}
    count = 0
    held = source.store.changes.passages_between(source.collection, source.generation, rows)
    for stored in held:
        also(stored)
        writers["words"].add(stored.words)
        writers["pairs"].add(character_pairs(stored.passage.text))
        writers["context"].add(context.of(documents[stored.document], stored.passage))
        count += 1
    for writer in writers.values() if count else ():
        writer.finish()
    return count


class _ContextWords:
    """The terms of what stands around a passage; the strings met of late are cut only once."""

    _MOST = 100_000

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def of(self, document: Document, passage: Passage) -> list[str]:
        """Return the terms of title, headings, body, speaker and article."""
        return [word for part in self._parts(document, passage) for word in self._words(part)]

    @staticmethod
    def _parts(document: Document, passage: Passage) -> Iterator[str]:
        yield document.title
        yield from passage.heading
        for part in (document.body, passage.speaker, passage.article):
            if part:
                yield part

    def _words(self, text: str) -> list[str]:
        if text not in self._known:
            if len(self._known) >= self._MOST:
                self._known.clear()
            self._known[text] = index_terms(text)
        return self._known[text]
