"""The dense index against exact search."""

import numpy as np
import pytest

from index import dense


@pytest.fixture
def vectors():
    """Return 3,000 unit vectors in loose clusters, the same ones every time."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(30, 64))
    raw = centres[random.integers(0, 30, 3000)] + 0.7 * random.normal(size=(3000, 64))
    return (raw / np.linalg.norm(raw, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def opened(vectors, tmp_path):
    """Return an index of these vectors, written and opened again."""
    dense.build((vector.tobytes() for vector in vectors), 64, tmp_path / "dense.faiss")
    return dense.Dense.open(tmp_path / "dense.faiss")


def test_nearest_agree_with_exact_search(opened, vectors):
    """The ten nearest are those that a full product of all vectors finds."""
    for query in vectors[::300]:
        exact = set(np.argsort(-(vectors @ query))[:10].tolist())
        assert len(exact & set(opened.nearest(query, 10).tolist())) >= 9


def test_a_filter_that_leaves_few_loses_none(opened, vectors):
    """Under a filter every allowed passage is found, in the order of exact search."""
    allowed = np.array([5, 700, 1400, 2999], dtype=np.int64)
    marked = np.zeros(len(vectors), dtype=bool)
    marked[allowed] = True
    found = opened.nearest(vectors[0], 10, marked)
    exact = allowed[np.argsort(-(vectors[allowed] @ vectors[0]))]
    assert found.tolist() == exact.tolist()


def test_scores_are_inner_products(opened, vectors):
    """Scores at positions equal the product with the stored vectors, within half precision."""
    positions = np.array([0, 17, 2500], dtype=np.int64)
    expected = vectors[positions] @ vectors[3]
    np.testing.assert_allclose(opened.scores(vectors[3], positions), expected, atol=2e-3)


def test_an_empty_index_finds_nothing(tmp_path):
    """An index without passages answers with no positions and no scores."""
    dense.build(iter(()), 8, tmp_path / "dense.faiss")
    opened = dense.Dense.open(tmp_path / "dense.faiss")
    query = np.ones(8, dtype=np.float32)
    assert opened.size == 0
    assert opened.nearest(query, 10).tolist() == []
