"""Numbers that speakers give to the points of a bundled question: 大項目1, 中項目2, 3点目, ①.

A point of a lower kind belongs to the last higher one named before it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.language.dates import kanji_number

_N = "[0-9０-９一二三四五六七八九十]{1,3}"
_ORDINAL = "の?(?:第|[（(])?"
_POINT = re.compile(
    rf"大(?:きな)?項目{_ORDINAL}(?P<great>{_N})"
    rf"|(?:質問|質問事項|件名){_ORDINAL}(?P<question>{_N})[)）]?(?![点人者件回つ年月時])"
    rf"|中項目{_ORDINAL}(?P<middle>{_N})|小項目{_ORDINAL}(?P<small>{_N})"
    rf"|(?P<point>{_N})(?:点目|つ目|番目|項目め?|問目)"
    rf"|第(?P<nth>{_N})(?:点|に(?=[、は]))"
    r"|(?P<circled>[①-⑳])"
)
_RANKS = ("great", "question", "point", "middle", "small", "circled")
_SAME = {"nth": "point"}
_CIRCLED = ord("①") - 1

Path = Mapping[str, int]
"""The current numbers, by kind."""


@dataclass(slots=True)
class Points:
    """Reads a speech sentence by sentence and keeps the current numbers."""

    now: dict[str, int] = field(default_factory=dict)

    def read(self, sentence: str) -> list[Path]:
        """Return the points that the sentence names, or else the current one, if any."""
        found: list[Path] = []
        last = len(_RANKS)
        for match in _POINT.finditer(sentence):
            kind = _SAME.get(match.lastgroup or "", match.lastgroup or "")
            number = _number(match[match.lastgroup or 0])
            if number is None:
                continue
            self._enter(kind, number)
            if _RANKS.index(kind) > last:
                # 大項目2、中項目1 is one point
                found.pop()
            found.append(dict(self.now))
            last = _RANKS.index(kind)
        return found or ([dict(self.now)] if self.now else [])

    def _enter(self, kind: str, number: int) -> None:
        lower = _RANKS[_RANKS.index(kind) + 1 :]
        self.now = {known: at for known, at in self.now.items() if known not in lower}
        self.now[kind] = number


def names_point(sentence: str) -> bool:
    """Say whether the sentence itself names a point."""
    return _POINT.search(sentence) is not None


def paths_of(texts: Iterable[str]) -> list[list[Path]]:
    """For each text of one speech, in order, return the points that it is about."""
    points = Points()
    return [points.read(text) for text in texts]


def agreement(asked: Sequence[Path], answered: Sequence[Path]) -> float:
    """Return how well points agree: 1 for the same, -1 for other numbers, 0 if unknown."""
    return max((_fit(one, other) for one in asked for other in answered), default=0.0)


def _fit(asked: Path, answered: Path) -> float:
    shared = asked.keys() & answered.keys()
    if not shared:
        return 0.0
    if any(asked[kind] != answered[kind] for kind in shared):
        return -1.0
    return len(shared) / len(answered)


def _number(text: str) -> int | None:
    return ord(text) - _CIRCLED if "①" <= text <= "⑳" else kanji_number(text)
