"""Searching the published generation: lexical and dense scores, fused, as hits with their text."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import fusion, generation
from index.dense import Dense
from index.embedding import Embedder
from index.errors import EmbedderMismatchError, IndexDamagedError
from index.fusion import Pool, Weights
from index.lexical import Lexical
from index.narrowing import allowed_passages
from index.passage import (
    DEFAULT_COLLECTION,
    Collection,
    Document,
    DocumentId,
    Filters,
    Hit,
    Passage,
    PassageKind,
)
from index.store import Store
from index.tokens import pairs, words
from index.writing import mismatch

_POOL = 200
"""Passages taken from each of the rankings into the fusion."""

_KINDS = list(PassageKind)
_PROCEDURE = np.array(
    [kind in {PassageKind.PROCEDURE, PassageKind.HEADER} for kind in _KINDS], dtype=bool
)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the milliseconds it took: ``total``, ``embed``, ``retrieve``."""

    hits: tuple[Hit, ...]
    took_ms: Mapping[str, float] = field(default_factory=dict)


class Searcher:
    """One published generation, opened for reading. Use it from one thread at a time."""

    def __init__(
        self, store: Store, collection: Collection, files: "_Files | None", embedder: Embedder
    ) -> None:
        self._store = store
        self._collection = collection
        self._files = files
        self._embedder = embedder
        self.generation = files.manifest.generation if files else 0

    @classmethod
    def open(
        cls, data: Path, embedder: Embedder, collection: Collection = DEFAULT_COLLECTION
    ) -> "Searcher":
        """Open the published generation; an index that was never made is an empty one.

        Raises :class:`EmbedderMismatchError` and :class:`IndexDamagedError`.
        """
        store = Store.open(data)
        published = store.generation(collection)
        if not published:
            return cls(store, collection, None, embedder)
        try:
            files = _Files.open(store, data, collection, published)
        except IndexDamagedError:
            newer = store.generation(collection)
            if newer == published:
                raise
            files = _Files.open(store, data, collection, newer)
        if files.manifest.embedder != embedder.name:
            raise EmbedderMismatchError(mismatch(files.manifest.embedder, embedder.name))
        return cls(store, collection, files, embedder)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def is_current(self) -> bool:
        """Tell whether no newer generation has been published since this was opened."""
        return self._store.generation(self._collection) == self.generation

    def documents(self) -> list[Document]:
        """Return the documents of this generation, ordered by path."""
        return [] if self._files is None else list(self._files.documents.values())

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return the passages of a document in order."""
        if self._files is None:
            return []
        held = self._store.passages(self._collection, self.generation, document)
        return [stored.passage for stored in held]

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        limit: int = 10,
        *,
        wants_question: bool = False,
        weights: Weights | None = None,
    ) -> SearchResult:
        """Return the ``limit`` best hits for a question, narrowed by ``filters``."""
        started = time.perf_counter()
        if self._files is None or not query.strip():
            return SearchResult((), _took(started, started))
        vector = self._embedder.embed_query(query)
        embedded = time.perf_counter()
        allowed = allowed_passages(self._files.columns, self._files.documents, filters)
        if allowed is not None and len(allowed) == 0:
            return SearchResult((), _took(started, embedded))
        pool = self._files.pool(query, vector, allowed)
        fused = fusion.fuse(pool, weights or Weights(), wants_question=wants_question)
        best = np.argsort(-fused, kind="stable")
        best = best[np.isfinite(fused[best])]
        hits = self._hits(pool.positions[best], fused[best], limit)
        return SearchResult(hits, _took(started, embedded))

    def _hits(
        self, positions: NDArray[np.int64], scores: NDArray[np.float32], limit: int
    ) -> tuple[Hit, ...]:
        files = self._files
        if files is None:
            return ()
        rows = [int(row) for row in files.columns.row[positions[: limit * 2]]]
        hits: list[Hit] = []
        seen: set[tuple[str, str]] = set()
        for held, score in zip(
            self._store.passages_at(files.collection, rows), scores, strict=False
        ):
            key = (held.passage.text, held.passage.speaker or "")
            if key not in seen and len(hits) < limit:
                seen.add(key)
                document = files.documents[held.document]
                hits.append(Hit(len(hits) + 1, float(score), held.passage, document))
        return tuple(hits)


class _Files:
    """The opened files of a generation."""

    def __init__(self, manifest: generation.Manifest, collection: Collection) -> None:
        self.manifest = manifest
        self.collection = collection
        self.columns: generation.Columns
        self.documents: dict[DocumentId, Document]
        self.dense: Dense
        self.words: Lexical
        self.pairs: Lexical
        self.context: Lexical

    @classmethod
    def open(cls, store: Store, data: Path, collection: Collection, number: int) -> "_Files":
        folder = generation.folder_of(data, collection, number)
        files = cls(generation.read_manifest(folder), collection)
        try:
            files.columns = generation.read_columns(folder)
            files.dense = Dense.open(folder / "dense.faiss")
            files.words = Lexical.open(folder / "words")
            files.pairs = Lexical.open(folder / "pairs")
            files.context = Lexical.open(folder / "context")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            message = f"a file of the index is missing or damaged: run {generation.REBUILD}"
            raise IndexDamagedError(message) from error
        files.documents = {d.document: d for d in store.documents(collection, number)}
        return files

    def pool(
        self, query: str, vector: NDArray[np.float32], allowed: NDArray[np.int64] | None
    ) -> Pool:
        """Score the passages that any of the rankings puts high, with their partners."""
        query_words = words(query)
        lexical = {
            "words": self.words.scores(query_words),
            "pairs": self.pairs.scores(pairs(query)),
            "context": self.context.scores(query_words),
        }
        within = None if allowed is None else self._with_questions(allowed)
        parts = [_top(scores, _POOL, within) for scores in lexical.values()]
        parts.append(self.dense.nearest(vector, _POOL, within))
        positions = self._with_partners(np.unique(np.concatenate(parts)))
        standard = {
            name: fusion.standardise(scores[positions], float(scores.mean()), float(scores.std()))
            for name, scores in lexical.items()
        }
        mean, deviation = self.dense.spread(vector)
        return Pool(
            positions=positions,
            dense=fusion.standardise(self.dense.scores(vector, positions), mean, deviation),
            partner=_places_in(positions, self.columns.partner[positions]),
            procedure=_PROCEDURE[self.columns.kind[positions]],
            allowed=np.ones(len(positions), dtype=bool)
            if allowed is None
            else np.isin(positions, allowed),
            **standard,
        )

    def _with_questions(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers: an answer is found through its question."""
        questions = self.columns.partner[positions]
        return np.union1d(positions, questions[questions >= 0]).astype(np.int64)

    def _with_partners(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add the questions of the answers and all answers to the questions."""
        asked = self._with_questions(positions)
        answers = np.flatnonzero(np.isin(self.columns.partner, asked))
        return self._with_questions(np.union1d(asked, answers).astype(np.int64))


def _places_in(positions: NDArray[np.int64], wanted: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return where each wanted position stands in the sorted ``positions``, −1 where it does not."""
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


def _took(started: float, embedded: float) -> dict[str, float]:
    now = time.perf_counter()
    milliseconds = {"total": now - started, "embed": embedded - started, "retrieve": now - embedded}
    return {name: round(seconds * 1000, 3) for name, seconds in milliseconds.items()}
