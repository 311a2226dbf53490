"""What the reranker read, kept from one fit to the next: reading a set takes minutes.

Kept below ``benchmarks/results/readings``, apart for each training by the hash of its files.
"""

import atexit
import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path

from index.reranking.passage_text import PassageText
from index.reranking.reranker import Reading, Reranker

Key = tuple[str, PassageText]


class KeptReadings:
    """A reranker that reads nothing twice."""

    def __init__(self, reranker: Reranker, files: Sequence[Path], folder: Path) -> None:
        self.name = reranker.name
        self._reranker = reranker
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
        self._path = folder / f"{digest[:16]}.pickle"
        self._kept: dict[Key, Reading] = {}
        if self._path.is_file():
            self._kept = pickle.loads(self._path.read_bytes())  # noqa: S301 (written below)
        self._before = len(self._kept)
        atexit.register(self._save)

    def read(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """Return what was read of each passage."""
        new = [text for text in passages if (question, text) not in self._kept]
        for text, reading in zip(new, self._reranker.read(question, new), strict=True):
            self._kept[question, text] = reading
        return [self._kept[question, text] for text in passages]

    def _save(self) -> None:
        if len(self._kept) > self._before:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(pickle.dumps(self._kept))
