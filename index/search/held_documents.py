"""The documents of one generation, each read from the store when it is first asked for."""

from collections.abc import Iterator, Mapping, Sequence

from index.passage import Collection, Document, DocumentId
from index.store.store import Store, outdated


class HeldDocuments(Mapping[DocumentId, Document]):
    """A mapping by name, in order of it; opening an index of 20,000 documents reads none."""

    def __init__(
        self, store: Store, collection: Collection, generation: int, names: Sequence[DocumentId]
    ) -> None:
        self._store = store
        self._collection = collection
        self._generation = generation
        self._names = dict.fromkeys(names)
        self._known: dict[DocumentId, Document] = {}

    def __getitem__(self, name: DocumentId) -> Document:
        """Return a document. Raises :class:`KeyError` where the generation does not hold it.

        Raises :class:`IndexOutdatedError` where it is of a generation long replaced.
        """
        if name not in self._names:
            raise KeyError(name)
        if name not in self._known:
            try:
                self._known[name] = self._store.document(self._collection, self._generation, name)
            except KeyError as error:
                raise outdated() from error
        return self._known[name]

    def __iter__(self) -> Iterator[DocumentId]:
        """Iterate over the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self._names)

    def all(self) -> list[Document]:
        """Return all documents, ordered by name, read in one go."""
        if len(self._known) < len(self._names):
            held = self._store.documents(self._collection, self._generation)
            self._known.update({document.document: document for document in held})
            if not self._names.keys() <= self._known.keys():
                raise outdated()
        return [self._known[name] for name in self._names]
