"""Which of these do you mean: questions that fit two persons, two bodies or two ordinances alike.

Only what the hits leave open is asked back: where one side clearly leads, it is what was meant.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answer.answer import Choice
from bot.lookup.finder import Found
from bot.question.filters import Restriction, Sort
from index.council.speakers import asker_and_words, folded_label, holds_post
from index.language.dates import to_wareki
from index.passage import Document, Hit
from index.search.names import Names, Person, short_name

_OF_A_BODY = (
    "会長",
    "委員長",
    "議長",
    "座長",
    "部会長",
    "事務局",
    "chair",
    "chairman",
    "chairperson",
)
"""Posts that each body has one of: an officer of the town is the same in all."""
_CLOSE = 0.5
"""The second side must have at least this part of the odds of the first."""


T = TypeVar("T")


def choices(found: Found, names: Names | None) -> tuple[Choice, ...]:
    """Return what the question may mean, two or more; empty where it is clear enough."""
    if found.which:
        return tuple(_meeting(document, found) for document in found.which)
    if found.lookup is not None:
        return _ordinances(found)
    by_sort = {part.sort: part for part in found.meant.kept}
    for sort in (Sort.PERSON, Sort.ASKER):
        part = by_sort.get(sort)
        if part is None or names is None:
            continue
        if len(part.people) > 1:
            return _people(found, names, part)
        post = part.filters.person
        if post and not part.people and Sort.BODY not in by_sort and _is_of_a_body(post):
            return _bodies(found)
    body = by_sort.get(Sort.BODY)
    if body is not None and Sort.SESSION in by_sort and Sort.TIME not in by_sort:
        return _bodies(found)  # each body has its own 第3回
    return ()


def _meeting(document: Document, found: Found) -> Choice:
    written = str if found.asked.language == "en" else to_wareki
    day = written(document.date) if document.date else ""
    body = document.body or document.title
    filters = replace(
        found.meant.filters, since=document.date, until=document.date, body=document.body
    )
    return Choice(f"{short_name(body)}（{day}）", filters)


def _is_of_a_body(post: str) -> bool:
    return any(holds_post(post, own) or post == f"副{own}" for own in _OF_A_BODY)


def _ordinances(found: Found) -> tuple[Choice, ...]:
    if found.lookup is None or found.lookup.pieces or found.lookup.lacking:
        return ()
    return tuple(
        Choice(short_name(law.title), replace(found.meant.filters, document=law.document))
        for law in found.lookup.documents
    )


def _people(found: Found, names: Names, part: Restriction) -> tuple[Choice, ...]:
    speakers = {
        (names.documents[voice.document].document, voice.printed): person
        for person in part.people
        for voice in (names.voices[number] for number in person.voices)
    }
    asks = part.sort is Sort.ASKER

    def whose(hit: Hit) -> Person | None:
        said = folded_label(
            asker_and_words(hit.passage.question)[0] if asks else hit.passage.speaker or ""
        )
        return speakers.get((hit.document.document, said))

    sides: Sequence[Person] = part.people
    if found.meant.says_matter:
        sides = _close([(whose(hit), share) for hit, share in _shares(found)])
    return tuple(
        Choice(
            _person_label(person),
            replace(found.meant.filters, asker=person.name)
            if asks
            else replace(found.meant.filters, person=person.name),
        )
        for person in part.people
        if person in sides
    )


def _person_label(person: Person) -> str:
    where = "・".join(short_name(body) for body in person.bodies[:2])
    return f"{person.name}（{where}）" if where else person.name


def _bodies(found: Found) -> tuple[Choice, ...]:
    bodies = [(hit.document.body, share) for hit, share in _shares(found)]
    sides = _close(bodies if found.meant.says_matter else [(body, 1.0) for body, _ in bodies])
    return tuple(
        Choice(short_name(body), replace(found.meant.filters, body=body)) for body in sides
    )


def _shares(found: Found) -> list[tuple[Hit, float]]:
    result = found.result
    return [(hit, s.share) for hit, s in zip(result.hits, result.signals, strict=True)]


def _close(hits: Sequence[tuple[T | None, float]]) -> list[T]:
    """Return the sides that are near the best one; empty where that is one alone."""
    best: dict[T, float] = {}
    for side, share in hits:
        if side is not None:
            best[side] = max(best.get(side, 0.0), share)
    top = max(best.values(), default=0.0)
    near = [side for side, share in best.items() if share >= _CLOSE * top]
    return near if len(near) > 1 else []
