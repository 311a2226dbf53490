"""What a search must know of each document, as arrays: opening an index reads no document."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.council.in_force import Validity, title_of
from index.language.dates import find_dates
from index.passage import Document, DocumentKind

_FILE = "documents.npz"
KINDS = {kind: number for number, kind in enumerate(DocumentKind)}


@dataclass(frozen=True, slots=True)
class DocumentColumns:
    """One value a document, in the order of ``Columns.documents``.

    ``day`` is the date's ordinal, 0 without one; ``kind`` an index into ``list(DocumentKind)``,
    ``body`` one into ``bodies``, −1 without. ``japanese`` and ``superseded`` (by a later text of
    the same ordinance) mark documents. ``holds`` (n, 2) are the first day on which a document says
    how things stand, and the day from which none of it does: see :mod:`index.council.in_force`.
    ``bounds`` (n, 2) holds the positions of the first and last passages. ``spans`` (k, 3) are the
    times that titles name: document, first day, last day.
    """

    day: NDArray[np.int32]
    kind: NDArray[np.int8]
    body: NDArray[np.int32]
    japanese: NDArray[np.bool_]
    superseded: NDArray[np.bool_]
    holds: NDArray[np.int32]
    bounds: NDArray[np.int64]
    spans: NDArray[np.int32]
    bodies: tuple[str, ...]

    @classmethod
    def open(cls, folder: Path, bodies: Sequence[str]) -> "DocumentColumns":
        """Read what :meth:`write` wrote; ``bodies`` are kept with the other names."""
        with np.load(folder / _FILE) as held:
            return cls(**{name: held[name] for name in _ARRAYS}, bodies=tuple(bodies))

    def write(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        np.savez(folder / _FILE, **{name: getattr(self, name) for name in _ARRAYS})


_ARRAYS = ("day", "kind", "body", "japanese", "superseded", "holds", "bounds", "spans")


def document_columns(
    documents: Sequence[Document], of_passages: NDArray[np.generic]
) -> DocumentColumns:
    """Make the columns; ``of_passages`` is the document of each passage, in order of position."""
    bodies: dict[str, int] = {}
    body = [
        -1 if document.body is None else bodies.setdefault(document.body, len(bodies))
        for document in documents
    ]
    days = [document.date.toordinal() if document.date else 0 for document in documents]
    spans = [
        (number, span.start.toordinal(), span.end.toordinal())
        for number, document in enumerate(documents)
        for span in find_dates(document.title)
    ]
    validity = Validity(documents)
    return DocumentColumns(
        day=np.array(days, dtype=np.int32),
        kind=np.array([KINDS[document.kind] for document in documents], dtype=np.int8),
        body=np.array(body, dtype=np.int32),
        japanese=np.array([document.language == "ja" for document in documents], dtype=bool),
        superseded=_superseded(documents),
        holds=np.array(
            [validity.around(document) for document in documents], dtype=np.int32
        ).reshape(-1, 2),
        bounds=_bounds(np.asarray(of_passages, dtype=np.int32), len(documents)),
        spans=np.array(spans, dtype=np.int32).reshape(-1, 3),
        bodies=tuple(bodies),
    )


def _bounds(document: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return the first and last position of each document; its passages stand together."""
    bounds = np.zeros((count, 2), dtype=np.int64)
    places = np.arange(len(document), dtype=np.int64)
    bounds[document[::-1], 0] = places[::-1]
    bounds[document, 1] = places
    return bounds


def _superseded(held: Sequence[Document]) -> NDArray[np.bool_]:
    """Mark the documents that are an ordinance of which a later text is in the index."""
    days = [document.date if document.kind is DocumentKind.ORDINANCE else None for document in held]
    names = [title_of(document) for document in held]
    latest: dict[str, dt.date] = {}
    for name, day in zip(names, days, strict=True):
        if day is not None:
            latest[name] = max(latest.get(name, day), day)
    older = [day is not None and day < latest[name] for name, day in zip(names, days, strict=True)]
    return np.array(older, dtype=bool)
