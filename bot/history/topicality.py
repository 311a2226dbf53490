"""Whether something is about a topic: how much of the topic's words it says, weighted by rarity.

Stricter than a ranking, which always puts something first: what holds none of the words is not
about the topic, however near it stands.
"""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.language.text import fold, sentences
from index.language.tokens import content_words_in_groups, index_terms, words

MOST_CHARACTERS = 200
"""What is read of a topic: more is no topic."""
_MOST_TERMS = 12
_LEAST = 0.7
"""Share of the topic that the best must say; less is about something else."""
_BESIDE_THE_BEST = 0.8
"""Share of what the best says that the others must say."""
_SCATTERED = 0.75
"""At most this much of a term is said by its words apart: 保護者の生活 is not 生活保護."""

_BETWEEN = re.compile(
    r"(?<=[^ぁ-ん\s])(?:における|に(?:関する|関して|ついての?|係る|対する)|をめぐる|への|からの|との|での"
    r"|の|と|を|は|が|や|で|に)(?=[^ぁ-ん\s]|[ぁ-ん]{2})|(?<=[^ぁ-ん\s])(?:及び|および|並びに|又は)"
    r"|[\s、。,.・/「」『』()\[\]!?\"]+"
)
"""What stands between the terms of a topic. A particle only counts where no hiragana precedes."""
_LATIN = re.compile(r"[a-z0-9'-]+")
_ENDINGS = r"(?:ies|es|s|y|e|ing|ed)"
_ENDING = re.compile(rf"{_ENDINGS}$")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a topic: how it is written (folded), its words and how rare each is.

    ``synonyms`` are the groups of synonyms that the whole of it is in.
    """

    written: str
    rarities: tuple[tuple[str, float], ...]
    synonyms: frozenset[str] = frozenset()

    @property
    def weight(self) -> float:
        """How much of the topic it is, not yet as a share."""
        return sum(rarity for _, rarity in self.rarities)

    def written_in(self, part: str) -> bool:
        """Tell whether ``part`` (folded) has the term; endings of English words are free.

        A synonym is the term itself: 児童クラブ for 学童.
        """
        if _LATIN.fullmatch(self.written):
            return bool(re.search(rf"\b{re.escape(_stem(self.written))}{_ENDINGS}?\b", part))
        if self.written in part:
            return True
        return bool(self.synonyms) and not self.synonyms.isdisjoint(_terms(part))

    def said(self, parts: Sequence[str]) -> float:
        """Return 1 where one of ``parts`` has the term, less for its words in one sentence."""
        if any(self.written_in(part) for part in parts):
            return 1.0
        if _LATIN.fullmatch(self.written):
            return 0.0
        shares = (self._share(sentence) for part in parts for sentence in sentences(part))
        return min(_SCATTERED, max(shares, default=0.0))

    def _share(self, sentence: str) -> float:
        held = _words(sentence)
        return sum(rarity for word, rarity in self.rarities if word in held) / self.weight


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as terms: しおまる号 and 運賃 for 「しおまる号の運賃」."""

    text: str
    terms: tuple[Term, ...]

    def told(self, parts: Iterable[str | None], least: float = 0.0) -> float:
        """Return what share (0 to 1) of the topic stands in texts that belong together.

        What cannot reach ``least`` may come out as 0: to look closer costs time.
        """
        folded = [fold(part) for part in parts if part]
        there = {term for term in self.terms if any(term.written_in(part) for part in folded)}
        sure = self._share(there)
        if sure + _SCATTERED * (1 - sure) < least:
            return 0.0
        return sure + sum(
            term.said(folded) * self._share({term}) for term in self.terms if term not in there
        )

    def written(self, parts: Iterable[str | None]) -> float:
        """Return what share of the topic stands there term by term: at most what is told."""
        folded = [fold(part) for part in parts if part]
        return self._share(
            {term for term in self.terms if any(term.written_in(part) for part in folded)}
        )

    def _share(self, terms: Iterable[Term]) -> float:
        total = sum(term.weight for term in self.terms)
        return sum(term.weight for term in terms) / total if total else 0.0


def shares_told(topic: Topic, texts: Sequence[Sequence[str | None]]) -> list[float]:
    """Return what share of the topic each of some texts tells, 0 where that is less than enough.

    :func:`least_share` of the best of them is enough.
    """
    written = max((topic.written(parts) for parts in texts), default=0.0)
    return [topic.told(parts, least_share(written)) for parts in texts]


def topic_of(text: str, rarity: Callable[[str], float]) -> Topic:
    """Take a topic apart; ``rarity`` tells how rare a word is in the index."""
    text = " ".join(text[:MOST_CHARACTERS].split())
    terms = []
    for written in dict.fromkeys(part for part in _BETWEEN.split(fold(text)) if part):
        found = content_words_in_groups(written)
        rarities = tuple((each.word, rarity(each.word)) for each in found)
        if any(weight > 0 for _, weight in rarities):
            shared = frozenset.intersection(*(frozenset(each.groups) for each in found))
            terms.append(Term(written, rarities, shared))
    return Topic(text, tuple(terms[:_MOST_TERMS]))


def least_share(best: float) -> float:
    """Return the share from which something is about the topic, given what the best one tells."""
    return max(_LEAST, _BESIDE_THE_BEST * best)


@functools.lru_cache(maxsize=8192)
def _terms(part: str) -> frozenset[str]:
    return frozenset(index_terms(part))


@functools.lru_cache(maxsize=8192)
def _words(sentence: str) -> frozenset[str]:
    return frozenset(words(sentence))


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word
