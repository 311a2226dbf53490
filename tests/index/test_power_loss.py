"""Power fails at any moment: every state of the disk that was waited for is one that goes on."""

import itertools
import shutil
from contextlib import closing

import pytest

from index.generation import merging, sealing
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store
from index.upkeep.verification import verify
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes

AGAIN = minutes("道路.txt", "2024-06-05", [("市長", None, "補修は来年度に終わります。", None)])


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Copy the data folder at every eleventh moment that is waited for; return the copies."""
    copies, moments = [], itertools.count()

    def after(wait):
        def waited(path):
            wait(path)
            if next(moments) % 11 == 0:
                copies.append(tmp_path / f"copy{len(copies)}")
                shutil.copytree(tmp_path / "data", copies[-1])

        return waited

    monkeypatch.setattr(sealing, "sync_file", after(sealing.sync_file))
    monkeypatch.setattr(sealing, "sync_folder", after(sealing.sync_folder))
    return copies


def test_each_state_on_the_disk_is_whole_and_goes_on(tmp_path, copied, monkeypatch):
    """Put, replaced, removed and merged: the old or the new documents, and the next run ends it."""
    monkeypatch.setattr(merging, "MOST", 1)
    data, states = tmp_path / "data", [{}]
    for put, gone in (([LIBRARY], []), ([ROADS], []), ([AGAIN], [LIBRARY[0].document])):
        with Writer.open(data, CharacterEmbedder()) as writer:
            writer.remove(gone)
            writer.put(put, root="/in", reader="1")
            writer.publish()
        with closing(Searcher.open(data, CharacterEmbedder())) as searcher:
            states.append({d.document: d.content_hash for d in searcher.documents()})
    monkeypatch.undo()
    assert len(copied) > 10
    for copy in copied:
        assert verify(copy) == []
        with closing(Searcher.open(copy, CharacterEmbedder())) as searcher:
            assert {d.document: d.content_hash for d in searcher.documents()} in states
        with Writer.open(copy, CharacterEmbedder()) as writer:
            writer.put([AGAIN], root="/in", reader="1")
            writer.publish()
        with closing(Searcher.open(copy, CharacterEmbedder())) as searcher:
            assert searcher.search(Query("補修")).hits[0].passage == AGAIN[1][0]
        with closing(Store.open(copy)) as store:
            assert store.generation("main") >= 1
