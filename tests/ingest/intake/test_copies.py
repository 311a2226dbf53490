"""The same bytes under two names are one document: nothing is cited twice, and nothing is lost."""

import shutil

import pytest

from index.search.query import Query
from ingest import pipeline, reader_versions
from ingest.progress import Outcome
from tests.ingest.intake.test_archives import write_zip
from tests.ingest.test_pipeline import MINUTES, Recorder

FIRST, SECOND, THIRD = (MINUTES.format(number=number) for number in (1, 2, 3))


@pytest.fixture
def folder(tmp_path):
    """Give a folder of two minutes."""
    root = tmp_path / "documents"
    root.mkdir()
    (root / "a.txt").write_text(FIRST)
    (root / "other.txt").write_text(SECOND)
    return root


@pytest.fixture
def elsewhere(tmp_path):
    """Give another folder, empty."""
    root = tmp_path / "elsewhere"
    root.mkdir()
    return root


@pytest.fixture
def copies(searcher):
    """Give a function that returns the documents, each with the names of its copies."""

    def listed():
        return {
            str(document.document): [copy.name for copy in document.copies]
            for document in searcher().documents()
        }

    return listed


def test_a_copy_is_listed_with_its_document(run, copies, searcher, folder):
    """It is said once, the second run finds both unchanged, and a search finds the text once."""
    run(folder)
    shutil.copy(folder / "a.txt", folder / "b.txt")
    recorder = Recorder()
    report = run(folder, progress=recorder)
    assert (report.added, report.same, report.unchanged) == (0, 1, 2)
    assert ("b.txt", Outcome.SAME, "its content is that of a.txt") in recorder.told
    assert copies() == {"a.txt": ["b.txt"], "other.txt": []}
    hits = searcher().search(Query("夜間の開館を週に二日")).hits
    assert len({hit.passage.text for hit in hits if hit.document.document == "a.txt"}) == len(
        [hit for hit in hits if hit.document.document != "other.txt"]
    )
    generation = searcher().generation
    again = run(folder, prune=True)
    assert (again.unchanged, again.same, again.removed) == (3, 0, 0)
    assert searcher().generation == generation


def test_copies_of_one_run_are_one_document(run, copies, folder):
    """The first in order of name is the document, also where one lies in a zip."""
    write_zip(folder / "z.zip", {"in.txt": FIRST})
    shutil.copy(folder / "a.txt", folder / "b.txt")
    report = run(folder)
    assert (report.added, report.same) == (2, 2)
    assert copies() == {"a.txt": ["b.txt", "z.zip/in.txt"], "other.txt": []}
    assert run(folder).unchanged == 4


def test_a_copy_takes_the_place_of_the_original_that_is_pruned(run, copies, searcher, folder):
    """The text stays, under the name at which it still is."""
    shutil.copy(folder / "a.txt", folder / "b.txt")
    run(folder)
    (folder / "a.txt").unlink()
    run(folder)
    assert copies() == {"a.txt": ["b.txt"], "other.txt": []}
    report = run(folder, prune=True)
    assert (report.added, report.removed) == (1, 1)
    assert copies() == {"b.txt": [], "other.txt": []}
    assert any("夜間の開館" in passage.text for passage in searcher().passages("b.txt"))
    assert run(folder, prune=True).unchanged == 2


@pytest.mark.parametrize("packed", [False, True])
def test_a_copy_in_a_folder_that_is_not_ingested_now_is_not_lost(
    run, copies, folder, elsewhere, packed
):
    """Where the original is pruned or changed, the copy in the other folder becomes a document."""
    name = "z.zip/b.txt" if packed else "b.txt"
    if packed:
        write_zip(elsewhere / "z.zip", {"b.txt": FIRST})
    else:
        shutil.copy(folder / "a.txt", elsewhere / "b.txt")
    run(folder, elsewhere)
    assert copies() == {"a.txt": [name], "other.txt": []}
    (folder / "a.txt").unlink()
    report = run(folder, prune=True)
    assert (report.added, report.removed) == (1, 1)
    assert copies() == {name: [], "other.txt": []}
    assert run(folder, elsewhere, prune=True).unchanged == 2


def test_an_original_that_changes_leaves_its_text_to_the_copy(run, copies, folder, elsewhere):
    """Whichever comes first in the run, and whether the copy is in it or not."""
    (folder / "0.txt").write_text(SECOND)
    shutil.copy(folder / "a.txt", elsewhere / "b.txt")
    run(folder / "a.txt", folder / "other.txt", elsewhere)
    run(folder)
    assert copies() == {"a.txt": ["b.txt"], "other.txt": ["0.txt"]}
    (folder / "a.txt").write_text(THIRD)
    (folder / "other.txt").write_text(THIRD + "付記\n")
    report = run(folder)
    assert (report.added, report.replaced) == (2, 2)
    assert copies() == {"0.txt": [], "a.txt": [], "b.txt": [], "other.txt": []}
    assert run(folder, elsewhere, prune=True).unchanged == 4


def test_a_copy_that_changes_is_a_document_of_its_own(run, copies, folder):
    """The original stays as it is, and does not list it any more."""
    shutil.copy(folder / "a.txt", folder / "b.txt")
    run(folder)
    (folder / "b.txt").write_text(THIRD)
    assert run(folder).added == 1
    assert copies() == {"a.txt": [], "b.txt": [], "other.txt": []}


def test_a_document_that_becomes_a_copy_is_no_document_any_more(run, copies, folder):
    """Neither is lost what it had before, where another file was a copy of it."""
    (folder / "b.txt").write_text(THIRD)
    (folder / "c.txt").write_text(THIRD)
    run(folder)
    assert copies() == {"a.txt": [], "b.txt": ["c.txt"], "other.txt": []}
    (folder / "b.txt").write_text(FIRST)
    report = run(folder)
    assert (report.same, report.added) == (1, 1)
    assert copies() == {"a.txt": ["b.txt"], "c.txt": [], "other.txt": []}
    assert run(folder, prune=True).unchanged == 4


def test_a_copy_that_is_gone_is_forgotten_by_pruning(run, copies, folder):
    """The document no longer lists it; nothing else changes."""
    shutil.copy(folder / "a.txt", folder / "b.txt")
    run(folder)
    (folder / "b.txt").unlink()
    run(folder)
    assert copies()["a.txt"] == ["b.txt"]
    assert run(folder, prune=True).removed == 0
    assert copies()["a.txt"] == []


def test_files_that_cannot_be_read_are_each_named(run, folder):
    """Ten empty files are ten files to look after."""
    for number in range(10):
        (folder / f"empty {number}.txt").write_bytes(b"")
    report = run(folder)
    assert len(report.unreadable) == 10
    assert (report.added, report.same) == (2, 0)
    assert run(folder).unreadable == report.unreadable


def test_an_index_with_a_text_twice_is_mended_when_it_is_read_anew(
    run, copies, folder, monkeypatch
):
    """A new version of the parsers reads all anew: the second document becomes a copy."""
    shutil.copy(folder / "a.txt", folder / "b.txt")
    with monkeypatch.context() as patched:
        patched.setattr(pipeline.Copies, "is_twin", lambda *_: False)
        assert run(folder).added == 3
    assert run(folder).unchanged == 3
    monkeypatch.setattr(reader_versions, "ALL", 99)
    report = run(folder)
    assert (report.replaced, report.same) == (2, 1)
    assert copies() == {"a.txt": ["b.txt"], "other.txt": []}
