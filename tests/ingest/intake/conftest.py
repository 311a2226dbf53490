"""Fixtures that ingest into an index in the test's folder, and show what was published."""

import pytest

from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest


@pytest.fixture
def run(tmp_path, tiny_embedder):
    """Give a function that ingests paths into the index and returns the report."""

    def ingested(*paths, **options):
        with Writer.open(tmp_path / "data", tiny_embedder) as writer:
            return ingest(paths, index=writer, **options)

    return ingested


@pytest.fixture
def searcher(tmp_path, tiny_embedder):
    """Give a function that opens the published index."""
    return lambda: Searcher.open(tmp_path / "data", tiny_embedder)


@pytest.fixture
def documents(tmp_path, tiny_embedder):
    """Give a function that returns the published documents by name."""

    def published():
        searcher = Searcher.open(tmp_path / "data", tiny_embedder)
        return {str(document.document): document for document in searcher.documents()}

    return published
