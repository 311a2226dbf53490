"""Whether the materials answer a question: a small logistic model over what speaks for a hit.

The numbers in ``deciding.json`` are fitted by
``benchmarks/fitting/fit_deciding.py`` on questions that the
indexed materials answer and questions that they do not; nothing here is guessed. Raw cosines crowd
between 0.75 and 0.95, so that no threshold on them alone would do.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bot.question import Question
from index.passage import Hit
from index.searching import Signals

FEATURES = (
    "coverage",
    "coverage_wide",
    "missing",
    "similarity",
    "standing",
    "share",
    "unmet",
    "out_of_period",
    "length",
    "paired",
)
"""The features in order; :func:`features` says what each is."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: one weight a feature; ``threshold`` is the probability to answer from."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, values: tuple[float, ...]) -> float:
        """Return how likely a hit with these features answers, 0 to 1."""
        z = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@dataclass(frozen=True, slots=True)
class Decider:
    """The fitted models: question and document in the same language, or in two."""

    same: Model
    across: Model

    def answers(self, question: Question, hit: Hit, signals: Signals) -> bool:
        """Tell whether the hit is likely enough to answer the question."""
        model = self.across if question.language != hit.document.language else self.same
        return model.probability(features(question, hit, signals)) >= model.threshold


def features(question: Question, hit: Hit, signals: Signals) -> tuple[float, ...]:
    """Return the values of :data:`FEATURES`: the signals, and how much the question says."""
    return (
        signals.coverage,
        signals.coverage_wide,
        signals.missing / 10,
        signals.similarity,
        signals.standing,
        math.log(max(signals.share, 1e-6)) / 10,
        float(signals.unmet),
        float(signals.out_of_period),
        math.log1p(len(question.words)),
        float(hit.passage.answers is not None),
    )


def load_decider() -> Decider:
    """Read the fitted numbers that ship with the package."""
    numbers = json.loads(files("bot").joinpath("deciding.json").read_text(encoding="utf-8"))
    if tuple(numbers["features"]) != FEATURES:
        message = "bot/deciding.json does not fit: run benchmarks/fitting/fit_deciding.py"
        raise ValueError(message)
    return Decider(*(_model(numbers[name]) for name in ("same", "across")))


def _model(numbers: Mapping[str, Any]) -> Model:
    return Model(tuple(numbers["weights"]), numbers["bias"], numbers["threshold"])
