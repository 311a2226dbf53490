"""Full names of speakers called 中嶋会長, 中嶋委員 or only 会長, within one document.

Names come only from the attendance list and from labels that print them (``議長（山田太郎君）``).
If two people fit, nobody is named.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from index.language.text import fold
from index.passage import Passage
from index.record import Attendee
from ingest.minutes.speakers import speakers

_ELECTION = re.compile(r"(?:議長|委員長|会長|座長)[のに]?(?:選挙|互選|選出|選任|当選)")
_HAND_OVER = re.compile(
    r"(?:議長|委員長|会長|座長)職?[をの]?(?:副(?:議長|委員長|会長)|職務代理者?)?[にとへを]?交[代替]"
    r"|(?:議長|委員長)席[にを](?:着|離|交)"
)
_CHAIRS = ("議長", "委員長", "会長", "座長", "部会長", "司会", "進行")
# fmt: off
_GROUPS = frozenset((
    "", "事務局", "委員", "議員", "理事者", "当局", "執行部", "傍聴者", "市民", "参加者",
    "問", "答",
))
# fmt: on
_FULL_LEAST = 3
_SURE_FULL = 4
_SURE_SHARE = 0.2
_LIKELY_SHARE = 0.5
_MOST_GIVEN = 3
_MOST_INITIAL = 2
_LONGEST = 8


@dataclass(slots=True)
class _Person:
    """A full name, the ``surname`` if blanks show where it ends, and the posts seen with it."""

    name: str
    surname: str | None = None
    posts: set[str] = field(default_factory=set)


def name_persons(passages: Sequence[Passage], attendees: Iterable[Attendee]) -> list[Passage]:
    """Return the passages with ``person`` set if the document gives the speaker's full name."""
    labels = dict.fromkeys(passage.speaker for passage in passages if passage.speaker)
    roster = _read_roster(attendees, labels)
    if not roster:
        return list(passages)
    known = {label: _person_meant(label, roster) for label in labels}
    holders = _Holders(roster)
    named: list[Passage] = []
    for passage in passages:
        person: _Person | None = None
        if passage.speaker:
            person = known[passage.speaker]
            if person:
                holders.record(_post_of(passage.speaker), person)
            else:
                person = holders.holder_of(passage.speaker)
        if _HAND_OVER.search(passage.text):
            holders.after_hand_over()
        elif _ELECTION.search(passage.text):
            holders.after_election()
        named.append(replace(passage, person=person.name) if person else passage)
    return named


class _Holders:
    """Tracks who holds each post during the sitting."""

    def __init__(self, roster: Sequence[_Person]) -> None:
        self.roster = roster
        self.known: dict[str, _Person] = {}
        self.vacant: set[str] = set()

    def record(self, post: str, person: _Person) -> None:
        if post:
            self.known[post] = person
            self.vacant.discard(post)

    def after_hand_over(self) -> None:
        """Forget who presides until the minutes name somebody."""
        self.vacant.update(_CHAIRS)
        for post in _CHAIRS:
            self.known.pop(post, None)

    def after_election(self) -> None:
        """Forget who presided; a single person listed with the post is the one elected."""
        presiding = [post for post in _CHAIRS if post in self.known]
        self.vacant.update(presiding)
        for post in presiding:
            self.known.pop(post)

    def holder_of(self, label: str) -> _Person | None:
        """Return the holder of a post if the label is only that post."""
        post = speakers.fold_label(label)
        if post.strip(ascii_uppercase) in _GROUPS:
            return None
        if post in self.known:
            return self.known[post]
        fitting = [person for person in self.roster if post in person.posts]
        if len(fitting) != 1 or post in self.vacant:
            return None
        return fitting[0]


def _read_roster(attendees: Iterable[Attendee], labels: Iterable[str]) -> list[_Person]:
    people: dict[str, _Person] = {}
    for attendee in attendees:
        parts = attendee.name.split()
        name = "".join(parts)
        if not speakers.is_name(name) or len(name) > _LONGEST:
            continue
        if len(parts) > 1 or len(name) >= _FULL_LEAST:
            surname = parts[0] if len(parts) > 1 else None
            person = people.setdefault(fold(name), _Person(name, surname))
            if attendee.post:
                person.posts.add(speakers.fold_label(attendee.post))
    listed = list(people.values())
    printed = {label: _printed_name(label) for label in labels}
    full = _bracketed_are_full(printed[label] for label in printed if speakers.in_brackets(label))
    for label, shown in printed.items():
        if shown is None or (fold(shown) not in people and not (full or len(shown) >= _SURE_FULL)):
            continue
        person = people.setdefault(fold(shown), _Person(shown))
        if post := _post_of(label):
            person.posts.add(post)
    # 佐々木 in a list of surnames is not a full name
    return [p for p in people.values() if p not in listed or p.surname or _is_full(p, listed)]


