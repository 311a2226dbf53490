"""Which hits would be shown, and whether they answer: the decision, with all that bears on it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answer.answerability import Decider, Verdict
from bot.answer.in_force import (
    newest_first,
    of_texts_meant,
    with_newer,
    without_past_announcements,
    without_replaced,
)
from bot.answer.named_nearby import says_a_name, tells_of_what_is_asked
from bot.answer.out_of_scope import OutOfScope, find_out_of_scope
from bot.lookup.finder import Found
from index.passage import Hit, PassageKind
from index.search.query import SearchResult, Signals
from index.search.searcher import Searcher

_ENDS = "。．.!?！？"
_ONLY_IN_BRACKETS = re.compile(r"\s*(?:[（(〔\[【][^（(〔\[【）)〕\]】]*[）)〕\]】]\s*)+[。.]?\s*")
_CALLING = 60
"""Characters: procedure that is shorter opens an item, or calls somebody up."""
_MOST_SHOWN = 3
_ALSO_SHARE = 0.3
"""A further hit is shown when its odds are at least this part of the best one's."""
_LEAST_ANSWERS = -6.0
"""The reranker's logit of a hit that certainly does not answer."""
_SURE = 0.8
"""How likely the answer must be where the meeting or speaker that was named is not there."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is shown of what was ``found``: ``hits``, best first, and whether they answer.

    ``verdict`` is ``None`` where there was nothing to weigh. ``missing`` is what the question names
    and no document is of: what was said here was not said there.
    """

    found: Found
    hits: tuple[Hit, ...] = ()
    verdict: Verdict | None = None
    missing: OutOfScope | None = None

    @property
    def answers(self) -> bool:
        """Whether the hits answer the question."""
        return self.verdict is not None and self.verdict.answers

    @property
    def unsure(self) -> bool:
        """Whether the first hit is likely enough to be shown as the nearest."""
        return self.verdict is not None and self.verdict.unsure and self.missing is None

    @property
    def confidence(self) -> float | None:
        """How likely they do; ``None`` where nothing was weighed."""
        return None if self.verdict is None else self.verdict.confidence


def judge(found: Found, searcher: Searcher, decider: Decider, today: dt.date | None) -> Judgement:
    """Return which hits would be shown, and whether they answer."""
    missing = find_out_of_scope(found, searcher)
    if missing is not None:
        return Judgement(found, missing=missing)
    if certain := _certain(found):
        return Judgement(found, *certain)
    timely = without_past_announcements(found, searcher.documents)
    timely = of_texts_meant(timely, found.asked, searcher, today)
    hits, signals = contenders(without_replaced(timely, found.asked, today))
    if not hits:
        return Judgement(found)
    verdict = decider.verdict(found.asked, hits[0], signals[0])
    loose = bool(found.meant.dropped) and verdict.confidence < _SURE
    matter = found.meant.query.text
    beside = verdict.answers or verdict.unsure
    beside = beside and not tells_of_what_is_asked(matter, hits, searcher)
    answers = verdict.answers and not (loose or beside)
    unsure = verdict.unsure and not (loose or beside)
    unsure = unsure and says_a_name(matter, hits[0], searcher)
    shown = newest_first(with_newer(found, hits, searcher.rarity), found.asked)
    return Judgement(found, shown, replace(verdict, answers=answers, unsure=unsure))


def _certain(found: Found) -> tuple[tuple[Hit, ...], Verdict] | None:
    """Return what was looked up: an article, a decision or a post needs no weighing."""
    lookup = found.lookup
    if lookup is not None:
        if lookup.lacking:
            return (), Verdict(answers=False, confidence=0.0)
        shown = len(lookup.pieces) + len(lookup.referred[:1])
        return found.result.hits[: shown or _MOST_SHOWN], Verdict(answers=True, confidence=1.0)
    if found.told:
        return found.result.hits[: len(found.told)], Verdict(answers=True, confidence=1.0)
    return None


def contenders(result: SearchResult) -> tuple[tuple[Hit, ...], tuple[Signals, ...]]:
    """Return the hits to be shown together if any is: one where it leads clearly, else up to three.

    The first one's signals carry the odds of all of them, since all of them will be shown.
    """
    said = [
        (hit, signals)
        for hit, signals in zip(result.hits, result.signals, strict=True)
        if _says_something(hit)
    ][:_MOST_SHOWN]
    if not said:
        return (), ()
    least = _ALSO_SHARE * said[0][1].share
    shown = [(hit, signals) for hit, signals in said if signals.share >= least]
    together = sum(signals.share for _, signals in shown)
    first = replace(shown[0][1], share=min(1.0, together), **_read_together(shown, result))
    rest = tuple(signals for _, signals in shown[1:])
    return tuple(hit for hit, _ in shown), (first, *rest)


def _read_together(shown: Sequence[tuple[Hit, Signals]], result: SearchResult) -> dict[str, Any]:
    """Return the reading of the hit that answers most surely of those shown, and by how much."""
    read = [signals.reading for _, signals in shown if signals.reading is not None]
    if not read:
        return {}
    best = max(read, key=lambda each: each.answers)
    kept = {hit.passage.passage_id for hit, _ in shown}
    others = [
        signals.reading.answers
        for hit, signals in zip(result.hits, result.signals, strict=True)
        if signals.reading is not None and hit.passage.passage_id not in kept
    ]
    return {"reading": best, "lead": best.answers - max(others, default=_LEAST_ANSWERS)}


def _says_something(hit: Hit) -> bool:
    """Tell whether a hit holds a sentence: a list of headings answers nothing."""
    passage = hit.passage
    return passage.kind is not PassageKind.PROCEDURE or any(e in passage.text for e in _ENDS)


def worth_showing(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the hits that say something: no stage directions, nobody being called up."""
    return tuple(hit for hit in hits if not _is_direction(hit))


def _is_direction(hit: Hit) -> bool:
    passage = hit.passage
    if _ONLY_IN_BRACKETS.fullmatch(passage.text):
        return True
    return passage.kind is PassageKind.PROCEDURE and len(passage.text) < _CALLING
