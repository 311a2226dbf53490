"""The seam of the rerankers: what each tells of a question and a passage, and which is loaded."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import RerankerError
from index.reranking.passage_text import PassageText
from index.settings import EMBEDDED

OFF: Final = "off"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a question and a passage.

    ``lift`` is added to the passage's fused score; ``answers`` is the logit of "this passage
    answers". ``spans`` (tokens, 2) are the places of tokens in the passage's words, ``words``
    (tokens,) the logits of "these words answer"; both empty where the model does not tell.
    """

    lift: float
    answers: float
    spans: NDArray[np.int32]
    words: NDArray[np.float32]

    def of_stretch(self, start: int, end: int) -> NDArray[np.float32]:
        """Return the logits of the words from ``start`` to ``end`` of the passage's text."""
        return self.words[(self.spans[:, 0] < end) & (self.spans[:, 1] > start)]


class Reranker(Protocol):
    """Reads a question together with passages."""

    @property
    def name(self) -> str:
        """Name of the model, as `kiroku check` shows it."""
        ...

    def read(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """Return what was read of each passage, in their order; safe from several threads."""
        ...


def load_reranker(model: str, cache: Path) -> Reranker | None:
    """Load a reranker: ``embedded``, ``off``, or the name or folder of a ``CrossEncoder``.

    ``cache`` is the folder of the unpacked embedded model, whose word vectors the embedded reranker
    reads. ``None`` for ``off``, and where the embedded one cannot be had on this machine.

    Raises :class:`RerankerError` where a named model cannot be loaded.
    """
    if model == OFF:
        return None
    if model == EMBEDDED:
        from index.reranking.embedded_reranker import open_embedded  # noqa: PLC0415 (on first use)

        return open_embedded(cache)
    from index.reranking.cross_encoder import CrossEncoderReranker  # noqa: PLC0415 (loads torch)

    try:
        return CrossEncoderReranker(model)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        message = (
            f"the reranker {model!r} cannot be loaded ({type(error).__name__}): set KIROKU_RERANKER"
            " to a folder or name that sentence-transformers' CrossEncoder knows and that has one "
            "output, `embedded` or `off`"
        )
        raise RerankerError(message) from error
