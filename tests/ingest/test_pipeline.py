"""From paths to a published index: what is added, replaced, left, removed, and under which name."""

import io
import os
import unicodedata

import pytest
from rich.console import Console

from index.errors import SourceError
from index.passage import DocumentId
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from ingest import reader_versions
from ingest.intake.retry import can_be_read_now
from ingest.ocr import page as ocr
from ingest.outcome import Outcome
from ingest.pipeline import ingest
from ingest.progress import PlainProgress, ProgressBar, choose_progress
from tests.index.making import CharacterEmbedder
from tests.ingest.readers.test_image import drawn

MINUTES = """第{number}回北浜市文化審議会 議事録

日時 令和5年{number}月10日

○会長　これより会議を開きます。図書館の開館時間について、御意見はありますか。
○谷委員　夜間の開館を週に二日とすることはできませんか。
○館長　職員の配置を見直したうえで、来年度から週に二日とする考えであります。
○会長　本日はこれで閉会します。
"""


class Recorder:
    """Keeps what it is told of the files."""

    def __init__(self):
        self.total = 0
        self.told = []
        self.finished = False

    def start(self, total):
        """Keep the number of files."""
        self.total = total

    def file(self, document, outcome, reason=None):
        """Keep the outcome."""
        self.told.append((document, outcome, reason))

    def finish(self):
        """Keep that it ended."""
        self.finished = True


@pytest.fixture
def folder(tmp_path):
    """Give a folder of three minutes, one in a folder below."""
    root = tmp_path / "documents"
    (root / "old").mkdir(parents=True)
    for number, name in enumerate(["a.txt", "b.txt", "old/c.txt"], start=1):
        (root / name).write_text(MINUTES.format(number=number))
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
def documents(data, tiny_embedder):
    """Give a function that returns the published documents by name."""

    def published():
        searcher = Searcher.open(data, tiny_embedder)
        return {str(document.document): document for document in searcher.documents()}

    return published


def test_a_folder_is_ingested_with_names_relative_to_it(run, documents, folder):
    """All files below a folder become documents, named by their path in it."""
    report = run(folder)
    assert (report.added, report.replaced, report.unchanged, report.removed) == (3, 0, 0, 0)
    assert report.passages > 0
    assert report.unreadable == ()
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt"]


def test_what_was_ingested_is_found(run, data, tiny_embedder, folder):
    """After an ingest a search finds the words that were said, and who said them."""
    run(folder)
    hits = Searcher.open(data, tiny_embedder).search(Query("夜間の開館を週に二日")).hits
    assert "週に二日" in hits[0].passage.text


def test_unchanged_files_are_left_alone(run, data, tiny_embedder, folder):
    """A second run reads nothing anew and publishes nothing."""
    run(folder)
    before = Searcher.open(data, tiny_embedder).generation
    report = run(folder)
    assert (report.added, report.replaced, report.unchanged) == (0, 0, 3)
    assert report.passages == 0
    assert Searcher.open(data, tiny_embedder).generation == before


def test_a_changed_file_replaces_its_document(run, documents, folder):
    """Only the file that changed is read anew; its date is the new one."""
    run(folder)
    (folder / "a.txt").write_text(MINUTES.format(number=9))
    report = run(folder)
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 2)
    assert documents()["a.txt"].date.month == 9


def test_a_new_version_of_the_parsers_reads_all_anew(run, folder, monkeypatch):
    """When the readers change, unchanged files are read again."""
    run(folder)
    monkeypatch.setattr(reader_versions, "ALL", 99)
    assert run(folder).replaced == 3


def test_files_that_are_gone_stay_until_pruned(run, documents, folder):
    """A deleted file's document stays in the index; with prune it is removed."""
    run(folder)
    (folder / "b.txt").unlink()
    assert run(folder).removed == 0
    assert "b.txt" in documents()
    assert run(folder, prune=True).removed == 1
    assert sorted(documents()) == ["a.txt", "old/c.txt"]


