"""What is found on a server is what is found in a data folder, with the same scores."""

import dataclasses
import json
import tempfile
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import samples
from index.generation import merging
from index.passage import DEFAULT_COLLECTION, DocumentId, DocumentKind, Filters
from index.search.open_generation import OpenGeneration
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store
from index.upkeep.backup import back_up
from index.upkeep.restoring import restore
from index.upkeep.verification import verify
from index.where import Server
from index.writer import Writer
from tests.index.generation.test_segments import QUESTIONS, few_segments, histories, publish
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder


def hits(where, question, embedder=None, filters=None):
    """Return what is found: passages with their scores."""
    with closing(Searcher.open(where, embedder or CharacterEmbedder())) as searcher:
        found = searcher.search(Query(question, filters=filters), 20).hits
        return [(hit.passage.passage_id, round(hit.score, 3)) for hit in found]


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # each try takes a second: what fails is not made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories)
def test_any_history_gives_the_same_index(server, history):
    """Adding, replacing, removing and merging: columns are equal, and so are hits and scores."""
    with tempfile.TemporaryDirectory() as folder, few_segments():
        there = Server(server.url, Path(folder) / "bot")
        with closing(Store.open(there)) as store, store.transaction():
            store.database.start_anew(f"before_{Path(folder).name.lower()}")
        data = Path(folder) / "data"
        for some in history:
            assert publish(data, some) == publish(there, some)
        assert verify(there) == []
        with closing(Store.open(data)) as mine, closing(Store.open(there)) as its:
            number = mine.generation(DEFAULT_COLLECTION)
            assert its.generation(DEFAULT_COLLECTION) == number
            if number:
                one = OpenGeneration.open(mine, data, DEFAULT_COLLECTION, number)
                two = OpenGeneration.open(its, there, DEFAULT_COLLECTION, number)
                assert one.manifest.passages == two.manifest.passages
                assert one.words.tokens() == two.words.tokens()
                for field in dataclasses.fields(one.columns):
                    if field.name != "of_documents":
                        both = (getattr(each.columns, field.name) for each in (one, two))
                        np.testing.assert_array_equal(*both, field.name)
        for question in QUESTIONS:
            assert sorted(hits(data, question)) == sorted(hits(there, question))


def test_the_sample_council_is_ranked_alike(own_sample_index, server, embedder, tmp_path):
    """A backup of the one store restored into the other answers every question the same way."""
    restore(back_up(own_sample_index, tmp_path / "all.tar.gz", "0"), server)
    lines = samples.questions().read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    with (
        closing(Searcher.open(own_sample_index, embedder)) as here,
        closing(Searcher.open(server, embedder)) as there,
    ):
        for question in questions:
            one, two = (
                searcher.search(Query(question, fast=True), 10).hits for searcher in (here, there)
            )
            for mine, its in zip_longest(one, two):
                assert (mine.document.document, mine.passage) == (
                    its.document.document,
                    its.passage,
                ), question
                assert mine.score == pytest.approx(its.score, abs=0.01)


def test_a_filter_that_leaves_few_finds_all_of_them(server):
    """An approximate index would lose them without a word; none is asked."""
    with Writer.open(server, CharacterEmbedder()) as writer:
        for number in range(60):
            document, passages = ROADS
            name = DocumentId(f"{number}.txt")
            moved = dataclasses.replace(document, document=name)
            writer.put([(moved, passages)], root="/in", reader="1")
        writer.put([LIBRARY], root="/in", reader="1")
        writer.publish()
    wanted = {passage.passage_id for passage in LIBRARY[1]}
    only = Filters(since=LIBRARY[0].date, until=LIBRARY[0].date, kind=DocumentKind.MINUTES)
    with closing(Store.open(server)) as store:
        opened = OpenGeneration.open(store, server, DEFAULT_COLLECTION, 1)
        rows = opened.columns.of_documents.day[opened.columns.document]
        allowed = rows == LIBRARY[0].date.toordinal()
        vector = CharacterEmbedder().embed_query("補修")
        found = opened.dense.nearest(vector, 200, allowed)
        assert sorted(found) == np.flatnonzero(allowed).tolist()
        assert len(opened.dense.nearest(vector, 5)) == 5
        assert len(opened.dense.nearest(vector, 5, np.zeros(len(allowed), dtype=bool))) == 0
        most = np.arange(len(allowed)) % 3 > 0
        exact = opened.dense.scores(vector, np.flatnonzero(most))
        best = np.flatnonzero(most)[np.argsort(-exact, kind="stable")]
        some = opened.dense.nearest(vector, 7, most)
        np.testing.assert_allclose(
            opened.dense.scores(vector, some), opened.dense.scores(vector, best[:7]), atol=1e-3
        )
    assert {passage for passage, _ in hits(server, "図書館", filters=only)} <= wanted


