"""What differs between the documents that were there and those that are. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from index.passage import Document, DocumentId


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a document that was there: enough to tell later what became of it."""

    document: DocumentId
    title: str
    content_hash: str
    readable: bool
    day: date | None = None
    body: str | None = None

    def says_the_same(self, document: Document) -> bool:
        """Tell whether what it says is no news in another document.

        It is that one in an earlier form, or of the same meeting, or it had the same title and day.
        """
        own = {(self.day, self.body), (self.day, self.title)} if self.day else {(None, self.title)}
        theirs = {(document.date, document.body), (document.date, document.title)}
        return self.document == document.document or not own.isdisjoint(theirs)


@dataclass(frozen=True, slots=True)
class Changes:
    """Documents that were added, have other bytes, could not be read, went, or have another name.

    ``held`` is how many there were before: none at the first time.
    """

    added: tuple[Document, ...] = ()
    changed: tuple[Document, ...] = ()
    unread: tuple[Document, ...] = ()
    removed: tuple[Seen, ...] = ()
    moved: tuple[Document, ...] = ()
    held: int = 0

    def __bool__(self) -> bool:
        """Tell whether there is anything to be told."""
        return bool(self.added or self.changed or self.unread or self.removed or self.moved)

    @property
    def with_warnings(self) -> tuple[Document, ...]:
        """The documents among what is new that need a look."""
        return tuple(each for each in (*self.added, *self.changed) if each.warnings)


def seen_of(document: Document) -> Seen:
    """Return what is kept of a document."""
    return Seen(
        document.document,
        document.title,
        document.content_hash,
        document.readable,
        document.date,
        document.body,
    )


def changes_between(before: Iterable[Seen], after: Iterable[Document]) -> Changes:
    """Return what changed. A file that has only another name is neither new nor gone."""
    known = {seen.document: seen for seen in before}
    now = {document.document: document for document in after}
    went = {name: seen for name, seen in known.items() if name not in now}
    by_bytes = {seen.content_hash: seen for seen in went.values() if seen.content_hash}
    added, changed, unread, moved = [], [], [], []
    for name, document in now.items():
        old = known.get(name)
        if old is None and document.content_hash in by_bytes:
            went.pop(by_bytes.pop(document.content_hash).document)
            moved.append(document)
        elif not document.readable:
            if old is None or old.readable or old.content_hash != document.content_hash:
                unread.append(document)
        elif old is None or not old.readable:
            added.append(document)
        elif old.content_hash != document.content_hash:
            changed.append(document)
    removed = tuple(seen for seen in went.values() if seen.readable)
    return Changes(
        tuple(_newest_first(added)),
        tuple(_newest_first(changed)),
        tuple(unread),
        removed,
        tuple(moved),
        held=len(known),
    )


def _newest_first(documents: Iterable[Document]) -> Iterator[Document]:
    yield from sorted(documents, key=lambda each: each.date or date.min, reverse=True)
