"""How many were for and against, in English minutes: ``4-0``, ``four to one``, ``Ayes: A, B``."""

import re
from dataclasses import dataclass

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(_WORDS)})"
_SCORE = re.compile(
    rf"(?<![\w/-])(?P<ayes>{_NUMBER})(?:\s?[-–—]\s?|\s+(?:votes? )?to\s+)(?P<nays>{_NUMBER})"
    rf"(?:\s?[-–—]\s?{_NUMBER})?(?![\w/]|-\w)",
    re.IGNORECASE,
)
_AYE = r"(?:ayes?|yeas?|yes(?: votes)?|for|in favou?r)"
_NAY = r"(?:no(?:es|s)?|nays?|no votes|against|opposed)"


def _counted_pattern(side: str) -> re.Pattern[str]:
    after = rf"{side}\s*[:=–-]*\s*(?P<after>{_NUMBER})\b"
    before = rf"\b(?P<before>{_NUMBER})\s+(?:members? )?(?:voted )?{side}\b"
    return re.compile(rf"\b(?:{after}|{before})", re.IGNORECASE)


_AYES_COUNTED = _counted_pattern(_AYE)
_NAYS_COUNTED = _counted_pattern(_NAY)
_ROLL_CALL_LINE = re.compile(
    r"[\s*•-]*(?P<side>ayes?|yeas?|yes|noes|nos|no|nays?|absent|abstain(?:ed|ing)?|abstentions?"
    r"|recused?|excused|not voting|voting (?:aye|nay|yes|no)|in favou?r|for|opposed|against)"
    r"\s*(?:\(\s*(?P<count>[0-9]{1,3})\s*\))?[\s*]*[:–—-]\s*(?P<names>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FOR = re.compile(r"ayes?|yeas?|yes|voting (?:aye|yes)|in favou?r|for", re.IGNORECASE)
_AGAINST = re.compile(r"noes|nos|no|nays?|voting (?:nay|no)|opposed|against", re.IGNORECASE)
_NOBODY = re.compile(r"\W*(?:none|n/?a|nil|0|-+)?\W*", re.IGNORECASE)
_POSTS = re.compile(
    r"\b(?:council(?:lor|or| ?member|man|woman| ?person)?s?|mayor|vice|pro tem(?:pore)?|deputy"
    r"|members?|commissioners?|supervisors?|trustees?|directors?|chair\w*|alder\w+|president"
    r"|mr|mrs|ms|dr)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RollCallLine:
    """A line of a roll call: ``side`` is for, against or neither; ``number`` is how many."""

    side: str
    number: int


def read_counts(text: str) -> tuple[int | None, int | None]:
    """Return ayes and nays of a sentence that announces a vote, ``None`` where not given."""
    match = _SCORE.search(text)
    if match:
        return _value(match["ayes"]), _value(match["nays"])
    return _count_matching(_AYES_COUNTED, text), _count_matching(_NAYS_COUNTED, text)


def read_roll_call_line(line: str) -> RollCallLine | None:
    """Return what a line such as ``AYES: Anand, Ferreira`` or ``Noes: None`` says."""
    match = _ROLL_CALL_LINE.fullmatch(line.strip())
    if match is None:
        return None
    side = match["side"]
    kind = "for" if _FOR.fullmatch(side) else "against" if _AGAINST.fullmatch(side) else "neither"
    number = int(match["count"]) if match["count"] else _count_names(match["names"])
    return None if number is None else RollCallLine(kind, number)


def _count_names(names: str) -> int | None:
    """Count the names of a list; a number may stand in their stead or before them."""
    if _NOBODY.fullmatch(names):
        return 0
    number = re.match(r"\s*([0-9]{1,3})\b", names)
    if number:
        return int(number[1])
    if names.rstrip().endswith("?") or len(re.findall(r"[.!]\s+[A-Z][a-z]+ [a-z]", names)):
        return None
    parts = re.split(r",|;|\band\b|&", _POSTS.sub(" ", names))
    return sum(1 for part in parts if re.search(r"[A-Za-z]", part)) or None


def _count_matching(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return _value(match["after"] or match["before"]) if match else None


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower())
