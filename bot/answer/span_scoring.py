"""How likely each part of a passage answers a question: a small model over what speaks for a part.

The numbers in ``span_scoring.json`` are fitted by ``benchmarks/fitting/fit_words.py`` on marked
questions; nothing here is guessed. There are two sets of them: ``read`` where a reranker tells
which words answer, ``plain`` where none does. The embedder is not asked: on these questions it
gained some sentences and lost as many (``docs/quality.md``).
"""

import functools
import json
import math
import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

from bot.answer.quotable_spans import Part, begins_condition
from bot.question.question import Question
from index.council import courtesies
from index.language import cues, units
from index.language.text import fold
from index.language.tokens import character_pairs, words
from index.reranking.reranker import Reading

FEATURES = (
    "words",
    "focus",
    "pairs",
    "focus_pairs",
    "cue",
    "unit",
    "settles",
    "courtesy",
    "condition",
    "stem",
    "first",
    "listed",
    "asks",
    "before",
    "after",
    "last",
    "length",
    "read_mean",
    "read_top",
)
"""The features in order.

The share of the question's words in it, weighted by rarity (``words``), of those among them
that the restated question does not hold (``focus``), the same of character pairs; whether it
holds what the question wants (``cue``, ``unit``; ``settles`` for yes or no); whether it is a
courtesy, a condition, the first, an item or row; the share of words in what it needs
(``stem``); whether it asks, where that is wanted (``asks``); the share of pairs in the parts
``before`` and ``after`` it: what answers often stands beside what names the matter; whether it
is the ``last``, and the logarithm of its ``length``. From the reranker: the mean of its tokens'
logits (``read_mean``) and of the best of them (``read_top``).
"""

Rarity = Callable[[str], float]

_RESTATED = re.compile(
    r"^(?:次に|まず|続いて|最後に|[一二三四五六七八九]点目の?)?、?.{2,50}?(?:について|に関する|につきまして)"
    r"(?:の)?(?:お尋ね|ご質問)?(?:で(?:ござい|あり)ますが|ですが)、"
)
"""The clause that repeats what was asked, before the answer begins in the same sentence."""
_UNREAD, _STEEP, _BEST_WORDS = -1.5, 4.0, 4
"""A part that the reranker did not come to; by what its logits are divided; words of the best."""
_REASON = 1 << cues.NAMES.index("reason")
_SETTLES = re.compile(
    r"(ません|しない|ない|できる|できます|可能|いたします|します|しました|決ま|予定|考え|おります|扱い)"
    r".{0,8}。?$"
)
_ASKS = re.compile(
    r"(か|ください|下さい|伺います|伺う|べき.{0,6}|ほしい|求めます|お願い.{0,6})[。？?]?\s*$|\?\s*$"
)


def span_probabilities(
    parts: Sequence[Part], question: Question, rarity: Rarity, reading: Reading | None = None
) -> list[float]:
    """Return how likely each part answers, together one; what is not telling gets nothing."""
    way = way_of(reading)
    weights = read_weights()[way]["weights"]
    scored = [
        sum(w * v for w, v in zip(weights, values, strict=True))
        for values in span_features(parts, question, rarity, reading)
    ]
    told = max((s for s, part in zip(scored, parts, strict=True) if part.telling), default=0.0)
    scores = [
        score if part.telling or (way == "read" and score > told and _is_line(part)) else -math.inf
        for score, part in zip(scored, parts, strict=True)
    ]
    most = max(scores)
    if most == -math.inf:
        said = [float(bool(part.text.strip())) for part in parts]
        return [each / max(1.0, sum(said)) for each in said]
    odds = [math.exp(score - most) for score in scores]
    return [each / sum(odds) for each in odds]


def _is_line(part: Part) -> bool:
    """Tell whether a part that is taken for a heading may be quoted: not the heads of a table."""
    return not part.leads and bool(part.text.strip())


def way_of(reading: Reading | None) -> str:
    """Return which numbers hold: ``read`` where it is known which words answer, else ``plain``."""
    return "read" if reading is not None and len(reading.words) else "plain"


def span_features(
    parts: Sequence[Part], question: Question, rarity: Rarity, reading: Reading | None = None
) -> list[tuple[float, ...]]:
    """Return the values of :data:`FEATURES` for each part."""
    folded = [fold(part.text) for part in parts]
    asked = fold(question.text)
    restated = " ".join(match[0] for text in folded if (match := _RESTATED.match(text)))
    unit, wanted = units.answer_pattern(asked), cues.wanted(question.text)
    open_question = bool(wanted & _REASON) or cues.asks_which(asked)
    asked_pairs = set(character_pairs(asked))
    focus_pairs = asked_pairs - set(character_pairs(restated))
    known = set(words(restated))
    focus = [word for word in question.words if word not in known]
    bare = [_RESTATED.sub("", whole) for whole in folded]
    shared = [_shared(asked_pairs, text) for text in bare]
    found: list[tuple[float, ...]] = []
    for position, (part, text) in enumerate(zip(parts, bare, strict=True)):
        held = set(words(text))
        found.append(
            (
                _share(question.words, held, rarity),
                _share(focus, held, rarity),
                shared[position],
                _shared(focus_pairs, text),
                (wanted & cues.given(text)).bit_count(),
                unit is not None and unit.search(text) is not None,
                not open_question and _SETTLES.search(text) is not None,
                is_courtesy(part),
                is_condition(part),
                max((found[need][0] for need in part.needs), default=0.0),
                position == 0,
                part.listed,
                question.wants_question and _ASKS.search(text) is not None,
                shared[position - 1] if position else 0.0,
                shared[position + 1] if position + 1 < len(parts) else 0.0,
                position + 1 == len(parts) > 1,
                math.log1p(len(part.text)),
                *_read(reading, part),
            )
        )
    return [tuple(map(float, values)) for values in found]


def _read(reading: Reading | None, part: Part) -> tuple[float, float]:
    """Return mean and best of what a reranker says of a part's words, stretched to about one."""
    if way_of(reading) == "plain" or reading is None:
        return 0.0, 0.0
    logits = reading.of_stretch(part.start, part.start + len(part.text))
    if not len(logits):
        return _UNREAD, _UNREAD
    best = sorted(logits)[-_BEST_WORDS:]
    return float(logits.mean()) / _STEEP, float(sum(best) / len(best)) / _STEEP


def _shared(wanted: set[str], text: str) -> float:
    """Return the share of the pairs that stand in a text."""
    return len(wanted & set(character_pairs(text))) / max(1, len(wanted))


def is_courtesy(part: Part) -> bool:
    """Tell whether a part is nothing but courtesy, or repeats what was asked."""
    return courtesies.is_courtesy(part.text)


def is_condition(part: Part) -> bool:
    """Tell whether a part makes a condition of, or an exception from, what stands before it."""
    return begins_condition(fold(part.text))


@functools.cache
def read_weights() -> dict[str, Any]:
    """Read the fitted numbers that ship with the package."""
    text = files("bot.answer").joinpath("span_scoring.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    if tuple(read["features"]) != FEATURES:
        message = "bot/answer/span_scoring.json does not fit: run benchmarks/fitting/fit_words.py"
        raise ValueError(message)
    return read


def _share(wanted: Sequence[str], held: set[str], rarity: Rarity) -> float:
    total = sum(rarity(word) for word in wanted)
    return sum(rarity(word) for word in wanted if word in held) / total if total else 0.0
