"""Embedding by onnxruntime, from a model that was exported once: no torch, ready in a second.

The folder of an exported model holds ``tokenizer.json`` (with what :mod:`index.embedding.tokenizer`
makes of it), ``encoder.onnx`` (token vectors in, sentence vector out), ``tokens.npy`` (the table of
token vectors, which is most of a multilingual model: mapped, not read, as a question needs a few
rows of it) and ``exported.json``. Where its vectors come close enough, ``quantised.onnx`` is the
encoder in whole numbers, of twice its speed. Where a model could not be exported, ``exported.json``
says why, and sentence-transformers is used.

Texts go through one at a time, as many at once as there are processors. Against batches over all
processors that is twice as fast: nothing is filled up or masked, and what is between two layers
stays in the processor's cache. And a text's vector does not depend on which texts came with it.
"""

import json
import logging
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.no_telemetry import switch_telemetry_off
from index.embedding.tokenizer import TokenIds

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_log = logging.getLogger(__name__)

ENCODER: Final = "encoder.onnx"
QUANTISED: Final = "quantised.onnx"
TOKENS: Final = "tokens.npy"
_ABOUT: Final = "exported.json"
_CPU_INFO: Final = Path("/proc/cpuinfo")
_QUANTISED_NAME: Final = "-int8"
"""Ends the name of vectors in whole numbers: they are near to the others, but not equal."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What ``exported.json`` says. ``max_tokens``: longer texts are cut there."""

    name: str
    dimension: int
    query_prompt: str = ""
    passage_prompt: str = ""
    max_tokens: int = 0
    quantised: bool = False
    """Whether there is an encoder in whole numbers, which gives vectors of another name."""
    refused: str = ""
    """Why this model is not used in its exported form; empty where it is."""

    def write(self, folder: Path) -> None:
        """Write it into the folder of the exported model."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / _ABOUT).write_text(text + "\n", encoding="utf-8")


class OnnxEmbedder:
    """An ``Embedder`` by ONNX Runtime; safe to use from several threads."""

    def __init__(self, folder: Path, exported: Exported) -> None:
        self.name = exported.name + _QUANTISED_NAME * exported.quantised
        self.dimension = exported.dimension
        self._exported = exported
        self._ids = TokenIds(folder, exported.max_tokens)
        self._tokens = np.load(folder / TOKENS, mmap_mode="r")
        encoder = QUANTISED if exported.quantised else ENCODER
        self._session = open_session(folder / encoder)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dimension)."""
        prompt = self._exported.passage_prompt
        ids = self._ids.of_all([prompt + text for text in texts])
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        # the longest first, so that in the end no processor waits long for another
        longest_first = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        with ThreadPoolExecutor(processors()) as threads:
            embedded = threads.map(self._embed, [ids[i] for i in longest_first])
            for i, vector in zip(longest_first, embedded, strict=True):
                vectors[i] = vector
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return (dimension,)."""
        return self._embed(self._ids.of(self._exported.query_prompt + text))

    def token_vectors(self, text: str) -> NDArray[np.float32]:
        """Return what the encoder is given for a passage: (1, tokens, dimension of a token's)."""
        (ids,) = self._ids.of_all([self._exported.passage_prompt + text])
        return self._looked_up(ids)

    def _looked_up(self, ids: Sequence[int]) -> NDArray[np.float32]:
        return np.asarray(self._tokens[np.newaxis, ids], dtype=np.float32)

    def _embed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        found = self._session.run(None, {"inputs_embeds": self._looked_up(ids)})[0][0]
        vector = np.asarray(found, dtype=np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


def processors() -> int:
    """Return how many processors this process may use (``taskset``, a container's CPU set)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_session(encoder: Path) -> "InferenceSession":
    """Open an encoder for one text at a time, so that whole numbers come out right here, too."""
    # imported here, as a process that embeds nothing should not load them
    switch_telemetry_off()
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 (loaded on first use)

    options = SessionOptions()
    options.log_severity_level = 3  # errors only: its warnings speak to those who export
    options.intra_op_num_threads = 1  # several texts at once are faster than several threads
    options.enable_mem_pattern = False  # plans for one length of text: each has its own here
    if not _sums_are_wide():
        options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(str(encoder), options, providers=["CPUExecutionProvider"])


def _sums_are_wide() -> bool:
    """Tell whether this processor adds up products of whole numbers in 32 bits at once (VNNI).

    Others add up pairs of them in 16, where large ones run over, unless told to be precise. That is
    slower, on those with VNNI too, so it is not asked for there.
    """
    try:
        told = _CPU_INFO.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r"^flags\b.*vnni", told, re.MULTILINE) is not None


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


def open_exported(folder: Path, made_with: str | None = None) -> OnnxEmbedder | None:
    """Open an exported model, or return None where there is none that can be used.

    The encoder is the quickest there is, unless ``made_with`` names the vectors of the other.
    """
    exported = read_exported(folder)
    if exported is None or exported.refused:
        return None
    if made_with == exported.name:
        exported = replace(exported, quantised=False)
    switch_telemetry_off()
    from onnxruntime.capi import onnxruntime_pybind11_state as ort  # noqa: PLC0415 - as above

    try:
        return OnnxEmbedder(folder, exported)
    except (OSError, ValueError, ort.Fail, ort.InvalidGraph, ort.InvalidProtobuf) as error:
        _log.warning("%s is damaged (%s): delete the folder to have it made anew", folder, error)
        return None
