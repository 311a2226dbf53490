"""Bad input through the real command line: told in one line, and nothing else is lost."""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdf
import pytest
from watchfiles import Change

from cli.watching.wake_ups import outside
from tests.cli.test_processes import PATIENCE_S, documents, started
from tests.ingest.making import write_minutes

pytestmark = pytest.mark.slow

KIROKU = [sys.executable, "-m", "cli"]
GOOD = "図書館は月曜日に休みます。"
WITHOUT_PRIVILEGES = "-dac_override,-dac_read_search"
SMALL_DISK = """
import resource
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
from cli.main import main
try:
    main()
finally:  # what measures the tests' coverage may write again
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
"""

REASONS = {
    "broken.pdf": "save it anew",
    "closed": "no permission to read it: let this user read it",
    "cut.docx": "open it in Word and save it anew",
    "damaged.zip": "the zip is broken, or is none: pack it anew",
    "empty.pdf": "the file is empty: save the document anew",
    "encrypted.pdf": "it needs a password: save a copy without one",
    "evil\x1b[31m\u202ecod.txt": "the file is empty: save the document anew",
    "huge.pdf": "it is 200 MB, more than the 150 MB that are read: split it",
    "many.zip/../out.txt": "its name leads out of the zip",
    "picture.pdf": "the picture is broken",
    "secret.txt": "no permission to read it: let this user read it",
    "speech.mp3": "it is a sound recording, which is not read: ingest its minutes",
}
"""What is said of each bad file."""

READ = {"good.txt", "many.zip/good.txt", "really_pdf.txt", "really_text.docx", "table.csv"}
"""The others, among them two that are not what their names say."""


@pytest.fixture
def data(model_cache, tmp_path):
    """Give a data folder that has the model."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(model_cache)
    return data


@pytest.fixture
def folder(tmp_path):
    """Give a folder of everything that goes wrong, with good files among it."""
    folder = tmp_path / "files"
    folder.mkdir()
    pdf = write_minutes(tmp_path / "whole.pdf", ["○会長　これより会議を開きます。", GOOD])
    locked = pypdf.PdfWriter(clone_from=pdf)
    locked.encrypt("secret", algorithm="AES-256")
    locked.write(folder / "encrypted.pdf")
    contents = {
        "broken.pdf": pdf.read_bytes()[:60],
        "cut.docx": b"PK\x03\x04" + bytes(100),
        "damaged.zip": b"PK\x03\x04 cut",
        "empty.pdf": b"",
        "evil\x1b[31m\u202ecod.txt": b"",
        "good.txt": GOOD.encode(),
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "really_pdf.txt": pdf.read_bytes(),
        "really_text.docx": f"{GOOD}火曜日は夜も開きます。".encode(),
        "secret.txt": GOOD.encode(),
        "speech.mp3": b"ID3\x03" + bytes(600),
        "table.csv": b"item,amount\nroads,2\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        archive.writestr("good.txt", f"{GOOD}水曜日は朝も開きます。")
        archive.writestr("../out.txt", GOOD)
    with (folder / "huge.pdf").open("wb") as huge:
        huge.truncate(200_000_000)
    (folder / "secret.txt").chmod(0)
    (folder / "closed").mkdir(mode=0)
    # no documents of this folder: passed over without a word
    (tmp_path / "outside.txt").write_text(GOOD)
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden.txt").write_text(GOOD)
    yield folder
    (folder / "closed").chmod(0o755)


def run(*words, start=(), **options):
    """Run ``kiroku`` to its end."""
    return subprocess.run(
        [*start, *(KIROKU if not start or start[-1] == "--" else ()), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
        **options,
    )


def unprivileged():
    """Return how to start a process for which permissions hold."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may read everything, and there is no setpriv to give that up")
    return (setpriv, "--bounding-set", WITHOUT_PRIVILEGES, "--")


