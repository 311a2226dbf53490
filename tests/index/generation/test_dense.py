"""The dense index against exact search, in all of its kinds."""

import numpy as np
import pytest

from index.generation import dense_segment
from index.generation.dense import Dense, LiveVectors
from index.generation.dense_segment import DenseSegment
from index.generation.live import Live


@pytest.fixture(scope="module")
def vectors():
    """Return 6,000 unit vectors in loose clusters, the same ones every time."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(30, 64))
    raw = centres[random.integers(0, 30, 6000)] + 0.7 * random.normal(size=(6000, 64))
    return (raw / np.linalg.norm(raw, axis=1, keepdims=True)).astype(np.float32)


def written(vectors, path, **limits):
    """Write an index of the vectors."""
    dense_segment.build((vector.tobytes() for vector in vectors), vectors.shape[1], path, **limits)
    return path


@pytest.fixture(scope="module")
def whole(vectors, tmp_path_factory):
    """Return an index that is scanned whole."""
    path = written(vectors, tmp_path_factory.mktemp("whole") / "dense.faiss")
    return Dense([LiveVectors(DenseSegment.open(path))], 64)


@pytest.fixture(scope="module")
def coarse(vectors, tmp_path_factory):
    """Return an index with a coarse form, as only a large one has."""
    path = written(vectors, tmp_path_factory.mktemp("coarse") / "dense.faiss", exact_up_to=1000)
    return Dense([LiveVectors(DenseSegment.open(path, few=50, scored=300))], 64)


@pytest.fixture(scope="module")
def split(vectors, tmp_path_factory):
    """Return the same vectors in four segments, two of them with others that are not left."""
    folder, random = tmp_path_factory.mktemp("split"), np.random.default_rng(11)
    segments = []
    for number, part in enumerate(np.split(vectors, [10, 2500, 5900])):
        if number % 2:
            left = random.permutation(np.repeat([True, False], len(part)))
            among = np.repeat(vectors[:1], len(left), axis=0)  # nearest to the first question
            among[left] = part
            live = Live(left)
        else:
            among, live = part, None
        path = written(among, folder / f"{number}.faiss")
        segments.append(LiveVectors(DenseSegment.open(path, few=50), live))
    return Dense(segments, 64)


@pytest.fixture(params=["whole", "coarse", "split"])
def opened(request):
    """Return an index of either kind."""
    return request.getfixturevalue(request.param)


def marked(count, positions):
    """Return the marks of the positions."""
    marks = np.zeros(count, dtype=bool)
    marks[positions] = True
    return marks


def recall(index, vectors, allowed=None):
    """Return the share of the exact ten nearest that the index finds, over 60 queries."""
    found = 0.0
    for query in vectors[::100]:
        scores = vectors @ query
        if allowed is not None:
            scores[~allowed] = -np.inf
        exact = np.argsort(-scores)[:10]
        found += len(set(exact) & set(index.nearest(query, 10, allowed).tolist())) / 10
    return found / len(vectors[::100])


def test_the_kind_follows_the_size(whole, coarse):
    """What is small is scanned whole; what is large stands in coarse."""
    assert whole.is_exact
    assert not coarse.is_exact


def test_nearest_agree_with_exact_search(opened, vectors):
    """The ten nearest are those that a full product of all vectors finds."""
    assert recall(opened, vectors) >= 0.99


@pytest.mark.parametrize("share", [0.5, 0.1, 0.02, 0.002])
def test_a_filter_loses_nothing(opened, vectors, share):
    """Whatever share of the passages a filter leaves, their nearest are found."""
    allowed = np.random.default_rng(3).random(len(vectors)) < share
    assert recall(opened, vectors, allowed) >= 0.99


def test_a_filter_far_from_the_question_loses_nothing(opened, vectors):
    """Passages that pass are found where all that is near to the question does not pass."""
    query = vectors[0]
    allowed = marked(len(vectors), np.argsort(vectors @ query)[:400])
    exact = np.argsort(np.where(allowed, -(vectors @ query), np.inf))[:10]
    assert set(opened.nearest(query, 10, allowed).tolist()) >= set(exact[:9].tolist())


def test_a_filter_that_leaves_few_loses_none(opened, vectors):
    """Under a filter every allowed passage is found, in the order of exact search."""
    allowed = np.array([5, 700, 1400, 2999], dtype=np.int64)
    found = opened.nearest(vectors[0], 10, marked(len(vectors), allowed))
    exact = allowed[np.argsort(-(vectors[allowed] @ vectors[0]))]
    assert found.tolist() == exact.tolist()


def test_a_filter_that_leaves_none_finds_nothing(opened, vectors):
    """Where nothing passes, nothing is found."""
    assert opened.nearest(vectors[0], 10, marked(len(vectors), [])).tolist() == []


def test_scores_are_inner_products(opened, vectors):
    """Scores at positions equal the product with the stored vectors, within half precision."""
    positions = np.array([0, 17, 2500], dtype=np.int64)
    expected = vectors[positions] @ vectors[3]
    np.testing.assert_allclose(opened.scores(vectors[3], positions), expected, atol=2e-3)


def test_all_kinds_hold_the_same_vectors(whole, opened, vectors):
    """The coarse form only finds; what is scored are the vectors themselves, those left."""
    positions = np.random.default_rng(5).permutation(whole.size)
    np.testing.assert_array_equal(whole.vectors(positions), opened.vectors(positions))
    assert whole.spread(vectors[7]) == opened.spread(vectors[7])


def test_an_empty_index_finds_nothing(tmp_path):
    """An index without passages answers with no positions and no scores."""
    dense_segment.build(iter(()), 8, tmp_path / "dense.faiss")
    opened = Dense([LiveVectors(DenseSegment.open(tmp_path / "dense.faiss"))], 8)
    query = np.ones(8, dtype=np.float32)
    assert opened.size == 0
    assert opened.nearest(query, 10).tolist() == []
