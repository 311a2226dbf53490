"""From what a question names to what its search is narrowed to, and how that is let go of again."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from bot.question.names_in_question import (
    SpeakerMention,
    body_mentions,
    posts_alone,
    speaker_mentions,
)
from bot.question.parties_in_question import PartyMention, party_mentions
from bot.question.scope import ScopedQuestion
from bot.question.speaker_role import SpeakerRole, speaker_role_of, to_whom
from index.language.times import NamedTime
from index.passage import Filters
from index.search.names import PLENARY, Names, Person

_BACKGROUND = re.compile(
    r"(?:た|だ|です|ます|る)(?:が|けど|けれど|けれども|ので|のに)[、,]"
    r"|その後|それから|あれから|\bsince then\b"
)
"""What stands before is told (前に委員会で聞いたが、), what is asked comes after, of any time."""


class Sort(StrEnum):
    """What is restricted, the least certain first: in this order they are let go of."""

    TIME = "time"
    BODY = "body"
    SESSION = "session"
    PARTY = "party"
    ASKER = "asker"
    PERSON = "person"


ORDER = tuple(Sort)
_OF_SPEAKERS = (Sort.PERSON, Sort.PARTY, Sort.ASKER)


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that a question narrows its search to; ``filters`` sets the fields of it alone.

    ``people`` are those whom a surname may mean, ``last`` tells that the newest meeting was asked
    for and not its date. ``span`` is where it stands in the folded question, ``to`` where those
    stand to whom is spoken (市長に聞いた): they narrow nothing, and are no matter.
    """

    sort: Sort
    filters: Filters
    people: tuple[Person, ...] = ()
    last: bool = False
    span: tuple[int, int] = (0, 0)
    to: tuple[tuple[int, int], ...] = ()

    @property
    def sets(self) -> frozenset[str]:
        """The names of the fields that it sets."""
        return frozenset(f.name for f in fields(Filters) if getattr(self.filters, f.name))


def restrictions(
    folded: str, times: Sequence[NamedTime], names: Names, today: dt.date
) -> tuple[Restriction, ...]:
    """Return what a folded question narrows to, each sort at most once."""
    asked_from = max((m.start() for m in _BACKGROUND.finditer(folded)), default=0)
    parties = [party for party in party_mentions(folded, names) if party.span[0] >= asked_from]
    speakers = [
        mention
        for mention in speaker_mentions(folded, names)
        if mention.span[0] >= asked_from and not any(_within(mention, party) for party in parties)
    ]
    parts = [
        (_of_party(m, parties, folded, names), speaker_role_of(folded, m.span)) for m in speakers
    ]
    named = [
        (mention, part)
        for mention, part in parts
        if part in {SpeakerRole.SPEAKS, SpeakerRole.ASKED}
    ]
    where = ScopedQuestion(
        folded,
        [time for time in times if time.span[0] >= asked_from],
        [body for body in body_mentions(folded, names) if body.span[0] >= asked_from],
        [mention.span for mention, _ in named],
    )
    found: dict[Sort, Restriction] = {}
    meetings = (*_place(where, names, today), *_who(named)) if names.voices or names.bodies else ()
    meetings = (*meetings, *_parties(folded, parties, [part for _, part in named]))
    for restriction in meetings:
        found.setdefault(restriction.sort, restriction)
    body = found.get(Sort.BODY)
    wanted = body.filters.body if body else None
    first = next((sort for sort in _OF_SPEAKERS if sort in found), None)
    if first is not None:
        spans = [*(mention.span for mention in speakers), *posts_alone(folded)]
        found[first] = replace(found[first], to=_spoken_to(folded, spans))
    return tuple(_settled(one, wanted, names) for one in found.values())


