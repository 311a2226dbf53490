"""An opened generation: its files, and the scores of the passages that a question may mean."""

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import fusion
from index.dense import Dense
from index.errors import IndexDamagedError
from index.fusion import Pool
from index.generation import (
    REBUILD,
    Columns,
    Manifest,
    folder_of,
    read_columns,
    read_manifest,
)
from index.lexical import Lexical
from index.names import Names
from index.narrowing import allowed_passages, preferred_passages
from index.passage import Collection, Document, DocumentId, DocumentKind, Filters
from index.store import Store
from index.text import fold, is_japanese
from index.tokens import matter, pairs

_NOTE = re.compile(r"\(.*?\)|\s")
"""What titles of two texts of one ordinance differ in: （令和6年10月1日現在）."""
_ALIKE = 0.7
"""Share of the passages of two words that hold both, from which they are one name."""
_FEW = 3
_NEAR = 8
"""Passages before and after that count as near."""
_POOL = 200
"""Passages taken from each of the rankings into the fusion."""


@dataclass(frozen=True)  # without slots: the names are kept once they were made
class OpenGeneration:
    """The opened files of a generation and the documents in it.

    ``japanese`` and ``superseded`` (by a later text of the same ordinance) mark documents,
    ``bounds`` (n, 2) holds the positions of their first and last passages, all in the order of
    ``columns.documents``.
    """

    manifest: Manifest
    columns: Columns
    documents: Mapping[DocumentId, Document]
    dense: Dense
    words: Lexical
    pairs: Lexical
    context: Lexical
    japanese: NDArray[np.bool_]
    superseded: NDArray[np.bool_]
    bounds: NDArray[np.int64]

    @classmethod
    def open(
        cls, store: Store, data: Path, collection: Collection, number: int
    ) -> "OpenGeneration":
        """Open a generation. Raises :class:`IndexDamagedError` where a file cannot be read."""
        folder = folder_of(data, collection, number)
        manifest = read_manifest(folder)
        documents = {d.document: d for d in store.documents(collection, number)}
        try:
            columns = read_columns(folder)
            held = [documents[name] for name in columns.documents]
            return cls(
                manifest=manifest,
                columns=columns,
                documents=documents,
                japanese=np.array([document.language == "ja" for document in held], dtype=bool),
                superseded=_superseded(held),
                bounds=_bounds(columns.document, len(held)),
                dense=Dense.open(folder / "dense.faiss"),
                words=Lexical.open(folder / "words"),
                pairs=Lexical.open(folder / "pairs"),
                context=Lexical.open(folder / "context"),
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            message = f"a file of the index is missing or damaged: run {REBUILD}"
            raise IndexDamagedError(message) from error

    @functools.cached_property
    def names(self) -> Names:
        """The names of bodies, speakers and posts."""
        return Names.of(self.columns, self.documents)

    def pool(
        self,
        query: str,
        vector: NDArray[np.float32],
        filters: Filters | None = None,
        prefer: Filters | None = None,
    ) -> Pool:
        """Score the passages that any of the rankings puts high, with their partners."""
        allowed = allowed_passages(self.columns, self.documents, filters, lambda: self.names)
        within = None if allowed is None else self._with_questions(allowed)
        content = matter(query)
        lexical = {
            "words": self.words.scores(content),
            "pairs": self.pairs.scores(pairs(query)),
            "context": self.context.scores(content),
        }
        parts = [_top(scores, _POOL, within) for scores in lexical.values()]
        parts.append(self.dense.nearest(vector, _POOL, within))
        positions = self._with_partners(np.unique(np.concatenate(parts)))
        standard = {
            name: fusion.standardise(scores[positions], float(scores.mean()), float(scores.std()))
            for name, scores in lexical.items()
        }
        of_document = self.columns.document[positions]
        similarity = self.dense.scores(vector, positions)
        partner = _places_in(positions, self.columns.partner[positions])
        return Pool(
            positions=positions,
            similarity=similarity,
            dense=fusion.standardise(similarity, *self.dense.spread(vector)),
            **self._coverage(content, positions, partner),
            pair_coverage=self._pair_coverage(query, positions),
            partner=partner,
            kind=self.columns.kind[positions],
            cues=self.columns.cues[positions],
            length=self.columns.length[positions],
            role=self.columns.role[positions],
            turn=self.columns.turn[positions],
            asked=self.columns.asked[positions],
            allowed=_marks(positions, allowed, otherwise=True),
            preferred=_marks(
                positions, preferred_passages(self.columns, self.documents, prefer), otherwise=False
            ),
            foreign=self.japanese[of_document] != is_japanese(query),
            superseded=self.superseded[of_document],
            **standard,
        )

    def _coverage(
        self, content: Sequence[str], positions: NDArray[np.int64], partner: NDArray[np.int64]
    ) -> dict[str, NDArray[np.float32]]:
        """Return the rarity-weighted share of the words held: alone, widely, and nearby.

        Beside them ``missing``, the rarity of the rarest word that a passage does not hold even
        widely.
        """
        own, wide, nearby, missing = np.zeros((4, len(positions)), dtype=np.float32)
        total = 0.0
        for rarity, holders, around_holders in self._names(content):
            total += rarity
            holds = _among(holders, positions)
            around = holds | _among(around_holders, positions)
            around |= (partner >= 0) & around[partner]
            own += rarity * holds
            wide += rarity * around
            nearby += rarity * (around | self._near(holders, positions))
            missing = np.maximum(missing, np.where(around, 0, rarity))
        scale = np.float32(1 / (total or 1.0))
        return {
            "coverage": own * scale,
            "coverage_wide": wide * scale,
            "coverage_nearby": nearby * scale,
            "missing": missing.astype(np.float32),
        }

    def _pair_coverage(self, query: str, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the rarity-weighted share of the query's pairs of characters that are held.

        Pairs run over particles and endings, too: they tell a phrase from words that only meet.
        """
        own = np.zeros(len(positions), dtype=np.float32)
        total = 0.0
        for pair in dict.fromkeys(pairs(query)):
            rarity, holders = self.pairs.rarity(pair), self.pairs.holders(pair)
            total += rarity
            own += rarity * _among(holders, positions)
        return own * np.float32(1 / (total or 1.0))

    def _names(
        self, content: Sequence[str]
    ) -> list[tuple[float, NDArray[np.int32], NDArray[np.int32]]]:
        """Return rarity, holders in the text and holders around it of each word of a question.

        Neighbouring words that stand in the same passages are one name that the dictionary does not
        know and cuts in pieces (しお・丸): it counts once, not once a piece.
        """
        names: list[tuple[float, NDArray[np.int32], NDArray[np.int32]]] = []
        for word in content:
            rarity, holders = self.words.rarity(word), self.words.holders(word)
            around = self.context.holders(word)
            if names and _alike(names[-1][1], holders):
                before = names.pop()
                rarity, holders = max(before[0], rarity), np.union1d(before[1], holders)
                around = np.union1d(before[2], around)
            names.append((rarity, holders, around))
        return names

    def _near(self, holders: NDArray[np.int32], positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the positions with a holder among their neighbours in the same document.

        Minutes do not repeat the name of the matter in every speech.
        """
        if len(holders) == 0:
            return np.zeros(len(positions), dtype=bool)
        of_document = self.columns.document[positions]
        first = np.maximum(positions - _NEAR, self.bounds[of_document, 0])
        last = np.minimum(positions + _NEAR, self.bounds[of_document, 1])
        place = np.searchsorted(holders, first.astype(np.int32))
        found = holders[np.minimum(place, len(holders) - 1)]
        return np.asarray((place < len(holders)) & (found <= last), dtype=bool)

    def _with_questions(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers: an answer is found through its question."""
        questions = self.columns.partner[positions]
        return np.union1d(positions, questions[questions >= 0]).astype(np.int64)

    def _with_partners(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers and all answers to the turns that ask."""
        asked = self._with_questions(positions)
        turns = np.unique(self.columns.turn[asked])
        answered = self.columns.asked[self.columns.answering]
        starts, ends = (np.searchsorted(answered, turns, side) for side in ("left", "right"))
        answers = [
            self.columns.answering[start:end]
            for turn, start, end in zip(turns, starts, ends, strict=True)
            if turn >= 0
        ]
        return self._with_questions(np.unique(np.concatenate([asked, *answers])).astype(np.int64))


def _marks(
    positions: NDArray[np.int64], among: NDArray[np.int64] | None, *, otherwise: bool
) -> NDArray[np.bool_]:
    """Mark the positions that are ``among`` some; without such a set all are ``otherwise``."""
    if among is None:
        return np.full(len(positions), otherwise, dtype=bool)
    return np.isin(positions, among)


def _bounds(document: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return the first and last position of each document; its passages stand together."""
    bounds = np.zeros((count, 2), dtype=np.int64)
    places = np.arange(len(document), dtype=np.int64)
    bounds[document[::-1], 0] = places[::-1]
    bounds[document, 1] = places
    return bounds


def _superseded(held: Sequence[Document]) -> NDArray[np.bool_]:
    """Mark the documents that are an ordinance of which a later text is in the index."""
    days = [document.date if document.kind is DocumentKind.ORDINANCE else None for document in held]
    names = [_NOTE.sub("", fold(document.title)) for document in held]
    latest: dict[str, dt.date] = {}
    for name, day in zip(names, days, strict=True):
        if day is not None:
            latest[name] = max(latest.get(name, day), day)
    older = [day is not None and day < latest[name] for name, day in zip(names, days, strict=True)]
    return np.array(older, dtype=bool)


def _alike(one: NDArray[np.int32], other: NDArray[np.int32]) -> bool:
    """Tell whether two words stand in nearly the same passages."""
    if min(len(one), len(other)) < _FEW or max(len(one), len(other)) > 2 * min(
        len(one), len(other)
    ):
        return False
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both >= _ALIKE * (len(one) + len(other) - both)


def _among(holders: NDArray[np.int32], positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark which positions are among the holders, which are in order."""
    if len(holders) == 0:
        return np.zeros(len(positions), dtype=bool)
    wanted = positions.astype(np.int32)
    places = np.minimum(np.searchsorted(holders, wanted), len(holders) - 1)
    return np.asarray(holders[places] == wanted, dtype=bool)


def _places_in(positions: NDArray[np.int64], wanted: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return where each wanted position stands in the sorted ``positions``, −1 where not."""
    if len(positions) == 0:
        return np.empty(0, dtype=np.int64)
    places = np.minimum(np.searchsorted(positions, wanted), len(positions) - 1)
    return np.where(positions[places] == wanted, places, -1).astype(np.int64)


def _top(
    scores: NDArray[np.float32], count: int, allowed: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    candidates = np.flatnonzero(scores > 0) if allowed is None else allowed[scores[allowed] > 0]
    if len(candidates) > count:
        best = np.argpartition(-scores[candidates], count)[:count]
        candidates = candidates[best]
    return np.asarray(candidates, dtype=np.int64)
