"""Files are read in a process of its own: what goes wrong there is one document's fault."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import ReadingError, SourceError
from index.passage import DocumentId
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.faults import VanishedError
from ingest.isolation.in_process import read_document
from ingest.isolation.worker_pool import WorkerPool
from ingest.limits import Limits
from ingest.pipeline import ingest
from tests.ingest.test_pipeline import MINUTES

pytestmark = pytest.mark.slow

NAME = DocumentId("a.txt")
DIGEST = "0" * 64


@pytest.fixture
def file(tmp_path):
    """Give a file that can be read."""
    path = tmp_path / "a.txt"
    path.write_text(MINUTES.format(number=1))
    return path


@pytest.fixture
def endless(tmp_path):
    """Give a file on which reading waits for ever: a pipe that nobody writes to."""
    path = tmp_path / "endless.txt"
    os.mkfifo(path)
    return path


def workers():
    """Return the ids of the processes that read for this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = status.read_text().rpartition(")")[2].split()[1]
            words = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == os.getpid() and b"isolation.worker" in words:
            found.append(int(status.parent.name))
    return found


@contextmanager
def when_reading(path, act):
    """Call ``act`` with the id of each process that reads from the pipe, once it has begun to."""
    done = threading.Event()
    writing, seen = [], set()

    def wait():
        while not done.wait(0.01) and path.is_fifo():
            try:
                # held open, so that reading goes on waiting
                writing.append(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:  # nobody has opened it yet
                continue
            for pid in set(workers()) - seen:
                seen.add(pid)
                act(pid)

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        for pipe in writing:
            os.close(pipe)


@pytest.fixture(autouse=True)
def _listening_to_ctrl_c():
    """Take Ctrl-C also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def kill(pid):
    """End a process as the system does that has no memory left."""
    os.kill(pid, signal.SIGKILL)


def test_a_file_is_read_as_in_this_process(file):
    """Document and passages are the same, one file after the other, by one process."""
    with WorkerPool() as reading:
        assert reading.read(file, NAME, DIGEST) == read_document(file, NAME, DIGEST)
        first = workers()
        assert reading.read(file, NAME, DIGEST) == read_document(file, NAME, DIGEST)
        assert workers() == first
        assert len(first) == 1
    assert workers() == []


def test_no_process_is_started_for_nothing(file):
    """Where nothing is to be read, nothing is started."""
    with WorkerPool():
        assert workers() == []
    assert file.exists()


def test_faults_of_a_file_are_told_as_they_are(file):
    """What cannot be read, and what went away, have the reasons that reading here gives."""
    file.write_bytes(b"%PDF-1.7 broken")
    with WorkerPool() as reading:
        with pytest.raises(ReadingError, match="the PDF is broken"):
            reading.read(file, NAME, DIGEST)
        with pytest.raises(VanishedError, match="it went away"):
            reading.read(file.with_name("gone.txt"), NAME, DIGEST)
        assert len(workers()) == 1


def test_reading_that_does_not_end_is_ended(file, endless):
    """The reason says after how long; the next file is read by another process."""
    with WorkerPool(Limits(seconds=2.0)) as reading:
        reading.read(file, NAME, DIGEST)
        first = workers()
        with pytest.raises(ReadingError, match="reading it took more than 2 s: split it"):
            reading.read(endless, NAME, DIGEST)
        assert reading.read(file, NAME, DIGEST)[1]
        assert workers() != first
    assert workers() == []


def test_the_time_grows_with_the_file():
    """A thousand pages may take longer than one."""
    limits = Limits(seconds=100, seconds_a_megabyte=10)
    assert limits.seconds_for(0) == 100
    assert limits.seconds_for(20_000_000) == 300


def test_reading_that_takes_all_memory_is_a_fault_of_the_file(tmp_path, file):
    """It ends neither the run nor this process; the next file is read."""
    large = tmp_path / "large.txt"
    large.write_text("図書館は月曜日に休みます。\n" * 2_000_000)
    with WorkerPool(Limits(most_memory=300_000_000)) as reading:
        with pytest.raises(ReadingError, match=r"too large to be read: split it|ended the process"):
            reading.read(large, NAME, DIGEST)
        assert reading.read(file, NAME, DIGEST)[1]


def test_a_process_that_was_killed_once_is_no_fault_of_the_file(file, endless):
    """Another process tries again."""

    def kill_and_mend(pid):
        endless.unlink()
        endless.write_text(MINUTES.format(number=1))
        kill(pid)

    with WorkerPool() as reading, when_reading(endless, kill_and_mend):
        assert reading.read(endless, NAME, DIGEST) == reading.read(file, NAME, DIGEST)


def test_a_file_that_ends_the_process_again_and_again_is_named(tmp_path, endless, tiny_embedder):
    """The documents before and after it are ingested."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number, name in enumerate(["a.txt", "b.txt", "c.txt"], start=1):
        (folder / name).write_text(MINUTES.format(number=number))

    class Deadly(WorkerPool):
        """Reads b.txt where it is killed."""

        def read(self, path, document, digest):
            return super().read(endless if document == "b.txt" else path, document, digest)

    with (
        Writer.open(tmp_path / "data", tiny_embedder) as writer,
        Deadly(side_by_side=1) as reading,
        when_reading(endless, kill),
    ):
        report = ingest([folder], index=writer, reading=reading)
    assert report.added == 2
    assert report.unreadable == (
        ("b.txt", "reading it ended the process that read it: save it anew, or split it"),
    )
    held = Searcher.open(tmp_path / "data", tiny_embedder).documents()
    assert [document.readable for document in held] == [True, False, True]
    assert workers() == []


def test_files_are_read_side_by_side(file, endless):
    """One that takes long keeps no other from being read, and results keep their order."""
    with WorkerPool(side_by_side=2) as reading, ThreadPoolExecutor(1) as thread:
        long = thread.submit(reading.read, endless, NAME, DIGEST)
        assert reading.read(file, NAME, DIGEST) == read_document(file, NAME, DIGEST)
        assert not long.done()
        reading.stop()
        with pytest.raises(SourceError, match="reading was ended"):
            long.result()
    assert workers() == []


def test_ctrl_c_in_the_middle_of_an_ingest_ends_all_processes(tmp_path, endless, tiny_embedder):
    """What was there before is unchanged, and no process is left that reads on."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(MINUTES.format(number=number))

    class Slow(WorkerPool):
        """Reads the last file where reading does not end."""

        def read(self, path, document, digest):
            return super().read(endless if document == "3.txt" else path, document, digest)

    with (
        Writer.open(tmp_path / "data", tiny_embedder) as writer,
        when_reading(endless, lambda _: os.kill(os.getpid(), signal.SIGINT)),
        pytest.raises(KeyboardInterrupt),
        Slow() as reading,
    ):
        ingest([folder], index=writer, reading=reading)
    assert workers() == []
    assert Searcher.open(tmp_path / "data", tiny_embedder).documents() == []


def test_ctrl_c_ends_the_process(file, endless):
    """Nobody goes on reading, and the next file's text is not that of the one before."""
    with WorkerPool() as reading:
        with (
            when_reading(endless, lambda _: os.kill(os.getpid(), signal.SIGINT)),
            pytest.raises(KeyboardInterrupt),
        ):
            reading.read(endless, NAME, DIGEST)
        assert workers() == []
        assert reading.read(file, NAME, DIGEST) == read_document(file, NAME, DIGEST)
    assert workers() == []


def test_a_process_that_cannot_start_ends_the_run(file):
    """It is no fault of the file: nothing is noted of it."""
    with (
        WorkerPool(Limits(most_memory=10_000_000)) as reading,
        pytest.raises(SourceError, match="does not start: free memory"),
    ):
        reading.read(file, NAME, DIGEST)
    assert workers() == []
