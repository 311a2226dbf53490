"""Filters: from dates, body, speaker and kind to the passages that are left."""

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.council.sessions import session_passes
from index.generation.columns import Columns
from index.generation.document_columns import KINDS, DocumentColumns
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind, Filters
from index.search.names import PLENARY, Names, is_plenary


def allowed_passages(
    columns: Columns,
    documents: Mapping[DocumentId, Document],
    filters: Filters | None,
    names: Callable[[], Names],
) -> NDArray[np.bool_] | None:
    """Mark the passages that pass the filters; ``None`` where there is nothing to filter.

    ``names`` are asked for only where a person is among the filters.
    """
    if filters is None or filters == Filters():
        return None
    passes = allowed_documents(columns, documents, filters)[columns.document]
    if filters.as_of is not None:
        passes &= _holding(columns.since, columns.until, filters.as_of)
    if filters.speaker is not None:
        wanted = fold(filters.speaker)
        of_speaker = np.array([wanted in fold(name) for name in columns.speakers], dtype=bool)
        # One more at the end, for passages without a speaker (-1).
        passes &= np.append(of_speaker, False)[columns.speaker]
    if filters.person is not None or filters.asker is not None:
        passes &= _spoken(columns, names(), filters)
    return np.asarray(passes, dtype=bool)


def allowed_documents(
    columns: Columns, documents: Mapping[DocumentId, Document], filters: Filters
) -> NDArray[np.bool_]:
    """Mark the documents that the filters leave; who speaks is not a document's.

    Documents are looked at only where a session is among the filters, and of the others only those
    that are left.
    """
    passes = _passing(columns.of_documents, filters)
    if filters.document is not None:
        passes &= np.array([name == filters.document for name in columns.documents], dtype=bool)
    if filters.session is not None:
        for place in np.flatnonzero(passes):
            document = documents[columns.documents[place]]
            passes[place] = session_passes(document, filters.session)
    return passes


def _spoken(columns: Columns, names: Names, filters: Filters) -> NDArray[np.bool_]:
    """Mark what the person says, and what answers the asker."""
    passes = np.ones(len(columns.row), dtype=bool)
    keys = columns.document.astype(np.int64) * names.scale + columns.speaker
    if filters.person is not None:
        passes &= np.isin(keys, names.spoken_by(filters.person)) & (columns.speaker >= 0)
    if filters.asker is not None:
        asked = np.isin(keys, names.spoken_by(filters.asker)) & (columns.speaker >= 0)
        # One more at the end, for passages that answer nothing (-1).
        passes &= np.append(asked, False)[columns.partner]
    return passes


def preferred_documents(of: DocumentColumns, prefer: Filters | None) -> NDArray[np.bool_]:
    """Mark the documents of the time that is preferred; none where there is none.

    A document is of that time by its date or by a time that its title names: the budget of a fiscal
    year is made the year before. A text of an ordinance that a later one has replaced is of all the
    time that it held.
    """
    if prefer is None or prefer == Filters():
        return np.zeros(len(of.day), dtype=bool)
    passes = _passing(of, prefer)
    since = (prefer.since or dt.date.min).toordinal()
    until = (prefer.until or dt.date.max).toordinal()
    document, first, last = of.spans.T
    passes[document[(since <= last) & (first <= until)]] = True
    held, replaced = of.holds.T
    return np.asarray(passes | (of.superseded & (held <= until) & (since < replaced)), dtype=bool)


def _passing(of: DocumentColumns, filters: Filters) -> NDArray[np.bool_]:
    """Mark the documents that pass by kind, body and date."""
    passes = np.ones(len(of.day), dtype=bool)
    if filters.kind is not None:
        passes &= of.kind == KINDS[filters.kind]
    if filters.body is not None:
        passes &= _of_body(of, fold(filters.body))
    if filters.since is not None:
        passes &= (of.day > 0) & (of.day >= filters.since.toordinal())
    if filters.until is not None:
        passes &= (of.day > 0) & (of.day <= filters.until.toordinal())
    if filters.as_of is not None:
        passes &= _holding(of.holds[:, 0], of.holds[:, 1], filters.as_of)
    return passes


def _holding(
    first: NDArray[np.int32], after: NDArray[np.int32], as_of: dt.date
) -> NDArray[np.bool_]:
    """Mark what holds on a day: of minutes and reports what was there by then."""
    day = as_of.toordinal()
    return np.asarray((first > 0) & (first <= day) & (day < after), dtype=bool)


def _of_body(of: DocumentColumns, wanted: str) -> NDArray[np.bool_]:
    """Mark the documents of a body; 本会議 means every plenary sitting."""
    # One more at the end, for documents without a body (-1).
    named = np.array([*(wanted in fold(name) for name in of.bodies), not wanted], dtype=bool)
    passes = named[of.body]
    if wanted == PLENARY:
        plenary = np.array([*(is_plenary(name) for name in of.bodies), False], dtype=bool)
        passes |= plenary[of.body] & (of.kind == KINDS[DocumentKind.MINUTES])
    return np.asarray(passes, dtype=bool)
