"""Pieces of one speech belong together: quoted in its order, shown under one head. Pure.

A long answer is cut into several passages. Where neighbours among them are cited, a reader wants
them as they were said, with document, pages, speaker and question told once.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answer.answer import Citation
from index.passage import Hit, ordinal_of
from index.place import spanning

T = TypeVar("T")


def in_order_of_speech(ranked: Sequence[T], hit_of: Callable[[T], Hit]) -> list[T]:
    """Put neighbours in one speech next to each other, as they were said.

    What belongs together stands where the best of it is ranked.
    """
    groups: list[list[T]] = []
    for each in ranked:
        near = [
            group
            for group in groups
            if any(_neighbours(hit_of(each), hit_of(other)) for other in group)
        ]
        joined = [*(other for group in near for other in group), each]
        at = groups.index(near[0]) if near else len(groups)
        groups = [group for group in groups if group not in near]
        groups.insert(at, sorted(joined, key=lambda one: ordinal_of(hit_of(one).passage)))
    return [each for group in groups for each in group]


def by_speech(citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """Group citations in order of the answer: those that follow one another in one speech."""
    found: list[tuple[Citation, ...]] = []
    for citation in citations:
        if found and continues_speech(citation.hit, found[-1][-1].hit):
            found[-1] = (*found[-1], citation)
        else:
            found.append((citation,))
    return found


def hit_of_stretch(stretch: Sequence[Citation]) -> Hit:
    """Return a hit that says where a stretch stands: from its first page or row to its last."""
    first, last = stretch[0].hit, stretch[-1].hit.passage
    place = spanning(citation.hit.passage.locator for citation in stretch)
    passage = replace(first.passage, last_page=last.last_page or last.page, locator=place)
    return replace(first, passage=passage)


def continues_speech(after: Hit, before: Hit) -> bool:
    """Tell whether a passage is the next one of the same speech."""
    return (
        before.passage.turn is not None
        and before.document.document == after.document.document
        and before.passage.turn == after.passage.turn
        and ordinal_of(before.passage) + 1 == ordinal_of(after.passage)
    )


def _neighbours(one: Hit, other: Hit) -> bool:
    return continues_speech(one, other) or continues_speech(other, one)