def test_each_bad_file_is_named_in_a_line_and_the_others_are_ingested(folder, data):
    """It ends with 0; each bad file stays in the documents with its reason and no passages."""
    ended = run("ingest", folder, "--data", data, "--json", start=unprivileged())
    assert ended.returncode == 0, ended.stderr
    done = json.loads(ended.stdout)
    assert done["added"] == len(READ)
    told = {bad["document"]: bad["reason"] for bad in done["unreadable"]}
    assert set(told) == set(REASONS)
    for name, reason in REASONS.items():
        assert reason in told[name], name
    assert "Traceback" not in ended.stderr
    assert "\x1b" not in ended.stderr
    assert "\u202e" not in ended.stderr
    lines = ended.stderr.splitlines()
    assert (
        r"not read: evil\x1b[31m\u202ecod.txt: the file is empty: save the document anew" in lines
    )
    assert sum(line.startswith("not read: ") for line in lines) == len(REASONS)

    listed = documents(data)
    assert set(listed) == set(REASONS) | READ
    for name, document in listed.items():
        assert (document["passages"] == 0) == (name in REASONS), name
        assert name not in told or document["warnings"] == [told[name]], name
    shown = run("documents", "--warnings", "--data", data).stdout
    assert r"evil\x1b[31m\u202ecod.txt: the file is empty" in shown
    assert "\x1b" not in shown


def test_a_folder_in_which_nothing_can_be_read_ends_with_1(data, tmp_path):
    """One line says what can be read; what was found is listed all the same."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "empty.pdf").touch()
    ended = run("ingest", folder, "--data", data)
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert last.startswith(f"kiroku: nothing in {folder} could be read: put PDF, Word, Excel,")
    assert list(documents(data)) == ["empty.pdf"]


def test_a_full_disk_leaves_the_index_as_it_was(own_sample_index, tmp_path):
    """One line says what to do and the status is 1; the documents are those of before."""
    (tmp_path / "new.txt").write_text(GOOD)
    before = documents(own_sample_index)
    words = ["ingest", tmp_path / "new.txt", "--data", own_sample_index]
    ended = run(*words, start=[sys.executable, "-c", SMALL_DISK])
    assert ended.returncode == 1
    assert "free disk space" in ended.stderr.splitlines()[-1]
    assert ended.stderr.splitlines()[-1].startswith("kiroku: ")
    assert "Traceback" not in ended.stderr
    assert documents(own_sample_index) == before


def test_an_index_of_another_embedder_is_refused_with_the_command_that_mends_it(
    own_sample_index, small_model, tmp_path
):
    """One line names the setting; nothing is changed."""
    (tmp_path / "new.txt").write_text(GOOD)
    before = documents(own_sample_index)
    words = ["ingest", tmp_path / "new.txt", "--data", own_sample_index]
    ended = run(*words, env={**os.environ, "KIROKU_EMBEDDING_MODEL": small_model})
    assert ended.returncode == 1
    assert ended.stdout == ""
    line = ended.stderr.splitlines()[-1]
    assert line.startswith("kiroku: the index was made with the embedder ")
    assert "KIROKU_EMBEDDING_MODEL" in line
    assert "kiroku ingest --rebuild" in line
    assert documents(own_sample_index) == before


def marked(mark):
    """Return the ids of the processes that were started with a mark in their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found


def is_reading(process):
    """Say whether it is a process that reads files, and a file's text fills its memory."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes()
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return False
    return b"isolation.worker" in words and pages * os.sysconf("SC_PAGESIZE") > 200_000_000


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look into")
def test_ctrl_c_leaves_no_process_behind(data, tmp_path):
    """Also where a file is just being read, which another process does."""
    long = tmp_path / "long.txt"
    long.write_text("○会長　第一号議案について、御質問はありますか。\n" * 1_000_000)
    mark = f"MARK_OF_THE_TEST={tmp_path}"
    environment = {**os.environ, "MARK_OF_THE_TEST": str(tmp_path)}
    with started("ingest", str(long), "--data", str(data), env=environment) as kiroku:
        assert kiroku.remark() == "1 files\n"
        while not any(is_reading(process) for process in marked(mark)):
            assert kiroku.process.poll() is None
            time.sleep(0.05)
        assert kiroku.interrupt() == 130
        assert "Traceback" not in kiroku.remarks()
        assert marked(mark) == []


def test_a_watch_passes_over_its_own_data_folder(tmp_path):
    """Where it lies in the watched folder, an ingest is not the cause of the next one."""
    counts = outside(tmp_path / "data")
    assert not counts(Change.modified, str(tmp_path / "data" / "main.lock"))
    assert counts(Change.modified, str(tmp_path / "data 2022" / "第1回.pdf"))
    assert counts(Change.added, str(tmp_path / "第1回.pdf"))
