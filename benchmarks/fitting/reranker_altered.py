"""Negatives made of positives: the passage with a number, year or name changed that was asked for.

A passage that says the same of another year, article or person answers nothing, and word matches
hardly see it. Only what the question itself names is changed, so that the passage surely does not
answer any more; what answers (an amount, say) may change without harm and is left alone.
"""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

_NUMBER = re.compile(r"[0-9０-９]+|元(?=年)")
_MOST = 400
_FAR = 3
_NEAR = 6
"""Numbers up to this size change by some, larger ones by a share, so that both stay likely."""
_YEAR = range(1900, 2100)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(slots=True)
class Names:
    """Proper nouns by their sort, gathered from questions: what a name may be changed to."""

    of_sort: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def gather(self, questions: Iterable[str]) -> None:
        """Add the names of some questions."""
        for question in questions:
            for sort, name in proper_nouns(question):
                if name not in self.of_sort[sort]:
                    self.of_sort[sort].append(name)

    def other(self, sort: str, name: str, draw: random.Random) -> str | None:
        """Return another name of a sort."""
        others = [each for each in self.of_sort[sort] if each not in name and name not in each]
        return draw.choice(others) if others else None


def altered(
    question: str, parts: Mapping[str, str], names: Names, draw: random.Random
) -> dict[str, str] | None:
    """Return the parts of a passage with something changed that the question names; else None.

    Numbers and years go before names, as they are what is mixed up most.
    """
    for found, other in _changes(question, names, draw):
        forms = {found, found.translate(_WIDE), unicodedata.normalize("NFKC", found)}
        pattern = re.compile(
            "|".join(rf"(?<![0-9０-９]){re.escape(f)}(?![0-9０-９])" for f in forms)
        )
        changed = {name: pattern.sub(_like(other), text) for name, text in parts.items()}
        if changed["words"] != parts["words"] or changed["head"] != parts["head"]:
            return changed
    return None


def _like(other: str) -> Any:  # noqa: ANN401 - what re.sub takes
    def written(match: re.Match[str]) -> str:
        wide = any(sign in "０１２３４５６７８９" for sign in match[0])
        return other.translate(_WIDE) if wide else other

    return written


def _changes(question: str, names: Names, draw: random.Random) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number in _NUMBER.findall(question):
        plain = unicodedata.normalize("NFKC", number)
        value = 1 if plain == "元" else int(plain[:9])
        found.append((plain, str(_other_number(value, draw))))
    draw.shuffle(found)
    named = [(name, names.other(sort, name, draw)) for sort, name in proper_nouns(question)]
    draw.shuffle(named)
    return found + [(name, other) for name, other in named if other is not None]


def _other_number(value: int, draw: random.Random) -> int:
    step = draw.choice([each for each in range(-_FAR, _FAR + 1) if each])
    if value in _YEAR or value <= _NEAR * _NEAR:
        return max(1, value + step) if value + step != value and value + step > 0 else value + _FAR
    return value + step * max(1, value // 10)


def proper_nouns(text: str) -> list[tuple[str, str]]:
    """Return the sort and the words of each proper noun of two signs or more."""
    mode, cutter = _sudachi()
    found = []
    for each in cutter.tokenize(text[:_MOST], mode):
        sort = each.part_of_speech()
        if sort[1] == "固有名詞" and len(each.surface()) > 1:
            found.append((f"{sort[2]}/{sort[3]}", each.surface()))
    return found


@cache
def _sudachi() -> tuple[Any, Any]:
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 - loads its dictionary

    return SplitMode.C, Dictionary().tokenizer()
