"""What a link leads to in the newest generation: the same words, those in their place, or nothing.

Everything is looked up in the index by its name; no name from a link is ever made into a path.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.viewer import fingerprint
from index.passage import Collection, Copy, Document, DocumentId, Passage, PassageId
from index.store.rows import Known
from index.store.store import FILE_NAME, Store

Originals = Callable[[Copy, str], bytes | None]
"""Gives the bytes of a file at its place where they have the given SHA-256, else ``None``."""


class Standing(Enum):
    """How the words that a link was made for stand today."""

    SAME = "same"
    """They are in the document, under the same id or another one."""
    REPLACED = "replaced"
    """The document was read anew and says something else; the nearest passage is shown."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage, the ``at``-th (from 0) of ``passages``, which are all of the document in order."""

    document: Document
    known: Known
    passages: tuple[Passage, ...]
    at: int
    standing: Standing
    generation: int

    @property
    def passage(self) -> Passage:
        """The passage that the link leads to."""
        return self.passages[self.at]


@dataclass(frozen=True, slots=True)
class Library:
    """The published documents of a collection. Use it from any thread."""

    data: Path
    collection: Collection
    originals: Originals

    @contextmanager
    def _opened(self) -> Iterator[tuple[Store, int] | None]:
        if not (self.data / FILE_NAME).is_file():
            yield None
            return
        store = Store.open(self.data)
        try:
            yield store, store.generation(self.collection)
        finally:
            store.close()

    def cited(self, document: DocumentId, passage: PassageId, words: bytes) -> Cited | None:
        """Return where the words with the fingerprint ``words`` stand today.

        ``None`` where the document is no longer in the index, or nothing of it could be read.
        """
        with self._opened() as opened:
            if opened is None:
                return None
            store, generation = opened
            known = store.held_as(self.collection, generation, document)
            if known is None:
                return None
            held = store.document(self.collection, generation, document)
            rows = store.passages(self.collection, generation, document)
            passages = tuple(stored.passage for stored in rows)
        if not passages:
            return None
        at, standing = _place(passages, passage, words)
        return Cited(held, known, passages, at, standing, generation)

    def held(self, document: DocumentId) -> tuple[Document, Known] | None:
        """Return a document and where its file stands; ``None`` where the index has none such."""
        with self._opened() as opened:
            if opened is None:
                return None
            store, generation = opened
            known = store.held_as(self.collection, generation, document)
            if known is None:
                return None
            return store.document(self.collection, generation, document), known

    def counts(self, before: tuple[int, int, int] | None = None) -> tuple[int, int, int]:
        """Return the published generation and how many documents and passages it has.

        ``before`` is what was returned last: a generation is counted once.
        """
        with self._opened() as opened:
            if opened is None:
                return 0, 0, 0
            store, generation = opened
            if before is not None and before[0] == generation:
                return before
            counts = store.counts(self.collection, generation)
            documents = len(store.known(self.collection, generation))
            return generation, documents, sum(counts.values())

    def original(self, document: Document, known: Known) -> bytes | None:
        """Return the file that the document was read from, from its place or that of a copy.

        ``None`` where none of them is there any more with the bytes that were read.
        """
        places = (Copy(document.document, known.root), *document.copies)
        for place in places:
            content = self.originals(place, document.content_hash)
            if content is not None:
                return content
        return None


def _place(passages: tuple[Passage, ...], wanted: PassageId, words: bytes) -> tuple[int, Standing]:
    """Return the place of the words, or that of the passage that is nearest to them."""
    ordinal = _ordinal(wanted, len(passages))
    prints = [fingerprint.fingerprint(passage.text) for passage in passages]
    same = [at for at, each in enumerate(prints) if fingerprint.is_same(each, words)]
    if same:
        return min(same, key=lambda at: abs(at - ordinal)), Standing.SAME
    nearest = min(
        range(len(passages)),
        key=lambda at: (fingerprint.apart(prints[at], words), abs(at - ordinal)),
    )
    if fingerprint.apart(prints[nearest], words) <= fingerprint.MOST_APART:
        return nearest, Standing.REPLACED
    return ordinal, Standing.REPLACED


def _ordinal(name: PassageId, count: int) -> int:
    """Return where a passage of that name would stand among ``count``."""
    number = name.rpartition("-")[2]
    return min(int(number), count - 1) if number.isascii() and number.isdigit() else 0
