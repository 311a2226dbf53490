"""Searching the published generation: what speaks for each passage, fused, as hits with text."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import Embedder
from index.errors import EmbedderMismatchError, IndexDamagedError, IndexOutdatedError
from index.language import cues
from index.language.text import fold
from index.passage import (
    DEFAULT_COLLECTION,
    Collection,
    Document,
    DocumentId,
    Filters,
    Hit,
    Passage,
    PassageId,
)
from index.reranking.passage_text import passage_text
from index.reranking.reranker import Reading, Reranker
from index.search import fusion, second_stage
from index.search.filters import allowed_documents, allowed_passages
from index.search.fusion import Pool
from index.search.kana import is_kana
from index.search.names import Names
from index.search.near_duplicates import without_repeats
from index.search.open_generation import OpenGeneration
from index.search.other_words import in_other_words
from index.search.query import Query, SearchResult, Signals
from index.store.store import Store
from index.where import Where
from index.writer import Writer, mismatch_message

READ, READ_FIRST = 16, 8
"""Passages that the reranker reads, and how many of them at first."""
_CLEAR = 3.0
"""The logit from which on a passage answers so clearly that the rest need not be read."""

_log = logging.getLogger(__name__)


class Searcher:
    """One published generation, opened for reading. Use it from one thread at a time."""

    def __init__(
        self,
        store: Store,
        collection: Collection,
        opened: OpenGeneration | None,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._reranker = reranker
        self._store = store
        self._collection = collection
        self._opened = opened
        self._embedder = embedder
        self._last: tuple[str, NDArray[np.float32]] | None = None
        self._read_of: tuple[str, dict[PassageId, Reading]] = ("", {})
        self.generation = opened.manifest.generation if opened else 0

    @classmethod
    def open(
        cls,
        where: Where,
        embedder: Embedder,
        collection: Collection = DEFAULT_COLLECTION,
        reranker: Reranker | None = None,
    ) -> "Searcher":
        """Open the published generation; an index that was never made is an empty one.

        One that another version of Kiroku built, or that is not there at all (a restore or a
        rebuilding was cut off), is first built anew, from what the store holds: nothing is read or
        embedded again.

        Raises :class:`EmbedderMismatchError` and :class:`IndexDamagedError`.
        """
        store = Store.open(where)
        try:
            opened = _open_published(store, where, collection)
        except IndexOutdatedError:
            _log.info("what a search reads is of another version or not there: building it anew")
            with Writer.open(where, embedder, collection) as writer:
                writer.renew()
            opened = _open_published(store, where, collection)
        if opened and opened.manifest.embedder != embedder.name:
            raise EmbedderMismatchError(mismatch_message(opened.manifest.embedder, embedder.name))
        return cls(store, collection, opened, embedder, reranker)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def is_current(self) -> bool:
        """Tell whether no newer generation has been published since this was opened."""
        return self._store.is_published(self._collection, self.generation)

    def is_empty(self) -> bool:
        """Tell whether this generation holds no document."""
        return not (self._opened and self._opened.documents)

    def documents(self) -> list[Document]:
        """Return the documents of this generation, ordered by path."""
        return self._opened.documents.all() if self._opened else []

    @property
    def names(self) -> Names | None:
        """The names of bodies, speakers and posts; ``None`` where the index is empty."""
        return self._opened.names if self._opened else None

    def leaves(self, filters: Filters) -> int:
        """Return how many passages the filters leave."""
        opened = self._opened
        if opened is None:
            return 0
        allowed = allowed_passages(opened.columns, opened.documents, filters, lambda: opened.names)
        return len(opened.columns.row) if allowed is None else int(allowed.sum())

    def documents_under(self, filters: Filters) -> list[Document]:
        """Return the documents that the filters leave, ordered by path."""
        opened = self._opened
        if opened is None:
            return []
        passes = allowed_documents(opened.columns, opened.documents, filters)
        return [opened.documents[opened.columns.documents[n]] for n in np.flatnonzero(passes)]

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return the passages of a document in order."""
        held = self._store.passages(self._collection, self.generation, document)
        return [stored.passage for stored in held]

    def passage(self, document: DocumentId, name: PassageId) -> Passage | None:
        """Return one passage of a document; ``None`` where there is none such."""
        return self._store.passage(self._collection, self.generation, document, name)

    def rarity(self, word: str) -> float:
        """Return how rare a word is in this index (inverse document frequency, ≥ 0)."""
        return self._opened.words.rarity(word) if self._opened else 0.0

    def search(self, query: Query, limit: int = 10) -> SearchResult:
        """Return the ``limit`` best hits."""
        started = time.perf_counter()
        if self._opened is None or not query.text.strip():
            return SearchResult(took_ms=_took(started, started))
        vector = self._vector(query.text)
        embedded = time.perf_counter()
        pool = self._opened.pool(query.text, vector, query.filters, query.prefer)
        hits, signals = self._rank(pool, query, limit)
        return SearchResult(hits, signals, _took(started, embedded))

    def pool(self, query: Query) -> tuple[Pool, list[tuple[Passage, Document]]]:
        """Return the scored passages that a search chooses from, with their text, for tuning."""
        if self._opened is None:
            message = "an empty index has no pool"
            raise ValueError(message)
        vector = self._vector(query.text)
        pool = self._opened.pool(query.text, vector, query.filters, query.prefer)
        return pool, self._read(pool.positions)

    def _vector(self, text: str) -> NDArray[np.float32]:
        """Return a question's vector; the last one is kept, as a question may be searched twice."""
        if self._last is None or self._last[0] != text:
            self._last = (text, self._embedder.embed_query(text))
        return self._last[1]

    def spelled(self, question: str) -> str | None:
        """Return a question that is all in kana in words of this index; ``None`` for any other."""
        if self._opened is None or not is_kana(question):
            return None
        written = self._opened.speller.spelled(question)
        return None if written == fold(question) else written

    def in_other_words(self, question: str) -> tuple[str, ...]:
        """Return at most two ways to read a question in words that are held here: see there."""
        whole = question.encode("utf-8", "replace").decode()  # half a character pair is no text
        return in_other_words(whole, self._opened.holders_of) if self._opened else ()

    def lacks(self, text: str, word: str) -> bool:
        """Tell whether nothing here says a noun for certain: see :meth:`OpenGeneration.lacks`."""
        return self._opened is not None and self._opened.lacks(text, word)

    def says_otherwise(self, text: str) -> bool:
        """Tell whether a synonym of a word stands here."""
        return self._opened is not None and self._opened.says_otherwise(text)

    def wording(self, question: str) -> second_stage.Wording:
        """Return how a question is worded, with the rarities of this index."""
        return second_stage.Wording.of(
            question, self._opened.pairs.rarity if self._opened else lambda _: 0.0
        )

    def _read(self, positions: NDArray[np.int64]) -> list[tuple[Passage, Document]]:
        """Read the passages at some positions, in their order."""
        if self._opened is None:
            return []
        rows = [int(row) for row in self._opened.columns.row[positions]]
        held = self._store.passages_at(self._collection, rows)
        return [(stored.passage, self._opened.documents[stored.document]) for stored in held]

    def _rank(
        self, pool: Pool, query: Query, limit: int
    ) -> tuple[tuple[Hit, ...], tuple[Signals, ...]]:
        """Read the passages of the best; what says the same counts once."""
        parts = fusion.features(pool, query.wanted)
        fused = fusion.first_scores(pool, parts)
        best = np.argsort(-fused, kind="stable")
        best = best[np.isfinite(fused[best])][: max(2 * limit, second_stage.DEEP)]
        read = self._read(pool.positions[best])
        wording = self.wording(query.text)
        again = second_stage.features(wording, read[: second_stage.DEEP])
        scores = fusion.second_scores(fused, best, parts, again)
        readings = self._readings(query, scores, read)
        scores = fusion.lifted_scores(scores, {at: each.lift for at, each in readings.items()})
        shares = _shares(scores)
        earlier = query.wanted.earlier
        chosen = without_repeats(scores, read, limit, apart=query.repeats, earlier=earlier)
        found = []
        for rank, at in enumerate(chosen, start=1):
            seen = {name: float(v[at]) for name, v in again.items() if at < len(v)}
            signals = replace(
                _signals(pool, int(best[at]), float(shares[at]), query),
                read=seen,
                reading=readings.get(at),
                unit_unmet=wording.unit is not None and not seen.get("unit", 0.0),
            )
            found.append((Hit(rank, float(scores[at]), *read[at]), signals))
        return tuple(hit for hit, _ in found), tuple(signals for _, signals in found)

    def _readings(
        self, query: Query, scores: NDArray[np.float32], read: Sequence[tuple[Passage, Document]]
    ) -> dict[int, Reading]:
        """Let the reranker read the best passages; a history looks through too many for that."""
        if self._reranker is None or query.fast or query.repeats:
            return {}
        question = query.asked or query.text
        if self._read_of[0] != question:
            self._read_of = question, {}
        known = self._read_of[1]
        found: dict[int, Reading] = {}
        places = [int(at) for at in np.argsort(-scores, kind="stable")[:READ]]
        for some in (places[:READ_FIRST], places[READ_FIRST:]):
            new = [at for at in some if read[at][0].passage_id not in known]
            texts = [passage_text(*read[at]) for at in new]
            for at, reading in zip(new, self._reranker.read(question, texts), strict=True):
                known[read[at][0].passage_id] = reading
            found |= {at: known[read[at][0].passage_id] for at in some}
            if any(reading.answers >= _CLEAR for reading in found.values()):
                break
        return found


