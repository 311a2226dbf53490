"""Lexical search: BM25 over tokens (bm25s), kept as plain arrays that open memory-mapped."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

_EMPTY = "empty.json"


class Lexical:
    """BM25 scores of all passages for the tokens of a question."""

    def __init__(self, model: Any, size: int) -> None:  # noqa: ANN401 - bm25s has no types
        self._model = model
        self.size = size

    @classmethod
    def open(cls, folder: Path) -> "Lexical":
        """Open a folder that :func:`build` wrote, memory-mapped."""
        size = int(json.loads((folder / _EMPTY).read_text())["size"])
        if not (folder / "params.index.json").exists():
            return cls(None, size)
        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False), size)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return one BM25 score a passage, in order of position; zeros where nothing matches."""
        if self._model is None:
            return np.zeros(self.size, dtype=np.float32)
        known = self._model.get_tokens_ids(list(tokens))
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def rarity(self, token: str) -> float:
        """Return the inverse document frequency of a token (≥ 0, highest where none holds it)."""
        return float(np.log((1 + self.size) / (0.5 + len(self.holders(token)))).clip(0))

    def holders(self, token: str) -> NDArray[np.int32]:
        """Return the positions of the passages that hold a token, in order."""
        known = self._model.get_tokens_ids([token]) if self._model is not None else []
        if not known:
            return np.empty(0, dtype=np.int32)
        arrays = self._model.scores
        start, end = arrays["indptr"][known[0]], arrays["indptr"][known[0] + 1]
        return np.asarray(arrays["indices"][start:end], dtype=np.int32)


def build(
    tokens: Iterable[Sequence[str]], folder: Path, *, k1: float = 1.2, b: float = 0.75
) -> None:
    """Write a BM25 index of the passages' tokens, one sequence a passage, into ``folder``."""
    folder.mkdir(parents=True)
    corpus = [list(passage) for passage in tokens]
    (folder / _EMPTY).write_text(json.dumps({"size": len(corpus)}))
    if not any(corpus):
        return
    model = bm25s.BM25(k1=k1, b=b)
    model.index(corpus, show_progress=False)
    model.save(folder, show_progress=False)
