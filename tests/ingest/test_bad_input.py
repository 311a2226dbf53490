"""Bad input: each fault is named with what to do, the others are ingested, the index is whole."""

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pytest

from index.errors import SourceError, StorageError
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.isolation import in_process
from ingest.isolation.in_process import InProcessReader
from ingest.limits import Limits
from ingest.pipeline import ingest
from tests.ingest.making import write_minutes
from tests.ingest.test_pipeline import MINUTES


@pytest.fixture
def folder(tmp_path):
    """Give a folder with one good file."""
    root = tmp_path / "documents"
    root.mkdir()
    (root / "good.txt").write_text(MINUTES.format(number=1))
    return root


@pytest.fixture
def data(tmp_path):
    """Give the folder of the index."""
    return tmp_path / "data"


@pytest.fixture
def run(data, tiny_embedder):
    """Give a function that ingests paths into the index and returns the report."""

    def ingested(*paths, **options):
        with Writer.open(data, tiny_embedder) as writer:
            return ingest(paths, index=writer, **options)

    return ingested


@pytest.fixture
def searcher(data, tiny_embedder):
    """Give a function that opens the published index."""
    return lambda: Searcher.open(data, tiny_embedder)


def documents(searcher):
    """Return the documents by name."""
    return {str(document.document): document for document in searcher.documents()}


