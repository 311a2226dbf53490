"""Who speaks for which party in an index: told by the document, else by another of the same time.

A person may change the party over the years, so each document tells first for itself; where one is
silent, what the same person's nearest sitting says counts, within one term of an assembly.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.council.speakers import Voice, is_surname_of
from index.passage import Document
from index.record import Role

_TERM = dt.timedelta(days=4 * 366)
_FULL = 3
_LONGEST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class _Told:
    """A party that a document tells of a name."""

    name: str
    party: str
    day: dt.date | None
    body: str | None


def memberships(
    documents: Sequence[Document], voices: Sequence[Voice], known: Mapping[str, object]
) -> tuple[str, ...]:
    """Return the party of each voice, empty where none is known.

    ``known`` holds all names of the index. Who presides speaks for the sitting and for no party.
    """
    told: dict[str, list[_Told]] = {}
    for voice in voices:
        if voice.party and voice.name:
            document = documents[voice.document]
            entry = _Told(voice.name, voice.party, document.date, document.body)
            for name in _called(voice.name):
                told.setdefault(name, []).append(entry)
    several = _shared_surnames(known) if told else set()
    return tuple(
        voice.party or _elsewhere(voice, documents[voice.document], told, several)
        if voice.role in (Role.MEMBER, None)
        else ""
        for voice in voices
    )


def _called(name: str) -> tuple[str, ...]:
    """Return a name and what may be its surname."""
    ends = range(1, min(len(name), _LONGEST_SURNAME + 1))
    short = (name[:end] for end in ends) if not name[0].isascii() else (name.rpartition(" ")[2],)
    return tuple(dict.fromkeys((name, *short)))


def _shared_surnames(known: Mapping[str, object]) -> set[str]:
    """Return the beginnings that two or more full names of the index have."""
    seen: set[str] = set()
    several: set[str] = set()
    for name in known:
        for short in _called(name)[1:] if name else ():
            (several if short in seen else seen).add(short)
    return several


def _elsewhere(
    voice: Voice, document: Document, told: Mapping[str, Sequence[_Told]], several: set[str]
) -> str:
    """Return the party that the nearest sitting tells of the one who can only be meant."""
    near = [
        entry
        for entry in told.get(voice.name, ())
        if _is_same(voice.name, entry, document, several)
        and _apart(entry.day, document.date) <= _TERM
    ]
    if len({entry.name for entry in near if len(entry.name) >= _FULL}) > 1:
        return ""
    best = min(near, key=lambda entry: _apart(entry.day, document.date), default=None)
    return best.party if best else ""


def _is_same(name: str, entry: _Told, document: Document, several: set[str]) -> bool:
    if name == entry.name:
        return len(name) >= _FULL or entry.body == document.body or name not in several
    return is_surname_of(name, entry.name) and name not in several


def _apart(one: dt.date | None, other: dt.date | None) -> dt.timedelta:
    return abs(one - other) if one and other else dt.timedelta()
