"""Passages by their ids: what was cited once, as far as it still stands."""

from collections.abc import Sequence

from index.passage import Hit, PassageId, document_key
from index.search.searcher import Searcher


def held_passages(searcher: Searcher, names: Sequence[PassageId]) -> list[Hit]:
    """Return the passages of these ids that there are, in their order.

    An id begins with the key of its document: see :func:`index.passage.passage_id`.
    """
    keys = {_key(name) for name in names}
    found = {document_key(each.document): each for each in searcher.documents()} if keys else {}
    hits: list[Hit] = []
    for name in names:
        document = found.get(_key(name))
        passage = searcher.passage(document.document, name) if document else None
        if document and passage:
            hits.append(Hit(len(hits) + 1, 0.0, passage, document))
    return hits


def _key(name: PassageId) -> str:
    return name.rpartition("-")[0]
