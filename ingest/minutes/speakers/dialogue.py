"""Lines that may open a speech, and which of them are speeches by what the others are.

Names without posts are a dialogue where they take turns; a chair without a mark speaks where all
others are marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.record import Role
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.marks import Family

LEAST_TURNS = 3
"""Speeches that minutes have at least."""
REPEATED = 2
"""How often a label without a post must come to be one."""
_LONGEST_NAME = 5
_DIALOGUE, _DIALOGUE_ASKS, _DIALOGUE_ENDS = 6, 0.2, 0.8
"""Speeches of a dialogue at least; the shares of them that ask, and that end as sentences do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Line ``index`` may open a speech; ``strong`` where its label is a post or a known name."""

    index: int
    family: Family
    label: str
    speech: str
    strong: bool


def is_english_dialogue(candidates: Sequence[Candidate], times: Mapping[str, int]) -> bool:
    """Tell whether most labels are in Latin letters, and repeat or bear a title."""
    latin = [candidate for candidate in candidates if candidate.label[0].isascii()]
    if len(latin) < LEAST_TURNS or len(latin) < len(candidates) / 2:
        return False
    again = sum(1 for candidate in latin if times[speakers.fold_label(candidate.label)] >= REPEATED)
    titled = sum(1 for candidate in latin if candidate.strong)
    return again + titled >= len(latin) / 2


def is_dialogue(candidates: Sequence[Candidate], times: Mapping[str, int]) -> bool:
    """Tell whether two or more names without posts take turns, speak in sentences and ask."""
    if len(candidates) < _DIALOGUE or len(times) == 1:
        return False
    again = all(times[speakers.fold_label(c.label)] >= REPEATED for c in candidates)
    names = all(len(speakers.fold_label(c.label)) <= _LONGEST_NAME for c in candidates)
    ends = sum(1 for c in candidates if c.speech.rstrip().endswith(("。", "？", "?")))
    asking = sum(1 for c in candidates if c.speech.rstrip().endswith(("か", "か。", "？", "?")))
    total = len(candidates)
    return again and names and ends >= _DIALOGUE_ENDS * total and asking >= _DIALOGUE_ASKS * total


def chairs_without_mark(
    found: Mapping[Family, Sequence[Candidate]], chosen: Iterable[Candidate]
) -> Sequence[Candidate]:
    """Return the speeches of a chair who bears no mark, or another one than all who are ``chosen``.

    None where a chair is among these, or where the label comes only once.
    """
    if any(speakers.role_of(candidate.label) is Role.CHAIR for candidate in chosen):
        return ()
    chairs = (
        [each for each in candidates if speakers.role_of(each.label) is Role.CHAIR]
        for candidates in found.values()
    )
    most = max(chairs, key=len, default=[])
    return most if len(most) >= REPEATED else ()
