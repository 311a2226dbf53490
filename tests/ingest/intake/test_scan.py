"""What lies in a folder: names of every kind, what is no document, and what leads elsewhere."""

import io
import json
import os
import socket

import pytest
from rich.console import Console

from cli.output import json_output
from cli.output.document_json import documents_json
from ingest.progress import PlainProgress
from tests.ingest.test_pipeline import MINUTES


@pytest.fixture
def folder(tmp_path):
    """Give a folder with one good file."""
    root = tmp_path / "documents"
    root.mkdir()
    (root / "good.txt").write_text(minutes(1))
    return root


def minutes(number):
    """Return minutes that differ from those of every other number."""
    return MINUTES.format(number=number % 12 + 1) + f"資料番号{number}\n"


ODD = {
    "a\nb.txt": rb"a\nb.txt",
    "a\r\x1b[2Jb.txt": rb"a\r\x1b[2Jb.txt",
    "a\u202etxt.fdp": rb"a\u202etxt.fdp",
    "\u2066a\u200b\ufeff.txt": rb"\u2066a\u200b\ufeff.txt",
    "[bold]a[bold].txt": b"[bold]a[bold].txt",
    " a .txt": b" a .txt",
    "-a.txt": b"-a.txt",
    "a\\b.txt": b"a\\b.txt",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_stored_as_they_are_and_shown_harmlessly(run, documents, folder, name):
    """In lines for people nothing moves the cursor or turns the line; JSON has the very name."""
    (folder / name).write_bytes(b"%PDF-1.7 broken" if name.endswith("fdp") else minutes(2).encode())
    console = Console(file=io.StringIO())
    run(folder, progress=PlainProgress(console))
    lines = console.file.getvalue().split("\n")
    told = [line for line in lines if ODD[name].decode() in line]
    assert len(told) == 1
    assert not any(char in console.file.getvalue() for char in "\r\x1b\u202e\u2066\u200b\ufeff")
    held = documents()
    assert name in held
    listed = json_output.dumps(documents_json(list(held.values()), {}))
    assert name in [entry["document"] for entry in json.loads(listed)["documents"]]
    assert "\n" not in listed
    again = run(folder, prune=True)
    assert (again.added, again.replaced, again.removed) == (0, 0, 0)


def test_bytes_that_are_no_text_are_a_name_all_the_same(run, documents, folder):
    """A name in no encoding at all is spelt out, in a folder of such a name, too."""
    inside = os.fsencode(folder) + b"/\xff\xfe"
    os.mkdir(inside)  # noqa: PTH102 (bytes)
    with open(inside + b"/\x80\xff.txt", "w") as file:  # noqa: PTH123 (bytes)
        file.write(minutes(2))
    assert run(folder).added == 2
    (name,) = set(documents()) - {"good.txt"}
    assert name == r"\xff\xfe/\x80\xff.txt"
    json_output.dumps(documents_json(list(documents().values()), {})).encode()
    assert run(folder, prune=True).unchanged == 2


def test_the_longest_names_are_documents(run, documents, folder):
    """As long as a file system allows, many folders deep."""
    deep = folder
    for level in range(12):
        deep /= f"{level}" + "長" * 80
    deep.mkdir(parents=True)
    name = "議" * 83 + ".txt"
    (deep / name).write_text(minutes(2))
    assert run(folder).added == 2
    assert any(document.endswith(name) for document in documents())
    assert run(folder, prune=True).unchanged == 2


def test_names_that_differ_by_case_are_two(run, documents, folder):
    """Where the file system tells them apart, the index does."""
    (folder / "GOOD.TXT").write_text(minutes(2))
    if len(list(folder.iterdir())) == 1:
        pytest.skip("this file system does not tell case apart")
    assert run(folder).added == 2
    assert sorted(documents()) == ["GOOD.TXT", "good.txt"]


def test_a_name_that_differs_by_composition_only_is_told(run, documents, folder):
    """Of two files whose names look the same one is read, and the other one is named."""
    composed, decomposed = "ガイド.txt", "カ\u3099イト\u3099.txt"
    (folder / composed).write_text(minutes(2))
    (folder / decomposed).write_text(minutes(3))
    report = run(folder)
    assert report.added == 2
    ((name, why),) = report.unreadable
    assert name == "ガイド (2).txt"
    assert "rename one of the two" in why
    assert run(folder, prune=True).unchanged == 2
    (folder / decomposed).unlink()
    assert run(folder, prune=True).removed == 1
    assert sorted(documents()) == ["good.txt", composed]


def test_what_is_no_file_and_what_leads_away_is_passed_over(run, documents, folder, tmp_path):
    """Sockets, pipes, loops of links, links to devices and to files outside are not looked at."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(minutes(2))
    (folder / "loop").symlink_to(folder / "loop2")
    (folder / "loop2").symlink_to(folder / "loop")
    (folder / "self").symlink_to(folder / "self" / "self")
    (folder / "up").symlink_to(folder.parent, target_is_directory=True)
    (folder / "away").symlink_to(outside, target_is_directory=True)
    (folder / "secret.txt").symlink_to(outside / "secret.txt")
    (folder / "null.txt").symlink_to("/dev/null")
    (folder / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    (folder / "fine.txt").symlink_to(folder / "good.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.txt"))
        assert run(folder).added == 1
    assert len(documents()) == 1


def test_what_systems_leave_behind_is_passed_over(run, documents, folder):
    """Whatever the case in which it is written; so is what is being fetched or copied."""
    left = ["~$good.docx", ".DS_Store", "Thumbs.db", "THUMBS.DB", "Desktop.ini", "._good.txt"]
    half = ["a.pdf.part", "a.pdf.CRDOWNLOAD", "a.pdf.filepart", "~WRD0001.tmp"]
    for name in (*left, *half):
        (folder / name).write_bytes(b"x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "a.txt").write_text(minutes(2))
    assert run(folder).added == 1
    assert list(documents()) == ["good.txt"]


NO_DOCUMENTS = {
    "sitting.mp3": (b"ID3\x04" + bytes(99), "a sound recording", "a transcript of it"),
    "sitting.m4a": (b"\x00\x00\x00\x20ftypM4A \x00", "a sound recording", "a transcript"),
    "sitting.wmv": (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(9), "recording", "minutes"),
    "sitting.mp4": (b"\x00\x00\x00\x18ftypmp42" + bytes(99), "a video", "its minutes"),
    "noise.wav": (b"RIFF\x24\x08\x00\x00WAVEfmt ", "a sound recording", "a transcript"),
    "old.lzh": (b"\x21\x9d-lh5-" + bytes(99), "an LZH archive", "pack it as a zip"),
    "old.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive", "unpack it"),
    "old.rar": (b"Rar!\x1a\x07\x01\x00", "a RAR archive", "unpack it"),
    "old.tgz": (b"\x1f\x8b\x08\x00" + bytes(99), "a gzip archive", "unpack it"),
    "named.pdf": (b"Rar!\x1a\x07\x01\x00", "a RAR archive", "unpack it"),
    "setup.exe": (b"MZ\x90\x00" + bytes(99), "a program", "documents only"),
    "mail.msg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Outlook's", "save it as .eml"),
    "all.mbox": (b"From a@example.jp Mon Apr 10\nFrom: a\n\n", "a mailbox", "one by one"),
    "Makefile.xyz": (bytes(range(256)) * 9, ".xyz files are not read", "save it as"),
}


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_what_is_no_document_is_named_once_with_what_to_do(run, documents, folder, name):
    """It says what the file is, in one line; the documents beside it are ingested."""
    content, *told = NO_DOCUMENTS[name]
    (folder / name).write_bytes(content)
    console = Console(file=io.StringIO())
    report = run(folder, progress=PlainProgress(console))
    assert report.added == 1
    lines = [line for line in console.file.getvalue().splitlines() if name in line]
    assert len(lines) == 1
    assert all(words in lines[0] for words in told)
    assert documents()[name].warnings == (report.unreadable[0][1],)
