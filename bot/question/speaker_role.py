"""Whether a question names somebody as who speaks, who asked or who was asked, or as its matter.

「市長は何と答えたか」 names who speaks, 「谷口委員への答弁」 who asked, 「市長に聞いた」 who was
asked, 「市長の給料」 none of these.
What follows the name tells: a particle, and the words of saying behind it.
"""

import re
from enum import StrEnum

from index.language.saying import ANSWERING, TELLING, asks_and_answers, said_first
from index.language.text import begins_latin

_NEAR, _ONE_WORD = 120, 2
_CLAUSE = re.compile(r"側?(?P<said>[^。?]*)")
_PARTICLE = re.compile(
    r"(?P<of>の)|(?P<speaks>は|って|も)|(?P<does>が|から|より|によ[るっ])|(?P<to>に(?:対し)?|へ)"
)
_TO_WHOM = re.compile(r"側?(?:に(?:対し(?:て)?)?|へ)の?")
_NAMED = re.compile(r"[^はがを、に]{0,16}")
"""How far the thing reaches that is somebody's: の|一般質問|について."""
_ABOUT = re.compile(r"につい|に関|に対|をめぐ")
_BEFORE_NEXT = re.compile(r"[^はが]*")
_ACCORDING = re.compile(r"に(?:よると|よれば|言わせると)")
_AND_WHO = ("、", ",", " ", "で", "では", "じゃ", "じゃあ")
_SAYS_WHAT = {"は", "も", "は何と", "はなんと", "はどう"}
"""「…、市長は？」: behind the matter, the one who speaks of it; alone it asks who that is."""
_SAY = (
    r"(?:say|said|says|answer|answered|explain|explained|respond|responded|reply|replied|promise|"
    r"promised|mention|mentioned|state|stated|report|reported|suggest|suggested|propose|proposed|"
    r"ask|asked|question|questioned|raise|raised|argue|argued|oppose|opposed|tell|told|comment)"
)
_SAYS_AFTER = re.compile(
    rf"(?:'s?|,)?(?: [a-z']+){{0,2}}? (?:{_SAY}|reply|response|remark|statement|explanation|view)\b"
)
_SAYS_ASKED = re.compile(rf"[^.?]{{0,80}}?\b{_SAY}\b")
_BEFORE = re.compile(
    r"\b(?:(?P<asks>did|does|do|has|had)|according to|(?:said|given|asked|explained) by)(?: the)? $"
)
_ANSWER_BEFORE = re.compile(
    r"\b(?:answer|answered|answers|reply|replied|response|respond|responded)\b"
    r"[^.?]{0,40}\bto(?: the)? $"
)
_ASK_BEFORE = re.compile(r"\b(?:ask|asked|question|questioned|tell|told|press|pressed)(?: the)? $")


class SpeakerRole(StrEnum):
    """Which part someone has in what is looked for."""

    SPEAKS = "speaks"
    ASKED = "asked"
    """Asked the question whose answer is wanted."""
    ADDRESSED = "addressed"
    """Was asked or told something: 市長に聞いた."""


def speaker_role_of(folded: str, span: tuple[int, int]) -> SpeakerRole | None:
    """Return the part that a question gives to the one named at a span; ``None``: its matter."""
    start, end = span
    after = folded[end : end + _NEAR]
    before = folded[max(0, start - _NEAR) : start]
    if begins_latin(folded[start:]):
        return _english(before, after)
    clause = _CLAUSE.match(after)
    said = clause["said"] if clause else ""
    left_out = said.strip() in _SAYS_WHAT and before.endswith(_AND_WHO)
    if left_out or _ACCORDING.match(said):
        return SpeakerRole.SPEAKS
    if particle := _PARTICLE.match(said):
        return _japanese(particle.lastgroup or "", said[particle.end() :])
    return _japanese("of", said) if said_first(said[:_ONE_WORD]) else None


def to_whom(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where the one named at a span stands with the particle that says: to whom."""
    particle = _TO_WHOM.match(folded, span[1])
    return span[0], particle.end() if particle else span[1]


def _japanese(particle: str, rest: str) -> SpeakerRole | None:
    """Return the part of one whose name a particle of that sort follows, and then ``rest``."""
    if particle in {"of", "does"} and asks_and_answers(rest):
        return SpeakerRole.ASKED
    if particle == "to":
        told = said_first(rest, ANSWERING | TELLING)
        if told and told.word in ANSWERING:
            return SpeakerRole.ASKED
        return SpeakerRole.ADDRESSED if told and not told.passive else None
    if particle == "of":
        named = _NAMED.match(rest)
        of_whom = not _ABOUT.match(rest, named.end()) if named else True
        rest = named[0] if named and of_whom else ""
    elif particle == "does":
        before_next = _BEFORE_NEXT.match(rest)
        rest = before_next[0] if before_next else rest
    said = said_first(rest)
    return SpeakerRole.SPEAKS if said and not said.passive else None


def _english(before: str, after: str) -> SpeakerRole | None:
    if _ANSWER_BEFORE.search(before):
        return SpeakerRole.ASKED
    if _ASK_BEFORE.search(before):
        return SpeakerRole.ADDRESSED
    leads = _BEFORE.search(before)
    says = leads and (not leads["asks"] or _SAYS_ASKED.match(after))
    return SpeakerRole.SPEAKS if says or _SAYS_AFTER.match(after) else None
