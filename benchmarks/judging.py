"""What is counted when something that was read is compared with the marks of a person."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """The share that was right, 1 where there was nothing to get right."""
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: "Tally") -> "Tally":
        """Count both together."""
        return Tally(self.right + other.right, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that was read otherwise than it is marked; ``turn`` counts from 0."""

    measure: str
    turn: int | None
    expected: object
    came: object


Judgement = tuple[str, bool, Failure]
"""The measure, whether it was right, and what to say where it was not."""


def judged(
    measure: str, turn: int | None, expected: object, came: object, *, right: bool
) -> Judgement:
    """Return what is counted under a measure, and what is said of it where it is wrong."""
    return measure, right, Failure(measure, turn, expected, came)


def fold(text: str | None) -> str:
    """Return text without blanks and with one form for each character."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
