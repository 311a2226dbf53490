"""Turns an exported encoder into one that multiplies in whole numbers: twice as fast, and close.

Weights are rounded to 8 bits by column once, what they are multiplied with to 8 bits by text as it
comes. What makes that close is what is done about values that stick out, of which every BERT has:
one channel that is thirty times as large as the rest takes all the steps of the scale for itself.

- Out of a layer norm the same channels are large in every text: each is divided by a factor of its
  own, and its weights are multiplied with that (SmoothQuant, Xiao et al. 2022, arXiv:2211.10438).
- Elsewhere it is single words that are large, in other channels in another text, which no factor
  mends: a matrix whose error on trial texts is great stays as it is (seven of 72 in the embedded
  model, a sixth of the work).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.no_telemetry import switch_telemetry_off

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

_MOST_ERROR: Final = 0.08
"""Relative error by which a product may be off, in the mean over tokens, before it stays as is.

Measured without factors: what sticks out at single words of the trial texts does so more in others.
"""
_MIGRATION: Final = 0.7
"""How much of a channel's size goes over to its weights (SmoothQuant's alpha)."""
_TOKENS: Final = 16
"""Tokens of a trial text on which the error is measured."""
_TINY: Final = 1e-6

Floats = NDArray[np.float32]


@dataclass(slots=True)
class _Product:
    """The matrices that one input is multiplied with (query, key and value share theirs).

    ``seen`` holds what the input was on each trial text: (tokens, channels).
    """

    input: str
    normalised: bool
    """Whether the input comes out of a layer norm: the same channels are large in every text."""
    nodes: list["NodeProto"]
    weights: list[Floats]
    seen: list[Floats]

    def factors(self) -> Floats:
        """Return what each channel of the input is to be divided by; ones to leave it as it is."""
        large = np.maximum(np.max([np.abs(x).max(axis=0) for x in self.seen], axis=0), _TINY)
        if not self.normalised:
            return np.ones_like(large)
        weights = np.max([np.abs(w).max(axis=1) for w in self.weights], axis=0)
        ratio = large**_MIGRATION / np.maximum(weights, _TINY) ** (1 - _MIGRATION)
        return np.asarray(ratio / np.exp(np.log(ratio).mean()), dtype=np.float32)

    def error(self) -> float:
        """Return the relative error of the worst of the matrices, in the mean over the trials."""
        return max(_error(self.seen, weight) for weight in self.weights)


def quantise(source: Path, target: Path, trials: Sequence[Floats]) -> None:
    """Write the encoder at ``source`` to ``target``, in whole numbers where that is close enough.

    ``trials`` are inputs of the encoder, each (1, tokens, dimension of a token's vector).
    """
    import onnx  # noqa: PLC0415 - needed once

    model = onnx.load(source)
    products = _products(model)
    _watch(source, products, trials)
    replaced: dict[str, list[NodeProto]] = {}
    for product in products.values():
        if product.error() <= _MOST_ERROR:
            replaced |= _in_whole_numbers(model, product)
    _replace(model, replaced)
    onnx.save(model, target)


def _products(model: "ModelProto") -> dict[str, _Product]:
    """Return all products with constant matrices, by the name of their input."""
    from onnx.numpy_helper import to_array  # noqa: PLC0415 - as above

    constants = {constant.name: constant for constant in model.graph.initializer}
    normalised = {
        name for n in model.graph.node if n.op_type == "LayerNormalization" for name in n.output
    }
    products: dict[str, _Product] = {}
    for node in model.graph.node:
        constant = constants.get(node.input[1]) if node.op_type == "MatMul" else None
        if constant is None or len(constant.dims) != 2:  # noqa: PLR2004 - rows and columns
            continue
        weight = np.asarray(to_array(constant), dtype=np.float32)
        name = node.input[0]
        products.setdefault(name, _Product(name, name in normalised, [], [], []))
        products[name].nodes.append(node)
        products[name].weights.append(weight)
    return products


def _watch(source: Path, products: Mapping[str, _Product], trials: Sequence[Floats]) -> None:
    """Run the trials and note what each product is given."""
    import onnx  # noqa: PLC0415 - as above

    switch_telemetry_off()
    from onnxruntime import InferenceSession  # noqa: PLC0415 - as above

    watched = onnx.load(source)
    given = watched.graph.input[0].name
    watched.graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in products
    )
    session = InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    for trial in trials:
        for product, values in zip(
            products.values(), session.run(list(products), {given: trial}), strict=True
        ):
            product.seen.append(values.reshape(-1, values.shape[-1]))


def _error(seen: Sequence[Floats], weight: Floats) -> float:
    """Return by how much rounded products are off, relative, in the mean over tokens and texts."""
    rounded, scales = _rounded(weight)
    worth = rounded * scales
    errors = []
    for values in seen:
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        step = max((high - low) / 255, _TINY)
        some = values[:: len(values) // _TOKENS + 1]
        exact = some @ weight
        off = np.linalg.norm((np.round(some / step) * step) @ worth - exact, axis=1)
        errors.append(np.mean(off / np.maximum(np.linalg.norm(exact, axis=1), _TINY)))
    return float(np.mean(errors))


def _rounded(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return whole numbers from -127 to 127 and, for each column, what one of them is worth."""
    scales = np.maximum(np.abs(weight).max(axis=0), _TINY).astype(np.float32) / np.float32(127)
    return np.round(weight / scales).astype(np.int8), scales


def _in_whole_numbers(model: "ModelProto", product: _Product) -> dict[str, list["NodeProto"]]:
    """Return what stands in for the nodes of a product, by the name of each one's output.

    The form is the one that onnxruntime joins into a single step.
    """
    from onnx.helper import make_node  # noqa: PLC0415 - as above
    from onnx.numpy_helper import from_array  # noqa: PLC0415 - as above

    def constant(name: str, value: NDArray[np.generic]) -> str:
        model.graph.initializer.append(from_array(value, name))
        return name

    factors = product.factors()
    values, first = product.input, []
    if product.normalised:
        divisor = constant(f"{values}/divisor", np.reciprocal(factors))
        first.append(make_node("Mul", [values, divisor], [f"{values}/smooth"]))
        values = f"{values}/smooth"
    parts = [f"{values}/{part}" for part in ("whole", "step", "zero")]
    first.append(make_node("DynamicQuantizeLinear", [values], parts))
    whole, step, zero = parts
    replaced: dict[str, list[NodeProto]] = {}
    for node, weight in zip(product.nodes, product.weights, strict=True):
        rounded, scales = _rounded(weight * factors[:, None])
        name = node.output[0]
        matrix = [
            constant(f"{name}/matrix", rounded),
            zero,
            constant(f"{name}/zero", np.zeros(len(scales), np.int8)),
        ]
        replaced[name] = [
            *first,
            make_node("MatMulInteger", [whole, *matrix], [f"{name}/sum"]),
            make_node("Cast", [f"{name}/sum"], [f"{name}/cast"], to=1),
            make_node("Mul", [step, constant(f"{name}/scales", scales)], [f"{name}/worth"]),
            make_node("Mul", [f"{name}/cast", f"{name}/worth"], [name]),
        ]
        first = []
    return replaced


def _replace(model: "ModelProto", replaced: Mapping[str, Sequence["NodeProto"]]) -> None:
    """Put the new nodes in the places of the old, and drop the constants that nothing uses."""
    nodes = [
        new for old in model.graph.node for new in replaced.get(next(iter(old.output), ""), [old])
    ]
    used = {name for node in nodes for name in node.input}
    constants = [constant for constant in model.graph.initializer if constant.name in used]
    del model.graph.node[:]
    del model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(constants)
