"""Filters: from dates, body, speaker and kind to the passages that are left."""

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.dates import find_dates
from index.generation import Columns
from index.names import PLENARY, Names, is_plenary
from index.passage import Document, DocumentId, Filters
from index.sessions import session_passes
from index.text import fold


def allowed_passages(
    columns: Columns,
    documents: Mapping[DocumentId, Document],
    filters: Filters | None,
    names: Callable[[], Names] | None = None,
) -> NDArray[np.int64] | None:
    """Return the positions that pass the filters, ``None`` where there is nothing to filter.

    ``names`` are asked for only where a person is among the filters; they are made of columns and
    documents where they are not handed in.
    """
    if filters is None or filters == Filters():
        return None
    of_document = np.array(
        [document_passes(documents[name], filters) for name in columns.documents], dtype=bool
    )
    passes = of_document[columns.document]
    if filters.speaker is not None:
        wanted = fold(filters.speaker)
        of_speaker = np.array([wanted in fold(name) for name in columns.speakers], dtype=bool)
        # One more at the end, for passages without a speaker (-1).
        passes &= np.append(of_speaker, False)[columns.speaker]
    if filters.person is not None or filters.asker is not None:
        known = names() if names is not None else Names.of(columns, documents)
        passes &= _spoken(columns, known, filters)
    return np.flatnonzero(passes).astype(np.int64)


def _spoken(columns: Columns, names: Names, filters: Filters) -> NDArray[np.bool_]:
    """Mark what the person says, and what answers the asker."""
    passes = np.ones(len(columns.row), dtype=bool)
    keys = columns.document.astype(np.int64) * names.scale + columns.speaker
    if filters.person is not None:
        said = np.isin(keys, names.spoken_by(filters.person)) & (columns.speaker >= 0)
        passes &= said
    if filters.asker is not None:
        asked = np.isin(keys, names.spoken_by(filters.asker)) & (columns.speaker >= 0)
        # One more at the end, for passages that answer nothing (-1).
        passes &= np.append(asked, False)[columns.partner]
    return passes


def preferred_passages(
    columns: Columns, documents: Mapping[DocumentId, Document], prefer: Filters | None
) -> NDArray[np.int64] | None:
    """Return the positions of the time that is preferred, ``None`` where there is none.

    A document is of that time by its date or by a time that its title names: the budget of a fiscal
    year is made the year before.
    """
    if prefer is None or prefer == Filters():
        return None
    of_document = np.array(
        [
            document_passes(documents[name], prefer) or _titled(documents[name], prefer)
            for name in columns.documents
        ],
        dtype=bool,
    )
    return np.flatnonzero(of_document[columns.document]).astype(np.int64)


def _titled(document: Document, prefer: Filters) -> bool:
    since, until = prefer.since or dt.date.min, prefer.until or dt.date.max
    return any(since <= span.end and span.start <= until for span in find_dates(document.title))


def document_passes(document: Document, filters: Filters) -> bool:
    """Tell whether a document is among those that the filters leave."""
    return _is_named(document, filters) and _is_of_time(document, filters)


def _is_named(document: Document, filters: Filters) -> bool:
    if filters.kind is not None and document.kind != filters.kind:
        return False
    if filters.document is not None and document.document != filters.document:
        return False
    if filters.body is not None and not _of_body(document, fold(filters.body)):
        return False
    return filters.session is None or session_passes(document, filters.session)


def _is_of_time(document: Document, filters: Filters) -> bool:
    until = min((day for day in (filters.until, filters.as_of) if day), default=None)
    if filters.since is None and until is None:
        return True
    if document.date is None:
        return False
    return (filters.since is None or document.date >= filters.since) and (
        until is None or document.date <= until
    )


def _of_body(document: Document, wanted: str) -> bool:
    return wanted in fold(document.body or "") or (wanted == PLENARY and is_plenary(document))
