"""What a document went on as: its file was moved, or its final version took its place."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.passage import Collection, DocumentId


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
    """The table of successors, over the store's own connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, collection: Collection, document: DocumentId, successor: Successor) -> None:
        """Note which document stands for one. Call it inside a transaction."""
        self._connection.execute(
            "INSERT OR REPLACE INTO successors VALUES (?, ?, ?, ?)",
            (collection, document, successor.document, successor.why),
        )

    def forget(self, collection: Collection, document: DocumentId) -> None:
        """Let a document stand for itself again. Call it inside a transaction."""
        self._connection.execute(
            "DELETE FROM successors WHERE collection = ? AND document = ?", (collection, document)
        )

    def all(self, collection: Collection) -> Mapping[DocumentId, Successor]:
        """Return every document that another one stands for."""
        rows = self._connection.execute(
            "SELECT document, successor, why FROM successors WHERE collection = ?", (collection,)
        )
        return {
            DocumentId(document): Successor(DocumentId(successor), Why(why))
            for document, successor, why in rows
        }
