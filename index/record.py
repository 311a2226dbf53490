"""What a document records beside its passages: of a sitting in minutes, of an ordinance's own life.

Everything here is data, stored with the document and shown by ``kiroku show``.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """On which side of the table the speaker sits."""

    CHAIR = "chair"
    MEMBER = "member"
    EXECUTIVE = "executive"
    WITNESS = "witness"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person of the attendance list; ``post`` as printed, ``role`` where it can be told.

    ``party`` is the party or group (会派) that the list prints beside the name.
    """

    name: str
    post: str | None = None
    role: Role | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """For which party or group somebody speaks in a sitting.

    ``speaker`` as the passages print it; ``party`` as printed beside the name in the list or in the
    mark of the speech, or as he says himself when he begins (公明党を代表して).
    """

    speaker: str
    party: str


class Outcome(StrEnum):
    """What a vote came to; how it is printed differs from council to council."""

    PASSED = "passed"
    """可決, 承認, 同意, 認定, 了承, 決定: the matter was agreed to."""
    REJECTED = "rejected"
    """否決, 不承認, 不採択."""
    ADOPTED = "adopted"
    """採択 of a petition (請願・陳情), also in part (一部採択)."""
    CONTINUED = "continued"
    """継続審査, 付託, 趣旨採択 left open: nothing was decided yet."""
    WITHDRAWN = "withdrawn"
    """撤回, 取下げ."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One decision of a sitting.

    ``item`` is its number as printed (``議案第12号``), ``title`` its words; ``result`` is the word
    for the result as printed (``原案可決``); ``manner`` how it was reached, as printed
    (``全会一致``, ``賛成多数``, ``起立多数``, ``異議なし``). ``ayes`` and ``nays`` are counts,
    where they are given. ``passage`` is the ordinal (from 0) of the passage that says so.
    """

    item: str | None
    title: str | None
    result: str
    outcome: Outcome
    manner: str | None = None
    ayes: int | None = None
    nays: int | None = None
    passage: int | None = None


class Cast(StrEnum):
    """How one member voted on a matter, or why he did not."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    ABSENT = "absent"
    LEFT = "left"
    """退席: left the room before the vote."""
    EXCLUDED = "excluded"
    """除斥: concerned in person, and sent out."""
    PRESIDING = "presiding"
    """The chair, who votes only where the votes are equal."""


@dataclass(frozen=True, slots=True)
class MemberVote:
    """How a member voted; ``name`` and ``mark`` (``○``, ``欠``, ``Aye``) as printed.

    ``passage`` is the ordinal (from 0) of the passage that says so.
    """

    name: str
    cast: Cast
    mark: str
    passage: int


@dataclass(frozen=True, slots=True)
class RollCall:
    """How each member voted on one matter: ``item`` and ``title`` as those of :class:`Vote`.

    ``partial`` where those alone are named who voted otherwise than most: ``Carried 3-1 with Hall
    opposed``. Of a way to vote that nobody is named for, it tells nothing.
    """

    item: str | None
    title: str | None
    members: tuple[MemberVote, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """What minutes, or a list of results, say of the sitting itself.

    ``session`` as printed (``令和4年第3回定例会``); ``opened`` and ``adjourned`` are clock times;
    ``materials`` are the papers named (``資料1 …``), in the order of the text. ``parties`` tell for
    which party or group the speakers speak, where it is told. ``roll_calls`` are the lists of votes
    by member (賛否一覧).
    """

    session: str | None = None
    opened: dt.time | None = None
    adjourned: dt.time | None = None
    absentees: tuple[Attendee, ...] = ()
    materials: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    parties: tuple[Affiliation, ...] = ()
    roll_calls: tuple[RollCall, ...] = ()


@dataclass(frozen=True, slots=True)
class PartInForce:
    """A part of an ordinance (``第7条``) that applies from another day than the rest."""

    address: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Enactment:
    """What an ordinance says of its own life.

    ``number`` as printed (``令和4年条例第12号``). ``in_force`` is the day from which it applies,
    ``repealed`` the day from which it does not (``None``: in force as far as this text tells).
    ``is_repealed`` also holds where the text says so without a day, and where that day is still to
    come (see :meth:`holds_no_more`). ``amends`` is the title of the
    ordinance that this one changes, for 改正条例 and 新旧対照表. ``text_from`` is the day from
    which the text applies as it stands, with all its amendments (``None``: its supplements do not
    tell), ``parts`` what of it applies from another day.
    """

    number: str | None = None
    promulgated: dt.date | None = None
    amended: dt.date | None = None
    in_force: dt.date | None = None
    repealed: dt.date | None = None
    is_repealed: bool = False
    amends: str | None = None
    text_from: dt.date | None = None
    parts: tuple[PartInForce, ...] = ()

    def holds_no_more(self, today: dt.date) -> bool:
        """Say whether the text is repealed or has expired by ``today``."""
        return self.is_repealed if self.repealed is None else self.repealed <= today


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference from a passage to an article.

    ``text`` as printed (``前条第2項``, ``同条例第5条``). ``article`` is the address it resolves to
    (``第4条第2項``), ``None`` where only an ordinance is named. ``title`` is the name of the other
    ordinance, ``None`` for a reference inside the same one.
    """

    text: str
    article: str | None = None
    title: str | None = None