BAD = {
    "empty.pdf": (b"", "the file is empty"),
    "broken.pdf": (b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n", "broken"),
    "binary.txt": (bytes(range(256)) * 9, "save it as PDF"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the file is broken: open it in"),
    "cut.docx": (b"PK\x03\x04" + bytes(100), "broken"),
    "scan.png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "the picture is broken"),
    "speech.mp3": (b"ID3\x03" + bytes(600), "a sound recording, which is not read"),
    "packed.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(600), "a 7z archive, which is not read"),
    "plan.dwg": (b"AC1027" + bytes(600), ".dwg files are not read"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_others_are_ingested(run, searcher, folder, name):
    """The bad file stays in the documents with its reason and no passages; the good one is in."""
    content, told = BAD[name]
    (folder / name).write_bytes(content)
    report = run(folder)
    assert report.added == 1
    ((document, reason),) = report.unreadable
    assert document == name
    assert told in reason
    assert "\n" not in reason
    index = searcher()
    held = documents(index)[name]
    assert not held.readable
    assert held.warnings == (reason,)
    assert index.passages(held.document) == []
    assert any("夜間の開館" in passage.text for passage in index.passages("good.txt"))


def test_a_bad_file_is_not_tried_again_until_it_changes(run, searcher, folder):
    """The second run tells the fault again and publishes nothing; a mended file is read."""
    (folder / "bad.txt").write_bytes(BAD["binary.txt"][0])
    first = run(folder)
    generation = searcher().generation
    assert run(folder).unreadable == first.unreadable
    assert searcher().generation == generation
    (folder / "bad.txt").write_text(MINUTES.format(number=2))
    assert run(folder).unreadable == ()
    assert documents(searcher())["bad.txt"].readable


def test_a_file_that_was_spoilt_keeps_its_text(run, searcher, folder):
    """When a changed file cannot be read, the text of the earlier version stays, with a warning."""
    run(folder)
    passages = searcher().passages("good.txt")
    (folder / "good.txt").write_bytes(BAD["binary.txt"][0])
    (folder / "other.txt").write_text(MINUTES.format(number=2))
    report = run(folder)
    assert report.unreadable[0][0] == "good.txt"
    held = documents(searcher())["good.txt"]
    assert held.readable
    assert "the changed file could not be read" in held.warnings[0]
    assert "earlier version is kept" in held.warnings[0]
    assert searcher().passages("good.txt") == passages
    assert run(folder).unreadable == report.unreadable
    (folder / "good.txt").write_text(MINUTES.format(number=1))
    assert run(folder).unreadable == ()
    assert documents(searcher())["good.txt"].warnings == ()


def test_a_file_that_is_too_large_is_not_opened(run, folder):
    """A file over the limit is named with its size and the limit; the others go on."""
    with (folder / "huge.pdf").open("wb") as huge:
        huge.truncate(200_000_000)
    report = run(folder)
    assert report.added == 1
    ((_, reason),) = report.unreadable
    assert "200 MB, more than the 150 MB" in reason
    (folder / "small.txt").write_text("閉会")
    assert len(run(folder, reading=InProcessReader(Limits(most_bytes=100))).unreadable) == 2


def test_a_path_that_does_not_exist_is_named_before_anything_is_done(run, searcher, folder):
    """A wrong path fails the command; nothing of the other paths was ingested."""
    with pytest.raises(SourceError, match="nowhere does not exist: check the path"):
        run(folder, folder / "nowhere")
    assert searcher().documents() == []


@pytest.mark.parametrize(
    "files", [{}, {"a.mp3": b"ID3", "b.pdf": b""}], ids=["empty", "unreadable"]
)
def test_a_folder_where_nothing_can_be_read_says_what_can(run, tmp_path, files):
    """An empty folder, and one of bad files only, fail with the formats that are read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(SourceError, match=r"nothing in .*documents could be read.*Word"):
        run(folder)


def test_a_folder_where_nothing_can_be_read_does_not_stop_the_other(
    run, searcher, folder, tmp_path
):
    """The readable folder is ingested and published before the other one is complained of."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SourceError, match=r"nothing in .*empty"):
        run(folder, empty)
    assert list(documents(searcher())) == ["good.txt"]


def test_a_device_is_refused(run):
    """What is neither a file nor a folder is named."""
    with pytest.raises(SourceError, match="/dev/null is neither a file nor a folder"):
        run(Path("/dev/null"))


@contextmanager
def without_privileges():
    """Be a user who may not read everything, where the tests are run by one who may."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_files_and_folders_without_permission_are_named(run, folder, tmp_path, tiny_embedder):
    """A file and a folder that this user may not read are named; the others are ingested."""
    run(folder)  # loads what root alone may load
    (folder / "secret.txt").write_text(MINUTES.format(number=2))
    (folder / "secret.txt").chmod(0)
    (folder / "closed").mkdir(mode=0)
    mine = tmp_path / "mine"
    mine.mkdir()
    mine.chmod(0o777)
    base = Path(tempfile.gettempdir())
    for parent in [tmp_path, *tmp_path.parents]:
        if base in parent.parents:
            parent.chmod(0o755)
    with without_privileges(), Writer.open(mine, tiny_embedder) as writer:
        report = ingest([folder], index=writer)
        assert report.added == 1
        assert report.unreadable == (
            ("secret.txt", "no permission to read it: let this user read it"),
            ("closed", "no permission to read it: let this user read it"),
        )
        with pytest.raises(SourceError, match="closed: no permission to read it"):
            ingest([folder / "closed"], index=writer)
    (folder / "closed").chmod(0o755)


def test_permission_that_comes_back_mends_the_document(run, folder, monkeypatch):
    """A file that could not be opened once is tried again, and a known text is not touched."""
    run(folder)
    opened = Path.open

    def refused(path, *args, **kwargs):
        if path.name in {"good.txt", "new.txt"}:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *args, **kwargs)

    (folder / "new.txt").write_text(MINUTES.format(number=2))
    (folder / "third.txt").write_text(MINUTES.format(number=3))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refused)
        assert len(run(folder).unreadable) == 2
    report = run(folder)
    assert (report.unchanged, report.replaced, report.unreadable) == (2, 1, ())


def test_a_full_disk_is_told_and_the_index_stays(run, searcher, folder, monkeypatch):
    """When the disk is full the error says what to do, and the published index is as before."""
    run(folder)
    (folder / "new.txt").write_text(MINUTES.format(number=2))

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("index.generation.generation.build", full)
        with pytest.raises(StorageError, match="free space"):
            run(folder)
    assert list(documents(searcher())) == ["good.txt"]
    run(folder)
    assert sorted(documents(searcher())) == ["good.txt", "new.txt"]


def test_a_document_that_nobody_foresaw_does_not_stop_the_others(run, folder, monkeypatch):
    """Where a parser itself breaks on a document, that one is named and the others go on."""
    understood = in_process.understand

    def breaking(source, document, digest):
        if document == "odd.txt":
            raise IndexError
        if document == "deep.txt":
            raise RecursionError
        return understood(source, document, digest)

    monkeypatch.setattr(in_process, "understand", breaking)
    for name in ("odd.txt", "deep.txt"):
        (folder / name).write_text(MINUTES.format(number=2))
    report = run(folder)
    assert report.added == 1
    assert dict(report.unreadable) == {
        "deep.txt": "it is nested too deeply or too large to be read: split it, or save it anew",
        "odd.txt": "it could not be understood (IndexError): save it anew as PDF",
    }


def test_a_pdf_with_a_password_among_others_is_named(run, folder):
    """An encrypted PDF is named with what to do; the others are ingested."""
    path = write_minutes(folder / "secret.pdf", ["○会長　開会します。"])
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)
    ((name, reason),) = run(folder).unreadable
    assert name == "secret.pdf"
    assert "needs a password: save a copy without one" in reason
