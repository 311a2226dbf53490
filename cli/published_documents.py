"""Opening the index for a command: with the model where it must search, without where not."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cli.options import Place
from index.errors import DocumentNotFoundError, KirokuError
from index.passage import Collection, Document, DocumentId, Passage
from index.store.opening import holds_index
from index.store.store import Store


@dataclass(frozen=True, slots=True)
class Shelf:
    """The published documents, for commands that only look: no model is loaded for them."""

    store: Store | None
    collection: Collection
    generation: int = 0

    def documents(self) -> list[Document]:
        """Return the documents, ordered by path."""
        return [] if self.store is None else self.store.documents(self.collection, self.generation)

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return the passages of a document, in order."""
        if self.store is None:
            return []
        held = self.store.passages(self.collection, self.generation, document)
        return [stored.passage for stored in held]

    def counts(self) -> dict[DocumentId, int]:
        """Return how many passages each document has."""
        return {} if self.store is None else self.store.counts(self.collection, self.generation)

    def note(self, key: str) -> str | None:
        """Return one of the index's notes about itself, such as ``last_ingest``."""
        return None if self.store is None else self.store.meta(self.collection, key)


@contextmanager
def open_shelf(place: Place) -> Iterator[Shelf]:
    """Open the published documents; a data folder without an index gives an empty shelf."""
    if not holds_index(place.index):
        yield Shelf(None, place.collection)
        return
    store = Store.open(place.index)
    try:
        yield Shelf(store, place.collection, store.generation(place.collection))
    finally:
        store.close()


def made_with(place: Place) -> str | None:
    """Return the name of the vectors in the index; None where there are none, or none to be read.

    An index that cannot be read is told of by whoever opens it.
    """
    with contextlib.suppress(KirokuError), open_shelf(place) as shelf:
        return shelf.note("embedder")
    return None


def find_document(documents: Sequence[Document], wanted: str, *, exact: bool = False) -> Document:
    """Return the document named by its path, or by a part of path or title that only one has.

    ``exact`` takes the path alone.

    Raises :class:`DocumentNotFoundError` where none or several match.
    """
    for document in documents:
        if document.document == wanted:
            return document
    matching = [] if exact else [d for d in documents if wanted in d.document or wanted in d.title]
    if len(matching) == 1:
        return matching[0]
    if matching:
        names = ", ".join(d.document for d in matching[:5])
        message = f"{wanted!r} fits several documents ({names}…): name one by its path"
    else:
        message = f"no document {wanted!r} in the index: `kiroku documents` lists them"
    raise DocumentNotFoundError(message)
