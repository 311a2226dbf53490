"""An embedder by name only: for writing without embedding, so that nobody waits for the model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError

_NO_MODEL = "no embedding model is loaded, so {count} texts were not embedded"


@dataclass(frozen=True, slots=True)
class NameOnly:
    """The embedder that an index was made with: what it is called, the length of its vectors."""

    name: str
    dimension: int

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Refuse: there is no model behind it."""
        raise EmbedderError(_NO_MODEL.format(count=len(texts)))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Refuse: there is no model behind it."""
        raise EmbedderError(_NO_MODEL.format(count=len(text)))