def _open_published(store: Store, where: Where, collection: Collection) -> OpenGeneration | None:
    published = store.generation(collection)
    if not published:
        return None
    try:
        return OpenGeneration.open(store, where, collection, published)
    except IndexDamagedError:
        # Two ingests may have ended while this one was being opened.
        newer = store.generation(collection)
        if newer == published:
            raise
        return OpenGeneration.open(store, where, collection, newer)


def _signals(pool: Pool, place: int, share: float, query: Query) -> Signals:
    partner = int(pool.partner[place])
    nearer = (
        partner if partner >= 0 and pool.similarity[partner] > pool.similarity[place] else place
    )
    return Signals(
        similarity=float(pool.similarity[nearer]),
        standing=float(pool.dense[nearer]),
        coverage=float(pool.coverage[place]),
        coverage_wide=float(pool.coverage_wide[place]),
        coverage_nearby=float(pool.coverage_nearby[place]),
        missing=float(pool.missing[place]),
        share=share,
        unmet=cues.unmet(query.wanted.cues, int(pool.cues[place])),
        out_of_period=query.prefer is not None and not bool(pool.preferred[place]),
    )


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the odds as shares of one; the weights are fitted so that these are probabilities."""
    odds = np.exp(scores - scores.max(initial=-1e9))
    return np.asarray(odds / odds.sum(), dtype=np.float32)


def _took(started: float, embedded: float) -> dict[str, float]:
    now = time.perf_counter()
    seconds = {"total": now - started, "embed": embedded - started, "retrieve": now - embedded}
    return {name: round(value * 1000, 3) for name, value in seconds.items()}
