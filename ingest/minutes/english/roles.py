"""Roles of speakers in English minutes whose label alone does not give one.

A witness is introduced by the chair or bears the name of another organisation; a citizen speaks
when the public is invited; a riding or a party marks a member.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.record import Role
from ingest.minutes.exchanges.pairing import Turn, speaker_key
from ingest.minutes.speakers import speakers

_BRACKET = re.compile(r"\((?P<inner>.*)\)\s*$")
_PARTY = re.compile(
    r"(?:^|[,;]\s*)(?:[A-Z]{1,4}[a-z]{0,3}\.?|Ind\.?|Independent|Labour|Conservative|Liberal"
    r"|Democrat|Republican|Green(?: Party)?|Plaid Cymru)\s*\)*$"
)
_GUEST = re.compile(
    r"\b(?:applicant|appellant|petitioner|witness|as an? individual|on behalf of|representing"
    r"|consultant|presenter|developer|professor|scientist|researcher|president|founder|ceo"
    r"|executive director|institute|university|association|society|guild|union|federation"
    r"|foundation|inc|ltd|llc|company|coalition|network|alliance|chamber)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:minister|ministry|department|secretary|city|county|town|township|municipal|clerk"
    r"|deputy|government|agency|treasury)\b",
    re.IGNORECASE,
)
_CITIZEN = re.compile(
    r"\b(?:resident|citizen|neighbou?r|audience member|member of the (?:public|audience)|caller"
    r"|speaker from the floor|homeowner)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\bpublic (?:comments?|input|forum|participation|hearing|testimony|speakers?)\b"
    r"|\b(?:time|opportunity|invite|hear(?:ing)? from|any) (?:for )?(?:\w+ )?"
    r"members? of the public\b"
    r"|\banyone (?:from|in) the (?:public|audience)\b"
    r"|\b(?:comments?|questions?|speakers?) from the floor\b"
    r"|\bstate your name\b|\bcitizens?['’]? (?:comments?|forum|to be heard)\b|\bopen forum\b"
    r"|\baudience (?:comments?|participation)\b|\bopen mic\b",
    re.IGNORECASE,
)
_PUBLIC_ENDS = re.compile(
    r"\bclose(?:s|d)? (?:the )?(?:public|hearing)|\bno (?:one else|further (?:public|speakers))"
    r"|\bpublic (?:hearing|comment)(?: \w+)? (?:is|was) closed",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?:with us (?:today|this)?|our witnesses|our guests?|joined by|appearing"
    r"|hear from the applicant|joining us)\b",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]{2,}")
_MOST_OF_A_CITIZEN = 6
_TITLE_WORDS = frozenset(
    ("The", "Mr", "Mrs", "Ms", "Dr", "Hon", "Chair", "Captain", "Madam", "Sir")
)


def with_english_roles(turns: Sequence[Turn], listed: Collection[str]) -> list[Turn]:
    """Return the turns with roles added from English wording.

    ``listed`` are the names of the attendance list. Turns with Japanese labels stay as they are.
    """
    roles: dict[str, Role] = {}
    known = " ".join(listed)
    public: tuple[str, ...] | None = None
    introduced: set[str] = set()
    uninvited: set[str] = set()
    for turn in turns:
        key = speaker_key(turn.speaker)
        chairs = _presides(turn)
        if chairs:
            public = _invitation(turn, public)
            if _INTRODUCED.search(turn.text):
                introduced |= set(_NAME_WORD.findall(turn.text)) - _TITLE_WORDS
        elif not speakers.is_japanese_label(turn.speaker) and key not in roles:
            under = any(_PUBLIC.search(text) for text in turn.heading[-1:])
            invited = public == turn.heading or under
            if not invited:
                # who reports earlier on is no member of the public when answering one
                uninvited.add(key)
            invited = invited and key not in uninvited
            role = _own_role(turn, introduced, known, invited=invited)
            if role:
                roles[key] = role
    often = Counter(speaker_key(turn.speaker) for turn in turns)
    roles = {
        key: role
        for key, role in roles.items()
        if role is not Role.CITIZEN or often[key] <= _MOST_OF_A_CITIZEN
    }
    return [replace(turn, role=roles.get(speaker_key(turn.speaker), turn.role)) for turn in turns]


def last_name(label: str) -> str | None:
    """Return the last word of a name, ignoring a bracket after it."""
    words = _NAME_WORD.findall(label.partition("(")[0])
    return words[-1] if words else None


def bears_party(label: str) -> bool:
    """Tell whether a party follows the name: ``Ms. Joan Birdsall (Port Quell, CPC)``."""
    bracket = _BRACKET.search(label)
    return bracket is not None and _PARTY.search(bracket["inner"]) is not None


def _presides(turn: Turn) -> bool:
    return turn.role is Role.CHAIR or re.match(r"mayor\b", turn.speaker, re.IGNORECASE) is not None


def _invitation(turn: Turn, before: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return the heading under which the public may speak; ``None`` if it may not."""
    if _PUBLIC_ENDS.search(turn.text):
        return None
    return turn.heading if _PUBLIC.search(turn.text) else before


def _own_role(turn: Turn, introduced: Collection[str], known: str, *, invited: bool) -> Role | None:
    if _CITIZEN.search(turn.speaker):
        return Role.CITIZEN
    bracket = _BRACKET.search(turn.speaker)
    inner = bracket["inner"] if bracket else ""
    if _GUEST.search(inner) and not _OFFICE.search(inner) and not _PARTY.search(inner):
        return Role.WITNESS
    if turn.role is not None or _PARTY.search(inner):
        return None
    surname = last_name(turn.speaker) or ""
    if surname.casefold() in known.casefold().split():
        return None
    if invited:
        return Role.CITIZEN
    return Role.WITNESS if surname in introduced else None
