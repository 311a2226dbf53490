"""An index as an earlier release left it: ``release_0_1`` was written by that code itself."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.search.query import Query
from index.search.searcher import Searcher
from index.upkeep.backup import back_up
from index.upkeep.restoring import restore
from index.upkeep.verification import verify
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes

EARLIER = Path(__file__).parent / "release_0_1"
MORE = minutes("公園.txt", "2024-07-01", [("市長", None, "公園の遊具を直します。", None)])


@pytest.fixture
def data(tmp_path):
    """Return a copy of the index of the earlier release."""
    shutil.copytree(EARLIER, tmp_path / "data")
    return tmp_path / "data"


def dumped(path):
    """Return all that a database holds."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def test_it_answers_at_once_and_nothing_is_embedded_again(data):
    """Its tables are changed after a copy was made, and what a search reads is built anew."""
    by = CharacterEmbedder()
    with closing(Searcher.open(data, by)) as searcher:
        [hit, *_] = searcher.search(Query("市道の補修")).hits
        assert hit.passage in ROADS[1]
        assert searcher.passages(LIBRARY[0].document) == LIBRARY[1]
    assert by.embedded == 0
    assert verify(data) == []
    assert dumped(data / "before-version-2.sqlite3") == dumped(EARLIER / "kiroku.sqlite3")


def test_it_goes_on_with_what_comes(data, tmp_path):
    """New documents are put beside the old ones; a backup of it comes back."""
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put([MORE], root="/in", reader="11")
        writer.publish()
    restore(back_up(data, tmp_path / "all.tar.gz", "0"), tmp_path / "there")
    with closing(Searcher.open(tmp_path / "there", CharacterEmbedder())) as searcher:
        names = {document.document for document in searcher.documents()}
    assert names == {"公園.txt", "図書館.txt", "道路.txt"}
    assert verify(tmp_path / "there") == []
