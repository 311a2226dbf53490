"""Exports a loaded sentence-transformers model to ONNX, once, and checks that it agrees.

What is exported is the model from its token vectors on, with pooling and all that follows; the
table of token vectors stands beside it (see ``index/onnx_embedding.py``).
"""

import logging
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.errors import StorageError
from index.made_folder import made_folder
from index.onnx_embedding import (
    ENCODER,
    TOKENIZER,
    TOKENS,
    Exported,
    OnnxEmbedder,
    open_exported,
    read_exported,
)
from index.torch_embedding import SentenceTransformersEmbedder

if TYPE_CHECKING:
    from torch import Tensor

_log = logging.getLogger(__name__)
_OPSET: Final = 17
_LEAST_COSINE: Final = 0.9999
_NO_LIMIT: Final = 1_000_000
_MEGABYTE: Final = 1_000_000
_EXPORT_ERRORS: Final = (
    RuntimeError,
    ImportError,
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
)
"""What an exporter raises for a model that it cannot take."""

# Short and long, in several scripts, one past the end of what a model reads.
_TRIALS: Final = (
    "",
    "予算",
    "駅前広場の整備について、完成の時期と費用の見通しを伺います。",
    "The committee approved the revised plan by nine votes to four.",
    "①「９時～１７時」は㈱ｶﾅ 😀 №3 — naïve Ω ﬁn",
    "審議会は答申の案を公開し、三十日のあいだ住民の意見を募る。" * 12,
    "委員会の記録。" * 400,
)


def export(embedder: SentenceTransformersEmbedder, folder: Path) -> OnnxEmbedder | None:
    """Export the model into ``folder`` and open it; None where that cannot be, which is no error.

    A model that cannot be exported, or that gives other vectors than before, is remembered as
    such in ``folder``; delete the folder to try again.
    """
    if embedder.model.device.type != "cpu" or read_exported(folder) is not None:
        return None  # a GPU is faster than the exported form; what was refused stays so

    def write(partial: Path) -> None:
        _log.info("preparing the embedding model for quick starts (once) in %s", folder)
        try:
            _export(embedder, partial)
        except _EXPORT_ERRORS as error:
            _refuse(embedder, partial, f"it cannot be exported: {error}")
            return
        cosine = _agreement(embedder, partial)
        if cosine < _LEAST_COSINE:
            _refuse(embedder, partial, f"it gives other vectors (cosine {cosine:.4f})")

    weights = sum(p.numel() * p.element_size() for p in embedder.model.parameters())
    try:
        made_folder(folder, weights // _MEGABYTE + 1, write)
    except StorageError as error:
        _log.warning("every start will take some seconds longer: %s", error)
        return None
    return open_exported(folder)


def _export(embedder: SentenceTransformersEmbedder, folder: Path) -> None:
    import torch  # noqa: PLC0415 - slow to import: see index/embedding.py

    model = embedder.model.eval()
    transformer = model[0].auto_model
    table = transformer.get_input_embeddings()

    class FromTokenVectors(torch.nn.Module):  # type: ignore[misc] # torch's types are not read
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, inputs_embeds: "Tensor", attention_mask: "Tensor") -> "Tensor":
            features = {"inputs_embeds": inputs_embeds, "attention_mask": attention_mask}
            vectors: Tensor = self.model(features)["sentence_embedding"]
            return vectors

    sample = model.tokenizer(["a", _TRIALS[2]], padding=True, return_tensors="pt")
    axes = {0: "texts", 1: "tokens"}
    with torch.no_grad(), warnings.catch_warnings():
        # The exporter warns of what a trace cannot follow and of its own age; what counts is
        # whether the result agrees, which is measured below.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            FromTokenVectors(),
            (table(sample["input_ids"]), sample["attention_mask"]),
            str(folder / ENCODER),
            dynamo=False,  # the newer exporter needs a package more
            opset_version=_OPSET,
            input_names=["inputs_embeds", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"inputs_embeds": axes, "attention_mask": axes, "vectors": {0: "texts"}},
        )
    # Half precision moves a vector by less than a ten-millionth, and halves 384 MB.
    np.save(folder / TOKENS, table.weight.detach().numpy().astype(np.float16))
    (folder / TOKENIZER).write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    _about(embedder).write(folder)


def _about(embedder: SentenceTransformersEmbedder) -> Exported:
    return Exported(
        name=embedder.name,
        dimension=embedder.dimension,
        query_prompt=embedder.query_prompt,
        passage_prompt=embedder.passage_prompt,
        # some models name no limit, as None, infinity or 10 to the 30th
        max_tokens=int(min(embedder.model.max_seq_length or _NO_LIMIT, _NO_LIMIT)),
    )


def _agreement(embedder: SentenceTransformersEmbedder, folder: Path) -> float:
    """Return the least cosine between the vectors of the two forms of the model."""
    exported = open_exported(folder)
    if exported is None:
        return 0.0
    ours, theirs = _vectors(exported), _vectors(embedder)
    return float(np.min(np.sum(ours * theirs, axis=1)))


def _vectors(embedder: OnnxEmbedder | SentenceTransformersEmbedder) -> NDArray[np.float32]:
    queries = [embedder.embed_query(text) for text in _TRIALS]
    return np.vstack([*queries, embedder.embed_passages(_TRIALS)])


def _refuse(embedder: SentenceTransformersEmbedder, folder: Path, reason: str) -> None:
    _log.info(
        "the embedding model stays with sentence-transformers: %s (delete %s to try again)",
        reason,
        folder.with_suffix(""),
    )
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Exported(embedder.name, embedder.dimension, refused=reason).write(folder)
