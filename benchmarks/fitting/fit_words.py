"""Fits which part of a passage answers: ``python -m benchmarks.fitting.fit_words``.

Fitted on the tuning half of ``benchmarks/words.jsonl`` and on the gold words of tuning questions of
the sets whose gold is one place, each set counted alike: a softmax over the parts of a passage that
gives the answering ones the most. Twice: with what the reranker reads
of the passages (``read``), and without (``plain``). Writes ``bot/answer/span_scoring.json``.
``ENOUGH`` is set by hand: how likely the quote must be. Needs SciPy, which sentence-transformers
brings.
"""

import json
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.fitting.fit_deciding import TRAINED_ON
from benchmarks.material import (
    PROJECT,
    Case,
    embedder,
    reranker,
    searcher,
    squeeze,
    standing_alone,
)
from benchmarks.words import gold_passages, read_marked
from bot.answer.quotable_spans import parts_of
from bot.answer.span_scoring import FEATURES, span_features
from bot.question.question import Question, understand
from index.passage import Document, Passage
from index.reranking.passage_text import PassageText, passage_text
from index.reranking.reranker import Reranker
from index.search.searcher import Searcher

ENOUGH = 0.88
SETS = ("samples", "shinagawa-staff", "jaquad")
MOST_READ = 250
"""Questions of a set whose passages the reranker reads."""
TOWNS = ("town-kamihara", "town-minatohara", "town-shirasagi", "town-fukazawa")
_RIDGE = 0.002
_MOSTLY = 0.4
"""The share of a long gold span's runs of signs that a part must hold to be one that answers."""
_RUN = 6
_LONG = 20
_SAYS = 8

Example = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The features of the parts, one row each, and which of them answer (1 or 0)."""


def examples(read_by: Reranker | None) -> Iterator[list[Example]]:
    """Yield by set the passages of the tuning half in which some parts answer and some do not."""
    names = {*SETS, *TOWNS} - (TRAINED_ON if read_by else frozenset())
    materials = {each.name: each for each in standing_alone() if each.name in names}
    by = embedder()
    index = searcher(materials["samples"], by)
    marked = [each for each in read_marked() if not each.closed]
    yield [
        example
        for each in marked
        for example in _example(
            each.question, (each.passage, None), set(each.answer), index, read_by
        )
    ]
    for material in materials.values():
        index = searcher(material, by)
        cases = [case for case in material.cases if not case.closed]
        cases = cases if read_by is None else cases[:MOST_READ]
        yield [example for case in cases for example in _of_gold(case, index, read_by)]
        index.close()


def _of_gold(case: Case, index: Searcher, read_by: Reranker | None) -> Iterator[Example]:
    for passage, document, spans in gold_passages(case, index):
        text = squeeze(passage.text)
        if any(text.count(span) > 1 for span in spans):
            continue  # which of the places answers is not known
        parts = (part.text for part in parts_of(passage))
        held = {part.strip() for part in parts if any(_answers(part, span) for span in spans)}
        yield from _example(understand(case.question), (passage, document), held, index, read_by)


def _answers(part: str, span: str) -> bool:
    """Tell whether a part holds a gold span, is a piece of it, or holds much of a long one."""
    text = squeeze(part)
    runs = [span[at : at + _RUN] for at in range(len(span) - _RUN + 1)]
    mostly = sum(run in text for run in runs) >= _MOSTLY * len(runs)
    return span in text or (len(text) >= _SAYS and text in span) or (len(span) >= _LONG and mostly)


def _example(
    question: Question,
    held: tuple[Passage, Document | None],
    answer: set[str],
    index: Searcher,
    read_by: Reranker | None,
) -> Iterator[Example]:
    passage, document = held
    text = (
        PassageText("", "", passage.text) if document is None else passage_text(passage, document)
    )
    reading = read_by.read(question.text, [text])[0] if read_by else None
    parts = parts_of(passage)
    telling = np.array([part.telling for part in parts])
    right = np.array([float(part.text.strip() in answer) for part in parts])[telling]
    if 0 < right.sum() < len(right):
        features = span_features(parts, question, index.rarity, reading)
        yield np.array(features)[telling], right


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
    """Fit (both, or what is named) and write the numbers."""
    path = PROJECT / "bot" / "answer" / "span_scoring.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    if tuple(written["features"]) != FEATURES:
        written = {"features": FEATURES}
    for way in sys.argv[1:] or ("plain", "read"):
        read_by = reranker() if way == "read" else None
        weights = fit([of_set for of_set in examples(read_by) if of_set])
        rounded = [round(float(weight), 4) for weight in weights]
        written[way] = {"weights": rounded, "enough": ENOUGH}
        print(f"== {way}")
        for name, weight in zip(FEATURES, weights, strict=True):
            print(f"{name:<12}{weight:>8.3f}")
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
