"""Whether the materials answer a question: a small logistic model over what speaks for a hit.

The numbers in ``deciding.json`` are fitted by ``benchmarks/fit_deciding.py`` on questions that the
indexed materials answer and questions that they do not; nothing here is guessed. Raw cosines crowd
between 0.75 and 0.95, so that no threshold on them alone would do.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bot.question import Question
from index.passage import Hit
from index.searching import Signals
from index.tokens import words

FEATURES = (
    "coverage",
    "coverage_near",
    "rarest_missing",
    "similarity",
    "standing",
    "score",
    "lead",
    "out_of_period",
    "length",
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

    def answers(
        self, question: Question, evidence: "Evidence", rarity: Callable[[str], float]
    ) -> bool:
        """Tell whether the hit is likely enough to answer the question."""
        across = question.language != evidence.hit.document.language
        model = self.across if across else self.same
        return model.probability(features(question, evidence, rarity)) >= model.threshold


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit with what speaks for it. ``runner_up`` is the score of the next hit but two."""

    hit: Hit
    signals: Signals
    runner_up: float


def features(
    question: Question, evidence: Evidence, rarity: Callable[[str], float]
) -> tuple[float, ...]:
    """Return the values of :data:`FEATURES` for a hit.

    Coverage is the share of the question's words, weighted by rarity, that stand in the passage
    with its question and headings (``coverage``) or in the passage and its question alone
    (``coverage_near``); ``rarest_missing`` the weight of the rarest one missing from both.
    ``out_of_period`` is 1 where the question names a time and the document is of another.
    """
    hit, passage = evidence.hit, evidence.hit.passage
    weights = {word: rarity(word) for word in question.words}
    total = sum(weights.values()) or 1.0
    near = set(words(f"{passage.text}\n{passage.question or ''}"))
    around = (passage.speaker, passage.article, hit.document.body, hit.document.title)
    context = set(words("\n".join([*passage.heading, *(part for part in around if part)])))
    wide = near | context
    missing = [weight for word, weight in weights.items() if word not in wide]
    return (
        sum(weight for word, weight in weights.items() if word in wide) / total,
        sum(weight for word, weight in weights.items() if word in near) / total,
        max(missing, default=0.0) / 10,
        max(evidence.signals.similarity, evidence.signals.asked),
        evidence.signals.standing,
        hit.score / 50,
        (hit.score - evidence.runner_up) / max(1.0, abs(hit.score)),
        float(_out_of_period(question, hit)),
        math.log1p(len(question.words)),
    )


def load_decider() -> Decider:
    """Read the fitted numbers that ship with the package."""
    numbers = json.loads(files("bot").joinpath("deciding.json").read_text(encoding="utf-8"))
    if tuple(numbers["features"]) != FEATURES:
        message = "bot/deciding.json was fitted for other features: run benchmarks/fit_deciding.py"
        raise ValueError(message)
    return Decider(*(_model(numbers[name]) for name in ("same", "across")))


def _model(numbers: Mapping[str, Any]) -> Model:
    return Model(tuple(numbers["weights"]), numbers["bias"], numbers["threshold"])


def _out_of_period(question: Question, hit: Hit) -> bool:
    period, date = question.period, hit.document.date
    if period is None or date is None or period.since is None or period.until is None:
        return False
    return not period.since <= date <= period.until
