"""Formats that LibreOffice converts; most of the files are written by hand."""

import os
import shutil
import subprocess
import sys
import zipfile

import docx
import pytest

from index.errors import ReadingError
from index.passage import DocumentId
from ingest.isolation.worker_pool import WorkerPool
from ingest.limits import Limits
from ingest.readers.find import read_source
from tests.ingest.isolation.compound import write_compound

pytestmark = pytest.mark.slow

SPEECH = "○議長（南条一郎君）　これより会議を開きます。"
_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(_PROGRAM is None, reason="LibreOffice is not installed")


def write_open_document(path, kind, body):
    """Write an OpenDocument file by hand: of ``kind`` text, spreadsheet or presentation."""
    mime = f"application/vnd.oasis.opendocument.{kind}"
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "presentation", "manifest")
    )
    names += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    names += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr(
            "content.xml",
            f'<office:document-content{names} office:version="1.2"><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest{names}><manifest:file-entry manifest:media-type="{mime}" '
            'manifest:full-path="/"/><manifest:file-entry manifest:media-type="text/xml" '
            'manifest:full-path="content.xml"/></manifest:manifest>',
        )
    return path


def write_rtf(path, *paragraphs):
    """Write a file in RTF by hand: every character by its number."""
    escaped = ("".join(f"\\u{ord(letter)}?" for letter in text) for text in paragraphs)
    path.write_text("{\\rtf1\\ansi " + "".join(f"{text}\\par\n" for text in escaped) + "}")
    return path


@needs_libreoffice
def test_an_old_document_is_read_in_the_bounds_of_the_process_that_reads(tmp_path):
    """LibreOffice starts under the limits of that process; its own pages are not cited."""
    document = docx.Document()
    document.add_heading("第20回審議会", 1)
    document.add_paragraph(SPEECH)
    document.add_page_break()
    document.add_paragraph("閉会した。")
    document.save(str(tmp_path / "file.docx"))
    subprocess.run(
        [
            *(_PROGRAM, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "file.docx")),
        ],
        check=True,
        capture_output=True,
    )
    path = tmp_path / "file.doc"
    with WorkerPool(Limits()) as reading:
        read, passages = reading.read(path, DocumentId("file.doc"), "0" * 64)
    assert SPEECH in "\n".join(passage.text for passage in passages)
    assert read.pages is None
    assert all(passage.page is None for passage in passages)


@needs_libreoffice
def test_an_old_table_keeps_its_rows(tmp_path):
    """The rows of a sheet have their cells and their places."""
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (["款", "金額"], ["土木費", "100"])
    )
    sheet = f'<table:table table:name="歳出">{rows}</table:table>'
    last = read_source(write_open_document(tmp_path / "a.ods", "spreadsheet", sheet)).lines[-1]
    assert last.cells == ("土木費", "100")
    assert (last.locator.sheet, last.locator.row) == ("歳出", 2)


@needs_libreoffice
def test_old_slides_keep_their_numbers(tmp_path):
    """A slide is cited by its number, and the file is known whatever it is called."""
    pages = "".join(
        f'<draw:page><draw:frame svg:width="10cm" svg:height="2cm"><draw:text-box><text:p>{text}'
        "</text:p></draw:text-box></draw:frame></draw:page>"
        for text in ("予算の概要", SPEECH)
    )
    path = write_open_document(tmp_path / "slides.doc", "presentation", pages)
    lines = read_source(path).lines
    assert (lines[0].text, lines[0].locator.slide) == ("予算の概要", 1)
    assert (lines[-1].text, lines[-1].locator.slide) == (SPEECH, 2)


@needs_libreoffice
def test_paragraphs_that_a_conversion_repeats_are_read_once(tmp_path):
    """The paragraphs of content controls come several times out of LibreOffice."""
    repeated = "本日の議題は予算である。"
    path = write_rtf(tmp_path / "file.rtf", SPEECH, repeated, repeated * 4, "はい。", "はい。")
    texts = [line.text for line in read_source(path).lines]
    assert texts == [SPEECH, repeated, "はい。", "はい。"]


@pytest.mark.skipif(sys.platform == "win32", reason="PATH is not all of the search there")
def test_without_libreoffice_the_message_says_what_to_install(tmp_path, monkeypatch):
    """Where LibreOffice is missing, the way out is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    path = write_rtf(tmp_path / "file.rtf", SPEECH)
    with pytest.raises(ReadingError, match=r"install it \(apt-get install libreoffice-writer"):
        read_source(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for the program is a script")
def test_a_file_that_libreoffice_cannot_convert_is_named(tmp_path, monkeypatch):
    """A conversion that leaves nothing behind is told, with another way out."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    path = write_rtf(tmp_path / "file.rtf", SPEECH)
    with pytest.raises(ReadingError, match=r"LibreOffice cannot read it.*save it as PDF"):
        read_source(path)


def test_a_file_with_a_password_says_so(tmp_path):
    """New formats with a password are OLE2 files; OpenDocument says it in its manifest."""
    path = write_compound(tmp_path / "file.xlsx", {"EncryptedPackage": b"x", "EncryptionInfo": b""})
    with pytest.raises(ReadingError, match="needs a password"):
        read_source(path)
    path = tmp_path / "file.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    with pytest.raises(ReadingError, match="needs a password"):
        read_source(path)


@pytest.mark.parametrize("name", ["file.doc", "file.xls"])
def test_a_broken_old_file_says_what_to_do(tmp_path, name):
    """An OLE2 file without a document in it is not given to LibreOffice."""
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ReadingError, match="save it anew"):
        read_source(path)
