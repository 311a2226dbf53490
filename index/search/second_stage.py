"""The best passages read again, sentence by sentence: what speaks for one beside its scores.

Scores over the whole index see a passage as a bag of words. For the few that come first their text
is at hand, and three more things can be seen: whether one *sentence* says what is asked, whether
the number that is asked for (何人, いくら) stands in that sentence with its unit, and how the title
and headings around it are worded. Pure functions; no model.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language import units
from index.language.text import fold, sentences
from index.language.tokens import character_pairs
from index.passage import Document, Passage

DEEP = 30
"""Passages that are read again."""

NAMES = ("sentence_pairs", "asked_pairs", "title_pairs", "unit", "unit_pairs")
"""The features in order: see :func:`features`."""

_MOST_PAIRS = 200
"""Different pairs of a question that are looked for: enough for any that a person types."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question is worded: its pairs of characters with their rarity, the unit it asks for."""

    rarities: Mapping[str, float]
    unit: re.Pattern[str] | None

    @classmethod
    def of(cls, question: str, rarity: Callable[[str], float]) -> "Wording":
        """Look at a question; ``rarity`` tells how rare a pair is in the index."""
        found = list(dict.fromkeys(character_pairs(question)))[:_MOST_PAIRS]
        return cls({pair: rarity(pair) for pair in found}, units.answer_pattern(fold(question)))

    def share(self, folded: str) -> float:
        """Return the share (0 to 1), weighted by rarity, of the question's pairs in a text."""
        total = sum(self.rarities.values())
        held = sum(rarity for pair, rarity in self.rarities.items() if pair in folded)
        return held / total if total else 0.0


def features(
    wording: Wording, read: Sequence[tuple[Passage, Document]]
) -> dict[str, NDArray[np.float32]]:
    """Return one value a passage for each of :data:`NAMES`.

    ``sentence_pairs``: the highest share of the question's pairs in one sentence; ``asked_pairs``:
    the same in the words that it answers; ``title_pairs``: in title, headings, body and path;
    ``unit``: whether it holds a number of the unit that is asked for; ``unit_pairs``: the highest
    share of a sentence that does.
    """
    rows = [_row(wording, passage, document) for passage, document in read]
    columns = np.asarray(rows, dtype=np.float32).reshape(len(rows), len(NAMES))
    return {name: columns[:, place] for place, name in enumerate(NAMES)}


def _beside_label(part: str) -> str:
    """Return the cells of a table's row behind its label: what a row is about is no value of it."""
    label, _, cells = part.partition("\t")
    return cells or label


def _row(wording: Wording, passage: Passage, document: Document) -> tuple[float, ...]:
    parts = [fold(part) for part in sentences(passage.text)]
    shares = [wording.share(part) for part in parts]
    asked = [wording.share(fold(part)) for part in sentences(passage.question or "")]
    around = (document.title, document.body, document.document, *passage.heading)
    of_unit = [
        share
        for share, part in zip(shares, parts, strict=True)
        if wording.unit is not None and wording.unit.search(_beside_label(part))
    ]
    return (
        max(shares, default=0.0),
        max(asked, default=0.0),
        wording.share(fold(" ".join(part for part in around if part))),
        float(bool(of_unit)),
        max(of_unit, default=0.0),
    )
