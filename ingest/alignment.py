"""Which part of a question does this part of an answer meet?

Words in common (character bigrams, the rare ones of the document weigh more) and order: an answer
goes through the points of a question mostly in the order in which they were put.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.text import fold, sentences
from ingest.asking import asks, is_procedural

_WORD = re.compile(r"[a-z]{3,}|[0-9]+|[ァ-ヺー]{2,}|[一-鿿々〇]+|[ぁ-ゖ]+")
_HIRAGANA = re.compile(r"[ぁ-ゖ]+")
_OPENING = re.compile(
    r"([^。、]{2,60}?)(?:について|に関する|に対する|に関して|につきまして|の件|への)(?:の)?、?(?:お尋ね|おたずね|ご質問|御質問|ご指摘|お答え|ご答弁|答弁)"
)
_OPENING_WEIGHT = 2.0
_BACKWARDS = 0.15
_JUMP = 0.02
_SHORT_ANSWER = 40
_LEANING = 0.5
_ASKS = 0.15
_SAME_PASSAGE = 0.05
_LAST = 0.05
_LAST_SHORT = 1.0
_DISTANCE = 0.05
_LEAST = 0.12
QUESTION_LENGTH = 200
"""How many characters of a question stand before an answer."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each bigram or word weighs in one document."""

    weights: Mapping[str, float]

    @staticmethod
    def of(texts: Sequence[str]) -> "Rarity":
        """Count in how many of the texts each feature stands."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_features(text)))
        total = len(texts) + 1
        return Rarity({word: math.log(total / (count + 0.5)) for word, count in seen.items()})

    def vector(self, text: str) -> dict[str, float]:
        """Return the weights of the features of ``text``, scaled to length 1."""
        found = {word: max(self.weights.get(word, 1.0), 0.01) for word in set(_features(text))}
        length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
        return {word: weight / length for word, weight in found.items()}


def similarity(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of :meth:`Rarity.vector`."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def align(answers: Sequence[str], questions: Sequence[str], rarity: Rarity) -> list[int]:
    """Return for each passage of one answering speech the passage of the question that it meets.

    Going back to an earlier point costs more than going on, so that the order of the question holds
    unless the words speak against it.
    """
    if len(questions) == 1:
        return [0] * len(answers)
    asked = [rarity.vector(question) for question in questions]
    scores = [_scores(answer, asked, rarity) for answer in answers]
    best = [scores[0]]
    came_from: list[list[int]] = []
    for row in scores[1:]:
        previous = best[-1]
        origin = [
            max(range(len(row)), key=lambda before, now=now: previous[before] - _cost(before, now))
            for now in range(len(row))
        ]
        best.append(
            [row[now] + previous[origin[now]] - _cost(origin[now], now) for now in range(len(row))]
        )
        came_from.append(origin)
    path = [max(range(len(questions)), key=best[-1].__getitem__)]
    for origin in reversed(came_from):
        path.append(origin[path[-1]])
    return path[::-1]


def fitting_words(answer: str, asked: Sequence[str], which: int, rarity: Rarity) -> str:
    """Return the words of the question that ``answer`` meets: all of them where they are few.

    ``asked`` are the passages of the question's speech and ``which`` is the one that the answer
    was aligned with. Of a long speech the asking sentences that fit best stand, in their order and
    up to 200 characters together; what is left out between them is shown as ``…``.
    """
    whole = "\n".join(asked)
    if len(whole) <= QUESTION_LENGTH:
        return whole
    parts = _parts(asked)
    scores = _sentence_scores(answer, parts, which, rarity)
    chosen: set[int] = set()
    room = QUESTION_LENGTH
    for at in sorted(range(len(parts)), key=scores.__getitem__, reverse=True):
        size = len(parts[at].text)
        if size <= room and (scores[at] > _LEAST or not chosen):
            chosen.add(at)
            room -= size + 1
    if not chosen:
        best = parts[max(range(len(parts)), key=scores.__getitem__)].text
        return "…" + best[-QUESTION_LENGTH + 1 :]
    return _shown(parts, sorted(chosen))


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of the question's speech and the passage it stands in."""

    text: str
    passage: int
    asks: bool


def _parts(asked: Sequence[str]) -> list[_Part]:
    return [
        _Part(sentence.strip(), number, asks(sentence) and not is_procedural(sentence))
        for number, passage in enumerate(asked)
        for sentence in sentences(passage)
        if sentence.strip()
    ]


def _sentence_scores(
    answer: str, parts: Sequence[_Part], which: int, rarity: Rarity
) -> list[float]:
    """Score each sentence: its own words, those before it that it leans on, and its place."""
    vector = rarity.vector(answer)
    own = [similarity(vector, rarity.vector(part.text)) for part in parts]
    last = max((at for at, part in enumerate(parts) if part.asks), default=len(parts) - 1)
    short = len(answer) <= _SHORT_ANSWER
    scores: list[float] = []
    for at, part in enumerate(parts):
        leaning = max(own[max(0, at - 2) : at], default=0.0) if part.asks else 0.0
        score = own[at] + _LEANING * leaning
        score += _ASKS * part.asks + _SAME_PASSAGE * (part.passage == which)
        score += (_LAST_SHORT if short else _LAST) * (at == last)
        score -= _DISTANCE * min(abs(part.passage - which), 5)
        scores.append(score)
    return scores


def _shown(parts: Sequence[_Part], chosen: Sequence[int]) -> str:
    text = parts[chosen[0]].text
    for before, at in pairwise(chosen):
        text += ("" if at == before + 1 else "…") + parts[at].text
    return text


def _scores(answer: str, asked: Sequence[Mapping[str, float]], rarity: Rarity) -> list[float]:
    vector = rarity.vector(answer)
    scores = [similarity(vector, question) for question in asked]
    opening = _OPENING.search(answer)
    if opening:
        topic = rarity.vector(opening[1])
        scores = [
            score + _OPENING_WEIGHT * similarity(topic, question)
            for score, question in zip(scores, asked, strict=True)
        ]
    return scores


def _cost(before: int, now: int) -> float:
    if now < before:
        return _BACKWARDS
    return _JUMP * (now - before > 1)


def _features(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if _HIRAGANA.fullmatch(word):
            continue
        if word[0].isascii() or len(word) == 1:
            found.append(word)
        else:
            found.extend(word[at : at + 2] for at in range(len(word) - 1))
    return found
