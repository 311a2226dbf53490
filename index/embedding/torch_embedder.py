"""Embedding by sentence-transformers: the ordinary way, for every model that library can load."""

import contextlib
import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.special_tokens import Neutral
from index.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH: Final = 16
_HUB_SECONDS: Final = 10
_HUB_NAME: Final = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)?", re.ASCII)
_E5: Final = re.compile(r"(?:^|[/_-])e5(?:[_-]|$)", re.IGNORECASE)
_LOAD_ERRORS: Final = (OSError, ValueError, RuntimeError, ImportError, KeyError)


class SentenceTransformersEmbedder:
    """An :class:`index.embedding.embedder.Embedder` by sentence-transformers and torch."""

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self.name = name
        self.model = model
        self.query_prompt, self.passage_prompt = _prompts(name, model.prompts)
        self._neutral = Neutral(getattr(model.tokenizer, "all_special_tokens", ()))
        self.dimension = int(self.embed_query("").shape[0])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dimension); sentence-transformers itself sorts by length and back."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self.model.encode_document(
            [self._neutral(text) for text in texts],
            prompt=self.passage_prompt,
            batch_size=_BATCH,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return (dimension,)."""
        vector = self.model.encode_query(
            self._neutral(text),
            prompt=self.query_prompt,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vector, dtype=np.float32)


def load_folder(folder: Path) -> "SentenceTransformer":
    """Load a model from a folder, without the network.

    Raises :class:`EmbedderError` where the folder holds no model that can be loaded.
    """
    try:
        return _load(str(folder), local_files_only=True)
    except _LOAD_ERRORS as error:
        message = (
            f"{folder} cannot be loaded as a sentence-transformers model ({_first_line(error)}): "
            "set KIROKU_EMBEDDING_MODEL to another model, or delete the folder if it is the "
            "unpacked embedded one, so that it is made anew"
        )
        raise EmbedderError(message) from error


def load_named(model: str) -> tuple[str, "SentenceTransformer"]:
    """Load a model by its name on the hub; return its name with its commit, and the model.

    What the hub's own cache on this machine has needs no network. Otherwise the network is tried
    once and for a bounded time first: the library alone waits for minutes where packets vanish.

    Raises :class:`EmbedderError` where the model cannot be had.
    """
    if not _HUB_NAME.fullmatch(model):
        message = (
            f"KIROKU_EMBEDDING_MODEL is {model!r}, which is neither a folder that exists nor a "
            "model's name: set it to one of these, or to embedded"
        )
        raise EmbedderError(message)
    from huggingface_hub import HfApi  # noqa: PLC0415 - imports the network libraries
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - as above

    # The bases are the root of the network library's errors, whichever of requests, httpx and
    # httpx2 the hub's version uses.
    errors: tuple[type[Exception], ...] = (*_LOAD_ERRORS, *HfHubHTTPError.__bases__)
    try:
        loaded = None
        with contextlib.suppress(OSError, ValueError):
            loaded = _load(model, local_files_only=True)
        if loaded is None:
            HfApi().model_info(model, timeout=_HUB_SECONDS)
            loaded = _load(model, local_files_only=False)
    except errors as error:
        message = (
            f"the embedding model {model!r} cannot be had ({_first_line(error)}): set "
            "KIROKU_EMBEDDING_MODEL to a folder that holds it, to a name the model hub knows "
            "(that needs the network once), or to embedded"
        )
        raise EmbedderError(message) from error
    return _with_commit(model, loaded), loaded


def _load(model: str, *, local_files_only: bool) -> "SentenceTransformer":
    # slow imports: see index/embedding/embedder.py
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (loaded on first use)
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    disable_progress_bar()
    # says what it could not find in the hub's cache, where it is only looked for
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return SentenceTransformer(model, local_files_only=local_files_only)


def _with_commit(model: str, loaded: "SentenceTransformer") -> str:
    """Add the commit: a name on the hub may come to mean other weights."""
    config = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    commit = getattr(config, "_commit_hash", None)
    return f"{model}@{commit[:12]}" if commit else model


def _prompts(name: str, saved: Mapping[str, str]) -> tuple[str, str]:
    """Return the words to put before a question and before a passage.

    Models of the E5 family need theirs, and the older ones were saved without.
    """
    query = saved.get("query") or ""
    passage = next((saved[key] for key in ("document", "passage", "corpus") if saved.get(key)), "")
    if not query and not passage and _E5.search(name):
        return "query: ", "passage: "
    return query, passage


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".:") if lines else type(error).__name__
