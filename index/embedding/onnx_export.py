"""Exports a loaded sentence-transformers model to ONNX, once, and checks that it agrees.

What is exported is the model from its token vectors on, with pooling and all that follows, for one
text; the table of token vectors stands beside it (see ``index/embedding/onnx_embedder.py``). The
same in whole numbers (``index/embedding/quantization.py``) is kept where its vectors are near to
the model's own and have the same neighbours.
"""

import contextlib
import logging
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.finished_folder import finished_folder
from index.embedding.onnx_embedder import (
    ENCODER,
    QUANTISED,
    TOKENS,
    Exported,
    OnnxEmbedder,
    open_exported,
    read_exported,
)
from index.embedding.quantization import quantise
from index.embedding.tokenizer import TOKENIZER, add_pieces
from index.embedding.torch_embedder import SentenceTransformersEmbedder
from index.embedding.trial_texts import COMPARED, FORMS, MEASURED
from index.errors import StorageError

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

_log = logging.getLogger(__name__)
_OPSET: Final = 17
_LEAST_COSINE: Final = 0.9999
_LEAST_COSINE_QUANTISED: Final = 0.999
"""At .992, retrieval was measurably worse; at .9995, which the embedded model has, it is not."""
_LEAST_SAME_NEIGHBOURS: Final = 0.9
_NEIGHBOURS: Final = 5
EXPORTED: Final = "-onnx-3"
"""Ends the name of the folder of an exported model; the number counts changes of its form."""
_EARLIER: Final = ("-onnx", "-onnx-2")
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


def export(
    embedder: SentenceTransformersEmbedder, folder: Path, made_with: str | None = None
) -> OnnxEmbedder | None:
    """Export the model into ``folder`` and open it; None where that cannot be, which is no error.

    A model that cannot be exported, or that gives other vectors than before, is remembered as
    such in ``folder``; delete the folder to try again. ``made_with``: see
    :func:`index.embedding.onnx_embedder.open_exported`.
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
            return
        _quantise(_about(embedder), partial)

    weights = sum(p.numel() * p.element_size() for p in embedder.model.parameters())
    try:
        finished_folder(folder, weights // _MEGABYTE + 1, write)
    except StorageError as error:
        _log.warning("every start will take some seconds longer: %s", error)
        return None
    for ending in _EARLIER:  # of no use any more, and as large as this
        earlier = folder.with_name(folder.name.removesuffix(EXPORTED) + ending)
        shutil.rmtree(earlier, ignore_errors=True)
    return open_exported(folder, made_with)


def _export(embedder: SentenceTransformersEmbedder, folder: Path) -> None:
    import torch  # noqa: PLC0415 - slow to import: see index/embedding/embedder.py

    model = embedder.model.eval()
    transformer = model[0].auto_model
    table = transformer.get_input_embeddings()

    class FromTokenVectors(torch.nn.Module):  # type: ignore[misc] # torch's types are not read
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, inputs_embeds: "Tensor") -> "Tensor":
            mask = torch.ones(inputs_embeds.shape[:2], dtype=torch.int64)
            features = {"inputs_embeds": inputs_embeds, "attention_mask": mask}
            vectors: Tensor = self.model(features)["sentence_embedding"]
            return vectors

    sample = model.tokenizer([FORMS[2]], return_tensors="pt")
    with torch.no_grad(), _plain_attention(transformer), warnings.catch_warnings():
        # The exporter warns of what a trace cannot follow and of its own age; what counts is
        # whether the result agrees, which is measured below.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            FromTokenVectors(),
            (table(sample["input_ids"]),),
            str(folder / ENCODER),
            dynamo=False,  # the newer exporter needs a package more
            opset_version=_OPSET,
            input_names=["inputs_embeds"],
            output_names=["vectors"],
            dynamic_axes={"inputs_embeds": {1: "tokens"}},
        )
    # Half precision moves a vector by less than a ten-millionth, and halves 384 MB.
    np.save(folder / TOKENS, table.weight.detach().numpy().astype(np.float16))
    (folder / TOKENIZER).write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    add_pieces(folder, [text for pair in COMPARED for text in pair] + list(FORMS))
    _about(embedder).write(folder)


@contextlib.contextmanager
def _plain_attention(transformer: "PreTrainedModel") -> Iterator[None]:
    """Let the attention be calculated step by step: its other ways are longer once exported."""
    before = transformer.config._attn_implementation  # noqa: SLF001 - there is no other way to read it
    with contextlib.suppress(ValueError, AttributeError):  # where a model knows no such way
        transformer.set_attn_implementation("eager")
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, AttributeError):
            transformer.set_attn_implementation(before)


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
    queries = [embedder.embed_query(text) for text in FORMS]
    return np.vstack([*queries, embedder.embed_passages(FORMS)])


def _quantise(about: Exported, folder: Path) -> None:
    """Add the encoder in whole numbers, where it gives nearly the same vectors."""
    plain = OnnxEmbedder(folder, about)
    try:
        trials = [plain.token_vectors(text) for text in MEASURED]
        quantise(folder / ENCODER, folder / QUANTISED, trials)
        replace(about, quantised=True).write(folder)
        reason = _unlike(plain, open_exported(folder))
    except _EXPORT_ERRORS as error:
        reason = str(error)
    if reason:
        _log.info("the embedding model is used in full precision: %s", reason)
        (folder / QUANTISED).unlink(missing_ok=True)
        about.write(folder)


def _unlike(plain: OnnxEmbedder, quantised: OnnxEmbedder | None) -> str:
    """Say in what the vectors differ too much; nothing where they do not."""
    if quantised is None:
        return "it cannot be opened in whole numbers"
    ours, theirs = (
        np.vstack(
            [
                *(embedder.embed_query(question) for question, _ in COMPARED),
                embedder.embed_passages([passage for _, passage in COMPARED]),
            ]
        )
        for embedder in (quantised, plain)
    )
    cosine = float(np.min(np.sum(ours * theirs, axis=1)))
    same = np.mean(
        [len(a & b) / _NEIGHBOURS for a, b in zip(_near(ours), _near(theirs), strict=True)]
    )
    if cosine < _LEAST_COSINE_QUANTISED or same < _LEAST_SAME_NEIGHBOURS:
        return f"in whole numbers it gives other vectors (cosine {cosine:.4f}, {same:.0%} as near)"
    return ""


def _near(vectors: NDArray[np.float32]) -> list[set[int]]:
    """Return for each text which others are nearest to it."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    return [set(row.tolist()) for row in np.argsort(-scores, axis=1)[:, :_NEIGHBOURS]]


def _refuse(embedder: SentenceTransformersEmbedder, folder: Path, reason: str) -> None:
    _log.info(
        "the embedding model stays with sentence-transformers: %s (delete %s to try again)",
        reason,
        folder.with_suffix(""),
    )
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Exported(embedder.name, embedder.dimension, refused=reason).write(folder)
