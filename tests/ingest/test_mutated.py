"""Files that were damaged at random do no harm: to the run, to the others, to the disk."""

import re
from pathlib import Path

import pytest

from index.writing import Writer
from ingest.limits import Limits
from ingest.pipeline import ingest
from ingest.reading_apart import ReadingApart
from tests.ingest import mutating

FILES = 30
"""Of each format here; ``benchmarks/mutated.py`` tries thousands."""
LIMITS = Limits(seconds=30.0)
_NOT_FOR_PEOPLE = re.compile(r"/(?:tmp|work|home|root|usr)/|Traceback|\.py\b|\n")
_NEIGHBOURS = ("0.txt", "~.txt")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Give a folder in which all happens, the temporary files of this process included."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def ingested(place, name, content, embedder, files):
    """Ingest damaged copies of ``content`` between two whole files; return what came of them."""
    documents = place / "documents"
    documents.mkdir()
    draw = mutating.draw_from(name)
    stem, _, suffix = name.rpartition(".")
    for number in range(files):
        copy = documents / f"{stem}{number:05d}.{suffix}"
        copy.write_bytes(mutating.mutated(content, draw))
    for neighbour in _NEIGHBOURS:
        (documents / neighbour).write_text("\n".join((*mutating.TEXT, neighbour)))
    before = set(place.rglob("*"))
    with Writer.open(place / "data", embedder) as index, ReadingApart(LIMITS) as reading:
        report = ingest([documents], index=index, reading=reading)
        held = index.documents()
        words = {found: "".join(p.text for p in index.passages(found)) for found in held}
    written = {path for path in place.rglob("*") if path not in before}
    assert not [path for path in written if (place / "data") not in (path, *path.parents)]
    assert not list(Path("/").glob(mutating.OUTSIDE))
    copies = {f"{stem}{number:05d}.{suffix}" for number in range(files)}
    return report, held, words, copies


def check(place, name, content, embedder, files=FILES):
    """Check that each is read or named with a reason, that the whole ones are read as ever."""
    report, held, words, copies = ingested(place, name, content, embedder, files)
    for neighbour in _NEIGHBOURS:
        assert held[neighbour].readable
        assert words[neighbour].endswith(neighbour)
    for document in held.values():
        assert document.readable or document.warnings
        for told in document.warnings:
            assert told.strip()
            assert not _NOT_FOR_PEOPLE.search(told), told
    known = {found.split("/")[0] for found in held}
    known |= {copy for document in held.values() for copy in getattr(document, "copies", ())}
    assert copies <= known
    for _, why in report.unreadable:
        assert "ended the process" not in why
        assert "took more than" not in why


@pytest.mark.parametrize("name", sorted(mutating.seeds()))
def test_damaged_files_are_read_or_named_and_harm_nobody(name, place, tiny_embedder):
    """No process dies of one, none takes for ever, nothing is written anywhere else."""
    check(place, name, mutating.seeds()[name], tiny_embedder)


def test_damaged_pdfs_are_read_or_named_and_harm_nobody(place, tiny_embedder):
    """The same for PDF, whose libraries are given to hanging."""
    (content,) = mutating.pdf_seeds(place).values()
    check(place, "minutes.pdf", content, tiny_embedder, 3 * FILES)


@pytest.mark.parametrize("name", sorted(mutating.picture_seeds()))
def test_damaged_pictures_are_read_or_named_and_harm_nobody(name, place, tiny_embedder):
    """The same for pictures."""
    check(place, name, mutating.picture_seeds()[name], tiny_embedder, FILES // 3)
