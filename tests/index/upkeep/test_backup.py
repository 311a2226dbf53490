"""A backup is one file that holds all, made in use, and comes back whole or not at all."""

import datetime as dt
import json
import os
import sqlite3
import tarfile
from contextlib import closing

import pytest
from filelock import FileLock

from index.errors import IndexBusyError, SourceError, StorageError
from index.passage import Collection
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.sqlite import FILE_NAME
from index.upkeep.backup import CONTENTS, back_up
from index.upkeep.condition import Condition
from index.upkeep.restoring import restore
from index.upkeep.verification import verify
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder

OTHER = Collection("人事")
FEEDBACK = ("feedback.sqlite3", "workspaces/T2/feedback.sqlite3")


@pytest.fixture
def data(tmp_path):
    """Return a data folder with two collections, and what a bot keeps beside them."""
    data = tmp_path / "data"
    for document, collection in ((LIBRARY, Collection("main")), (ROADS, OTHER)):
        with Writer.open(data, CharacterEmbedder(), collection) as writer:
            writer.put([document], root="/in", reader="1")
            writer.publish()
    (data / "workspaces" / "T2").mkdir(parents=True)
    for name in FEEDBACK:
        with closing(sqlite3.connect(data / name)) as connection, connection:
            connection.execute("CREATE TABLE vote (words TEXT)")
            connection.execute("INSERT INTO vote VALUES ('ちがう')")
    (data / "access.toml").write_text("[main]\n", encoding="utf-8")
    (data / "audit").mkdir()
    (data / "audit" / "2026-11-29.jsonl").write_text("{}\n", encoding="utf-8")
    (data / "serve.json").write_text("{}")
    return data


def hits(data, question, collection):
    """Return what a search finds."""
    searcher = Searcher.open(data, CharacterEmbedder(), collection)
    try:
        return [hit.passage.text for hit in searcher.search(Query(question)).hits]
    finally:
        searcher.close()


def test_all_comes_back_on_another_machine(data, tmp_path):
    """Both collections answer as before, feedback and rules are there; what was running is not."""
    before = [hits(data, "補修", OTHER), hits(data, "開館時間", Collection("main"))]
    written = back_up(data, tmp_path / "all.tar.gz", "0.1")
    assert written.stat().st_mode & 0o777 == 0o600
    there = tmp_path / "there"
    done = restore(written, there)
    assert (set(done.collections), done.set_aside) == ({"main", OTHER}, None)
    assert verify(there) == []
    assert [hits(there, "補修", OTHER), hits(there, "開館時間", Collection("main"))] == before
    for name in FEEDBACK:
        with closing(sqlite3.connect(there / name)) as connection:
            assert connection.execute("SELECT words FROM vote").fetchall() == [("ちがう",)]
    assert (there / FEEDBACK[0]).stat().st_mode & 0o777 == 0o600
    assert (there / "access.toml").read_text(encoding="utf-8") == "[main]\n"
    assert (there / "audit" / "2026-11-29.jsonl").is_file()
    assert not (there / "serve.json").exists()
    with tarfile.open(written) as archive:
        assert {member.uname for member in archive} == {""}
        assert not any("generations" in name for name in archive.getnames())


def test_a_backup_is_made_while_an_ingest_writes(data, tmp_path):
    """It holds what was published, and what is pending goes on from there."""
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put([ROADS], root="/in", reader="1")
        restore(back_up(data, tmp_path / "all.tar.gz", "0.1"), tmp_path / "there")
        writer.publish()
    assert verify(tmp_path / "there") == []
    with Writer.open(tmp_path / "there", CharacterEmbedder()) as writer:
        assert set(writer.known()) == {"図書館.txt", "道路.txt"}


def test_of_old_backups_so_many_are_kept(data, tmp_path):
    """Only backups of that folder are deleted, the oldest first."""
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"kiroku-2026010{day}-000000.tar.gz").write_bytes(b"old")
    (folder / "kiroku-mine.tar.gz").write_bytes(b"mine")
    written = back_up(data, folder, "0.1", keep=2)
    kept = {"kiroku-20260103-000000.tar.gz", "kiroku-mine.tar.gz", written.name}
    assert {path.name for path in folder.iterdir()} == kept


def test_an_index_that_is_there_is_only_set_aside(data, tmp_path):
    """Without a word it is refused; with one, what was there is kept beside."""
    written = back_up(data, tmp_path / "all.tar.gz", "0.1")
    with pytest.raises(StorageError, match="--replace"):
        restore(written, data)
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.remove([LIBRARY[0].document])
        writer.publish()
    done = restore(written, data, replace=True)
    assert hits(data, "開館時間", Collection("main"))
    assert hits(done.set_aside, "開館時間", Collection("main")) == []
    assert (done.set_aside / "feedback.sqlite3").is_file()


