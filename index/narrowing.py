"""Filters: from dates, body, speaker and kind to the passages that are left."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns
from index.document_columns import KINDS, DocumentColumns
from index.passage import Filters
from index.text import fold


def allowed_passages(columns: Columns, filters: Filters | None) -> NDArray[np.bool_] | None:
    """Mark the passages that pass the filters; ``None`` where there is nothing to filter."""
    if filters is None or filters == Filters():
        return None
    passes = passing_documents(columns.of_documents, filters)[columns.document]
    if filters.speaker is not None:
        wanted = fold(filters.speaker)
        of_speaker = np.array([wanted in fold(name) for name in columns.speakers], dtype=bool)
        # One more at the end, for passages without a speaker (-1).
        passes &= np.append(of_speaker, False)[columns.speaker]
    return np.asarray(passes, dtype=bool)


def preferred_documents(of: DocumentColumns, prefer: Filters | None) -> NDArray[np.bool_]:
    """Mark the documents of the time that is preferred; none where there is none.

    A document is of that time by its date or by a time that its title names: the budget of a fiscal
    year is made the year before.
    """
    if prefer is None or prefer == Filters():
        return np.zeros(len(of.day), dtype=bool)
    passes = passing_documents(of, prefer)
    since = (prefer.since or dt.date.min).toordinal()
    until = (prefer.until or dt.date.max).toordinal()
    document, first, last = of.spans.T
    passes[document[(since <= last) & (first <= until)]] = True
    return passes


def passing_documents(of: DocumentColumns, filters: Filters) -> NDArray[np.bool_]:
    """Mark the documents that the filters leave; who speaks is not a document's."""
    passes = np.ones(len(of.day), dtype=bool)
    if filters.kind is not None:
        passes &= of.kind == KINDS[filters.kind]
    if filters.body is not None:
        wanted = fold(filters.body)
        # One more at the end, for documents without a body (-1).
        of_body = np.array([*(wanted in fold(name) for name in of.bodies), not wanted], dtype=bool)
        passes &= of_body[of.body]
    until = min((day for day in (filters.until, filters.as_of) if day), default=None)
    if filters.since is not None:
        passes &= (of.day > 0) & (of.day >= filters.since.toordinal())
    if until is not None:
        passes &= (of.day > 0) & (of.day <= until.toordinal())
    return passes
