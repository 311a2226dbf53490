"""Zips: each file in one is a document of its own; what is refused is named with its reason."""

import stat
import struct
import tempfile
import unicodedata
import zipfile

import pytest

from ingest.isolation.in_process import InProcessReader
from ingest.limits import Limits
from tests.ingest.making import write_minutes, write_word
from tests.ingest.test_pipeline import MINUTES

FIRST, SECOND = MINUTES.format(number=1), MINUTES.format(number=2)


@pytest.fixture(autouse=True)
def unpacking(tmp_path, monkeypatch):
    """Give the folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path):
    """Give an empty folder for documents."""
    root = tmp_path / "documents"
    root.mkdir()
    return root


def write_zip(path, entries, **options):
    """Write a zip; keys of ``entries`` are names or ZipInfos."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def unflagged(path, name, coded):
    """Change a name of ASCII in a zip to the bytes ``coded`` of the same length."""
    assert len(name) == len(coded)
    path.write_bytes(path.read_bytes().replace(name.encode(), coded))


def test_each_file_in_a_zip_is_a_document(run, documents, folder, unpacking):
    """Known by the zip's name and its own path in it; the PDF among them has pages."""
    pdf = write_minutes(folder.parent / "c.pdf", FIRST.splitlines()).read_bytes()
    write_zip(
        folder / "archive.zip",
        {"a.txt": FIRST, "old/b.txt": SECOND, "old/c.pdf": pdf, "empty/": ""},
    )
    assert run(folder).added == 3
    held = documents()
    assert sorted(held) == ["archive.zip/a.txt", "archive.zip/old/b.txt", "archive.zip/old/c.pdf"]
    assert held["archive.zip/old/b.txt"].date.month == 2
    assert held["archive.zip/old/c.pdf"].pages == 1
    assert list(unpacking.iterdir()) == []


def test_a_zip_can_be_named_by_itself(run, documents, folder):
    """`kiroku ingest archive.zip` has the same names as the folder in which it lies."""
    path = write_zip(folder / "archive.zip", {"a.txt": FIRST})
    assert run(path).added == 1
    assert list(documents()) == ["archive.zip/a.txt"]
    assert run(folder).unchanged == 1


def test_a_changed_zip_reads_anew_only_what_changed_in_it(run, documents, folder):
    """Each file in it is told apart by its own bytes; one that is gone stays until pruned."""
    path = write_zip(folder / "archive.zip", {"a.txt": FIRST, "b.txt": SECOND})
    run(folder)
    assert run(folder).unchanged == 2
    write_zip(path, {"a.txt": FIRST, "c.txt": SECOND + "付記\n"}, compresslevel=1)
    report = run(folder)
    assert (report.added, report.unchanged, report.removed) == (1, 1, 0)
    assert "archive.zip/b.txt" in documents()
    assert run(path, prune=True).removed == 1
    path.unlink()
    (folder / "a.txt").write_text(FIRST)
    assert run(folder, prune=True).removed == 2
    assert list(documents()) == ["a.txt"]


def test_zips_of_one_name_in_two_folders_keep_both(run, documents, folder, tmp_path):
    """A file of one name in both is two documents, run after run."""
    other = tmp_path / "other"
    other.mkdir()
    for place, text in ((folder, FIRST), (other, SECOND)):
        write_zip(place / "archive.zip", {"a.txt": text})
    assert run(folder, other).added == 2
    assert run(folder, other).unchanged == 2
    assert sorted(documents()) == ["archive.zip/a.txt", "other/archive.zip/a.txt"]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_names_without_the_utf8_mark_are_read(run, documents, folder, encoding):
    """What Windows and macOS put into zips has its Japanese name."""
    name = "表示/ソ議事録.txt"  # the second bytes of 表 and ソ in CP932 are backslashes
    coded = name.encode(encoding)
    path = write_zip(folder / "archive.zip", {"x" * len(coded): FIRST})
    unflagged(path, "x" * len(coded), coded)
    run(folder)
    assert list(documents()) == [f"archive.zip/{name}"]


def test_names_in_a_zip_are_composed_and_have_forward_slashes(run, documents, folder):
    """Decomposed names of macOS and separators of Windows are one spelling."""
    name = unicodedata.normalize("NFD", "./第5回\\ガイド.txt")
    write_zip(folder / "archive.zip", {name: FIRST})
    run(folder)
    assert list(documents()) == [f"archive.zip/第5回/{unicodedata.normalize('NFC', 'ガイド')}.txt"]


