"""What a document went on as: its file was moved, or its final version took its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.passage import Collection, DocumentId
from index.store.database import Database


class Why(StrEnum):
    """Why another document stands for one."""

    MOVED = "moved"
    """It has the same bytes under another name."""
    FINAL = "final"
    """It is the final version of a draft."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The document that stands for another one."""

    document: DocumentId
    why: Why


class Successors:
    """The table of successors, over the store's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, collection: Collection, document: DocumentId, successor: Successor) -> None:
        """Note which document stands for one. Call it inside a transaction."""
        self._database.execute(
            "INSERT INTO successors VALUES (?, ?, ?, ?) ON CONFLICT (collection, document) "
            "DO UPDATE SET successor = excluded.successor, why = excluded.why",
            (collection, document, successor.document, successor.why),
        )

    def forget(self, collection: Collection, document: DocumentId) -> None:
        """Let a document stand for itself again. Call it inside a transaction."""
        self._database.execute(
            "DELETE FROM successors WHERE collection = ? AND document = ?", (collection, document)
        )

    def all(self, collection: Collection) -> Mapping[DocumentId, Successor]:
        """Return every document that another one stands for."""
        rows = self._database.execute(
            "SELECT document, successor, why FROM successors WHERE collection = ?", (collection,)
        )
        return {
            DocumentId(document): Successor(DocumentId(successor), Why(why))
            for document, successor, why in rows
        }
