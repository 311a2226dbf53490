"""Where a reference leads: to a document of the index, and to the passage of that article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageId
from index.record import Reference
from index.text import fold

_STEP = re.compile(r"第[^第]+$")


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to; ``None`` where the index does not hold it.

    ``passage`` is only told inside the document that refers.
    """

    reference: Reference
    document: DocumentId | None = None
    passage: PassageId | None = None


def resolve(
    references: Sequence[Reference],
    document: Document,
    passages: Sequence[Passage],
    others: Sequence[Document],
) -> list[Target]:
    """Return the target of each reference made in ``document``, whose passages are given."""
    targets: list[Target] = []
    for reference in references:
        if reference.title is None:
            at = _at(reference.article, passages) if reference.article else None
            targets.append(Target(reference, document.document, at))
        else:
            targets.append(Target(reference, named(reference.title, others)))
    return targets


def named(title: str, documents: Sequence[Document]) -> DocumentId | None:
    """Return the ordinance of that title; the municipality's name before it may be left out.

    Of several texts of one ordinance it is the newest that is not repealed.
    """
    wanted = fold(title)
    laws = [known for known in documents if known.kind is DocumentKind.ORDINANCE]
    exact = [known for known in laws if fold(known.title) == wanted]
    same = exact or [known for known in laws if fold(known.title).endswith(wanted)]
    if len({fold(known.title) for known in same}) != 1:
        return None  # nothing of that name, or two towns' ordinances
    return max(same, key=_newest).document


def _newest(document: Document) -> tuple[bool, str, str]:
    repealed = document.enactment is not None and document.enactment.is_repealed
    day = document.date.isoformat() if document.date else ""
    return (not repealed, day, document.document)


def _at(address: str, passages: Sequence[Passage]) -> PassageId | None:
    """Return the passage at an address, or at the nearest address around it."""
    while address:
        at = _exactly(address, passages)
        if at is not None:
            return at
        shorter = _STEP.sub("", address)
        if shorter == address:
            return None
        address = shorter
    return None


def _exactly(address: str, passages: Sequence[Passage]) -> PassageId | None:
    held = [passage for passage in passages if passage.article is not None]
    same = (passage for passage in held if passage.article == address)
    inside = (passage for passage in held if (passage.article or "").startswith(f"{address}第"))
    first = next(same, None) or next(inside, None)
    return first.passage_id if first else None
