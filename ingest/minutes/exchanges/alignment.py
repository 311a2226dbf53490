"""Finds the part of a question that a part of an answer responds to.

Compares words (character bigrams, with rare ones weighing more) and order: an answer mostly takes
the points of a question in the order in which they were asked.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.language.asking import asks
from index.language.text import fold, sentences
from ingest.minutes.exchanges.points import Path, Points, agreement, names_point, paths_of

_WORD = re.compile(r"[a-z]{3,}|[0-9]+|[ァ-ヺー]{2,}|[一-鿿々〇]+|[ぁ-ゖ]+")
_OPENING = re.compile(
    r"([^。、\n]{2,60}?)(?:について|に[関対]する|に関して|につきまして|に係る|の件|への|の)[のは]?、?"
    r"(?:お尋ね|[ご御](?:質問|指摘)|お答え|ご?答弁|で(?:あり|ござい)ます[が。]|ですが)"
)
_OPENING_WEIGHT = 2.0
_POINT_WEIGHT = 0.8
_TOPIC_WEIGHT = 0.5
_BACKWARDS = 0.15
_JUMP = 0.02

QUESTION_LENGTH = 200
"""At most this many characters of the question are shown before an answer."""
_SHORT_ANSWER = 40
_LEANING = 0.5
_ASKS = 0.15
_SAME_PASSAGE = 0.05
_LAST = 0.05
_LAST_SHORT = 1.0
_DISTANCE = 0.05
_FARTHEST = 5
_LEAST = 0.12
_FEW = 2
_POINT_LENGTH = 12
"""A point asks its question within this many sentences of its heading."""
_BUNDLED = 4
"""An asking speech of more passages than this puts many questions to many people."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rarity:
    """The weight of each bigram or word in one document; rare ones weigh more."""

    weights: Mapping[str, float]

    @staticmethod
    def of(texts: Sequence[str]) -> "Rarity":
        """Count in how many of the texts each feature occurs."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(_features(text))
        total = len(texts) + 1
        return Rarity({word: math.log(total / (count + 0.5)) for word, count in seen.items()})

    def vector(self, text: str) -> Vector:
        """Return the weights of the features of ``text``, scaled to length 1."""
        found = {word: max(self.weights.get(word, 1.0), 0.01) for word in _features(text)}
        length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
        return {word: weight / length for word, weight in found.items()}


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of the asking speech, with the number of its passage."""

    text: str
    passage: int
    asks: bool
    vector: Vector
    points: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class AskingSpeech:
    """An asking speech: its passages and sentences, prepared for comparison with answers."""

    passages: tuple[str, ...]
    vectors: tuple[Vector, ...]
    parts: tuple[_Part, ...]
    rarity: Rarity

    @staticmethod
    def of(passages: Sequence[str], rarity: Rarity) -> "AskingSpeech":
        """Prepare the passages of one asking speech."""
        numbered = [
            (text, number)
            for number, passage in enumerate(passages)
            for sentence in sentences(passage)
            if (text := sentence.strip())
        ]
        points = paths_of(text for text, _ in numbered)
        parts = tuple(
            _Part(text, number, asks(text), rarity.vector(text), tuple(named))
            for (text, number), named in zip(numbered, points, strict=True)
        )
        vectors = tuple(rarity.vector(passage) for passage in passages)
        return AskingSpeech(tuple(passages), vectors, parts, rarity)

    def passages_answered(self, answers: Sequence[str]) -> list[int]:
        """For each passage of one answering speech, return the number of the passage it answers.

        Going back to an earlier point costs more than going on, so the order of the question wins
        unless the words clearly contradict it.
        """
        if len(self.passages) == 1:
            return [0] * len(answers)
        points = points_of_answers(answers)
        best = [self._scores(answers[0], points[0])]
        came_from: list[list[int]] = []
        for answer, named in zip(answers[1:], points[1:], strict=True):
            row, previous = self._scores(answer, named), best[-1]
            origin = [_origin(previous, now) for now in range(len(row))]
            best.append(
                [
                    score + previous[before] - _cost(before, now)
                    for now, (score, before) in enumerate(zip(row, origin, strict=True))
                ]
            )
            came_from.append(origin)
        path = [max(range(len(self.passages)), key=best[-1].__getitem__)]
        for origin in reversed(came_from):
            path.append(origin[path[-1]])
        return path[::-1]

    def question_words(self, answer: str, which: int, points: Sequence[Path] = ()) -> str:
        """Return the words to show before ``answer``, which answers passage ``which``.

        A short speech is shown whole. Of a long one, the best fitting asking sentences are shown in
        order, up to 200 characters, with ``…`` for what is left out between them. ``points`` are
        those that the answer names (:func:`points_of_answers`).
        """
        whole = "\n".join(self.passages)
        if len(whole) <= QUESTION_LENGTH:
            return whole
        scores = self._sentence_scores(answer, which, points)
        ranked = sorted(range(len(self.parts)), key=scores.__getitem__, reverse=True)
        numbered = any(agreement(part.points, points) > 0 for part in self.parts)
        several = len(self.passages) > _FEW and _OPENING.search(answer) is not None
        bundled = len(self.passages) > _BUNDLED or numbered or several
        least = max(_LEAST, scores[ranked[0]] / 2) if bundled else _LEAST
        chosen: set[int] = set()
        room = QUESTION_LENGTH
        for at in ranked:
            part = self.parts[at]
            near = not bundled or abs(part.passage - self.parts[ranked[0]].passage) <= 1
            if len(part.text) <= room and ((scores[at] > least and near) or not chosen):
                chosen.add(at)
                room -= len(part.text) + 1
        asked = self._next_asking_sentence(ranked[0])
        if asked is not None and not any(self.parts[at].asks for at in chosen):
            # the heading of a point says too little without its question
            chosen.update({asked} if len(self.parts[asked].text) <= room else ())
        if not chosen:
            return "…" + self.parts[ranked[0]].text[-QUESTION_LENGTH + 1 :]
        return self._join_sentences(sorted(chosen))

    def asking(self) -> list[str]:
        """Return the sentences that ask; the last one where none does."""
        return [part.text for part in self.parts if part.asks] or [self.parts[-1].text]

    def _next_asking_sentence(self, at: int) -> int | None:
        """Return the first asking sentence from ``at`` on within the same point."""
        near = range(at, min(at + _POINT_LENGTH, len(self.parts)))
        own = (
            n for n in near if self.parts[n].asks and self.parts[n].points == self.parts[at].points
        )
        return next(own, None)

    def _scores(self, answer: str, points: Sequence[Path]) -> list[float]:
        vector = self.rarity.vector(answer)
        scores = [_similarity(vector, question) for question in self.vectors]
        opening = _OPENING.search(answer)
        if opening:
            topic = self.rarity.vector(opening[1])
            scores = [
                score + _OPENING_WEIGHT * _similarity(topic, question)
                for score, question in zip(scores, self.vectors, strict=True)
            ]
        fits = [-1.0] * len(scores)
        for part in self.parts:
            fits[part.passage] = max(fits[part.passage], agreement(part.points, points))
        return [score + _POINT_WEIGHT * fit for score, fit in zip(scores, fits, strict=True)]

    def _sentence_scores(self, answer: str, which: int, points: Sequence[Path]) -> list[float]:
        """Score each sentence by its words, by the sentences before it, and by its position."""
        vector = self.rarity.vector(answer)
        opening = _OPENING.search(answer)
        topic = self.rarity.vector(opening[1]) if opening else None
        own = [_similarity(vector, part.vector) for part in self.parts]
        last = max((at for at, part in enumerate(self.parts) if part.asks), default=-1)
        final = _LAST_SHORT if len(answer) <= _SHORT_ANSWER else _LAST
        scores: list[float] = []
        for at, part in enumerate(self.parts):
            leaning = max(own[max(0, at - 2) : at], default=0.0) if part.asks else 0.0
            away = abs(part.passage - which)
            score = own[at] + _LEANING * leaning + _ASKS * part.asks + final * (at == last)
            score += _SAME_PASSAGE * (away == 0) - _DISTANCE * min(away, _FARTHEST)
            if part.asks or names_point(part.text):
                score += _POINT_WEIGHT * agreement(part.points, points)
            if topic:
                score += _TOPIC_WEIGHT * _similarity(topic, part.vector)
            scores.append(score)
        return scores

    def _join_sentences(self, chosen: Sequence[int]) -> str:
        text = self.parts[chosen[0]].text
        for before, at in pairwise(chosen):
            text += ("" if at == before + 1 else "…") + self.parts[at].text
        return text


def points_of_answers(answers: Sequence[str]) -> list[list[Path]]:
    """For each passage of one answering speech, return the points that it names."""
    points = Points()
    return [
        [path for sentence in sentences(answer) for path in points.read(sentence)]
        for answer in answers
    ]


def _origin(previous: Sequence[float], now: int) -> int:
    return max(range(len(previous)), key=lambda before: previous[before] - _cost(before, now))


def _cost(before: int, now: int) -> float:
    if now < before:
        return _BACKWARDS
    return _JUMP * (now - before > 1)


def _similarity(left: Vector, right: Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def _features(text: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        if "ぁ" <= word[0] <= "ゖ":
            # hiragana is mostly grammar, which is common and weighs little; service names are rare
            found.update(word[at : at + 3] for at in range(len(word) - 2))
        elif word[0].isascii() or len(word) == 1:
            found.add(word)
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found
