from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.embedding.onnx_embedder import open_session
from index.embedding.quantization import quantise

WIDTH = 64


@pytest.fixture
def random() -> np.random.Generator:
    """Give random numbers, the same each time."""
    return np.random.default_rng(7)


def encoder(path: Path, random: np.random.Generator, large: float, *, normalised: bool) -> Path:
    """Write a graph of one product; with a layer norm before it whose first channel is large."""
    scales = np.ones(WIDTH, np.float32)
    scales[0] = large
    constants = {
        "scales": scales,
        "shifts": np.zeros(WIDTH, np.float32),
        "weights": random.normal(0, 0.1, (WIDTH, WIDTH)).astype(np.float32),
    }
    nodes = [helper.make_node("MatMul", ["values", "weights"], ["vectors"])]
    if normalised:
        norm = ["given", "scales", "shifts"]
        nodes.insert(0, helper.make_node("LayerNormalization", norm, ["values"]))
    given = "given" if normalised else "values"
    graph = helper.make_graph(
        nodes,
        "encoder",
        [helper.make_tensor_value_info(given, TensorProto.FLOAT, [1, "tokens", WIDTH])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "tokens", WIDTH])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path
    )
    return path


def texts(random: np.random.Generator, count: int) -> list[NDArray[np.float32]]:
    """Return random inputs, (1, tokens, channels) each."""
    return [random.normal(0, 1, (1, 12, WIDTH)).astype(np.float32) for _ in range(count)]


def kinds(path: Path) -> list[str]:
    """Return the operators of a graph."""
    return [node.op_type for node in onnx.load(path).graph.node]


def run(path: Path, text: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what a graph makes of one input."""
    session = open_session(path)
    (vectors,) = session.run(None, {session.get_inputs()[0].name: text})
    return np.asarray(vectors, dtype=np.float32)


def test_product_in_whole_numbers_is_close(tmp_path: Path, random: np.random.Generator) -> None:
    """A product of even values is replaced, and stays within a hundredth or so on other texts."""
    source = encoder(tmp_path / "a.onnx", random, 1, normalised=False)
    quantise(source, tmp_path / "b.onnx", texts(random, 4))
    assert "MatMulInteger" in kinds(tmp_path / "b.onnx")
    assert "MatMul" not in kinds(tmp_path / "b.onnx")
    for text in texts(random, 3):
        exact, close = run(source, text), run(tmp_path / "b.onnx", text)
        assert 0 < np.linalg.norm(close - exact) < 0.015 * np.linalg.norm(exact)


def test_large_channel_out_of_a_layer_norm(tmp_path: Path, random: np.random.Generator) -> None:
    """A channel that is always large does not cost the others their precision."""
    source = encoder(tmp_path / "a.onnx", random, 12, normalised=True)
    quantise(source, tmp_path / "b.onnx", texts(random, 4))
    assert "MatMulInteger" in kinds(tmp_path / "b.onnx")
    weights = next(c for c in onnx.load(source).graph.initializer if c.name == "weights")
    without_first = numpy_helper.to_array(weights)[1:]
    for text in texts(random, 3):
        off = np.linalg.norm(run(tmp_path / "b.onnx", text) - run(source, text))
        others = text[0] @ np.vstack([np.zeros((1, WIDTH), np.float32), without_first])
        assert off < 0.02 * np.linalg.norm(others)  # rounded as it is: 0.04


def test_product_with_large_values_at_single_words_stays(
    tmp_path: Path, random: np.random.Generator
) -> None:
    """Where one word's value takes the scale from all others, full precision is kept."""
    source = encoder(tmp_path / "a.onnx", random, 1, normalised=False)
    trials = texts(random, 4)
    for trial in trials:
        trial[0, 3, 5] = 200
    quantise(source, tmp_path / "b.onnx", trials)
    assert kinds(tmp_path / "b.onnx") == ["MatMul"]
    np.testing.assert_array_equal(run(tmp_path / "b.onnx", trials[0]), run(source, trials[0]))
