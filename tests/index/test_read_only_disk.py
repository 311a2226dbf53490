"""A disk that has become read-only: what is there is answered, verified and backed up."""

import os
import shutil
import subprocess
import sys

import pytest

SCRIPT = """
mount -t tmpfs tmpfs "$1" || exit 77
cp -r "$2" "$1/data" && mount -o remount,ro "$1" || exit 77
exec "$3" -c "$4" "$1/data"
"""
ASKED = """
import sys
from contextlib import closing
from pathlib import Path
from index.errors import StorageError
from index.search.query import Query
from index.search.searcher import Searcher
from index.upkeep.backup import back_up
from index.upkeep.verification import verify
from index.writer import Writer
from tests.index.making import LIBRARY, CharacterEmbedder

data = Path(sys.argv[1])
with closing(Searcher.open(data, CharacterEmbedder())) as searcher:
    print([hit.passage.text for hit in searcher.search(Query("開館時間")).hits][0])
print(verify(data))
print(back_up(data, data.parent.with_name("copy.tar.gz"), "0").name)
try:
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put([LIBRARY], root="/in", reader="1")
except StorageError as error:
    print(error)
"""


@pytest.mark.parametrize("in_use", [False, True])
def test_what_is_there_is_answered_and_nothing_is_written(tmp_path, in_use):
    """Also where the file was in use when the disk turned; writing is refused in a sentence."""
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("mounting a disk needs unshare, and to be root")
    making = """
import os, sys
from pathlib import Path
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder
writer = Writer.open(Path(sys.argv[1]), CharacterEmbedder())
writer.put([LIBRARY, ROADS], root="/in", reader="1")
writer.publish()
if sys.argv[2] == "True":
    os._exit(0)
writer.close()
"""
    data = tmp_path / "made"
    subprocess.run([sys.executable, "-c", making, str(data), str(in_use)], check=True)
    assert (data / "kiroku.sqlite3-wal").exists() == in_use
    (tmp_path / "disk").mkdir()
    words = ["sh", "-c", SCRIPT, "sh", str(tmp_path / "disk"), str(data), sys.executable, ASKED]
    ended = subprocess.run(
        [unshare, "--mount", *words], check=False, capture_output=True, text=True
    )
    if ended.returncode == 77 or "unshare failed" in ended.stderr:
        pytest.skip("this machine lets nobody mount a disk")
    text, faults, copy, refused = ended.stdout.splitlines()
    assert "午後八時" in text
    assert (faults, copy) == ("[]", "copy.tar.gz")
    assert "cannot be written" in refused
