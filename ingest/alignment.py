"""Which part of a question does this part of an answer meet?

Words in common (character bigrams, the rare ones of the document weigh more) and order: an answer
goes through the points of a question mostly in the order in which they were put.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.text import fold, sentences
from ingest.asking import asks

_WORD = re.compile(r"[a-z]{3,}|[0-9]+|[ァ-ヺー]{2,}|[一-鿿々〇]+|[ぁ-ゖ]+")
_HIRAGANA = re.compile(r"[ぁ-ゖ]+")
_OPENING = re.compile(
    r"([^。、]{2,60}?)(?:について|に関する|に対する|に関して|につきまして|の件|への)(?:の)?、?(?:お尋ね|おたずね|ご質問|御質問|ご指摘|お答え|ご答弁|答弁)"
)
_OPENING_WEIGHT = 2.0
_BACKWARDS = 0.15
_JUMP = 0.02
_ASKS_BONUS = 0.08
_SHORT_ANSWER = 40
QUESTION_LENGTH = 200
"""How many characters of a question stand before an answer."""
_MOST_SENTENCES = 3


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


def fitting_words(answer: str, question: str, rarity: Rarity) -> str:
    """Return the words of ``question`` that ``answer`` meets: all of it where it is short.

    Otherwise one to three neighbouring sentences of up to 200 characters; a short answer
    (お見込みのとおり) meets the last that asks.
    """
    if len(question) <= QUESTION_LENGTH:
        return question
    parts = sentences(question)
    vector = rarity.vector(answer)
    short = len(answer) <= _SHORT_ANSWER
    best = (-1.0, 0, 0)
    for start in range(len(parts)):
        for end in range(start + 1, min(start + _MOST_SENTENCES, len(parts)) + 1):
            window = "".join(parts[start:end])
            if end - start > 1 and len(window) > QUESTION_LENGTH:
                break
            number = sum(1 for part in parts[start:end] if asks(part))
            score = similarity(vector, rarity.vector(window)) + _ASKS_BONUS * (number > 0)
            if short:
                score += (number > 0) * (1 + end / len(parts))
            best = max(best, (score, start, end))
    words = "".join(parts[best[1] : best[2]]).strip()
    return words if len(words) <= QUESTION_LENGTH else "…" + words[-QUESTION_LENGTH + 1 :]


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
