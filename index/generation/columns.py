"""The columns of a generation: what is known of each passage and document, as arrays on disk."""

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.council.in_force import Validity
from index.generation.document_columns import DocumentColumns, document_columns
from index.generation.memory_map import open_mapped
from index.language import cues
from index.language.tokens import index_terms
from index.passage import Document, DocumentId, Passage, PassageId, PassageKind
from index.record import Role
from index.store.rows import StoredPassage


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a passage, in order of position, memory-mapped.

    ``row``: its row in the store. ``document``: index into ``documents``. ``partner``: position of
    the question passage that it answers, −1 without. ``speaker``: index into ``speakers``, −1
    without. ``kind``: index into ``list(PassageKind)``. ``cues``: the mask of
    :mod:`index.language.cues`. ``length``: characters. ``role``: index into ``list(Role)``, −1
    without. ``turn``: number of the speaker turn, counted through all documents, −1 outside of
    speech. ``since`` and ``until``: the day from which it holds and the first on which it does not,
    as ordinals (:mod:`index.council.in_force`).

    ``asked``: number of the turn that the passage answers, −1 without; ``answering``: the positions
    of those that answer any, in order of ``asked``, and ``answered`` what they answer, so that the
    answers to a turn are found fast. ``of_documents`` holds one value a document.
    """

    row: NDArray[np.int64]
    document: NDArray[np.int32]
    partner: NDArray[np.int32]
    speaker: NDArray[np.int32]
    kind: NDArray[np.int8]
    cues: NDArray[np.int8]
    length: NDArray[np.int32]
    role: NDArray[np.int8]
    turn: NDArray[np.int32]
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    asked: NDArray[np.int32]
    answering: NDArray[np.int32]
    answered: NDArray[np.int32]
    documents: tuple[DocumentId, ...]
    speakers: tuple[str, ...]
    of_documents: DocumentColumns

    @classmethod
    def open(cls, folder: Path) -> "Columns":
        """Open the columns that :class:`ColumnsWriter` wrote, memory-mapped."""
        arrays = {name: open_mapped(folder / f"{name}.npy") for name in (*_TYPES, *_JOINS)}
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        return cls(
            **arrays,
            documents=tuple(DocumentId(name) for name in names["documents"]),
            speakers=tuple(names["speakers"]),
            of_documents=DocumentColumns.open(folder, names["bodies"]),
        )


_TYPES: Mapping[str, type[np.generic]] = {
    "row": np.int64,
    "document": np.int32,
    "partner": np.int32,
    "speaker": np.int32,
    "kind": np.int8,
    "cues": np.int8,
    "length": np.int32,
    "role": np.int8,
    "turn": np.int32,
    "since": np.int32,
    "until": np.int32,
}
_JOINS = ("asked", "answering", "answered")
_NAMES = "names.json"
_KINDS = {kind: number for number, kind in enumerate(PassageKind)}
_ROLES = {role: number for number, role in enumerate(Role)}


class ColumnsWriter:
    """Takes one passage after the other, those of a document together, and writes the columns."""

    def __init__(self, documents: Mapping[DocumentId, Document]) -> None:
        self._documents = documents
        self._validity = Validity(documents.values())
        self._order = {name: number for number, name in enumerate(documents)}
        self._speakers: dict[str, int] = {}
        self._columns = {name: array("q" if name == "row" else "i") for name in _TYPES}
        self._turns = _TurnNumbers()
        self._document: DocumentId | None = None
        self._places: dict[PassageId, int] = {}
        self._answers: list[tuple[int, PassageId]] = []

    def add(self, stored: StoredPassage) -> None:
        """Take the next passage."""
        if stored.document != self._document:
            self._pair_up()
            self._document = stored.document
        passage = stored.passage
        position = len(self._columns["row"])
        self._places[passage.passage_id] = position
        if passage.answers is not None:
            self._answers.append((position, passage.answers))
        since, until = self._validity.of(self._documents[stored.document], passage.article)
        values = {
            "row": stored.row,
            "document": self._order[stored.document],
            "partner": -1,
            "speaker": self._speaker(passage.speaker),
            "kind": _KINDS[passage.kind],
            "cues": cues.given(passage.text),
            "length": len(passage.text),
            "role": -1 if passage.role is None else _ROLES[passage.role],
            "turn": self._turns.of(stored.document, passage.turn),
            "since": since,
            "until": until,
        }
        for name, value in values.items():
            self._columns[name].append(value)

    def finish(self, folder: Path) -> int:
        """Write the columns and return how many passages there are."""
        self._pair_up()
        columns = {
            name: np.asarray(self._columns[name], dtype=kind) for name, kind in _TYPES.items()
        }
        for name, values in columns.items():
            np.save(folder / f"{name}.npy", values)
        _write_joins(columns["partner"], columns["turn"], folder)
        of_documents = document_columns(list(self._documents.values()), columns["document"])
        of_documents.write(folder)
        names = {
            "documents": list(self._order),
            "speakers": list(self._speakers),
            "bodies": list(of_documents.bodies),
        }
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        return len(columns["row"])

    def _speaker(self, name: str | None) -> int:
        return -1 if name is None else self._speakers.setdefault(name, len(self._speakers))

    def _pair_up(self) -> None:
        """Find the questions that the document's answers name: they stand in the same document."""
        partner = self._columns["partner"]
        for position, question in self._answers:
            partner[position] = self._places.get(question, -1)
        self._answers.clear()
        self._places.clear()


class ContextWords:
    """The terms of what stands around a passage; the strings met of late are cut only once."""

    _MOST = 100_000

    def __init__(self, cut: Callable[[str], list[str]] = index_terms) -> None:
        self._cut = cut
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
            self._known[text] = self._cut(text)
        return self._known[text]


class _TurnNumbers:
    """Counts the turns of all documents, whose passages stand together."""

    def __init__(self) -> None:
        self._last: tuple[DocumentId, int] | None = None
        self._count = -1

    def of(self, document: DocumentId, turn: int | None) -> int:
        if turn is None:
            return -1
        if self._last != (document, turn):
            self._last = (document, turn)
            self._count += 1
        return self._count


def _write_joins(partner: NDArray[np.generic], turn: NDArray[np.generic], folder: Path) -> None:
    """Write which turn each passage answers, and the answering passages in order of it."""
    partners, turns = np.asarray(partner, dtype=np.int32), np.asarray(turn, dtype=np.int32)
    asked = np.where(partners >= 0, turns[partners], -1) if len(turns) else turns
    answering = np.flatnonzero(asked >= 0)
    answering = answering[np.argsort(asked[answering], kind="stable")]
    joins: Sequence[tuple[str, NDArray[np.generic]]] = (
        ("asked", asked),
        ("answering", answering),
        ("answered", asked[answering]),
    )
    for name, values in joins:
        np.save(folder / f"{name}.npy", values.astype(np.int32))