def test_a_backup_goes_either_way(server, tmp_path):
    """What was on a server answers from a data folder, links and all, and the other way round."""
    publish(server, [(0, "minutes", 3), (1, "law", 4)])
    publish(server, [(2, "minutes", 5), (1, "gone", 0)])
    before = hits(server, QUESTIONS[0])
    written = back_up(server, tmp_path / "all.tar.gz", "0")
    restore(written, tmp_path / "folder")
    assert verify(tmp_path / "folder") == []
    assert hits(tmp_path / "folder", QUESTIONS[0]) == before
    publish(tmp_path / "folder", [(4, "minutes", 6)])
    again = back_up(tmp_path / "folder", tmp_path / "again.tar.gz", "0")
    restore(again, server, replace=True)
    assert verify(server) == []
    assert hits(server, QUESTIONS[0]) == hits(tmp_path / "folder", QUESTIONS[0])
    with closing(Store.open(server)) as store:
        set_aside = store.database.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore_%'"
        ).fetchall()
        assert len(set_aside) == 1


def test_many_publications_stay_few_segments(server):
    """Segments are merged on the server, and what was merged goes once nobody reads it."""
    with few_segments(2):
        for number in range(8):
            publish(server, [(2 * (number % 4), "minutes", number)])
        with closing(Store.open(server)) as store:
            number = store.generation(DEFAULT_COLLECTION)
            opened = OpenGeneration.open(store, server, DEFAULT_COLLECTION, number)
            assert len(opened.manifest.segments) <= merging.MOST
            with store.transaction():  # as if the question that reads the older ones were long over
                store.database.execute("UPDATE generations SET made = made - interval '1 hour'")
        publish(server, [(10, "minutes", 1)])
        with closing(Store.open(server)) as store:
            held = store.database.execute("SELECT DISTINCT segment FROM postings").fetchall()
            kept = store.database.execute("SELECT DISTINCT generation FROM generations").fetchall()
    assert {number for (number,) in kept} == {8, 9}
    assert len(held) <= 2 * merging.MOST + 3
    assert verify(server) == []


def test_a_search_that_is_open_goes_on_while_others_merge_and_publish(server, tmp_path):
    """What it reads stays for a while, on the server too: it finds what it found."""
    with few_segments(20):
        for number in (0, 2, 4, 6):
            publish(server, [(number, "minutes", number)])
        bot = Server(server.url, tmp_path / "bot")
        with closing(Searcher.open(bot, CharacterEmbedder())) as searcher:
            with few_segments(1), Writer.open(server, CharacterEmbedder()) as writer:
                writer.merge()
            publish(server, [(2, "gone", 0), (8, "minutes", 1)])
            found = [hit.passage.passage_id for hit in searcher.search(Query(QUESTIONS[0])).hits]
            assert not searcher.is_current()
    with few_segments(20):
        other = tmp_path / "alone"
        for number in (0, 2, 4, 6):
            publish(other, [(number, "minutes", number)])
    assert found == [passage for passage, _ in hits(other, QUESTIONS[0])][: len(found)]
    assert found
