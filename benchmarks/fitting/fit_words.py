"""Fits which part of a passage answers: ``python -m benchmarks.fitting.fit_words``.

Fitted on the tuning half of ``benchmarks/words.jsonl`` and on the gold words of the sample
council's tuning questions: a softmax over the parts of a passage that gives the answering ones the
most. Writes ``bot/likely_parts.json``. ``ENOUGH`` is set by hand: how likely the quote must be.
"""

import json
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import PROJECT, all_material, embedder, searcher, squeeze
from benchmarks.words import gold_passages, read_marked
from bot.likely_parts import FEATURES, Rarity, features
from bot.parts import parts_of
from bot.question import Question, understand
from index.passage import Passage

ENOUGH = 0.75
_RIDGE = 0.02
_ROUNDS = 3_000
_STEP = 0.3

Example = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The features of the parts, one row each, and which of them answer (1 or 0)."""


def examples() -> Iterator[Example]:
    """Yield the passages of the tuning half in which some parts answer and some do not."""
    material = next(each for each in all_material() if each.name == "samples")
    index = searcher(material, embedder())
    for each in read_marked():
        if not each.closed:
            yield from _example(each.question, each.passage, set(each.answer), index.rarity)
    for case in (each for each in material.cases if not each.closed):
        for passage, spans in gold_passages(case, index):
            held = {
                part.text.strip()
                for part in parts_of(passage)
                if any(span in squeeze(part.text) for span in spans)
            }
            yield from _example(understand(case.question), passage, held, index.rarity)


def _example(
    question: Question, passage: Passage, answer: set[str], rarity: Rarity
) -> Iterator[Example]:
    parts = parts_of(passage)
    telling = np.array([part.telling for part in parts])
    right = np.array([float(part.text.strip() in answer) for part in parts])[telling]
    if 0 < right.sum() < len(right):
        yield np.array(features(parts, question, rarity))[telling], right


def fit(found: list[Example]) -> NDArray[np.float64]:
    """Return the weights, by plain gradient ascent."""
    weights = np.zeros(len(FEATURES))
    for _ in range(_ROUNDS):
        slope = -_RIDGE * weights
        for values, right in found:
            scores = values @ weights
            odds = np.exp(scores - scores.max())
            likely = odds / odds.sum()
            wanted = likely * right / (likely * right).sum()
            slope += (wanted - likely) @ values / len(found)
        weights += _STEP * slope
    return weights


def main() -> None:
    """Fit and write the numbers."""
    weights = fit(list(examples()))
    written = {
        "features": FEATURES,
        "weights": [round(float(weight), 4) for weight in weights],
        "enough": ENOUGH,
    }
    text = json.dumps(written, indent=1) + "\n"
    (PROJECT / "bot" / "likely_parts.json").write_text(text, encoding="utf-8")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:<12}{weight:>8.3f}")


if __name__ == "__main__":
    main()
