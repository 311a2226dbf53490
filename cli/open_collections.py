"""The collections of a data folder, open for the bot: each by itself, the model loaded once."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.united import UnitedAnswerer
from cli.open_index import OpenIndex
from cli.options import Place
from cli.published_documents import Shelf, open_shelf
from index.passage import Collection, Document, Passage

Collections = frozenset[Collection]
T = TypeVar("T")


class OpenCollections:
    """What the bot asks: always of some collections, and it is told of nothing but these."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._opened = {place.collection: OpenIndex.open(place, follows=True)}

    def answerer(self, sees: Collections) -> UnitedAnswerer:
        """Return an answerer on the newest published generation of each.

        Use it from one thread at a time.
        """
        held = self.generations(sees)
        names = sorted(name for name in sees if held[name]) or sorted(sees)[:1]
        return UnitedAnswerer({name: self._index(name).answerer() for name in names})

    def documents(self, sees: Collections) -> list[Document]:
        """Return the documents of these collections."""
        return [each for name in sorted(sees) for each in self._look(name, Shelf.documents)]

    def ingested(self, sees: Collections) -> dt.datetime | None:
        """Return when any of them was last changed."""
        notes = (self._look(name, lambda shelf: shelf.note("last_ingest")) for name in sees)
        return max((dt.datetime.fromisoformat(note) for note in notes if note), default=None)

    def generations(self, sees: Collections) -> Mapping[Collection, int]:
        """Return the published generation of each, 0 where there is none."""
        return {name: self._look(name, lambda shelf: shelf.generation) for name in sees}

    def passages(self, document: Document) -> list[Passage]:
        """Return the passages of a document, in order."""
        return self._look(document.collection, lambda shelf: shelf.passages(document.document))

    def _index(self, name: Collection) -> OpenIndex:
        if name not in self._opened:
            first = next(iter(self._opened.values()))
            self._opened[name] = first.beside(replace(self._place, collection=name))
        return self._opened[name]

    def _look(self, name: Collection, look: Callable[[Shelf], T]) -> T:
        with open_shelf(replace(self._place, collection=name)) as shelf:
            return look(shelf)
