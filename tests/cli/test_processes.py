"""``kiroku`` as a process of its own: terminals, signals, pipes and a folder that is watched."""

import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from index.searching import Searcher
from index.writing import Writer

pytestmark = pytest.mark.slow

KIROKU = [sys.executable, "-m", "cli"]
PATIENCE_S = 90
QUESTION = "しおまる号は乗る何分前まで予約できますか？"


@contextmanager
def started(*words, **options):
    """Give a running ``kiroku``; it is ended afterwards, whatever happens."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    with subprocess.Popen([*KIROKU, *words], **options) as process:
        try:
            yield process
        finally:
            process.kill()


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
    with started(*words) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "2 files\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130
        assert "Traceback" not in told
    assert list(documents(data)) == ["before.txt"]


def test_a_batch_answers_each_line_before_the_next_is_there(sample_index):
    """A script may put one question at a time through one running process."""
    words = ["search", "--batch", "-", "--limit", "1", "--data", str(sample_index)]
    with started(*words, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "question": QUESTION}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0


def test_questions_are_prompted_for_on_a_terminal(sample_index):
    """One after the other, until the end of input, which ends with 0."""
    ours, theirs = pty.openpty()
    words = ["ask", "--data", str(sample_index)]
    with started(*words, stdin=theirs) as process:
        os.close(theirs)
        os.write(ours, f"{QUESTION}\n".encode())
        assert process.stdout is not None
        seen = ""
        while "[1]" not in seen:
            line = process.stdout.readline()
            assert line, "it ended without an answer"
            seen += line
        assert "３０分前" in seen
        os.write(ours, b"\x04")
        assert process.wait(PATIENCE_S) == 0
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
    with started("watch", str(folder), "--prune", "--data", str(data)) as process:
        assert process.stdout is not None
        assert "added 1" in process.stdout.readline()
        searcher = Searcher.open(data, embedder)
        assert searcher.is_current()

        (folder / "second.txt").write_text("プールは火曜日に休みます。", encoding="utf-8")
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
        line = process.stdout.readline()
        assert "added 1" in line
        assert "not read 1" in line
        assert not searcher.is_current()
        searcher.close()

        (folder / "first.txt").unlink()
        assert "removed 1" in process.stdout.readline()
        assert set(documents(data)) == {"second.txt", "broken.pdf"}

        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130
        assert "Traceback" not in told


def test_a_watch_survives_another_ingest_and_tries_again(room, tiny_embedder):
    """While another process writes, it says so and goes on."""
    data, folder = room
    (folder / "first.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    with (
        Writer.open(data, tiny_embedder),
        started("watch", str(folder), "--data", str(data)) as process,
    ):
        assert process.stdout is not None
        assert "another ingest is writing" in process.stdout.readline()
        assert process.poll() is None
