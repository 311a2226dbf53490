"""From texts to vectors: the seam of the embedding models, and which of its two ways is taken.

A model is loaded by sentence-transformers the first time. It is then exported to ONNX, and from
the next time on that is run without torch, whose import alone takes 6 to 16 seconds: a person who
asks one question at the command line should not wait for it. For the same reason no
module of this package imports it at its top.

The exported form calculates in whole numbers where that gives vectors near enough to the model's
own. Those have a name of their own, as two kinds of vectors must not mix in one index; an index
that holds the model's own vectors goes on with them.

Both ways use all processors: sentence-transformers with threads within a text (``OMP_NUM_THREADS``
limits them), the exported form by as many texts at once as the process may use processors
(``taskset``, the CPU set of a container).
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedded_model import EMBEDDED_NAME, unpack
from index.embedding.onnx_embedder import open_exported, read_exported
from index.embedding.onnx_export import EXPORTED, export
from index.embedding.torch_embedder import SentenceTransformersEmbedder, load_folder, load_named
from index.errors import EmbedderError
from index.settings import EMBEDDED

_SAMPLE_BYTES: Final = 65536


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


def load_embedder(model: str, cache: Path, made_with: str | None = None) -> Embedder:
    """Load a model: ``embedded``, or a name or folder that sentence-transformers knows.

    ``cache`` is the folder for the unpacked embedded model and for exported models (810 MB for
    the embedded one). Several processes may do this at once. ``made_with`` is the name of the
    vectors that an index already holds: where this model gives such vectors, these are given.

    Raises :class:`EmbedderError` where the model cannot be had, and :class:`StorageError` where
    the embedded model cannot be unpacked.
    """
    exported = cache / f"{_cache_name(model)}{EXPORTED}"
    ready = open_exported(exported, made_with)
    if ready is not None:
        return ready
    ordinary = load_with_sentence_transformers(model, cache)
    return export(ordinary, exported, made_with) or ordinary


def load_by_name(name: str, cache: Path) -> Embedder | None:
    """Load what gives vectors of that name, whatever the settings say by now.

    ``None`` where its exported form is not in ``cache``.
    """
    for folder in sorted(cache.glob(f"*{EXPORTED}")):
        exported = read_exported(folder)
        if exported is not None and name.startswith(exported.name):
            embedder = open_exported(folder, made_with=name)
            if embedder is not None and embedder.name == name:
                return embedder
    return None


def load_with_sentence_transformers(model: str, cache: Path) -> SentenceTransformersEmbedder:
    """Load a model as :func:`load_embedder` does, but never by its exported form."""
    if model == EMBEDDED:
        return SentenceTransformersEmbedder(EMBEDDED_NAME, load_folder(unpack(cache)))
    folder = _folder_of(model)
    if folder is not None:
        return SentenceTransformersEmbedder(_name_of_folder(folder), load_folder(folder))
    return SentenceTransformersEmbedder(*load_named(model))


def _cache_name(model: str) -> str:
    """Name a model's exported form, as far as it can be known without loading the model."""
    if model == EMBEDDED:
        return EMBEDDED_NAME
    folder = _folder_of(model)
    return _name_of_folder(folder) if folder is not None else re.sub(r"[^\w.-]", "--", model)


def _folder_of(model: str) -> Path | None:
    """Return the model's folder, or None where ``model`` is a name.

    Raises :class:`EmbedderError` for a folder that holds no model: better now than after reading
    through whatever it holds.
    """
    folder = Path(model).expanduser()
    if not model or not folder.is_dir():
        return None
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        message = (
            f"{folder} holds no sentence-transformers model (no modules.json, no config.json): "
            "set KIROKU_EMBEDDING_MODEL to the folder that does"
        )
        raise EmbedderError(message)
    return folder


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
            for start in sorted({0, size // 2, max(0, size - _SAMPLE_BYTES)}):
                stream.seek(start)
                digest.update(stream.read(_SAMPLE_BYTES))
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"
