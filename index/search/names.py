"""The names that an index knows: its bodies, speakers, persons and posts, from the index itself.

Made once an opened generation, when a question first needs it, from the columns and the documents
in memory: no passage is read. What a question names is looked up here, so that nothing is narrowed
to a name that the index does not have.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.council.parties import parties_of_core, party_cores
from index.council.speakers import (
    POST,
    POSTS,
    Voice,
    bare_name,
    holds_post,
    is_member_number,
    is_surname_of,
    voice_of,
    without_blanks,
)
from index.generation.columns import Columns
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind
from index.record import Role
from index.search.membership import memberships

SECRETARIAT = "事務局"
PLENARY = "本会議"
_MUNICIPALITY = re.compile(r"^[^\W\d_]{1,6}?[都道府県市区町村](?=立|議会|.*(?:会|会議|条例|規則)$)")
_CITY_OF = re.compile(
    r"^(?:city|town|county|village|borough) of [a-z .'-]+? "
    r"(?=(?:city |town |county |village )?(?:council|board|commission|committee))"
)
_PLACE = re.compile(
    r"(?:^| )([^\W\d_ぁ-ん]{1,5}?)[都道府県市区町村](?=立|議会|.*(?:会|会議)(?: |$))"
)
_OF_ASSEMBLY = ("議会", "定例会", "臨時会", "本会議")
_WITH_SECRETARIAT = (
    *("審議会", "協議会", "部会", "懇談会", "検討", "策定", "推進", "評価"),
    *("審査会", "教育委員会"),
)
_GENERIC = (
    *("審議会", "委員会", "協議会", "部会", "懇談会", "検討会", "議会"),
    *("council", "committee"),
)
_LEAST = 2
_ASSEMBLYMAN = "議員"


@dataclass(frozen=True, slots=True)
class Body:
    """A council or committee: its name as stored, and the folded names that it goes by."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the index: full name where it is known, else the surname."""

    name: str
    bodies: tuple[str, ...]
    posts: tuple[str, ...]
    voices: tuple[int, ...]
    documents: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Known:
    """In which bodies a name sits, and with which posts."""

    bodies: set[str | None]
    posts: set[str]


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one generation. ``voices`` are in the order of document and speaker.

    ``keys`` (n,) holds ``document * (speakers + 1) + speaker`` of each voice, sorted. ``parties``
    holds the party of each voice, empty where none is known; ``cores`` what their names come down
    to (see :mod:`index.council.parties`).
    """

    documents: tuple[Document, ...]
    voices: tuple[Voice, ...]
    keys: NDArray[np.int64]
    scale: int
    bodies: tuple[Body, ...]
    posts: tuple[str, ...]
    known: Mapping[str, "_Known"]
    parties: tuple[str, ...] = ()
    cores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Columns, documents: Mapping[DocumentId, Document]) -> "Names":
        """Gather the names of a generation."""
        held = tuple(documents[name] for name in columns.documents)
        scale = len(columns.speakers) + 1
        spoken = np.flatnonzero(np.asarray(columns.speaker) >= 0)
        keys = columns.document[spoken].astype(np.int64) * scale + columns.speaker[spoken]
        keys, first = np.unique(keys, return_index=True)
        roles = list(Role)
        voices = []
        for key, place in zip(keys.tolist(), spoken[first].tolist(), strict=True):
            document, speaker = divmod(key, scale)
            role = int(columns.role[place])
            voices.append(
                voice_of(
                    held[document],
                    (document, speaker),
                    columns.speakers[speaker],
                    None if role < 0 else roles[role],
                )
            )
        known = _known(held, voices)
        parties = memberships(held, voices, known)
        bodies, posts = _bodies(held), _posts(voices)
        called = _cores(held, parties)
        return cls(held, tuple(voices), keys, scale, bodies, posts, known, parties, called)

    @property
    def japanese(self) -> bool:
        """Whether any minutes are in Japanese."""
        minutes = DocumentKind.MINUTES
        return any(d.language == "ja" for d in self.documents if d.kind is minutes)

    def is_own(self, municipality: str) -> bool:
        """Tell whether a folded municipality's name (汐見市) stands in a body or a title."""
        return any(municipality in fold(f"{d.body or ''} {d.title}") for d in self.documents)

    def spoken_by(self, person: str) -> NDArray[np.int64]:
        """Return the keys of the voices of a person or post: see :meth:`voices_of`."""
        return self.keys[list(self.voices_of(person))]

    def voices_of(self, person: str) -> tuple[int, ...]:
        """Return which voices are those of ``person``: a full name, a surname, a post or a party.

        A voice of which only the surname is known is that of a full name where its body, or else
        the whole index, has no other person of that surname. 事務局 is also who answers for it
        where minutes print the single officers.
        """
        wanted = without_blanks(person)
        if self.is_post(wanted):
            return self._holding(wanted)
        found = [n for n, voice in enumerate(self.voices) if voice.name == wanted]
        longer = [n for n, v in enumerate(self.voices) if is_surname_of(wanted, v.name)]
        shorter = [
            n
            for n, voice in enumerate(self.voices)
            if is_surname_of(voice.name, wanted) and self._full_name(voice) == wanted
        ]
        return tuple(sorted({*found, *longer, *shorter})) or self._for_party(wanted)

    def parties_of(self, name: str) -> tuple[str, ...]:
        """Return the parties that a name means, by all the names that they go by; else none."""
        wanted = (self.cores.get(without_blanks(name)) or party_cores(name))[:1]
        return parties_of_core(wanted[0], self.cores) if wanted else ()

    def _for_party(self, name: str) -> tuple[int, ...]:
        parties = set(self.parties_of(name))
        return tuple(n for n, party in enumerate(self.parties) if party in parties)

    def is_post(self, folded: str) -> bool:
        """Tell whether a folded name is a post rather than a person's name."""
        return folded in self.posts or folded in POSTS or folded == SECRETARIAT

    def people(self, surname: str, post: str | None = None) -> tuple[Person, ...]:
        """Return the persons of that surname or full name, those with the post where any has it.

        Voices without a full name are taken for one person: members sit in many committees.
        議員 is who has a numbered seat in an assembly.
        """
        groups: dict[str, list[int]] = {}
        for number in self.voices_of(surname):
            voice = self.voices[number]
            groups.setdefault(self._full_name(voice) or voice.name, []).append(number)
        people = tuple(self._person(name, numbers) for name, numbers in groups.items())
        if post is None or len(people) <= 1:
            return people
        return tuple(p for p in people if _sits_as(p, post)) or people

    def _person(self, name: str, numbers: Sequence[int]) -> Person:
        voices = [self.voices[number] for number in numbers]
        documents = frozenset(voice.document for voice in voices)
        bodies = dict.fromkeys(self.documents[d].body or "" for d in sorted(documents))
        posts = dict.fromkeys(post for voice in voices for post in voice.posts)
        return Person(name, tuple(b for b in bodies if b), tuple(posts), tuple(numbers), documents)

    def _full_name(self, voice: Voice) -> str | None:
        """Return the one full name that a voice's surname can mean, ``None`` where several can.

        Who sits in the same body comes first, then who has the same post.
        """
        longer = {n: k for n, k in self.known.items() if is_surname_of(voice.name, n)}
        if not longer:
            return voice.name
        body = self.documents[voice.document].body
        near = [name for name, known in longer.items() if body in known.bodies]
        posted = [name for name, known in longer.items() if known.posts.intersection(voice.posts)]
        names = near or posted or list(longer)
        return names[0] if len(names) == 1 else None

    def _holding(self, post: str) -> tuple[int, ...]:
        found = [n for n, voice in enumerate(self.voices) if _sits_as(voice, post)]
        same = {(self.voices[n].document, self.voices[n].name) for n in found}
        found += [n for n, v in enumerate(self.voices) if v.name and (v.document, v.name) in same]
        if post != SECRETARIAT:
            return tuple(sorted(set(found)))
        found += [n for n, v in enumerate(self.voices) if v.printed.startswith(SECRETARIAT)]
        named = {self.voices[number].document for number in found}
        for number, voice in enumerate(self.voices):
            body = self.documents[voice.document].body or ""
            silent = voice.document not in named and any(k in fold(body) for k in _WITH_SECRETARIAT)
            if silent and voice.role is Role.EXECUTIVE:
                found.append(number)
        return tuple(sorted(set(found)))


