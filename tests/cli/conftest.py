"""A second embedding model, so small that it takes no time."""

import pytest

from tests.index.embedding.test_embedder import tiny_model


@pytest.fixture(scope="session")
def small_model(tmp_path_factory):
    """Give the folder of a random model, as KIROKU_EMBEDDING_MODEL takes it."""
    return str(tiny_model(tmp_path_factory.mktemp("model") / "tiny"))
