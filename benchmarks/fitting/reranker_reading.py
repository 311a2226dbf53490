"""Reads the groups of some sources with a trained state, and keeps what was read.

What is read of a group stands beside its candidates, in the fused order: ``lift``, ``answers``
(logits), and of passages that answer which of their words were chosen. Written below the run, so
that measures can be taken again without reading again.
"""

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from benchmarks.fitting.reranker_batches import Batch, Cutter, Groups, Pair, batches
from benchmarks.fitting.reranker_groups import Mark
from benchmarks.fitting.reranker_model import Reranker, WordVectors, untrained
from benchmarks.fitting.train_reranker import FOLDER, TABLE
from index.language.text import sentences

TOKENS = 288
DEEP = 16
_AT_ONCE, _STEP = 8, 40
_CHOSEN = 0.4


@dataclass(frozen=True, slots=True)
class Said:
    """The logits of one pair."""

    lift: float
    answers: float
    words: tuple[float, ...]


def load_means(path: Path | None, mix: float = 1.0) -> Reranker:
    """Return the mean weights of a state (``mix`` of them, the rest untrained); all, without."""
    model = untrained(FOLDER)
    if path is not None:
        held = torch.load(path, weights_only=True)["means"]
        own = dict(model.named_parameters())
        with torch.no_grad():
            for name, value in held.items():
                if name.startswith("layers"):
                    own[name].lerp_(value, mix)
                else:
                    own[name].copy_(value)
    model.eval()
    return model


class Reads(Protocol):
    """What reads pairs: torch, or the form that is shipped."""

    cutter: Cutter

    def read(self, pairs: Sequence[Pair]) -> list[Said]:
        """Return what was read, in the order of the pairs."""
        ...


class Reading:
    """Reads pairs by torch, several batches at once, each on one thread."""

    def __init__(self, model: Reranker, threads: int = 2) -> None:
        self._model, self._table, self.cutter = model, WordVectors(TABLE), Cutter(FOLDER)
        torch.set_num_threads(1)
        one = torch.set_num_threads
        self._threads = ThreadPoolExecutor(threads, initializer=one, initargs=(1,))

    def read(self, pairs: Sequence[Pair]) -> list[Said]:
        """Return what was read, in the order of the pairs."""
        parts = batches(pairs, _AT_ONCE)
        found: list[Said | None] = [None] * len(pairs)
        for part, seen in zip(parts, self._threads.map(self._part, parts), strict=True):
            for row, at in enumerate(part.order):
                start, end = pairs[at].words
                words = tuple(seen[2][row, start:end].tolist())
                found[at] = Said(float(seen[0][row]), float(seen[1][row]), words)
        return [each for each in found if each is not None]

    def _part(self, part: Batch) -> tuple[Any, Any, Any]:
        with torch.inference_mode():
            vectors = self._table(part.ids).to(torch.bfloat16)
            read = self._model(vectors, part.mask, part.asking, part.said)
        return read.lift.numpy(), read.answers.numpy(), read.words.numpy()


def read_groups(reading: Reads, found: Groups, deep: int = DEEP) -> list[dict[str, Any]]:
    """Return each group with what was read of its fused best."""
    done: list[dict[str, Any]] = []
    for start in range(0, len(found.groups), _STEP):
        some = found.groups[start : start + _STEP]
        rows = [_rows(group, deep) for group in some]
        pairs = [
            reading.cutter.pair(
                group["question"], found.passages[row[0]], row[3], TOKENS, plain=group["alone"]
            )
            for group, kept in zip(some, rows, strict=True)
            for row in kept
        ]
        said = iter(zip(pairs, reading.read(pairs), strict=True))
        done += [
            _told(group, kept, [next(said) for _ in kept], found)
            for group, kept in zip(some, rows, strict=True)
        ]
    return done


def _rows(group: dict[str, Any], deep: int) -> list[list[Any]]:
    return [row for row in group["candidates"] if row[2] != Mark.ADDED][:deep]


def _told(
    group: dict[str, Any],
    rows: Sequence[list[Any]],
    said: Sequence[tuple[Pair, Said]],
    found: Groups,
) -> dict[str, Any]:
    kept = {name: value for name, value in group.items() if name not in {"altered", "candidates"}}
    chosen = [
        words_chosen(found.passages[row[0]]["words"], pair, each)
        for row, (pair, each) in zip(rows, said, strict=True)
        if row[2] == Mark.RIGHT and group["tight"]
    ]
    return kept | {
        "fused": [row[1] for row in rows],
        "right": [int(row[2] == Mark.RIGHT) for row in rows],
        "lift": [round(each.lift, 3) for _, each in said],
        "answers": [round(each.answers, 3) for _, each in said],
        "chosen": chosen[:1],
    }


def words_chosen(text: str, pair: Pair, said: Said) -> dict[str, float]:
    """Return how the words chosen in a passage compare with the gold words.

    ``best``: whether the sentence of the highest mean score holds gold; ``sentences``: how many
    there are; ``precision`` and ``recall`` of characters whose token is likelier than ``_CHOSEN``.
    """
    scores = np.full(len(text), np.nan)
    gold = np.zeros(len(text), dtype=bool)
    for (start, end), logit, answer in zip(pair.offsets, said.words, pair.answers, strict=True):
        scores[start:end] = 1 / (1 + np.exp(-logit))
        gold[start:end] |= bool(answer)
    places, at = [], 0
    for part in sentences(text):
        start = text.find(part, at)
        at = start + len(part) if start >= 0 else at
        inside = slice(start, at)
        if start >= 0 and not np.isnan(scores[inside]).all():
            places.append((float(np.nanmean(scores[inside])), bool(gold[inside].any())))
    taken = np.nan_to_num(scores) > _CHOSEN
    return {
        "best": float(max(places)[1]) if places else 0.0,
        "sentences": len(places),
        "precision": float(gold[taken].mean()) if taken.any() else 0.0,
        "recall": float(taken[gold].mean()) if gold.any() else 0.0,
    }


def write(path: Path, read: Iterable[dict[str, Any]]) -> None:
    """Write what was read, a group a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in read)
    path.write_text(text, encoding="utf-8")
