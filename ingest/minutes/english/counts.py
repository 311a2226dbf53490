"""Vote counts in English minutes: ``4-0``, ``four to one``, ``Ayes: A, B``."""

import re
from dataclasses import dataclass

from ingest.minutes.english.people import names_nobody, read_english_people

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
_BALLOT = re.compile(
    r"\b[A-Z][\w'’-]+\s*[,:–—-]\s*(yes|yea|aye|no|nay|abstain(?:ed|s)?)\b", re.IGNORECASE
)
"""``Brown, yes; Dean - no``: how each member answered."""
_LEAST_BALLOTS = 3
_ROLL_CALL_LINE = re.compile(
    r"[\s*•-]*(?:(?P<ayes>(?:voting )?(?:ayes?|yeas?|yes)|in favou?r|for)"
    r"|(?P<nays>(?:voting )?(?:noes|nos?|nays?)|opposed|against)"
    r"|absent|abstain(?:ed|ing)?|abstentions?|recused?|excused|not voting)"
    r"\s*(?:\(\s*(?P<count>[0-9]{1,3})\s*\))?[\s*]*[:–—-]\s*(?P<names>.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class RollCallLine:
    """A line of a roll call: ``side`` is for, against or neither; ``number`` is how many."""

    side: str
    number: int


def read_counts(text: str) -> tuple[int | None, int | None]:
    """Return the ayes and nays in a sentence that announces a vote; ``None`` if not given."""
    match = _SCORE.search(text)
    if match:
        return _value(match["ayes"]), _value(match["nays"])
    ballots = [match[1].lower() for match in _BALLOT.finditer(text)]
    if len(ballots) >= _LEAST_BALLOTS:
        return sum(b in {"yes", "yea", "aye"} for b in ballots), sum(b[0] == "n" for b in ballots)
    return _count_matching(_AYES_COUNTED, text), _count_matching(_NAYS_COUNTED, text)


def read_roll_call_line(line: str) -> RollCallLine | None:
    """Read a line such as ``AYES: Anand, Ferreira`` or ``Noes: None``."""
    match = _ROLL_CALL_LINE.fullmatch(line.strip())
    if match is None:
        return None
    kind = "for" if match["ayes"] else "against" if match["nays"] else "neither"
    number = int(match["count"]) if match["count"] else _count_names(match["names"])
    return None if number is None else RollCallLine(kind, number)


def _count_names(names: str) -> int | None:
    """Count the names in a list, or return the number that replaces or precedes them."""
    if names_nobody(names):
        return 0
    number = re.match(r"\s*([0-9]{1,3})\b", names)
    if number:
        return int(number[1])
    if names.rstrip().endswith("?") or len(re.findall(r"[.!]\s+[A-Z][a-z]+ [a-z]", names)):
        return None
    return len(read_english_people(names)) or None


def _count_matching(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return _value(match["after"] or match["before"]) if match else None


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower())
