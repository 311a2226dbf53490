import subprocess
import sys
from pathlib import Path

import pytest

from index.embedding.finished_folder import finished_folder
from index.errors import StorageError

pytestmark = pytest.mark.slow

RACER = """
import pathlib, sys, time
from index.embedding.finished_folder import finished_folder

def write(folder):
    with open(sys.argv[2], "a") as log:
        log.write("written\\n")
    time.sleep(0.5)
    (folder / "part").write_text("whole")

folder = finished_folder(pathlib.Path(sys.argv[1]), 1, write)
print((folder / "part").read_text())
"""


def test_two_processes_make_it_once(tmp_path: Path) -> None:
    """Of two processes that start at once one writes, and both see the whole folder."""
    log = tmp_path / "log"
    command = [sys.executable, "-c", RACER, str(tmp_path / "made"), str(log)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    seen = [racer.communicate()[0].strip() for racer in racers]
    assert seen == ["whole", "whole"]
    assert log.read_text() == "written\n"


def test_half_made_folder_is_made_anew(tmp_path: Path) -> None:
    """What a killed process left is thrown away, not taken for the whole."""
    left = tmp_path / "made.partial"
    left.mkdir()
    (left / "old").write_text("half")
    folder = finished_folder(tmp_path / "made", 1, lambda path: (path / "new").touch())
    assert [path.name for path in folder.iterdir()] == ["new"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_says_how_much_is_needed(tmp_path: Path) -> None:
    """A full disk ends in an error with the space needed, and nothing is left behind."""

    def write(folder: Path) -> None:
        (folder / "part").write_text("half")
        Path("/dev/full").write_text("no space")

    with pytest.raises(StorageError, match="500 MB") as raised:
        finished_folder(tmp_path / "made", 500, write)
    assert "KIROKU_DATA" in str(raised.value)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".lock"}