@pytest.mark.parametrize("name", ["serve.lock", "main.lock"])
def test_a_folder_in_use_is_not_replaced(data, tmp_path, name):
    """Neither beside a bot nor beside an ingest."""
    written = back_up(data, tmp_path / "all.tar.gz", "0.1")
    with FileLock(data / name), pytest.raises(IndexBusyError, match="in use"):
        restore(written, data, replace=True)
    assert hits(data, "開館時間", Collection("main"))


def repacked(written, path, change):
    """Write a backup whose members were changed by ``change`` (name and bytes)."""
    with tarfile.open(written) as source, tarfile.open(path, "w:gz") as target:
        for member in source:
            held = change(member.name, source.extractfile(member).read())
            member.size = len(held)
            inner = path.with_suffix(".part")
            inner.write_bytes(held)
            with inner.open("rb") as file:
                target.addfile(member, file)
    return path


def of_later_version(name, held):
    """Let a backup say that its format is one that is not known yet."""
    return json.dumps(json.loads(held) | {"format": 99}).encode() if name == CONTENTS else held


def leading_out(name, held):
    """Let a backup name a file outside of the folder that it is unpacked into."""
    if name != CONTENTS:
        return held
    told = json.loads(held)
    return json.dumps(told | {"files": told["files"] | {"../evil": "0"}}).encode()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _, p: p, "does not exist"),
        (lambda _, p: p.write_bytes(b"no archive") and p, "no backup"),
        (lambda w, p: p.write_bytes(w.read_bytes()[:-2000]) and p, "no backup"),
        (lambda w, p: repacked(w, p, of_later_version), "later version"),
        (lambda w, p: repacked(w, p, leading_out), "no backup"),
        (lambda w, p: repacked(w, p, lambda n, h: h + b" " if n == FILE_NAME else h), "damaged"),
        (lambda w, p: repacked(w, p, lambda n, h: h + b"x" if "audit" in n else h), "damaged"),
    ],
)
def test_a_damaged_backup_changes_nothing(data, tmp_path, make, told):
    """It is named, and what is in the folder stays in use."""
    broken = make(back_up(data, tmp_path / "all.tar.gz", "0.1"), tmp_path / "broken.tar.gz")
    with pytest.raises(SourceError, match=told):
        restore(broken, data, replace=True)
    assert hits(data, "開館時間", Collection("main"))
    assert not list(data.glob("before-*"))
    assert not (data / ".restoring").exists(), "it would fill the disk"


def test_a_backup_that_cannot_be_written_is_named(data, tmp_path):
    """And leaves nothing half done behind."""
    with pytest.raises(StorageError, match="could not be written"):
        back_up(data, tmp_path / "nowhere" / "all.tar.gz", "0.1")
    with pytest.raises(StorageError, match="data folder"):
        back_up(data, data / "all.tar.gz", "0.1")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_clock_that_was_set_back_deletes_no_new_backup(data, tmp_path):
    """The one just written stays, though others bear the names of later days."""
    for year in ("2098", "2099"):
        (tmp_path / f"kiroku-{year}0101-000000.tar.gz").write_bytes(b"")
    written = back_up(data, tmp_path, "0.1", keep=2)
    assert sorted(tmp_path.glob("kiroku-*.tar.gz")) == sorted(
        [written, tmp_path / "kiroku-20990101-000000.tar.gz"]
    )


def test_what_a_clock_that_ran_ahead_has_named_goes_first(data, tmp_path):
    """Else the wrong names would stand for years, and of the right ones only the newest."""
    names = [f"kiroku-{day}-000000.tar.gz" for day in ("20260101", "20260102", "20990101")]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    written = back_up(data, tmp_path, "0.1", keep=3)
    kept = {path.name for path in tmp_path.glob("kiroku-*.tar.gz")}
    assert kept == {names[0], names[1], written.name}


def test_what_a_killed_backup_left_is_cleared_away_a_day_later(data, tmp_path):
    """Each takes as much room as the data folder; one that may still be written stays."""
    for name in ("old", "new"):
        (tmp_path / f".kiroku-backup-{name}").mkdir()
        (tmp_path / f".kiroku-backup-{name}" / "0.sqlite3").write_bytes(b"half")
        (tmp_path / f"kiroku-20260101-00000{len(name)}-{name}.tar.gz.making").write_bytes(b"half")
    for path in tmp_path.glob("*old*"):
        os.utime(path, (0, 0))
    back_up(data, tmp_path, "0.1")
    left = [path.name for path in tmp_path.iterdir() if "old" in path.name or "new" in path.name]
    assert len(left) == 2
    assert not any("old" in name for name in left)


def test_a_backup_from_the_future_seems_not_new():
    """The clock was set back: nobody knows how old it is, and monitoring is told so."""
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    aged = Condition(1, "2026-06-01T00:10:00+00:00", "2027-06-01T00:00:00+00:00").ages(now)
    assert aged == {"ingest_s": 0, "backup_s": None}
