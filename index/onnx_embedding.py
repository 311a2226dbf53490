"""Embedding by onnxruntime, from a model that was exported once: no torch, ready in a second.

The folder of an exported model holds ``tokenizer.json``, ``encoder.onnx`` (token vectors in,
sentence vectors out), ``tokens.npy`` (the table of token vectors, which is most of a multilingual
model: mapped, not read, as a question needs a few rows of it) and ``exported.json``. Where a model
could not be exported, ``exported.json`` says why, and sentence-transformers is used.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.no_telemetry import switch_telemetry_off
from index.special_tokens import Neutral

_BATCH: Final = 16
_log = logging.getLogger(__name__)

ENCODER: Final = "encoder.onnx"
TOKENS: Final = "tokens.npy"
TOKENIZER: Final = "tokenizer.json"
_ABOUT: Final = "exported.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What ``exported.json`` says. ``max_tokens``: longer texts are cut there."""

    name: str
    dimension: int
    query_prompt: str = ""
    passage_prompt: str = ""
    max_tokens: int = 0
    refused: str = ""
    """Why this model is not used in its exported form; empty where it is."""

    def write(self, folder: Path) -> None:
        """Write it into the folder of the exported model."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / _ABOUT).write_text(text + "\n", encoding="utf-8")


class OnnxEmbedder:
    """An :class:`index.embedding.Embedder` by onnxruntime; safe to use from several threads."""

    def __init__(self, folder: Path, exported: Exported) -> None:
        # imported here, as a process that embeds nothing should not load them
        switch_telemetry_off()
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 (loaded on first use)
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.name = exported.name
        self.dimension = exported.dimension
        self._exported = exported
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(exported.max_tokens)
        added = self._tokenizer.get_added_tokens_decoder().values()
        self._neutral = Neutral(token.content for token in added if token.special)
        self._tokens = np.load(folder / TOKENS, mmap_mode="r")
        options = SessionOptions()
        options.log_severity_level = 3  # errors only: its warnings speak to those who export
        self._session = InferenceSession(
            str(folder / ENCODER), options, providers=["CPUExecutionProvider"]
        )

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dimension); texts of like length are embedded together."""
        prompt = self._exported.passage_prompt
        encodings = self._tokenizer.encode_batch([prompt + self._neutral(text) for text in texts])
        ids = [encoding.ids for encoding in encodings]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        by_length = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            vectors[batch] = self._embed([ids[i] for i in batch])
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return (dimension,)."""
        encoding = self._tokenizer.encode(self._exported.query_prompt + self._neutral(text))
        return np.ascontiguousarray(self._embed([encoding.ids])[0])

    def _embed(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Embed one batch; rows shorter than the longest are filled up and masked."""
        longest = max(len(row) for row in ids)
        padded = np.zeros((len(ids), longest), np.int64)
        mask = np.zeros((len(ids), longest), np.int64)
        for number, row in enumerate(ids):
            padded[number, : len(row)] = row
            mask[number, : len(row)] = 1
        vectors: NDArray[np.float32] = np.asarray(
            self._session.run(
                None,
                {"inputs_embeds": self._tokens[padded].astype(np.float32), "attention_mask": mask},
            )[0],
            dtype=np.float32,
        )
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


def read_exported(folder: Path) -> Exported | None:
    """Return what is said of an exported model, or None where there is none that can be read."""
    try:
        return Exported(**json.loads((folder / _ABOUT).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        _log.warning(
            "%s cannot be read (%s): delete the folder to have it made anew", folder, error
        )
        return None


def open_exported(folder: Path) -> OnnxEmbedder | None:
    """Open an exported model, or return None where there is none that can be used."""
    exported = read_exported(folder)
    if exported is None or exported.refused:
        return None
    switch_telemetry_off()
    from onnxruntime.capi import onnxruntime_pybind11_state as ort  # noqa: PLC0415 - as above

    try:
        return OnnxEmbedder(folder, exported)
    except (OSError, ValueError, ort.Fail, ort.InvalidGraph, ort.InvalidProtobuf) as error:
        _log.warning("%s is damaged (%s): delete the folder to have it made anew", folder, error)
        return None