def test_pruning_a_folder_leaves_other_folders_alone(run, documents, folder, tmp_path):
    """Only documents below the folder that is ingested are pruned."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text(MINUTES.format(number=4))
    run(folder, other)
    (other / "x.txt").unlink()
    (folder / "a.txt").unlink()
    assert run(folder, prune=True).removed == 1
    assert sorted(documents()) == ["b.txt", "old/c.txt", "x.txt"]


def test_pruning_an_emptied_folder_is_no_error(run, documents, folder):
    """When the last files of a folder are gone, prune removes their documents."""
    run(folder)
    for path in folder.rglob("*.txt"):
        path.unlink()
    assert run(folder, prune=True).removed == 3
    assert documents() == {}


def test_a_file_by_itself_keeps_the_name_it_has(run, documents, folder):
    """A file that is known from its folder keeps that name when it is ingested by itself."""
    run(folder)
    (folder / "old" / "c.txt").write_text(MINUTES.format(number=8))
    assert run(folder / "old" / "c.txt").replaced == 1
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt"]


def test_a_file_that_is_new_is_named_by_itself(run, documents, folder):
    """A file that no folder brought in is known by its file name."""
    run(folder / "old" / "c.txt")
    assert list(documents()) == ["c.txt"]


def test_a_folder_inside_a_known_one_keeps_the_names(run, documents, folder):
    """Ingesting a folder below makes no second documents of the same files."""
    run(folder)
    assert run(folder / "old").unchanged == 1
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt"]


def test_two_folders_with_the_same_file_name_keep_both(run, documents, folder, tmp_path):
    """A name that another folder's file has is prefixed with the folder's own, for good."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(MINUTES.format(number=7))
    run(folder)
    assert run(other).added == 1
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt", "other/a.txt"]
    assert run(other).unchanged == 1
    (other / "a.txt").unlink()
    assert run(other, prune=True).removed == 1


def test_a_folder_that_moved_keeps_its_names(run, documents, folder):
    """Files that lie elsewhere with the same content are the same documents."""
    run(folder)
    moved = folder.rename(folder.parent / "moved")
    assert run(moved).added == 0
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt"]
    assert run(moved).unchanged == 3


def test_the_same_file_named_twice_is_read_once(run, folder):
    """A folder and a file in it on one command line do not double the file."""
    assert run(folder / "a.txt", folder, folder / "old").added == 3


def test_what_is_no_document_is_passed_over(run, folder):
    """Hidden files, lock files, system files and links out of the folder are not looked at."""
    for name in [".hidden.txt", "~$a.docx", ".DS_Store", "Thumbs.db"]:
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("x")
    outside = folder.parent / "outside.txt"
    outside.write_text(MINUTES.format(number=6))
    (folder / "link.txt").symlink_to(outside)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    recorder = Recorder()
    assert run(folder, progress=recorder).added == 3
    assert recorder.total == 3


def test_the_data_folder_is_passed_over(run, folder, data):
    """An index that lies in the ingested folder is no document; by itself it is refused."""
    run(folder)
    data.rename(folder / "kiroku")
    recorder = Recorder()
    with pytest.raises(SourceError, match="kiroku is a data folder of Kiroku: name the folder of"):
        run(folder, folder / "kiroku")
    run(folder, progress=recorder)
    assert recorder.total == 3


def test_names_that_are_not_utf8_are_read_as_cp932(run, documents, folder):
    """What unpacking an old archive left on the disk has its Japanese name, at every run."""
    name = "会議録.txt"
    with open(os.fsencode(folder) + b"/" + name.encode("cp932"), "w") as file:  # noqa: PTH123 (bytes)
        file.write(MINUTES.format(number=4))
    run(folder)
    assert name in documents()
    assert run(folder, prune=True).unchanged == 4


def test_names_are_composed(run, documents, tmp_path):
    """A name that macOS wrote decomposed is the composed one, and the same one the next time."""
    folder = tmp_path / "documents"
    folder.mkdir()
    name = unicodedata.normalize("NFD", "第5回ガイド.txt")
    (folder / name).write_text(MINUTES.format(number=5))
    run(folder)
    assert list(documents()) == [unicodedata.normalize("NFC", name)]
    assert run(folder, prune=True).unchanged == 1


