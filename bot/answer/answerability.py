"""Whether the materials answer a question: a small logistic model over what speaks for a hit.

The numbers in ``answerability.json`` are fitted by ``benchmarks/fitting/fit_deciding.py`` on
questions that the indexed materials answer and questions that they do not; nothing here is guessed.
There are two sets of them: ``read`` where the reranker has read the hit, ``plain`` where it has
not. Raw cosines crowd between 0.75 and 0.95, so that no threshold on them alone would do.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from bot.question.question import Question
from index.language.dates import to_wareki
from index.language.text import fold
from index.passage import Hit
from index.search.query import Signals

_FIGURE = re.compile(r"\d+")
_FISCAL_START = 4
_STEEP = 4.0
"""By what the reranker's logits are divided: then they spread like the other features."""

FEATURES = (
    "coverage",
    "coverage_wide",
    "coverage_nearby",
    "missing",
    "similarity",
    "standing",
    "share",
    "unmet",
    "out_of_period",
    "length",
    "paired",
    "figures_missing",
    "sentence_pairs",
    "asked_pairs",
    "title_pairs",
    "unit_unmet",
    "across",
    "answers",
    "lead",
)
"""The features in order; :func:`decision_features` says what each is."""


class Caution(StrEnum):
    """How sure an answer must be: what an operator sets as ``KIROKU_CAUTION``."""

    CAREFUL = "careful"
    NORMAL = "normal"
    EAGER = "eager"


THRESHOLDS: Mapping[Caution, tuple[float, float]] = {
    Caution.CAREFUL: (0.8, 0.4),
    Caution.NORMAL: (0.6, 0.3),
    Caution.EAGER: (0.5, 0.25),
}
"""From which probability on it is answered, and from which on the nearest passage is shown as such.
The first follow from what is worse: a wrong answer counts as four, one and a half or one
needless declines."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: one weight a feature."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, values: tuple[float, ...]) -> float:
        """Return how likely a hit with these features answers, 0 to 1."""
        z = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a hit answers, and how likely it does, 0 to 1.

    ``unsure``: it does not answer for certain, but is likely enough to be shown as the nearest.
    """

    answers: bool
    confidence: float
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Decider:
    """The fitted models: for hits that the reranker has read, and for others."""

    plain: Model
    read: Model
    caution: Caution = Caution.NORMAL

    def verdict(self, question: Question, hit: Hit, signals: Signals) -> Verdict:
        """Tell whether the hit is likely enough to answer the question, and how likely it is."""
        model = self.plain if signals.reading is None else self.read
        confidence = model.probability(decision_features(question, hit, signals))
        answer_from, unsure_from = THRESHOLDS[self.caution]
        answers = confidence >= answer_from
        return Verdict(answers, confidence, not answers and confidence >= unsure_from)


def decision_features(question: Question, hit: Hit, signals: Signals) -> tuple[float, ...]:
    """Return the values of :data:`FEATURES`: the signals, and how much the question says.

    ``answers`` is the reranker's logit for the hit, ``lead`` by how much it exceeds that of any hit
    that is not shown with it; 0 where nothing was read.
    """
    return (
        signals.coverage,
        signals.coverage_wide,
        signals.coverage_nearby,
        signals.missing / 10,
        signals.similarity,
        signals.standing,
        math.log(max(signals.share, 1e-6)) / 10,
        float(signals.unmet),
        float(signals.out_of_period),
        math.log1p(len(question.words)),
        float(hit.passage.answers is not None),
        _figures_missing(question.text, hit),
        *(signals.read.get(name, 0.0) for name in ("sentence_pairs", "asked_pairs", "title_pairs")),
        float(signals.unit_unmet),
        float(question.language != hit.document.language),
        signals.reading.answers / _STEEP if signals.reading else 0.0,
        signals.lead / _STEEP,
    )


def _figures_missing(question: str, hit: Hit) -> float:
    """Return the share of the question's figures (years, sessions, articles) that the hit lacks."""
    asked = set(_FIGURE.findall(fold(question)))
    if not asked:
        return 0.0
    passage, document = hit.passage, hit.document
    parts = (passage.text, passage.question, passage.article, document.title, *passage.heading)
    given = set(_FIGURE.findall(fold("\n".join(part for part in parts if part))))
    if document.date is not None:
        day = document.date
        given |= set(_FIGURE.findall(f"{day.isoformat()} {day.month} {day.day} {to_wareki(day)}"))
        # A meeting from January to March belongs to the fiscal year before.
        if day.month < _FISCAL_START:
            given |= set(_FIGURE.findall(to_wareki(day.replace(year=day.year - 1, day=1))))
    return len(asked - given) / len(asked)


def load_decider(caution: Caution = Caution.NORMAL) -> Decider:
    """Read the fitted numbers that ship with the package."""
    numbers = json.loads(files("bot.answer").joinpath("answerability.json").read_text("utf-8"))
    if tuple(numbers["features"]) != FEATURES:
        message = "answerability.json does not fit: run benchmarks/fitting/fit_deciding.py"
        raise ValueError(message)
    plain, read = (
        Model(tuple(numbers[way]["weights"]), numbers[way]["bias"]) for way in ("plain", "read")
    )
    return Decider(plain, read, caution)