def _is_full(person: _Person, listed: Sequence[_Person]) -> bool:
    if len(person.name) >= _SURE_FULL:
        return True
    others = [other for other in listed if other is not person]
    return any(other.surname or len(other.name) >= _SURE_FULL for other in others)


def _bracketed_are_full(names: Iterable[str | None]) -> bool:
    """Tell whether labels print full names, 議長（田上一郎君）, rather than 議長（田上君）."""
    found = {name for name in names if name}
    sure = sum(1 for name in found if len(name) >= _SURE_FULL)
    likely = sum(1 for name in found if len(name) >= _FULL_LEAST)
    # hardly any surname has four characters, and few have three
    return sure >= _SURE_SHARE * len(found) > 0 and likely >= _LIKELY_SHARE * len(found)


def _printed_name(label: str) -> str | None:
    """Return the full name in a label: ``議長（山田太郎君）``, ``中嶋太郎会長``."""
    name = speakers.fold_label(label)
    for inner in speakers.in_brackets(name):
        bare = speakers.without_honorific(inner)
        if len(bare) > 1 and speakers.is_name(bare) and not speakers.has_post(bare):
            return bare if bare != inner or len(bare) >= _FULL_LEAST else None
    outer = speakers.without_brackets(name)
    bare = speakers.without_honorific(outer)
    if bare != outer and len(bare) >= _SURE_FULL and speakers.is_name(bare):
        return None if speakers.has_post(bare) else bare
    base = speakers.surname(outer)
    whole = len(base) >= _SURE_FULL and base != outer and len(base) <= _SURE_FULL + 1
    return base if whole and speakers.is_name(base) and not speakers.has_post(base) else None


def _post_of(label: str) -> str:
    """Return the post in a label that also has a name: ``議長``, ``会長``, ``12番``."""
    name = speakers.fold_label(label)
    outer = speakers.without_brackets(name)
    if speakers.has_post(outer) and speakers.in_brackets(name) and not _initial_in(name):
        return speakers.without_honorific(outer)
    base = speakers.surname(outer)
    return outer[len(base) :] if outer.startswith(base) and base else ""


def _initial_in(name: str) -> str | None:
    """Return the first character of the given name: ``石田（秀）委員長``."""
    inner = [part for part in speakers.in_brackets(name) if 0 < len(part) <= _MOST_INITIAL]
    short = [part for part in inner if speakers.without_honorific(part) == part]
    return short[0] if short and not speakers.has_post(short[0]) else None


def _person_meant(label: str, roster: Sequence[_Person]) -> _Person | None:
    """Return the person of the roster whom the label means, if only one fits."""
    printed = _printed_name(label)
    if printed:
        same = [person for person in roster if fold(person.name) == fold(printed)]
        if same:
            return same[0]
    name = speakers.fold_label(label)
    outer = speakers.without_brackets(name)
    bracketed = [speakers.without_honorific(part) for part in speakers.in_brackets(name)]
    initial = _initial_in(name)
    fitting = [
        person
        for person in roster
        if _may_name(outer, person)
        or any(_may_name(part, person) for part in bracketed if len(part) > 1 or not initial)
    ]
    if initial and len(fitting) > 1:
        fitting = [person for person in fitting if _given_begins(person, outer, initial)]
    if len(fitting) > 1:
        post = _post_of(label)
        fitting = [person for person in fitting if post and post in person.posts]
    return fitting[0] if len(fitting) == 1 else None


def _may_name(words: str, person: _Person) -> bool:
    """Say whether the words are the person's name, or their surname followed by a post."""
    name, folded = fold(person.name), fold(speakers.without_honorific(words))
    if folded == name:
        return True
    return any(
        folded.startswith(name[:length]) and _is_post(folded[length:], person)
        for length in _surname_lengths(person)
    )


def _surname_lengths(person: _Person) -> Iterable[int]:
    if person.surname:
        return (len(person.name), len(person.surname))
    total = len(person.name)
    least = 1 if total <= _FULL_LEAST else 2
    return (total, *range(min(total - 1, _FULL_LEAST), max(least, total - _MOST_GIVEN) - 1, -1))


def _is_post(rest: str, person: _Person) -> bool:
    posts = {fold(post) for post in person.posts}
    return not rest or rest in posts or speakers.surname(rest) == "" or rest.lstrip("副") == ""


def _given_begins(person: _Person, outer: str, initial: str) -> bool:
    return any(
        fold(outer).startswith(fold(person.name)[:length])
        and fold(person.name)[length:].startswith(fold(initial))
        for length in _surname_lengths(person)
    )