def _spoken_to(folded: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return where those stand, of these names and posts, to whom somebody speaks."""
    found = (s for s in spans if speaker_role_of(folded, s) is SpeakerRole.ADDRESSED)
    return tuple(sorted({to_whom(folded, span) for span in found}))


def _who(named: Sequence[tuple[SpeakerMention, SpeakerRole]]) -> Iterator[Restriction]:
    """Yield who speaks and who asked; of two who both speak, neither."""
    speaking = [mention for mention, part in named if part is SpeakerRole.SPEAKS]
    asked = [mention for mention, part in named if part is SpeakerRole.ASKED]
    if len({mention.name for mention in speaking}) == 1:
        first = speaking[0]
        filters = Filters(person=first.name)
        yield Restriction(Sort.PERSON, filters, first.people, span=first.span)
    if len({mention.name for mention in asked}) == 1:
        first = asked[0]
        yield Restriction(Sort.ASKER, Filters(asker=first.name), first.people, span=first.span)


def _within(mention: SpeakerMention, party: PartyMention) -> bool:
    return party.span[0] <= mention.span[0] and mention.span[1] <= party.span[1]


def _of_party(
    mention: SpeakerMention, parties: Sequence[PartyMention], folded: str, names: Names
) -> SpeakerMention:
    """Leave of two of one surname the one of the party before the name: 公明党の林委員."""
    for party in parties:
        if folded[party.span[1] : mention.span[0]] not in {"", "の"}:
            continue
        members = {n for n, own in enumerate(names.parties) if own in party.parties}
        own = tuple(one for one in mention.people if members.intersection(one.voices))
        if party.span[1] <= mention.span[0] and own:
            return replace(mention, people=own)
    return mention


def _parties(
    folded: str, parties: Sequence[PartyMention], others: Sequence[SpeakerRole]
) -> Iterator[Restriction]:
    """Yield which party speaks or asked; where somebody else speaks, it asked (代表質問に)."""
    if len({party.parties for party in parties}) != 1:
        return
    for party in parties:
        part = speaker_role_of(folded, party.span)
        if part is SpeakerRole.SPEAKS and SpeakerRole.SPEAKS in others:
            part = SpeakerRole.ASKED
        if part is SpeakerRole.ASKED and SpeakerRole.ASKED not in others:
            yield Restriction(Sort.PARTY, Filters(asker=party.name), span=party.span)
        elif part is SpeakerRole.SPEAKS:
            yield Restriction(Sort.PARTY, Filters(person=party.name), span=party.span)


def _place(where: ScopedQuestion, names: Names, today: dt.date) -> Iterator[Restriction]:
    if last := where.last(names, today):
        day = Filters(since=last.day, until=last.day)
        yield Restriction(Sort.TIME, day, last=True, span=last.span)
        of = last.bodies[0] if len(last.bodies) == 1 else PLENARY
        named = next((b.span for b in where.bodies if b.span[0] >= last.span[1]), (0, 0))
        yield Restriction(Sort.BODY, Filters(body=of), span=named)
    for time in where.met():
        yield Restriction(Sort.TIME, Filters(since=time.start, until=time.end), span=time.span)
    for body in where.bodies:
        if where.looks_into(body):
            yield Restriction(Sort.BODY, Filters(body=body.filter), span=body.span)
            if session := where.session(body):
                name, start = session
                span = (start, body.span[0])
                yield Restriction(Sort.SESSION, Filters(session=name), span=span)


def _settled(one: Restriction, body: str | None, names: Names) -> Restriction:
    """Leave of the people of one surname those who sit in the body; filter by the full name."""
    people = one.people
    if body is not None and len(people) > 1:
        plenary = (
            {b.name for b in names.bodies if PLENARY in b.aliases} if body == PLENARY else {body}
        )
        people = tuple(person for person in people if plenary.intersection(person.bodies)) or people
    if len(people) != 1:
        return replace(one, people=people)
    name = people[0].name
    filters = Filters(asker=name) if one.sort is Sort.ASKER else Filters(person=name)
    return replace(one, filters=filters, people=people)


def in_order(parts: Sequence[Restriction]) -> tuple[Restriction, ...]:
    """Order restrictions as they are shown: when, where, which meeting, who."""
    return tuple(sorted(parts, key=lambda part: ORDER.index(part.sort)))


def merge_filters(filters: Filters, parts: Sequence[Restriction]) -> Filters:
    """Return the filters with the restrictions added; a field that is set already stays."""
    for part in parts:
        added = {name: getattr(part.filters, name) for name in part.sets}
        free = {name: value for name, value in added.items() if getattr(filters, name) is None}
        filters = replace(filters, **free)
    return filters


def without_restricted_words(folded: str, parts: Sequence[Restriction]) -> str:
    """Return a folded question without the words of the restrictions, which the filters stand for.

    They would drown the matter: a name stands in every speech of its bearer.
    """
    spans = {span for part in parts for span in (part.span, *part.to)}
    for start, end in sorted(spans, reverse=True):
        folded = f"{folded[:start]} {folded[end:]}" if end > start else folded
    return " ".join(folded.split())
