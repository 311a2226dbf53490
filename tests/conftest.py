"""What tests of several packages share: the real embedder and the sample council's index."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import samples
from index.embedding.embedder import Embedder, load_embedder
from index.writer import Writer
from ingest.pipeline import ingest
from tests.index.making import CharacterEmbedder
from tests.postgres import killable, postgres, server  # noqa: F401 (fixtures)

ROOT = Path(__file__).parent.parent
SLOW = frozenset(
    {
        *("embedder", "killable", "model_cache", "own", "postgres", "sample_index", "shown"),
        *("slack", "start"),
    }
)
"""Fixtures that bring the real model, or a process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the real model or a process: ``make check-fast`` leaves it out."""
    for item in items:
        if isinstance(item, pytest.Function) and not SLOW.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """Give the folder of the embedded model, unpacked and exported, kept for the next run."""
    folder = ROOT / ".cache" / "models"
    load_embedder("embedded", folder)
    return folder


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> Embedder:
    """Give the real embedded embedder, loaded once."""
    return load_embedder("embedded", model_cache)


@pytest.fixture(scope="session")
def sample_index(
    embedder: Embedder, model_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Give a data folder with the sample council ingested. Only to be read.

    What a test leaves in it another would meet, on machines that run them in that order: an error.
    """
    data = tmp_path_factory.mktemp("sample") / "data"
    with Writer.open(data, embedder) as writer:
        ingest([samples.council()], index=writer)
    (data / "models").symlink_to(model_cache)
    yield data
    kept = {path.name for path in data.iterdir() if not path.name.endswith(("-shm", "-wal"))}
    assert kept == {"generations", "kiroku.sqlite3", "main.lock", "models"}, "a test wrote there"


@pytest.fixture
def tiny_embedder() -> Embedder:
    """Give a small deterministic embedder: 64 numbers from a text's pairs of characters."""
    return CharacterEmbedder()


@pytest.fixture
def own_sample_index(sample_index: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample council's index, for a test that writes to it."""
    data = tmp_path / "data"
    shutil.copytree(sample_index, data, symlinks=True)
    return data
