"""What a link leads to in the newest generation: the same words, those in their place, or nothing.

Everything is looked up in the index by its name; no name from a link is ever made into a path.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum

from bot.viewer import fingerprint
from index.passage import (
    Collection,
    Copy,
    Document,
    DocumentId,
    Passage,
    PassageId,
    document_key,
)
from index.store.rows import Known
from index.store.store import Store
from index.store.successors import Successor, Why
from index.upkeep.condition import Condition, condition_of
from index.where import Where

Originals = Callable[[Copy, str], bytes | None]
"""Gives the bytes of a file at its place where they have the given SHA-256, else ``None``."""


class Standing(Enum):
    """How the words that a link was made for stand today."""

    SAME = "same"
    """They are in the document, under the same id or another one."""
    REPLACED = "replaced"
    """The document was read anew and says something else; the nearest passage is shown."""
    FINAL = "final"
    """The link was made for a draft; where its words stand in the final version is shown."""
    FINAL_OTHERWISE = "final_otherwise"
    """The same, and the final version says something else."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage, the ``at``-th (from 0) of ``passages``, which are all of the document in order."""

    document: Document
    known: Known
    passages: tuple[Passage, ...]
    at: int
    standing: Standing

    @property
    def key(self) -> str:
        """The document's key."""
        return document_key(self.document.document)

    @property
    def passage(self) -> Passage:
        """The passage that the link leads to."""
        return self.passages[self.at]


class Library:
    """The published documents of a collection. Use it from any thread."""

    def __init__(self, where: Where, collection: Collection, originals: Originals) -> None:
        self._where = where
        self._collection = collection
        self._originals = originals
        self._names: tuple[str, Mapping[str, DocumentId]] = ("", {})
        self._counts: tuple[str, tuple[int, int, int]] = ("", (0, 0, 0))

    def cited(self, key: str, passage: PassageId, words: bytes) -> Cited | None:
        """Return where the words with the fingerprint ``words`` stand today.

        ``key`` is the document's. ``None`` where the document is no longer in the index, or
        nothing of it could be read.
        """
        with self._opened() as (store, generation):
            found, why = self._found(store, generation, key), None
            passages = self._passages(store, generation, found)
            if not passages and (successor := self._successor(store, key)):
                found, why = (
                    self._found(store, generation, document_key(successor.document)),
                    successor.why,
                )
                passages = self._passages(store, generation, found)
        if found is None or not passages:
            return None
        at, standing = _place(passages, passage, words)
        if why is Why.FINAL:
            same = standing is Standing.SAME
            standing = Standing.FINAL if same else Standing.FINAL_OTHERWISE
        return Cited(*found, passages, at, standing)

    def held(self, key: str) -> tuple[Document, Known] | None:
        """Return a document and what is held of it; ``None`` where the index has none such."""
        with self._opened() as (store, generation):
            return self._found(store, generation, key)

    def counts(self) -> tuple[int, int, int]:
        """Return the published generation and how many documents and passages it has."""
        with self._opened() as (store, generation):
            state = self._state(store, generation)
            if self._counts[0] != state:
                passages = sum(store.counts(self._collection, generation).values())
                documents = len(store.known(self._collection, generation))
                self._counts = state, (generation, documents, passages)
            return self._counts[1]

    def condition(self) -> Condition:
        """Return of how many segments the index is, and how old it and its last backup are."""
        return condition_of(self._where, self._collection)

    def original(self, document: Document, known: Known) -> bytes | None:
        """Return the file that the document was read from, from its place or that of a copy.

        ``None`` where none of them is there any more with the bytes that were read.
        """
        places = (Copy(document.document, known.root), *document.copies)
        for place in places:
            content = self._originals(place, document.content_hash)
            if content is not None:
                return content
        return None

    @contextmanager
    def _opened(self) -> Iterator[tuple[Store, int]]:
        """Open the store and the number of the published generation, 0 where there is none."""
        store = Store.open(self._where)
        try:
            yield store, store.generation(self._collection)
        finally:
            store.close()

    def _state(self, store: Store, generation: int) -> str:
        """Return what is another one once anything was published, or put back from a copy."""
        return f"{generation} {store.meta(self._collection, 'last_ingest')}"

    def _passages(
        self, store: Store, generation: int, found: tuple[Document, Known] | None
    ) -> tuple[Passage, ...]:
        if found is None:
            return ()
        rows = store.passages(self._collection, generation, found[0].document)
        return tuple(stored.passage for stored in rows)

    def _successor(self, store: Store, key: str) -> Successor | None:
        """Return what stands for a document that is gone or not searched, in the end."""
        held = store.successors.all(self._collection)
        successors = {document_key(name): successor for name, successor in held.items()}
        found, final = successors.pop(key, None), False
        while found is not None:
            final = final or found.why is Why.FINAL
            further = successors.pop(document_key(found.document), None)
            if further is None:
                return replace(found, why=Why.FINAL if final else found.why)
            found = further
        return None

    def _found(self, store: Store, generation: int, key: str) -> tuple[Document, Known] | None:
        state = self._state(store, generation)
        if self._names[0] != state:
            names = store.known(self._collection, generation)
            self._names = state, {document_key(name): name for name in names}
        name = self._names[1].get(key)
        known = None if name is None else store.held_as(self._collection, generation, name)
        if name is None or known is None:
            return None
        return store.document(self._collection, generation, name), known


class Libraries:
    """The published documents of every collection. Use it from any thread."""

    def __init__(self, where: Where, originals: Originals) -> None:
        self._where = where
        self._originals = originals
        self._known: dict[Collection, Library] = {}

    def of(self, collection: Collection) -> Library:
        """Return the documents of one collection."""
        return self._known.setdefault(collection, Library(self._where, collection, self._originals))

    def collections(self) -> list[Collection]:
        """Return the collections that there are now."""
        store = Store.open(self._where)
        try:
            return store.collections()
        finally:
            store.close()


def _place(passages: tuple[Passage, ...], wanted: PassageId, words: bytes) -> tuple[int, Standing]:
    """Return the place of the words, or that of the passage that is nearest to them."""
    ordinal = _ordinal(wanted, len(passages))
    if fingerprint.is_same(fingerprint.fingerprint(passages[ordinal].text), words):
        return ordinal, Standing.SAME
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
