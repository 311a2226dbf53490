"""Hits that say the same: a draft and the final minutes, a PDF and its Word file, two copies.

They differ in white space, widths, punctuation, a header, a few signs. What differs in a number, in
a negation or in the speaker does not say the same, and neither do the years of a report: so a few
signs may differ only between texts of one and the same thing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.council.drafts import is_draft, without_state
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind, Passage

_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[.:/]\d+)*|[〇一二三四五六七八九十百千万億兆]+|[①-⓿❶-➓⑴-⒵]")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NEGATION = re.compile(
    r"な[いかくけ]|ません|ず|なし|ぬ|[未不非無否]|\b(?:not?|never|none|without)\b|n't\b"
)
_NOTE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_ALIKE = 0.9
"""The least share of character pairs in common."""
_SHORTEST = 20
"""Signs: in a shorter text, one that differs may change what it says."""
_EQUAL = 1e-4


@dataclass(frozen=True)  # without slots: what is looked at is kept
class Said:
    """A passage and its document, as they are compared."""

    passage: Passage
    document: Document

    @cached_property
    def words(self) -> str:
        """The text without white space and punctuation, folded."""
        return _NO_WORD.sub("", self._folded)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Numbers and the numbers of dates, in order."""
        return tuple(_NUMBER.findall(_GROUPED.sub("", self._folded)))

    @cached_property
    def speaker(self) -> str:
        """The speaker as compared, empty where nobody speaks."""
        return _NO_WORD.sub("", fold(self.passage.speaker or ""))

    @cached_property
    def is_draft(self) -> bool:
        """Whether title or name say that there will be a later version."""
        return is_draft(self.document)

    @cached_property
    def thing(self) -> tuple[object, ...]:
        """Of which sitting or paper this is a version."""
        document = self.document
        title = without_state(_NOTE.sub("", fold(document.title).lower()))
        minutes = document.kind is DocumentKind.MINUTES and document.body and document.date
        named = fold(document.body or "") if minutes else _NO_WORD.sub("", title)
        return document.kind, named, document.date

    @property
    def as_printed(self) -> tuple[str, str | None, DocumentId]:
        """Document, speaker and words, none of them folded."""
        return self.passage.text, self.passage.speaker, self.document.document

    def __gt__(self, other: "Said") -> bool:
        """Tell which of two versions is shown: the final one before the draft, then the newest."""
        return self._rank > other._rank

    @property
    def _rank(self) -> tuple[bool, int]:
        day = self.document.date
        return not self.is_draft, day.toordinal() if day else 0

    @cached_property
    def _folded(self) -> str:
        return fold(self.passage.text)

    def repeats(self, other: "Said", *, earlier: bool = False) -> bool:
        """Tell whether this says what ``other`` says.

        Where the question is about how it was before (``earlier``), two dates of an ordinance are
        two.
        """
        one, two = self.document, other.document
        if self.speaker != other.speaker:
            return False
        if earlier and one.kind is DocumentKind.ORDINANCE and one.date != two.date:
            return False
        if self.passage.text == other.passage.text:
            return True
        if one.kind is not two.kind or self.numbers != other.numbers:
            return False
        return self.words == other.words or (
            one.document != two.document and self.thing == other.thing and self._is_near(other)
        )

    def _is_near(self, other: "Said") -> bool:
        lengths = sorted((len(self.words), len(other.words)))
        if lengths[0] < max(_SHORTEST, _ALIKE * lengths[1]):
            return False
        return self.negated == other.negated and _alike(self.words, other.words) >= _ALIKE

    @cached_property
    def negated(self) -> int:
        """How often something is denied."""
        return len(_NEGATION.findall(self._folded))


def _alike(one: str, other: str) -> float:
    """Return the share (0 to 1) of the character pairs that two texts have in common."""
    pairs, others = Counter(pairwise(one)), Counter(pairwise(other))
    return 2 * (pairs & others).total() / (pairs.total() + others.total())


def without_repeats(
    scores: NDArray[np.float32],
    read: Sequence[tuple[Passage, Document]],
    limit: int,
    *,
    apart: bool = False,
    earlier: bool = False,
) -> list[int]:
    """Return the places of the ``limit`` best, best first, of those that say the same one.

    With ``apart`` each document speaks for itself, and only its own same words are one.
    ``earlier``: see :meth:`Said.repeats`.
    """
    said = [Said(passage, document) for passage, document in read]

    def repeats(one: Said, other: Said) -> bool:
        if apart:
            return one.as_printed == other.as_printed
        return one.repeats(other, earlier=earlier)

    kept: list[int] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        same = next((n for n, at in enumerate(kept) if repeats(said[place], said[at])), None)
        if same is None:
            if len(kept) < limit:
                kept.append(place)
        elif scores[kept[same]] - scores[place] <= _EQUAL and said[place] > said[kept[same]]:
            kept[same] = place
    return kept
