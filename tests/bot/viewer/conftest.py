"""The viewer over real HTTP on a small index, once for tests that only look."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.viewer.serving import Town, town
from tests.index.making import CharacterEmbedder


@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give a town whose viewer runs. Only to be looked at."""
    made = town(tmp_path_factory.mktemp("shown"), CharacterEmbedder())
    with made.server():
        made.wait()
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Town]:
    """Give a town whose viewer runs, for a test that changes its papers."""
    made = town(tmp_path, CharacterEmbedder())
    with made.server():
        made.wait()
        yield made
