"""The columns of a generation: what is known of each passage and document, as arrays on disk."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.generation.document_columns import DocumentColumns
from index.generation.memory_map import open_mapped
from index.passage import DocumentId


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
        """Open the columns that :mod:`index.generation.columns_writer` wrote, memory-mapped."""
        arrays = {name: open_mapped(folder / f"{name}.npy") for name in (*TYPES, *JOINS)}
        names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
        return cls(
            **arrays,
            documents=tuple(DocumentId(name) for name in names["documents"]),
            speakers=tuple(names["speakers"]),
            of_documents=DocumentColumns.open(folder, names["bodies"]),
        )


TYPES: Mapping[str, type[np.signedinteger[Any]]] = {
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
"""The columns that are read from the passages one by one."""
JOINS = ("asked", "answering", "answered")
"""Those that are made of the others."""
NAMES = "names.json"