def is_plenary(body: str) -> bool:
    """Tell whether the minutes of a body are those of a plenary sitting (本会議)."""
    folded = fold(body)
    if "委員会" in folded or folded.endswith(("審議会", "協議会", "部会")):
        return False
    return any(kind in folded for kind in _OF_ASSEMBLY)


def short_name(name: str) -> str:
    """Return a name without the municipality before it (汐見市公共交通審議会 → 公共交通審議会)."""
    short = _CITY_OF.sub("", _MUNICIPALITY.sub("", name).removeprefix("立").strip())
    return short if len(short) > _LEAST else name


def _sits_as(held: Person | Voice, post: str) -> bool:
    if post == _ASSEMBLYMAN:
        return any(is_member_number(own) or own.endswith(post) for own in held.posts)
    return any(holds_post(own, post) for own in held.posts)


def _bodies(documents: Sequence[Document]) -> tuple[Body, ...]:
    found: dict[str, Body] = {}
    for document in documents:
        if document.body and document.kind is DocumentKind.MINUTES:
            found.setdefault(document.body, Body(document.body, _aliases(document)))
    return tuple(found.values())


def _aliases(document: Document) -> tuple[str, ...]:
    name = fold(document.body or "")
    names = [name, short_name(name)]
    names += [tail for tail in _GENERIC if name.endswith(tail)][:1]
    if is_plenary(document.body or ""):
        names += [PLENARY, "議会", *(kind for kind in ("定例会", "臨時会") if kind in name)]
    return tuple(dict.fromkeys(n for n in names if len(n) >= _LEAST))


def _cores(documents: Sequence[Document], parties: Sequence[str]) -> dict[str, tuple[str, ...]]:
    named = set(parties) - {""}
    texts = (fold(f"{d.body or ''} {d.title}") for d in documents) if named else ()
    places = {match[1] for text in texts for match in _PLACE.finditer(text)}
    return {party: party_cores(party, places.__contains__) for party in sorted(named)}


def _known(documents: Sequence[Document], voices: Sequence[Voice]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for voice in voices:
        if voice.name:
            known = found.setdefault(voice.name, _Known(set(), set()))
            known.bodies.add(documents[voice.document].body)
            known.posts.update(voice.posts)
    for document in documents:
        for attendee in document.attendees:
            known = found.setdefault(bare_name(attendee.name), _Known(set(), set()))
            known.bodies.add(document.body)
            if attendee.post:
                known.posts.add(without_blanks(attendee.post))
    return found


def _posts(voices: Sequence[Voice]) -> tuple[str, ...]:
    """Return the posts in use, longest first, with the shorter names that they go by."""
    found: set[str] = set()
    for voice in voices:
        for post in voice.posts:
            if not is_member_number(post) and len(post) >= _LEAST:
                found.add(post)
                if ending := POST.search(post):
                    found.add(ending["post"])
    return tuple(sorted(found, key=lambda post: (-len(post), post)))
