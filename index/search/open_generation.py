"""An opened generation, and the scores of the passages that a question may mean."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.generation import lexical
from index.generation.columns import Columns
from index.generation.dense import DenseScores
from index.generation.generations import generations_of
from index.generation.holders import NOBODY, Holders
from index.generation.lexical import Lexical
from index.generation.manifest import Manifest
from index.language.text import is_japanese
from index.language.tokens import Word, character_pairs, content_words_in_groups, words
from index.passage import Collection, Filters
from index.search import fusion
from index.search.filters import allowed_passages, preferred_documents
from index.search.fusion import Pool
from index.search.held_documents import HeldDocuments
from index.search.kana import KanaSpeller
from index.search.names import Names
from index.search.word_coverage import Around, word_coverage
from index.store.store import Store
from index.where import Where

_HIRAGANA = re.compile("[ぁ-ん]")
_NEAR = 8
"""Passages before and after that count as near."""
_POOL = 200
"""Passages taken from each of the rankings into the fusion."""
_MOST_WORDS, _MOST_PAIRS = 128, 512
"""Different tokens of a question that are searched for: the rarest of one as long as a book."""
_BLOCK = 256
"""Passages of which only the best is looked at, before the best of all are told."""


@dataclass(frozen=True)  # without slots: the names are kept once they were made
class OpenGeneration:
    """What a search reads of a generation, and the documents in it."""

    manifest: Manifest
    columns: Columns
    documents: HeldDocuments
    dense: DenseScores
    words: Lexical
    pairs: Lexical
    context: Lexical

    @classmethod
    def open(cls, store: Store, where: Where, collection: Collection, number: int) -> Self:
        """Open a generation.

        Raises :class:`IndexDamagedError` where it cannot be read.
        """
        opened = generations_of(store, where).open(collection, number)
        return cls(
            manifest=opened.manifest,
            columns=opened.columns,
            documents=HeldDocuments(store, collection, number, opened.columns.documents),
            dense=opened.dense,
            words=opened.words,
            pairs=opened.pairs,
            context=opened.context,
        )

    @functools.cached_property
    def names(self) -> Names:
        """The names of bodies, speakers and posts."""
        self.documents.all()  # in one go, rather than one by one
        return Names.of(self.columns, self.documents)

    @functools.cached_property
    def speller(self) -> KanaSpeller:
        """What spells kana with the words of this generation; made when first asked for."""

        def rarity(word: str) -> float | None:
            return self.words.rarity(word) if self.words.holders(word).count else None

        return KanaSpeller(
            self.words.tokens(), rarity, lambda pair: bool(self.pairs.holders(pair).count)
        )

    def lacks(self, text: str, word: str) -> bool:
        """Tell whether it is certain that no passage or heading holds a noun.

        ``text`` is the noun as written, ``word`` its normalised form. Where a pair of its
        characters stands in no passage, neither does the noun.
        """
        if self.words.holders(word).count or self.context.holders(word).count:
            return False
        return any(not self.pairs.holders(pair).count for pair in character_pairs(text))

    def holders_of(self, text: str) -> int:
        """Return how many passages say a text themselves or around them (title, headings).

        That is: hold all of its words, and themselves its pairs of characters, but for those with
        hiragana, since that may be put otherwise (保育所の, 保育所では).
        """
        said = list(dict.fromkeys(words(text)))
        phrases = [pair for pair in character_pairs(text) if not _HIRAGANA.search(pair)]
        self.words.expect(said)
        self.context.expect(said)
        self.pairs.expect(phrases)
        own = _all_of([*map(self.words.holders, said), *map(self.pairs.holders, set(phrases))])
        around = _all_of([*map(self.context.holders, said)])
        return len(np.union1d(own, around))

    def says_otherwise(self, text: str) -> bool:
        """Tell whether a synonym of a word stands in a passage or heading."""
        groups = [group for each in content_words_in_groups(text) for group in each.groups]
        return any(
            held.holders(group).count for held in (self.words, self.context) for group in groups
        )

    def pool(
        self,
        query: str,
        vector: NDArray[np.float32],
        filters: Filters | None = None,
        prefer: Filters | None = None,
    ) -> Pool:
        """Score the passages that any of the rankings puts high, with their partners."""
        allowed = allowed_passages(self.columns, self.documents, filters, lambda: self.names)
        within = None if allowed is None else self._and_questions(allowed)
        said = {each.word: each for each in content_words_in_groups(query)}
        self._expect(said.values(), character_pairs(query))
        content = [said[word] for word in self.words.rarest(list(said), _MOST_WORDS)]
        phrases = self.pairs.rarest(character_pairs(query), _MOST_PAIRS)
        scored = self._scored(content, phrases)
        parts = [_top(scores, _POOL, within) for scores in scored.values()]
        parts.append(self.dense.nearest(vector, _POOL, within))
        positions = self._with_partners(np.unique(np.concatenate(parts)))
        standard = {
            name: fusion.standardise(scores[positions], *lexical.mean_and_deviation(scores))
            for name, scores in scored.items()
        }
        of_documents = self.columns.of_documents
        of_document = self.columns.document[positions]
        similarity = self.dense.scores(vector, positions)
        partner = _places_in(positions, self.columns.partner[positions])
        around = Around(positions, partner, *self._near(positions))
        return Pool(
            positions=positions,
            similarity=similarity,
            dense=fusion.standardise(similarity, *self.dense.spread(vector)),
            **word_coverage(content, self.words, self.context, around),
            pair_coverage=self._pair_coverage(phrases, positions),
            partner=partner,
            kind=self.columns.kind[positions],
            cues=self.columns.cues[positions],
            length=self.columns.length[positions],
            role=self.columns.role[positions],
            turn=self.columns.turn[positions],
            asked=self.columns.asked[positions],
            allowed=np.ones(len(positions), dtype=bool) if allowed is None else allowed[positions],
            preferred=preferred_documents(of_documents, prefer)[of_document],
            foreign=of_documents.japanese[of_document] != is_japanese(query),
            superseded=of_documents.superseded[of_document] & (not filters or not filters.as_of),
            **standard,
        )

    def _expect(self, content: Iterable[Word], phrases: Sequence[str]) -> None:
        """Say what the question will be searched by: a server is asked for all of it at once."""
        terms = [term for each in content for term in (each.word, *each.groups)]
        self.words.expect(terms)
        self.context.expect(terms)
        self.pairs.expect(phrases)

    def _scored(
        self, content: Sequence[Word], phrases: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        """Return the lexical scores of all passages for the terms of a question."""
        words = [each.word for each in content]
        groups = dict.fromkeys(group for each in content for group in each.groups)
        return {
            "words": self.words.scores(words),
            "pairs": self.pairs.scores(phrases),
            "context": self.context.scores(words),
            "synonyms": self.words.scores(self.words.rarest(list(groups), _MOST_WORDS)),
        }

    def _pair_coverage(
        self, phrases: Sequence[str], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the rarity-weighted share of the query's pairs of characters that are held.

        Pairs run over particles and endings, too: they tell a phrase from words that only meet.
        """
        own = np.zeros(len(positions), dtype=np.float32)
        total = 0.0
        for pair in dict.fromkeys(phrases):
            rarity = self.pairs.rarity(pair)
            total += rarity
            own += rarity * self.pairs.holders(pair).among(positions)
        return own * np.float32(1 / (total or 1.0))

    def _near(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first and last neighbours of the positions in the same document.

        Minutes do not repeat the name of the matter in every speech.
        """
        bounds = self.columns.of_documents.bounds[self.columns.document[positions]]
        first, last = bounds[:, 0], bounds[:, 1]
        return np.maximum(positions - _NEAR, first), np.minimum(positions + _NEAR, last)

    def _and_questions(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mark the questions of the answers, too: an answer is found through its question."""
        questions = self.columns.partner[marked]
        both = marked.copy()
        both[questions[questions >= 0]] = True
        return both

    def _with_questions(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers."""
        questions = self.columns.partner[positions]
        return np.union1d(positions, questions[questions >= 0]).astype(np.int64)

    def _with_partners(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers and all answers to the turns that ask."""
        asked = self._with_questions(positions)
        turns = np.unique(self.columns.turn[asked])
        starts, ends = (
            np.searchsorted(self.columns.answered, turns, side) for side in ("left", "right")
        )
        answers = [
            self.columns.answering[start:end]
            for turn, start, end in zip(turns, starts, ends, strict=True)
            if turn >= 0
        ]
        return self._with_questions(np.unique(np.concatenate([asked, *answers])).astype(np.int64))


def _all_of(tokens: Sequence[Holders]) -> NDArray[np.int32]:
    """Return the positions of the passages that hold all of some tokens."""
    if not tokens or not all(holders.count for holders in tokens):
        return NOBODY.all()
    return functools.reduce(np.intersect1d, (holders.all() for holders in tokens))


def _places_in(positions: NDArray[np.int64], wanted: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return where each wanted position stands in the sorted ``positions``, −1 where not."""
    if len(positions) == 0:
        return np.empty(0, dtype=np.int64)
    places = np.minimum(np.searchsorted(positions, wanted), len(positions) - 1)
    return np.where(positions[places] == wanted, places, -1).astype(np.int64)


def _top(
    scores: NDArray[np.float32], count: int, within: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """Return the positions of the ``count`` highest scores above 0."""
    if within is not None:
        scores = np.where(within, scores, 0)
    floor = _floor(scores, count)
    candidates = np.flatnonzero(scores >= floor if floor > 0 else scores > 0)
    if len(candidates) > count:
        best = np.argpartition(-scores[candidates], count)[:count]
        candidates = candidates[best]
    return np.asarray(candidates, dtype=np.int64)


def _floor(scores: NDArray[np.float32], count: int) -> float:
    """Return a score that ``count`` passages reach, and few more.

    So many blocks have a passage of that score at their best, and only those that reach it need to
    be put in order.
    """
    blocks = len(scores) // _BLOCK
    if blocks <= count:
        return 0.0
    best = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    return float(np.partition(best, blocks - count)[blocks - count])
