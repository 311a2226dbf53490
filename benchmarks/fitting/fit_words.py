"""Fits which part of a passage answers: ``python -m benchmarks.fitting.fit_words``.

Fitted on the tuning half of ``benchmarks/words.jsonl`` and on the gold words of tuning questions of
the sets whose gold is one place, each set counted alike: a softmax over the parts of a passage that
gives the answering ones the most. Writes ``bot/answer/span_scoring.json``. ``ENOUGH`` is set by
hand: how likely the quote must be. Needs SciPy, which sentence-transformers brings.
"""

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.material import PROJECT, Case, all_material, embedder, searcher, squeeze
from benchmarks.words import gold_passages, read_marked
from bot.answer.quotable_spans import parts_of
from bot.answer.span_scoring import FEATURES, Rarity, span_features
from bot.question.question import Question, understand
from index.passage import Passage
from index.search.searcher import Searcher

ENOUGH = 0.88
SETS = ("samples", "shinagawa-staff", "jaquad")
_RIDGE = 0.002
_MOSTLY = 0.4
"""The share of a long gold span's runs of signs that a part must hold to be one that answers."""
_RUN = 6
_LONG = 20
_SAYS = 8

Example = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The features of the parts, one row each, and which of them answer (1 or 0)."""


def examples() -> Iterator[list[Example]]:
    """Yield by set the passages of the tuning half in which some parts answer and some do not."""
    materials = {each.name: each for each in all_material() if each.name in SETS}
    by = embedder()
    index = searcher(materials["samples"], by)
    marked = [each for each in read_marked() if not each.closed]
    yield [
        example
        for each in marked
        for example in _example(each.question, each.passage, set(each.answer), index.rarity)
    ]
    for material in materials.values():
        index = searcher(material, by)
        cases = [case for case in material.cases if not case.closed]
        yield [example for case in cases for example in _of_gold(case, index)]
        index.close()


def _of_gold(case: Case, index: Searcher) -> Iterator[Example]:
    for passage, spans in gold_passages(case, index):
        text = squeeze(passage.text)
        if any(text.count(span) > 1 for span in spans):
            continue  # which of the places answers is not known
        parts = (part.text for part in parts_of(passage))
        held = {part.strip() for part in parts if any(_answers(part, span) for span in spans)}
        yield from _example(understand(case.question), passage, held, index.rarity)


def _answers(part: str, span: str) -> bool:
    """Tell whether a part holds a gold span, is a piece of it, or holds much of a long one."""
    text = squeeze(part)
    runs = [span[at : at + _RUN] for at in range(len(span) - _RUN + 1)]
    mostly = sum(run in text for run in runs) >= _MOSTLY * len(runs)
    return span in text or (len(text) >= _SAYS and text in span) or (len(span) >= _LONG and mostly)


def _example(
    question: Question, passage: Passage, answer: set[str], rarity: Rarity
) -> Iterator[Example]:
    parts = parts_of(passage)
    telling = np.array([part.telling for part in parts])
    right = np.array([float(part.text.strip() in answer) for part in parts])[telling]
    if 0 < right.sum() < len(right):
        yield np.array(span_features(parts, question, rarity))[telling], right


def fit(sets: Sequence[Sequence[Example]]) -> NDArray[np.float64]:
    """Return the weights."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for of_set in sets:
            for values, right in of_set:
                scores = values @ weights
                odds = np.exp(scores - scores.max())
                likely = odds / odds.sum()
                held = float(likely @ right)
                total -= float(np.log(held)) / len(of_set)
                slope = slope + (likely - likely * right / held) @ values / len(of_set)
        return total, slope

    start = np.zeros(len(FEATURES))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def main() -> None:
    """Fit and write the numbers."""
    weights = fit([of_set for of_set in examples() if of_set])
    written = {
        "features": FEATURES,
        "weights": [round(float(weight), 4) for weight in weights],
        "enough": ENOUGH,
    }
    text = json.dumps(written, indent=1) + "\n"
    (PROJECT / "bot" / "answer" / "span_scoring.json").write_text(text, encoding="utf-8")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:<12}{weight:>8.3f}")


if __name__ == "__main__":
    main()
