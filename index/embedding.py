"""From texts to vectors: the seam of the embedding models, and sentence-transformers behind it.

Importing this module loads neither torch nor sentence-transformers: their import takes 6 to 16
seconds, which a person who asks for ``kiroku --help`` or asks one question should not wait for.
They are imported inside the functions that need them.

torch uses as many threads as the machine has cores (set ``OMP_NUM_THREADS`` to use fewer).
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedded_model import EMBEDDED_NAME, unpack
from index.errors import EmbedderError
from index.settings import EMBEDDED

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH: Final = 16
_HUB_SECONDS: Final = 10
_HUB_NAME: Final = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)?", re.ASCII)
_SAMPLE_BYTES: Final = 65536
_LOAD_ERRORS: Final = (OSError, ValueError, RuntimeError, ImportError, KeyError)
_E5: Final = re.compile(r"(?:^|[/_-])e5(?:[_-]|$)", re.IGNORECASE)


class Embedder(Protocol):
    """Turns texts into vectors whose inner product says how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Name of the vectors: two embedders of one name give the same vectors (cosine .9999)."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one L2-normalised row for each text, in their order: (n, dimension)."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the L2-normalised vector of a question: (dimension,)."""
        ...


def load_embedder(model: str, cache: Path) -> Embedder:
    """Load a model: ``embedded``, or a name or folder that sentence-transformers knows.

    ``cache`` is the folder in which the embedded model is kept unpacked.

    Raises :class:`EmbedderError` where the model cannot be had, and :class:`StorageError` where
    the embedded model cannot be unpacked.
    """
    if model == EMBEDDED:
        return SentenceTransformersEmbedder(EMBEDDED_NAME, _load_folder(unpack(cache)))
    folder = Path(model).expanduser()
    if folder.is_dir():
        return SentenceTransformersEmbedder(_name_of_folder(folder), _load_folder(folder))
    if not _HUB_NAME.fullmatch(model):
        message = (
            f"KIROKU_EMBEDDING_MODEL is {model!r}, which is neither a folder that exists nor a "
            f"model's name: set it to one of these or to {EMBEDDED!r}"
        )
        raise EmbedderError(message)
    loaded = _load_from_hub(model)
    return SentenceTransformersEmbedder(_name_with_commit(model, loaded), loaded)


class SentenceTransformersEmbedder:
    """An embedder by sentence-transformers, for every model that library can load."""

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self.name = name
        self.query_prompt, self.passage_prompt = _prompts(name, model.prompts)
        self._model = model
        self._neutral = Neutral(_special_tokens(model))
        self.dimension = int(self.embed_query("").shape[0])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dimension); sentence-transformers itself sorts by length and back."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode_document(
            [self._neutral(text) for text in texts],
            prompt=self.passage_prompt,
            batch_size=BATCH,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return (dimension,)."""
        vector = self._model.encode_query(
            self._neutral(text),
            prompt=self.query_prompt,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vector, dtype=np.float32)


class Neutral:
    """Takes the meaning from special tokens that stand literally in a text.

    A tokeniser reads ``</s>`` in a text as the end of it; a blank after the first character makes
    it the ordinary characters that the author wrote.
    """

    def __init__(self, special_tokens: Sequence[str]) -> None:
        longest_first = sorted((t for t in special_tokens if len(t) > 1), key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(re.escape(token) for token in longest_first))
            if longest_first
            else None
        )

    def __call__(self, text: str) -> str:
        """Return the text with its special tokens broken up."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)


def _special_tokens(model: "SentenceTransformer") -> list[str]:
    return [str(token) for token in getattr(model.tokenizer, "all_special_tokens", [])]


def _prompts(name: str, saved: dict[str, str]) -> tuple[str, str]:
    """Return the words to put before a question and before a passage.

    Models of the E5 family need theirs, and the older ones were saved without.
    """
    query = saved.get("query") or ""
    passage = next((saved[key] for key in ("document", "passage", "corpus") if saved.get(key)), "")
    if not query and not passage and _E5.search(name):
        return "query: ", "passage: "
    return query, passage


def _load_folder(folder: Path) -> "SentenceTransformer":
    try:
        return _load(str(folder), local_files_only=True)
    except _LOAD_ERRORS as error:
        message = (
            f"{folder} cannot be loaded as a sentence-transformers model ({_first_line(error)}): "
            "set KIROKU_EMBEDDING_MODEL to another model, or delete the folder if it is the "
            "unpacked embedded one, so that it is made anew"
        )
        raise EmbedderError(message) from error


def _load_from_hub(model: str) -> "SentenceTransformer":
    """Load a model by name; what the hub's own cache has needs no network.

    The network is tried once, for a bounded time, before the library with its many retries is.
    """
    try:
        with contextlib.suppress(OSError, ValueError):
            return _load(model, local_files_only=True)
        _ask_hub(model)
        return _load(model, local_files_only=False)
    except _LOAD_ERRORS as error:
        message = (
            f"the embedding model {model!r} cannot be had ({_first_line(error)}): set "
            "KIROKU_EMBEDDING_MODEL to a folder that holds it, to a name the model hub knows "
            f"(that needs the network once), or to {EMBEDDED!r}"
        )
        raise EmbedderError(message) from error


def _ask_hub(model: str) -> None:
    # both are slow imports, and only a first use of a model needs them
    from httpx import HTTPError  # noqa: PLC0415
    from huggingface_hub import HfApi  # noqa: PLC0415

    try:
        HfApi().model_info(model, timeout=_HUB_SECONDS)
    except HTTPError as error:
        raise OSError(_first_line(error)) from error


def _load(model: str, *, local_files_only: bool) -> "SentenceTransformer":
    # slow imports: see the top of the module
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()
    return SentenceTransformer(model, local_files_only=local_files_only)


def _name_with_commit(model: str, loaded: "SentenceTransformer") -> str:
    config = getattr(loaded[0], "config", None) or getattr(
        getattr(loaded[0], "auto_model", None), "config", None
    )
    commit = getattr(config, "_commit_hash", None)
    return f"{model}@{commit[:12]}" if commit else model


def _name_of_folder(folder: Path) -> str:
    """Name a folder by its last part and by what its files hold.

    Of large files the beginning, the middle and the end are read: enough to tell two trainings
    of one model apart, and far quicker than gigabytes of weights.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        size = path.stat().st_size
        digest.update(f"{inside.as_posix()}:{size}\n".encode())
        with path.open("rb") as stream:
            for start in sorted({0, max(0, size // 2), max(0, size - _SAMPLE_BYTES)}):
                stream.seek(start, os.SEEK_SET)
                digest.update(stream.read(_SAMPLE_BYTES))
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".:") if lines else type(error).__name__
