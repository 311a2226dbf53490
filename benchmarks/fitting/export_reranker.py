"""Writes a trained state for shipping: ``python -m benchmarks.fitting.export_reranker RUN STATE``.

Two files below the run, in ``shipped``: ``layers.onnx``, from word vectors to those of the last
layer in 8 bit (word vectors are taken from the embedder's table), and ``heads.npz``, what is made
of them, small enough for numpy. Then both are read again without torch, and compared with torch on
pairs of the sample council: the same passage first, scores and words that go together.
"""

import argparse
import hashlib
import json
import time
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.fitting.reranker_batches import Cutter, Groups, Pair
from benchmarks.fitting.reranker_material import HOME
from benchmarks.fitting.reranker_model import LOW, Reranker
from benchmarks.fitting.reranker_reading import TOKENS, Reading, Reads, Said, load_means
from benchmarks.fitting.train_reranker import FOLDER, TABLE
from index.embedding.onnx_embedder import open_session
from index.embedding.quantization import quantise

if TYPE_CHECKING:
    from onnx import ModelProto

LAYERS, HEADS = "layers.onnx", "heads.npz"
_OPSET = 17
_SMALL = 4096
"""Numbers in a matrix that is too small to be worth rounding."""
_TRIALS, _COMPARED, _DEEP = 24, 24, 8
_USUAL, _STEEP, _BEST = 0.85, 20.0, 4
Floats = NDArray[np.float32]


class FromWordVectors(nn.Module):  # type: ignore[misc] # torch's types are not read
    """The layers for one pair, of which nothing is filled up."""

    def __init__(self, model: Reranker) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs_embeds: Tensor) -> tuple[Tensor, Tensor]:
        """Return (1, tokens, width), and (1, tokens, 1) of the words from a lower layer."""
        model = self.model
        seen = model.begun(inputs_embeds + model.position[: inputs_embeds.shape[1]])
        for layer in model.layers[:LOW]:
            seen = layer(seen, torch.zeros(1))
        low = model.low_word(seen)
        for layer in model.layers[LOW:]:
            seen = layer(seen, torch.zeros(1))
        return seen, low


class Shipped:
    """The reranker as it is shipped: onnxruntime and numpy."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder / LAYERS)
        with np.load(folder / HEADS) as held:
            self._heads: dict[str, Floats] = {name: held[name] for name in held.files}
        self._table: NDArray[np.float16] = np.load(TABLE, mmap_mode="r")

    def __call__(self, pair: Pair) -> Said:
        """Read one pair; safe to use from several threads."""
        vectors = np.asarray(self._table[np.newaxis, pair.ids], dtype=np.float32)
        whole, low = self._session.run(None, {"inputs_embeds": vectors})
        seen, heads = np.asarray(whole[0]), self._heads
        words = seen @ heads["word.weight"][0] + heads["word.bias"][0] + low[0, :, 0]
        hidden = _gelu(heads["hidden.weight"] @ seen[0] + heads["hidden.bias"])
        both = heads["judged.weight"] @ hidden + heads["judged.bias"]
        asking, said = seen[slice(*pair.question)], seen[slice(*pair.passage)]
        cosine = _unit(asking.mean(axis=0)) @ _unit(said.mean(axis=0))
        met = (_unit(asking) @ _unit(said).T).max(axis=1).mean()
        strong = np.sort(words[slice(*pair.passage)])[-_BEST:].mean()
        features = np.array([(cosine - _USUAL) * _STEEP, (met - _USUAL) * _STEEP, strong / _BEST])
        scores = heads["weighed"] @ features + both
        chosen = words[slice(*pair.words)]
        return Said(float(scores[0]), float(scores[1]), tuple(chosen.tolist()))


class ReadingShipped:
    """Reads pairs by the shipped form, as many at once as there are threads."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._shipped, self.cutter = Shipped(folder), Cutter(FOLDER)
        self._threads = ThreadPoolExecutor(threads)

    def read(self, pairs: Sequence[Pair]) -> list[Said]:
        """Return what was read, in the order of the pairs."""
        return list(self._threads.map(self._shipped, pairs))


def _unit(vectors: Floats) -> Floats:
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norm, 1e-8), dtype=np.float32)


def _gelu(values: Floats) -> Floats:
    from scipy.special import erf  # noqa: PLC0415 - needed in this one place

    return np.asarray(0.5 * values * (1 + erf(values / np.sqrt(2))), dtype=np.float32)