def test_what_is_no_document_in_a_zip_is_passed_over(run, documents, folder):
    """Hidden files, lock files and macOS's own folder are not looked at."""
    names = ["__MACOSX/._a.txt", ".hidden/a.txt", "~$a.docx", "Thumbs.db", ".DS_Store", "a.txt"]
    write_zip(folder / "archive.zip", dict.fromkeys(names, FIRST))
    run(folder)
    assert list(documents()) == ["archive.zip/a.txt"]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "..\\evil.txt"]
)
def test_a_name_that_leads_out_of_the_zip_is_refused(run, documents, folder, name):
    """It is listed with its reason; the files beside it are ingested, and nothing is written."""
    write_zip(folder / "archive.zip", {name: FIRST, "good.txt": SECOND})
    before = sorted(folder.parent.rglob("*"))
    ((document, why),) = run(folder).unreadable
    assert document.startswith("archive.zip/")
    assert document.endswith("evil.txt")
    assert "leads out of the zip" in why
    held = documents()
    assert held["archive.zip/good.txt"].readable
    assert held[document].warnings == (why,)
    assert [path for path in folder.parent.rglob("evil*") if path not in before] == []


def link(name):
    """Return the entry of a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def locked(path):
    """Mark the entries of a zip as encrypted, in both places."""
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    path.write_bytes(content)


def test_links_in_a_zip_are_refused(run, folder):
    """Each is named with what to do, and a file that no reader knows with its own reason."""
    entries = {link("link.txt"): "/etc/passwd", "a.bin": bytes(range(256)) * 9}
    write_zip(folder / "archive.zip", {**entries, "good.txt": FIRST})
    report = run(folder)
    told = dict(report.unreadable)
    assert "a link or a device" in told["archive.zip/link.txt"]
    assert "are not read" in told["archive.zip/a.bin"]
    assert report.added == 1


def packed(tmp_path, entries):
    """Return the bytes of a zip."""
    return write_zip(tmp_path / "packed.zip", entries).read_bytes()


def test_a_zip_in_a_zip_is_read(run, documents, folder, tmp_path, unpacking):
    """Its files are known by the path through both; a second run finds them unchanged."""
    inner = packed(tmp_path, {"a.txt": FIRST, "old/b.txt": SECOND})
    write_zip(folder / "archive.zip", {"inner.zip": inner, "z.txt": MINUTES.format(number=3)})
    assert run(folder).added == 3
    assert sorted(documents()) == [
        "archive.zip/inner.zip/a.txt",
        "archive.zip/inner.zip/old/b.txt",
        "archive.zip/z.txt",
    ]
    assert documents()["archive.zip/inner.zip/old/b.txt"].date.month == 2
    assert run(folder, prune=True).unchanged == 3
    assert list(unpacking.iterdir()) == []


def test_a_zip_three_deep_is_named(run, folder, tmp_path):
    """It is said what to do; what lies beside it is read."""
    innermost = packed(tmp_path, {"a.txt": FIRST})
    inner = packed(tmp_path, {"deep.zip": innermost, "b.txt": SECOND})
    write_zip(folder / "archive.zip", {"inner.zip": inner})
    report = run(folder)
    assert report.added == 1
    ((document, why),) = report.unreadable
    assert document == "archive.zip/inner.zip/deep.zip"
    assert "take the zip out, and ingest it by itself" in why


def test_the_limits_hold_for_all_that_is_packed_in_one_zip(run, folder, tmp_path):
    """Many small zips in a zip count together: the one that goes beyond the limit is named."""
    inner = packed(tmp_path, {"a.txt": FIRST, "b.txt": SECOND})
    write_zip(folder / "archive.zip", {"1.zip": inner, "2.zip": inner, "c.txt": FIRST + SECOND})
    report = run(folder, reading=InProcessReader(Limits(most_entries=6)))
    assert report.added == 3
    ((document, why),) = report.unreadable
    assert document == "archive.zip/2.zip"
    assert "there are 7 files in the zip, more than 6" in why


def test_a_broken_zip_in_a_zip_is_named(run, folder):
    """The files beside it are read."""
    write_zip(folder / "archive.zip", {"inner.zip": b"PK no zip at all", "a.txt": FIRST})
    report = run(folder)
    assert report.unreadable == (
        ("archive.zip/inner.zip", "the zip is broken, or is none: pack it anew"),
    )
    assert report.added == 1


def test_a_zip_is_known_by_its_content(run, documents, folder):
    """Whatever it is called; and a Word file that is called a zip is a Word file."""
    write_zip(folder / "archive.bak", {"a.txt": FIRST})
    write_word(folder / "minutes.zip", lambda word: word.add_paragraph("本日は閉会します。"))
    assert run(folder).added == 2
    assert sorted(documents()) == ["archive.bak/a.txt", "minutes.zip"]


def test_a_directory_without_end_is_not_opened(run, folder):
    """A zip whose list of files would fill the memory is refused by its size."""
    (folder / "good.txt").write_text(SECOND)
    path = write_zip(folder / "archive.zip", {f"{number:0200}.txt": "" for number in range(20)})
    report = run(folder, reading=InProcessReader(Limits(most_entries=4)))
    assert "there are 20 files in the zip, more than 4" in report.unreadable[0][1]
    assert path.exists()


def test_a_file_with_a_password_in_a_zip_is_named(run, folder):
    """What to do is said, as for a PDF with a password."""
    (folder / "good.txt").write_text(SECOND)
    locked(write_zip(folder / "archive.zip", {"a.txt": FIRST}))
    told = dict(run(folder).unreadable)
    assert told == {"archive.zip/a.txt": "it needs a password: save a copy without one"}


def test_a_file_packed_in_an_unusual_way_is_named(run, folder):
    """Only what can be unpacked in bounded pieces is."""
    (folder / "good.txt").write_text(SECOND)
    with zipfile.ZipFile(folder / "archive.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", FIRST)
    assert "pack it anew as an ordinary zip" in run(folder).unreadable[0][1]


def test_a_bomb_is_not_unpacked(run, folder):
    """A file that grows out of all measure is refused by what the zip says of it."""
    write_zip(folder / "archive.zip", {"bomb.txt": b" " * 11_000_000, "good.txt": FIRST})
    report = run(folder)
    assert report.unreadable == (
        ("archive.zip/bomb.txt", "it unpacks to 11 MB from next to nothing: not read"),
    )
    assert report.added == 1


def test_a_zip_that_lies_about_sizes_is_not_believed(run, folder, unpacking):
    """Where more comes out than the zip says, the file is named as broken."""
    path = write_zip(folder / "archive.zip", {"a.txt": FIRST * 100, "good.txt": FIRST})
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02") + 24
    path.write_bytes(content[:at] + struct.pack("<I", 100) + content[at + 4 :])
    report = run(folder)
    assert report.unreadable == (
        ("archive.zip/a.txt", "it is broken in the zip: pack the zip anew"),
    )
    assert report.added == 1
    assert list(unpacking.iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(most_entries=1), "there are 2 files in the zip, more than 1"),
        (Limits(most_unpacked=300), "the zip unpacks to 0 MB, more than"),
    ],
)
def test_a_zip_of_too_much_is_one_document_that_cannot_be_read(run, folder, limits, told):
    """Too many files, or too many bytes: the zip is named, and what to do."""
    (folder / "good.txt").write_text(FIRST)
    write_zip(folder / "archive.zip", {"a.txt": FIRST, "b.txt": SECOND})
    report = run(folder, reading=InProcessReader(limits))
    ((document, why),) = report.unreadable
    assert (document, report.added) == ("archive.zip", 1)
    assert told in why
    assert "split it" in why


def test_a_file_in_a_zip_that_is_too_large_is_named(run, folder):
    """The bound on a file holds for what it is unpacked to."""
    write_zip(folder / "archive.zip", {"a.txt": FIRST * 9, "b.txt": SECOND})
    report = run(folder, reading=InProcessReader(Limits(most_bytes=1_000)))
    assert [document for document, _ in report.unreadable] == ["archive.zip/a.txt"]
    assert report.added == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"no zip at all"])
def test_a_broken_zip_is_one_document_with_a_reason_until_it_is_mended(
    run, documents, folder, content
):
    """It is tried again at every run, keeps what was read of it before, and goes once mended."""
    (folder / "good.txt").write_text(SECOND)
    path = write_zip(folder / "archive.zip", {"a.txt": FIRST})
    run(folder)
    whole = path.read_bytes()
    path.write_bytes(content)
    report = run(folder, prune=True)
    assert report.unreadable == (("archive.zip", "the zip is broken, or is none: pack it anew"),)
    assert sorted(documents()) == ["archive.zip", "archive.zip/a.txt", "good.txt"]
    path.write_bytes(whole)
    assert run(folder).unchanged == 2
    assert sorted(documents()) == ["archive.zip/a.txt", "good.txt"]


def test_a_zip_with_nothing_in_it_is_named(run, folder):
    """An empty zip is a document that cannot be read, not silence."""
    (folder / "good.txt").write_text(FIRST)
    write_zip(folder / "archive.zip", {})
    assert run(folder).unreadable == (("archive.zip", "there is no file in the zip"),)


def test_a_word_file_is_no_archive(run, documents, folder):
    """Formats that are zips themselves are read as what they are."""
    write_zip(folder / "sheet.xlsx", {"xl/workbook.xml": "<workbook/>"})
    (folder / "good.txt").write_text(FIRST)
    assert len(run(folder).unreadable) == 1
    assert sorted(documents()) == ["good.txt", "sheet.xlsx"]
