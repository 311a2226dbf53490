"""Any cross-encoder of sentence-transformers as a reranker: for towns that have a larger model."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.reranking.passage_text import PassageText
from index.reranking.reranker import Reading


class CrossEncoderReranker:
    """A ``CrossEncoder`` with one output; it does not tell which words answer.

    Raises ``ValueError`` where a model has more outputs (it sorts pairs into classes), and what
    sentence-transformers raises where it cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        import torch  # noqa: PLC0415 (takes seconds)
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 (as above)

        folder = Path(model).expanduser()
        self.name = folder.resolve().name if folder.is_dir() else model
        self._model = CrossEncoder(model, device="cpu", activation_fn=torch.nn.Identity())
        if self._model.num_labels != 1:
            message = f"{self.name} has {self._model.num_labels} outputs"
            raise ValueError(message)

    def read(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """Return what was read of each passage; ``lift`` and ``answers`` are the same logit."""
        if not passages:
            return []
        pairs = [
            (question, "\n".join(filter(None, (each.head, each.asked, each.words))))
            for each in passages
        ]
        logits = self._model.predict(pairs, show_progress_bar=False)
        nothing = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
        return [Reading(float(each), float(each), *nothing) for each in logits]