def export(model: Reranker, folder: Path, trials: list[Pair]) -> None:
    """Write the two files."""
    import onnx  # noqa: PLC0415 - needed in this one place

    folder.mkdir(parents=True, exist_ok=True)
    table = np.load(TABLE, mmap_mode="r")
    vectors = [np.asarray(table[np.newaxis, pair.ids], dtype=np.float32) for pair in trials]
    whole = folder / "whole.onnx"
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a trace cannot follow; the result is compared
        torch.onnx.export(
            FromWordVectors(model.float().eval()),
            (torch.from_numpy(vectors[0]),),
            str(whole),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["inputs_embeds"],
            output_names=["seen", "low"],
            dynamic_axes={name: {1: "tokens"} for name in ("inputs_embeds", "seen", "low")},
        )
    quantise(whole, folder / LAYERS, vectors)
    small = onnx.load(folder / LAYERS)
    _round_the_rest(small)
    onnx.save(small, folder / LAYERS)
    whole.unlink()
    names = ("hidden", "judged", "word", "weighed")
    state = {n: v.numpy() for n, v in model.state_dict().items() if n.startswith(names)}
    np.savez(folder / HEADS, **state)


def _round_the_rest(model: "ModelProto") -> None:
    """Keep in 8 bit the matrices that are multiplied in full precision, too: for their size."""
    from onnx.helper import make_node  # noqa: PLC0415 - as above
    from onnx.numpy_helper import from_array, to_array  # noqa: PLC0415 - as above

    wide = [
        each
        for each in model.graph.initializer
        if each.data_type == 1 and len(each.dims) == 2 and np.prod(each.dims) > _SMALL  # noqa: PLR2004 - floats in rows and columns
    ]
    nodes = []
    for each in wide:
        weight = to_array(each)
        scales = (np.maximum(np.abs(weight).max(axis=0), 1e-6) / 127).astype(np.float32)
        whole, steps = f"{each.name}/whole", f"{each.name}/steps"
        model.graph.initializer.append(from_array(np.round(weight / scales).astype(np.int8), whole))
        model.graph.initializer.append(from_array(scales, steps))
        nodes.append(make_node("DequantizeLinear", [whole, steps], [each.name], axis=1))
    kept = [each for each in model.graph.initializer if each.name not in {w.name for w in wide}]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    before = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*nodes, *before])


def pairs_of(cutter: Cutter, source: str, most: int) -> list[list[Pair]]:
    """Return the pairs of some groups of a source."""
    found = Groups()
    found.read(HOME, source)
    step = max(1, len(found.groups) // most)
    return [
        [
            cutter.pair(group["question"], found.passages[row[0]], row[3], TOKENS)
            for row in group["candidates"][:_DEEP]
        ]
        for group in found.groups[::step][:most]
    ]


def compare(shipped: Reads, whole: Reads, groups: list[list[Pair]]) -> dict[str, float]:
    """Return how far the shipped form agrees with torch, and its speed on two threads."""
    same, left, right = [], [], []
    words: list[tuple[float, float]] = []
    took = 0.0
    for pairs in groups:
        theirs = whole.read(pairs)
        started = time.perf_counter()
        ours = shipped.read(pairs)
        took += time.perf_counter() - started
        same.append(np.argmax([s.lift for s in ours]) == np.argmax([s.lift for s in theirs]))
        for one, other in zip(ours, theirs, strict=True):
            left.append((one.lift, one.answers))
            right.append((other.lift, other.answers))
            words += zip(one.words, other.words, strict=True)
    ours_all, theirs_all, words_all = np.array(left), np.array(right), np.array(words)
    sides = (words_all > 0).sum(axis=1) != 1
    return {
        "same first": float(np.mean(same)),
        "lift, correlation": float(np.corrcoef(ours_all[:, 0], theirs_all[:, 0])[0, 1]),
        "lift, mean difference": float(np.abs(ours_all[:, 0] - theirs_all[:, 0]).mean()),
        "answers, correlation": float(np.corrcoef(ours_all[:, 1], theirs_all[:, 1])[0, 1]),
        "words, mean difference": float(np.abs(words_all[:, 0] - words_all[:, 1]).mean()),
        "words, same side of .5": float(sides.mean()),
        "pairs/s": len(left) / took,
    }


def main() -> None:
    """Write, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run")
    parser.add_argument("state", nargs="?", default="state")
    told = parser.parse_args()
    run = HOME / "runs" / told.run
    folder = run / "shipped"
    path = None if told.state == "start" else run / f"{told.state}.pt"
    model, cutter = load_means(path), Cutter(FOLDER)
    groups = pairs_of(cutter, "samples", _COMPARED)
    export(model, folder, [pairs[at % len(pairs)] for at, pairs in enumerate(groups[:_TRIALS])])
    for file in (LAYERS, HEADS):
        data = (folder / file).read_bytes()
        print(f"{file}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    agreement = compare(ReadingShipped(folder), Reading(load_means(path)), groups)
    print(json.dumps({name: round(value, 4) for name, value in agreement.items()}, indent=1))


if __name__ == "__main__":
    main()