def test_nothing_is_published_when_it_is_interrupted(run, documents, folder):
    """Ctrl-C in the middle leaves the index as it was, and the next run completes it."""
    run(folder)

    class Interrupted(Recorder):
        def file(self, document, outcome, reason=None):
            super().file(document, outcome, reason)
            raise KeyboardInterrupt

    for number in range(4, 9):
        (folder / f"{number}.txt").write_text(MINUTES.format(number=number))
    interrupted = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        run(folder, progress=interrupted)
    assert interrupted.finished
    assert sorted(documents()) == ["a.txt", "b.txt", "old/c.txt"]
    run(folder)
    assert len(documents()) == 8


def test_progress_tells_each_file_once(run, folder):
    """Every file is told once, with its outcome, and the end is told."""
    (folder / "empty.txt").write_text("")
    recorder = Recorder()
    run(folder, progress=recorder)
    assert recorder.finished
    assert recorder.total == 4
    assert sorted((name, outcome) for name, outcome, _ in recorder.told) == [
        ("a.txt", Outcome.ADDED),
        ("b.txt", Outcome.ADDED),
        ("empty.txt", Outcome.UNREADABLE),
        ("old/c.txt", Outcome.ADDED),
    ]


def test_plain_lines_name_what_changed_and_why_not(run, folder):
    """Without a terminal each changed or unreadable file is one line, unchanged ones none."""
    (folder / "b [1].pdf").write_bytes(b"")
    console = Console(file=io.StringIO(), width=20)
    run(folder, progress=PlainProgress(console))
    assert console.file.getvalue().splitlines() == [
        "4 files",
        "added: a.txt",
        "not read: b [1].pdf: the file is empty: save the document anew",
        "added: b.txt",
        "added: old/c.txt",
    ]
    again = Console(file=io.StringIO())
    (folder / "b [1].pdf").unlink()
    run(folder, progress=PlainProgress(again))
    assert again.file.getvalue().splitlines() == ["3 files"]


def test_a_terminal_gets_a_bar_that_leaves_only_the_faults(run, folder):
    """On a terminal a bar is shown; when it is gone the files that could not be read remain."""
    (folder / "empty.txt").write_text("")
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    progress = choose_progress(console)
    assert isinstance(progress, ProgressBar)
    run(folder, progress=progress)
    assert "not read: empty.txt: the file is empty" in console.file.getvalue()
    assert isinstance(choose_progress(Console(file=io.StringIO())), PlainProgress)


def test_many_documents_are_embedded_in_batches(data, folder):
    """Passages are handed to the embedder many at a time, not document by document."""

    class Counting(CharacterEmbedder):
        calls = 0

        def embed_passages(self, texts):
            self.calls += 1
            return super().embed_passages(texts)

    for number in range(100):
        (folder / f"{number:03}.txt").write_text(
            MINUTES.format(number=number % 12 + 1) + f"資料{number}\n"
        )
    embedder = Counting()
    with Writer.open(data, embedder) as writer:
        report = ingest([folder], index=writer)
    assert report.added == 103
    assert embedder.calls <= report.passages / 64


def test_a_warning_of_the_file_is_a_warning_of_the_document(run, documents, folder):
    """What a reader warns of stands in the documents, and is counted."""
    (folder / "a.txt").write_bytes(MINUTES.format(number=1).encode() * 3 + b"\xff\xff")
    report = run(folder)
    assert report.warnings >= 1
    assert any("could not be decoded" in text for text in documents()[DocumentId("a.txt")].warnings)


def test_what_needs_a_program_is_read_once_it_is_installed(run, documents, folder, monkeypatch):
    """Its bytes have not changed; as long as the program is missing nothing is tried again."""
    if ocr.installed_engines() is None:
        pytest.skip("no OCR engine is installed")
    drawn().save(folder / "scan.png")
    with monkeypatch.context() as without:
        without.setattr("ingest.ocr.page._ENGINES", ())
        for _ in range(2):
            assert "apt-get install tesseract-ocr" in dict(run(folder).unreadable)["scan.png"]
        scan = documents()["scan.png"]
        assert not can_be_read_now(scan)
    assert can_be_read_now(scan)
    report = run(folder)
    assert (report.unreadable, report.replaced) == ((), 1)
    assert run(folder).replaced == 0
