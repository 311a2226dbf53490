"""The bot that several modules ask."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.serving import Served
from tests.slack_api import LocalSlack
from tests.sockets import listening

SOCKETS = "sockets.txt"


@pytest.fixture(scope="module")
def served(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give the bot on a copy of the sample council's index."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(sample_index, data, symlinks=True)
    with LocalSlack() as slack:
        served = Served(slack, data, **listening(data.parent / SOCKETS))
        yield served
        assert served.stop() == 0
