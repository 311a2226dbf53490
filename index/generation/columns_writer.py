"""The columns of a generation as they are made: of new passages, and of those that stay."""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.council.in_force import Validity
from index.generation.columns import JOINS, NAMES, TYPES, Columns
from index.generation.document_columns import document_columns
from index.language import cues
from index.passage import Document, DocumentId, PassageId, PassageKind
from index.record import Role
from index.store.rows import StoredPassage

_KINDS = {kind: number for number, kind in enumerate(PassageKind)}
_ROLES = {role: number for number, role in enumerate(Role)}


Numbers = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class PassageColumns:
    """One value a passage for each name of :data:`index.generation.columns.TYPES`, in order."""

    arrays: Mapping[str, Numbers]
    speakers: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self.arrays["row"])

    @classmethod
    def empty(cls) -> "PassageColumns":
        """Return the columns of no passage."""
        return cls({name: np.empty(0, dtype=kind) for name, kind in TYPES.items()}, ())

    @classmethod
    def kept(
        cls, columns: Columns, keep: NDArray[np.bool_], documents: Iterable[DocumentId]
    ) -> "PassageColumns":
        """Return the columns of the passages that stay, numbered as if there had been no others.

        ``keep`` is one mark a passage; a document stays whole or goes whole. ``documents`` are
        those of the generation that is made.
        """
        order = {name: number for number, name in enumerate(documents)}
        placed = np.array([order.get(name, -1) for name in columns.documents], dtype=np.int32)
        standing = np.append(np.cumsum(keep) - keep, -1)  # the last one is for "none"
        arrays = {name: np.asarray(getattr(columns, name))[keep] for name in TYPES}
        arrays["document"] = placed[arrays["document"]]
        arrays["partner"] = standing[arrays["partner"]]
        arrays["turn"] = _counted(arrays["turn"])
        speakers, arrays["speaker"] = _by_appearance(columns.speakers, arrays["speaker"])
        return cls(_typed(arrays), speakers)

    def followed_by(self, other: "PassageColumns") -> "PassageColumns":
        """Return these and then the others, numbered through."""
        numbers = {name: at for at, name in enumerate(self.speakers)}
        speaker = [numbers.setdefault(name, len(numbers)) for name in other.speakers]
        more = dict(other.arrays)
        more["partner"] = np.where(more["partner"] < 0, -1, more["partner"] + len(self))
        turns = int(self.arrays["turn"].max(initial=-1)) + 1
        more["turn"] = np.where(more["turn"] < 0, -1, more["turn"] + turns)
        more["speaker"] = np.append(speaker, -1)[more["speaker"]]
        joined = {name: np.concatenate([self.arrays[name], more[name]]) for name in TYPES}
        return PassageColumns(_typed(joined), tuple(numbers))

    def holding(self, rows: Sequence[int], spans: Sequence[tuple[int, int]]) -> "PassageColumns":
        """Return these with other first and last days (``since``, ``until``) for some rows."""
        arrays = dict(self.arrays)
        places = np.searchsorted(arrays["row"], np.asarray(rows, dtype=np.int64))
        for name, days in zip(("since", "until"), zip(*spans, strict=True), strict=False):
            arrays[name] = arrays[name].copy()
            arrays[name][places] = days
        return PassageColumns(arrays, self.speakers)


def _typed(arrays: Mapping[str, Numbers]) -> dict[str, Numbers]:
    return {name: arrays[name].astype(kind, copy=False) for name, kind in TYPES.items()}


def _counted(turns: Numbers) -> Numbers:
    """Return the numbers of turns without gaps; −1 stays."""
    left = np.unique(turns[turns >= 0])
    return np.where(turns < 0, -1, np.searchsorted(left, turns))


def _by_appearance(names: Sequence[str], of: Numbers) -> tuple[tuple[str, ...], Numbers]:
    """Return the names that are left in the order in which they first appear, and their numbers."""
    left, first = np.unique(of[of >= 0], return_index=True)
    left = left[np.argsort(np.flatnonzero(of >= 0)[first])] if len(left) else left
    numbers = np.full(len(names) + 1, -1, dtype=np.int32)  # the last one is for "none"
    numbers[left] = np.arange(len(left))
    return tuple(names[at] for at in left.tolist()), numbers[of]


class ColumnsWriter:
    """Takes one passage after the other, those of a document together."""

    def __init__(self, documents: Mapping[DocumentId, Document]) -> None:
        self._documents = documents
        self._validity = Validity(documents.values())
        self._order = {name: number for number, name in enumerate(documents)}
        self._speakers: dict[str, int] = {}
        self._columns = {name: array("q" if name == "row" else "i") for name in TYPES}
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

    def finish(self) -> PassageColumns:
        """Return the columns of the passages taken."""
        self._pair_up()
        arrays = {name: np.asarray(self._columns[name], dtype=kind) for name, kind in TYPES.items()}
        return PassageColumns(arrays, tuple(self._speakers))

    def _speaker(self, name: str | None) -> int:
        return -1 if name is None else self._speakers.setdefault(name, len(self._speakers))

    def _pair_up(self) -> None:
        """Find the questions that the document's answers name: they stand in the same document."""
        partner = self._columns["partner"]
        for position, question in self._answers:
            partner[position] = self._places.get(question, -1)
        self._answers.clear()
        self._places.clear()


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


def write_columns(
    columns: PassageColumns, documents: Mapping[DocumentId, Document], folder: Path
) -> None:
    """Write the columns of all passages and documents of a generation into a folder."""
    for name, values in columns.arrays.items():
        np.save(folder / f"{name}.npy", values)
    joins = _joins(columns.arrays["partner"], columns.arrays["turn"])
    for name, values in zip(JOINS, joins, strict=True):
        np.save(folder / f"{name}.npy", values.astype(np.int32))
    of_documents = document_columns(list(documents.values()), columns.arrays["document"])
    of_documents.write(folder)
    names = {
        "documents": list(documents),
        "speakers": columns.speakers,
        "bodies": of_documents.bodies,
    }
    (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _joins(partner: Numbers, turn: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return which turn each passage answers, and the answering passages in order of it."""
    asked = np.where(partner >= 0, turn[partner], -1) if len(turn) else turn
    answering = np.flatnonzero(asked >= 0)
    answering = answering[np.argsort(asked[answering], kind="stable")]
    return asked, answering, asked[answering]
