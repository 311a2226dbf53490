"""What was looked up comes before what was found by its words: an article, votes, a post. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.passage import Document, Hit, Passage
from index.record import RollCall
from index.search.query import SearchResult, Signals

_NOTHING = Signals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, unmet=False, out_of_period=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that certainly tells what is asked, and its words that do, verbatim, in order.

    ``roll_call`` is what they say of how members voted, those alone that are asked for.
    """

    document: Document
    passage: Passage
    words: tuple[str, ...]
    roll_call: RollCall | None = None


class Counted(StrEnum):
    """What a count counts."""

    VOTES = "votes"
    MEETINGS = "meetings"
    SPEECHES = "speeches"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is asked for, whole: each of ``told`` is one of it, or some that stand together.

    ``count`` is how many there are (also where not all are shown) of what ``counted`` says;
    ``None`` for a list of people, which is not counted. ``by`` are the words by which meetings on
    a matter are told: those in which none of these stands are not counted. ``days`` are those
    whose minutes were looked through for votes. ``at_first`` is how many of them are shown at a
    glance, where that is not all.
    """

    told: tuple[Told, ...]
    count: int | None = None
    counted: Counted | None = None
    by: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()
    at_first: int | None = None


def with_first(
    result: SearchResult, wanted: Sequence[tuple[Document, Passage]], limit: int
) -> SearchResult:
    """Return the hits of a search with the passages that are ``wanted`` in front, in their order.

    They get the score of the best hit; the others follow, ``limit`` in all.
    """
    known = {
        hit.passage.passage_id: (hit, signals)
        for hit, signals in zip(result.hits, result.signals, strict=True)
    }
    top = max((hit.score for hit in result.hits), default=0.0)
    first = []
    for document, passage in wanted:
        hit, signals = known.pop(passage.passage_id, (Hit(0, 0.0, passage, document), _NOTHING))
        first.append((replace(hit, score=top), signals))
    both = [*first, *known.values()][:limit]
    return replace(
        result,
        hits=tuple(replace(hit, rank=rank) for rank, (hit, _) in enumerate(both, start=1)),
        signals=tuple(signals for _, signals in both),
    )
