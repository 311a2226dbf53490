"""What is searched for, and what comes back: hits, and what speaks for each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.language import cues
from index.passage import Filters, Hit
from index.reranking.reranker import Reading
from index.search.fusion import Wanted


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    ``fast`` leaves out the reranker. ``filters`` narrows: nothing else is found. ``prefer`` only
    lifts what passes it: a question that names a date may mean the meeting's or that of the matter.
    ``wants_question`` is set where the asker wants what was asked in a meeting, not what was
    answered. ``repeats`` is set where the same words said in several documents are several hits, as
    a history needs them.
    """

    text: str
    filters: Filters | None = None
    prefer: Filters | None = None
    wants_question: bool = False
    repeats: bool = False
    fast: bool = False
    asked: str | None = None
    """The whole question, which the reranker reads, where ``text`` is a part of it."""

    @property
    def wanted(self) -> Wanted:
        """What the question wants, as the fusion sees it."""
        return Wanted(cues.wanted(self.text), self.wants_question, cues.earlier(self.text))


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a hit, for the one who decides whether it answers.

    ``similarity`` is the cosine of passage and question (crowded between 0.75 and 0.95 for the
    embedded model) or of the question passage that it answers, where that is nearer; ``standing``
    how many standard deviations that is above the whole index. ``coverage`` is the share of the
    question's words, weighted by rarity, in the passage; ``coverage_wide`` counts what stands
    around it, too, ``coverage_nearby`` what is said shortly before and after; ``missing`` is the
    rarity of the rarest word that is not even around. ``share`` is the hit's share (0 to 1) of the
    odds among all passages that come into question. ``unmet`` is true where the question wants a
    number, time or reason and the passage holds none, ``out_of_period`` where it names a time and
    the document is of another. ``read`` holds what was seen when the text was read again
    (:data:`index.search.second_stage.NAMES`), ``unit_unmet`` is true where a number of a certain
    unit is wanted and there is none. ``reading`` is what the reranker read of it, ``None`` where it
    was not asked.
    """

    similarity: float
    standing: float
    coverage: float
    coverage_wide: float
    coverage_nearby: float
    missing: float
    share: float
    unmet: bool
    out_of_period: bool
    read: Mapping[str, float] = field(default_factory=dict)
    unit_unmet: bool = False
    reading: Reading | None = None
    lead: float = 0.0
    """By how much its reading says that it answers more than any hit that is not shown with it."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, their signals, and the milliseconds: ``total``, ``embed``, ``retrieve``."""

    hits: tuple[Hit, ...] = ()
    signals: tuple[Signals, ...] = ()
    took_ms: Mapping[str, float] = field(default_factory=dict)


def only(result: SearchResult, places: Sequence[int]) -> SearchResult:
    """Return what was found with the hits at these places alone."""
    return replace(
        result,
        hits=tuple(result.hits[place] for place in places),
        signals=tuple(result.signals[place] for place in places),
    )
