"""``kiroku`` as a process of its own: terminals, signals, pipes and a folder that is watched."""

import json
import os
import pty
import queue
import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager

import pytest

from cli.watching.heartbeat import WatchState, watch_state
from index.search.searcher import Searcher
from index.writer import Writer

pytestmark = pytest.mark.slow

KIROKU = [sys.executable, "-m", "cli"]
PATIENCE_S = 90
QUESTION = "車いすのまま乗れる車両はありますか？"


class Running:
    """A running ``kiroku``, whose lines are waited for with patience but not for ever."""

    def __init__(self, process):
        self.process = process
        self._lines = {stream: queue.Queue() for stream in (process.stdout, process.stderr)}
        self._threads = [threading.Thread(target=self._pass_on, args=(s,)) for s in self._lines]
        for thread in self._threads:
            thread.start()

    def _pass_on(self, stream):
        for line in stream:
            self._lines[stream].put(line)
        self._lines[stream].put("")

    def end(self):
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdin, *self._lines):
            if stream is not None:
                stream.close()

    def line(self):
        """Return the next line of standard output; empty at its end."""
        return self._lines[self.process.stdout].get(timeout=PATIENCE_S)

    def remark(self):
        """Return the next line of standard error; empty at its end."""
        return self._lines[self.process.stderr].get(timeout=PATIENCE_S)

    def remarks(self):
        """Return the rest of standard error."""
        return "".join(iter(self.remark, ""))

    def give(self, line):
        """Write a line to standard input."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def interrupt(self):
        """Press Ctrl-C and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


@contextmanager
def started(*words, **options):
    """Give a running ``kiroku``; it is ended afterwards, whatever happens."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    # a process inherits that Ctrl-C is not taken, as it is where tests run in the background
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = Running(subprocess.Popen([*KIROKU, *words], **options))
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        yield running
    finally:
        running.end()


def documents(data):
    """Return the documents of the published index as `kiroku documents` lists them."""
    ended = subprocess.run(
        [*KIROKU, "documents", "--json", "--data", str(data)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return {document["document"]: document for document in json.loads(ended.stdout)["documents"]}


@pytest.fixture
def room(model_cache, tmp_path):
    """Give an empty data folder that has the model, and an empty folder for documents."""
    data, folder = tmp_path / "data", tmp_path / "files"
    data.mkdir()
    folder.mkdir()
    (data / "models").symlink_to(model_cache)
    return data, folder


def test_ctrl_c_leaves_the_index_as_it_was(room):
    """An interrupted ingest ends with 130 and one empty line; nothing half-made is seen."""
    data, folder = room
    (folder / "before.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    words = ["ingest", str(folder), "--data", str(data)]
    subprocess.run([*KIROKU, *words], check=True, capture_output=True, timeout=PATIENCE_S)
    long = "\n".join(f"第{n}の施設は{n}番地にあり、毎日開いています。" * 8 for n in range(2_000))
    (folder / "long.txt").write_text(long, encoding="utf-8")
    with started(*words) as kiroku:
        assert kiroku.remark() == "2 files\n"
        assert kiroku.interrupt() == 130
        assert "Traceback" not in kiroku.remarks()
    assert list(documents(data)) == ["before.txt"]


def test_a_batch_answers_each_line_before_the_next_is_there(sample_index):
    """A script may put one question at a time through one running process."""
    words = ["search", "--batch", "-", "--limit", "1", "--data", str(sample_index)]
    with started(*words, stdin=subprocess.PIPE) as kiroku:
        for number in range(2):
            kiroku.give(json.dumps({"id": number, "question": QUESTION}))
            assert json.loads(kiroku.line())["id"] == number
        kiroku.process.stdin.close()
        assert kiroku.process.wait(PATIENCE_S) == 0


def test_questions_are_prompted_for_on_a_terminal(sample_index):
    """One after the other, until the end of input, which ends with 0."""
    ours, theirs = pty.openpty()
    words = ["ask", "--data", str(sample_index)]
    with started(*words, stdin=theirs) as kiroku:
        os.close(theirs)
        os.write(ours, f"{QUESTION}\n".encode())
        seen = ""
        while "[1]" not in seen:
            line = kiroku.line()
            assert line, "it ended without an answer"
            seen += line
        assert "リフト付き" in seen
        os.write(ours, b"\x04")
        assert kiroku.process.wait(PATIENCE_S) == 0
    os.close(ours)


def test_a_reader_that_has_had_enough_is_no_error(sample_index):
    """`kiroku … | head` ends quietly, for people's output and for JSON."""
    for more in ([], ["--json"]):
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as pipe:
            words = ["show", "R040721", *more, "--data", str(sample_index)]
            ended = subprocess.run(
                [*KIROKU, *words],
                stdout=pipe,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                timeout=PATIENCE_S,
            )
        assert (ended.returncode, ended.stderr) == (0, "")


def test_a_watched_folder_is_ingested_as_files_arrive_change_and_go(room, embedder):
    """A searcher that was opened before learns that it is no longer current."""
    data, folder = room
    (folder / "first.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    with started("watch", str(folder), "--prune", "--data", str(data)) as kiroku:
        assert "added 1" in kiroku.line()
        with closing(Searcher.open(data, embedder)) as searcher:
            assert searcher.is_current()
            (folder / "second.txt").write_text("プールは火曜日に休みます。", encoding="utf-8")
            (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
            line = kiroku.line()
            assert "added 1" in line
            assert "not read 1" in line
            assert not searcher.is_current()

        (folder / "first.txt").unlink()
        assert "removed 1" in kiroku.line()
        assert set(documents(data)) == {"second.txt", "broken.pdf"}
        assert watch_state(data) in {WatchState.WAITING, WatchState.INGESTING}
        assert kiroku.interrupt() == 130
        assert watch_state(data) is WatchState.NOT_RUNNING
        assert "Traceback" not in kiroku.remarks()


def test_a_watch_that_is_stopped_as_a_service_ends_in_good_order(room):
    """With 0, and nobody is told for another minute that it runs."""
    data, folder = room
    (folder / "first.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    with started("watch", str(folder), "--data", str(data)) as kiroku:
        assert "added 1" in kiroku.line()
        kiroku.process.terminate()
        assert kiroku.process.wait(PATIENCE_S) == 0
        assert watch_state(data) is WatchState.NOT_RUNNING
        assert "Traceback" not in kiroku.remarks()


def test_a_watch_survives_another_ingest_and_tries_again(room, tiny_embedder):
    """While another process writes, it says so and goes on."""
    data, folder = room
    (folder / "first.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    with (
        Writer.open(data, tiny_embedder),
        started("watch", str(folder), "--data", str(data)) as kiroku,
    ):
        assert "another ingest is writing" in kiroku.line()
        assert kiroku.process.poll() is None
