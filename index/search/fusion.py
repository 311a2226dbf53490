"""From what speaks for each passage to one score: a linear model with fitted weights.

A word match finds the *question*, since the asker's words stand in it; what staff want is the
answer. So an answer passage is also scored by the turn that it answers (``coverage_wide``,
``turn_pairs``, ``partner_dense``), and the question itself stands behind its answers (``asks``),
unless it is what was wanted.
Pure functions over arrays: no I/O but the reading of the weights, no embedding model.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.language import cues
from index.passage import PassageKind
from index.record import Role
from index.search import second_stage

Scores = NDArray[np.float32]
Weights = Mapping[str, float]

SPEAK_FOR = frozenset(
    {
        *(
            "pairs",
            "dense",
            "context",
            "synonyms",
            "coverage_wide",
            "coverage_nearby",
            "turn_pairs",
        ),
        *("text_words", "text_pairs", "text_dense", "text_coverage", "text_pair_coverage"),
        *("preferred", "foreign_dense", "wanted_question", "number", "time", "reason", "place"),
        *("coverage", "partner_dense", "decision", *second_stage.NAMES),
    }
)
"""Features that never speak against a passage: the fit keeps their weights from going below 0."""

AT_MOST = {"header": 0.0, "superseded": -1.0, "asks": -1.0}
"""Features that speak against a passage, whatever the few examples say: the text in force first,
and the answer before the question."""

_KINDS = {kind: number for number, kind in enumerate(PassageKind)}
_ASKERS = [number for number, role in enumerate(Role) if role not in {Role.EXECUTIVE, Role.CHAIR}]
_TEXTS = [_KINDS[kind] for kind in (PassageKind.ARTICLE, PassageKind.SECTION, PassageKind.TABLE)]
_OF_TEXT = ("words", "pairs", "dense", "coverage", "pair_coverage")
"""What speaks for a text more than for speeches: it says all that it means by itself."""
_LONG = 500.0


@dataclass(frozen=True, slots=True)
class Pool:
    """The passages in question: positions and what speaks for them, arrays of the same length.

    ``words``, ``pairs``, ``context``, ``synonyms`` and ``dense`` are standardised over the whole
    index;
    ``similarity`` is the raw cosine. ``coverage`` is the share of the question's words, weighted by
    rarity, that the passage holds; ``coverage_wide`` counts its headings, speaker and title, and
    the question that it answers, too, and ``coverage_nearby`` what is said shortly before and
    after; ``missing`` is the rarity of the rarest word held by neither. ``pair_coverage`` is the
    same as ``coverage`` for pairs of characters.
    ``partner`` is an index into the pool (not a position) of the
    question passage that is answered, −1 without. ``turn`` is the number of the speaker turn and
    ``asked`` that of the turn that is answered, −1 without. ``allowed`` marks those that pass the
    filters (the others only lift their answers), ``preferred`` those of the time that the question
    names, ``foreign`` those in another language than the question's, ``superseded`` those of an
    ordinance of which a later text is there.
    """

    positions: NDArray[np.int64]
    words: Scores
    pairs: Scores
    dense: Scores
    context: Scores
    synonyms: Scores
    similarity: Scores
    coverage: Scores
    coverage_wide: Scores
    coverage_nearby: Scores
    missing: Scores
    pair_coverage: Scores
    partner: NDArray[np.int64]
    kind: NDArray[np.int8]
    cues: NDArray[np.int8]
    length: NDArray[np.int32]
    role: NDArray[np.int8]
    turn: NDArray[np.int32]
    asked: NDArray[np.int32]
    allowed: NDArray[np.bool_]
    preferred: NDArray[np.bool_]
    foreign: NDArray[np.bool_]
    superseded: NDArray[np.bool_]

    @property
    def asks(self) -> NDArray[np.bool_]:
        """Mark the question passages of turns that have an answer which passes the filters."""
        asks = np.zeros(len(self.positions), dtype=bool)
        asks[self.partner[(self.partner >= 0) & self.allowed]] = True
        asking = self.answered & (self.kind == _KINDS[PassageKind.QUESTION])
        return np.asarray(asks | asking, dtype=bool)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Mark all that is said in turns that have an answer which passes the filters."""
        answered = self.asked[(self.asked >= 0) & self.allowed]
        return np.asarray(np.isin(self.turn, answered), dtype=bool)

    def of_turn(self, values: Scores) -> Scores:
        """Return for each answer the highest value in the turn that it answers, else 0.

        A turn that asks ten things is answered part by part, and a part may meet another piece of
        the question than the one that the words of a search stand in.
        """
        turns, places = np.unique(self.turn, return_inverse=True)
        highest = np.full(len(turns), -np.inf, dtype=np.float32)
        np.maximum.at(highest, places, values)
        found = np.minimum(np.searchsorted(turns, self.asked), len(turns) - 1)
        known = (self.asked >= 0) & (turns[found] == self.asked) if len(turns) else self.asked >= 0
        return np.where(known, highest[found], 0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants: its mask of cues, what was *asked*, how it was before."""

    cues: int
    question: bool = False
    earlier: bool = False

    @property
    def person(self) -> bool:
        """Whether it wants a person: then the one who asked may be meant."""
        return bool(self.cues >> cues.NAMES.index("person") & 1)


def standardise(scores: Scores, mean: float, deviation: float) -> Scores:
    """Return the z-scores; zeros where all passages score the same."""
    if deviation <= 0:
        return np.zeros_like(scores)
    return np.asarray((scores - mean) / deviation, dtype=np.float32)


def features(pool: Pool, wanted: Wanted) -> dict[str, Scores]:
    """Return what the score is made of, by name, one value a passage of the pool each."""
    of_kind = {kind: pool.kind == number for kind, number in _KINDS.items()}
    paired = (pool.partner >= 0) & (not wanted.question)
    asking = of_kind[PassageKind.QUESTION]
    of_asker = np.isin(pool.role, _ASKERS) & ~of_kind[PassageKind.ANSWER]
    of_text = np.isin(pool.kind, _TEXTS)
    found: dict[str, NDArray[np.generic]] = {
        "pairs": pool.pairs,
        "dense": pool.dense,
        "context": pool.context,
        "synonyms": pool.synonyms,
        "coverage_wide": pool.coverage_wide,
        "coverage_nearby": pool.coverage_nearby,
        "coverage": pool.coverage,
        "paired": paired,
        "partner_dense": np.where(paired, pool.dense[pool.partner], 0),
        "turn_pairs": np.where(paired, pool.of_turn(pool.pairs), 0),
        "answered_turn": pool.answered & ~paired & (not wanted.question),
        **{f"text_{name}": getattr(pool, name) * of_text for name in _OF_TEXT},
        "header": of_kind[PassageKind.HEADER],
        "procedure": of_kind[PassageKind.PROCEDURE],
        "vote": of_kind[PassageKind.VOTE],
        "statement": of_kind[PassageKind.STATEMENT],
        "rule": of_kind[PassageKind.ARTICLE],
        "table": of_kind[PassageKind.TABLE],
        "section": of_kind[PassageKind.SECTION],
        "short": np.log(_LONG / np.clip(pool.length, 10, _LONG)),
        "preferred": pool.preferred,
        "foreign": pool.foreign * _uncovered(pool),
        "foreign_dense": np.where(pool.foreign, pool.dense, 0) * _uncovered(pool),
        "superseded": pool.superseded & ~pool.preferred & (not wanted.earlier),
        "asks": pool.asks & (not wanted.question) & (not wanted.person),
        "asking_person": asking & wanted.person & (not wanted.question),
        "wanted_question": (asking | of_asker) & wanted.question,
    }
    for bit, name in enumerate(cues.NAMES):
        asked = bool(wanted.cues >> bit & 1)
        found[name] = ((pool.cues >> bit) & 1).astype(bool) & asked
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def _uncovered(pool: Pool) -> float:
    """Return what share of the question the passages in its own language leave uncovered."""
    return 1 - float(pool.coverage_wide[~pool.foreign].max(initial=0.0))


def first_scores(pool: Pool, parts: Mapping[str, Scores], weights: Weights | None = None) -> Scores:
    """Return one score a passage from the pool's :func:`features`; −inf where it is not allowed."""
    fused = weighted_sum(parts, read_weights() if weights is None else weights)
    return np.where(pool.allowed, fused, -np.inf).astype(np.float32)


def second_scores(
    fused: Scores, best: NDArray[np.int64], parts: Mapping[str, Scores], read: Mapping[str, Scores]
) -> Scores:
    """Return the scores of the ``best`` places, in order of ``fused``, after they were read again.

    ``read`` holds :func:`index.search.second_stage.features` of the first of them; the others keep
    their order and stay behind.
    """
    deep = len(next(iter(read.values())))
    place = best[:deep]
    again = weighted_sum(
        {n: v[place] for n, v in parts.items()} | dict(read), read_weights("reread")
    )
    lowest = float(again.min() - fused[place].min()) if deep else 0.0
    behind = fused[best[deep:]] + lowest
    return np.concatenate([again, behind]).astype(np.float32)


def lifted_scores(scores: Scores, lifts: Mapping[int, float]) -> Scores:
    """Return the scores with what the reranker adds, by place; the rest stays behind."""
    if not lifts:
        return scores
    weight = read_weights("reranker")["lift"]
    added = np.full(len(scores), min(lifts.values()), dtype=np.float32)
    added[list(lifts)] = list(lifts.values())
    return np.asarray(scores + weight * added, dtype=np.float32)


def weighted_sum(parts: Mapping[str, Scores], weights: Weights) -> Scores:
    """Return the weighted sum of the features."""
    return sum(
        (weights.get(name, 0.0) * values for name, values in parts.items()), np.zeros(1)
    ).astype(np.float32)


@functools.cache
def read_weights(stage: str = "weights") -> Weights:
    """Read the weights, fitted by ``benchmarks/fitting/fit_fusion.py``; see there for the data.

    ``weights`` are for the whole pool, ``reread`` for the best passages, whose text was read again.
    """
    text = files("index.search").joinpath("fusion.json").read_text(encoding="utf-8")
    return {name: float(value) for name, value in json.loads(text)[stage].items()}
