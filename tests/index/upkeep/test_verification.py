"""Whatever is lost or changed in a data folder is named, and made again where that can be."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import EmbedderError
from index.generation.manifest import folder_of, read_manifest, segments_of
from index.passage import DEFAULT_COLLECTION
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.sqlite import FILE_NAME
from index.store.store import Store
from index.upkeep.repair import repair
from index.upkeep.verification import Part, verify
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder


@pytest.fixture
def data(tmp_path):
    """Return an index of two segments."""
    for document in (LIBRARY, ROADS):
        with Writer.open(tmp_path, CharacterEmbedder()) as writer:
            writer.put([document], root="/in", reader="1")
            writer.publish()
    assert verify(tmp_path) == []
    return tmp_path


def flip(path, at=None):
    """Flip one bit of a file, in its middle unless told where."""
    held = bytearray(path.read_bytes())
    held[len(held) // 2 if at is None else at] ^= 1
    path.write_bytes(held)


def parts(data):
    """Return what is found at fault."""
    return {fault.part for fault in verify(data)}


def change(data, statement):
    """Change a row behind the store's back."""
    with closing(sqlite3.connect(data / FILE_NAME)) as connection, connection:
        assert connection.execute(statement).rowcount


def no_model():
    """Refuse to load a model."""
    raise EmbedderError


def files_of_search(data):
    """Return all files that a search reads."""
    folder = folder_of(data, DEFAULT_COLLECTION, 2)
    place = segments_of(data, DEFAULT_COLLECTION)
    segments = [place / segment.name for segment in read_manifest(folder).segments]
    return sorted(p for part in (folder, *segments) for p in part.rglob("*") if p.is_file())


def test_a_flipped_bit_in_any_file_of_a_search_is_found(data):
    """In each of them, one after the other; built anew, all is well and nothing was embedded."""
    files = files_of_search(data)
    assert len(files) > 60
    for path in files:
        whole = path.read_bytes()
        if whole:
            flip(path)
            assert parts(data) == {Part.SEARCH}, path
            path.write_bytes(whole)
    flip(files[-1])
    repair(data, verify(data), no_model)
    assert verify(data) == []


@pytest.mark.parametrize("gone", ["manifest.json", "segments", "row.npy"])
def test_what_is_missing_of_a_search_is_built_anew(data, gone):
    """The manifest, the segments, a column."""
    folder = folder_of(data, DEFAULT_COLLECTION, 2)
    if gone == "segments":
        shutil.rmtree(segments_of(data, DEFAULT_COLLECTION))
    else:
        (folder / gone).unlink()
    assert parts(data) == {Part.SEARCH}
    repair(data, verify(data), no_model)
    assert verify(data) == []
    assert Searcher.open(data, CharacterEmbedder()).search(Query("補修")).hits


def test_changed_and_lost_vectors_are_embedded_again(data):
    """And only these; ``embedder`` is asked for."""
    change(data, "UPDATE vectors SET vector = zeroblob(256) WHERE row = 2")
    change(data, "DELETE FROM vectors WHERE row = 5")
    assert parts(data) == {Part.VECTORS}
    by = CharacterEmbedder()
    repair(data, verify(data), lambda: by)
    assert by.embedded == 2
    assert verify(data) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = replace(text, '八', '九') WHERE row = 2",
        "UPDATE passages SET speaker = '市長' WHERE row = 2",
        "UPDATE documents SET title = 'x' WHERE document = '図書館.txt'",
        "DELETE FROM passages WHERE row = 3",
    ],
)
def test_changed_words_are_named_and_read_again(data, statement):
    """What a document says cannot be derived: its file is read anew by the next ingest."""
    change(data, statement)
    [fault] = [fault for fault in verify(data) if fault.part is Part.DOCUMENT]
    assert fault.where == "図書館.txt"
    repair(data, verify(data), no_model)
    with Writer.open(data, CharacterEmbedder()) as writer:
        known = writer.known()
        assert [name for name, held in known.items() if not held.reader] == ["図書館.txt"]
        writer.put([LIBRARY], root="/in", reader="1")
        writer.publish()
    assert verify(data) == []


def test_a_damaged_database_is_named_and_left(data):
    """With the way back; the other files are told of no further."""
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (data / FILE_NAME).write_bytes((data / FILE_NAME).read_bytes()[:5000] + b"\xff" * 9000)
    [fault] = verify(data)
    assert (fault.part, fault.where) == (Part.DATABASE, FILE_NAME)
    assert "kiroku restore" in fault.mend


@pytest.mark.parametrize("opened", [False, True], ids=["", "opened since"])
@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_store_that_is_gone_or_empty_is_named(data, lose, opened):
    """Also where somebody opened it since, which makes an empty one: nothing is whole here."""
    for beside in data.glob(f"{FILE_NAME}-*"):
        beside.unlink()
    lose(data / FILE_NAME)
    if opened:
        Store.open(data).close()
    [fault] = verify(data)
    assert (fault.part, fault.where) == (Part.DATABASE, FILE_NAME)
    assert "kiroku restore" in fault.mend


def test_other_databases_of_the_folder_are_looked_at(data):
    """The bot's own files stand beside the index."""
    (data / "feedback.sqlite3").write_bytes(b"no database at all, but long enough to be looked at")
    [fault] = verify(data)
    assert (fault.part, fault.where) == (Part.DATABASE, "feedback.sqlite3")


def test_a_folder_without_an_index_has_no_fault(tmp_path):
    """There is nothing to be wrong."""
    assert verify(tmp_path) == []
