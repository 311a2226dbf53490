"""``kiroku verify``, ``backup`` and ``restore`` as scripts call them."""

import json
import shutil

import pytest
from click.testing import CliRunner

from cli.main import kiroku
from index.generation.manifest import segments_of
from index.passage import DEFAULT_COLLECTION

pytestmark = pytest.mark.slow


def run(data, *words, status=0):
    """Run ``kiroku`` and return what it printed; it must end with ``status``."""
    ended = CliRunner().invoke(kiroku, [*map(str, words), "--data", str(data), "--json"])
    assert ended.exit_code == status, ended.output
    return json.loads(ended.stdout) if ended.stdout else ended.stderr


def test_damage_is_told_mended_and_brought_back(own_sample_index, tmp_path):
    """Verified, backed up, damaged, mended; and restored elsewhere it answers as before."""
    question = "しおまる号の利用者は何人ですか？"
    before = run(own_sample_index, "search", question)["hits"]
    assert run(own_sample_index, "verify") == {"ok": True, "faults": [], "mended": []}
    assert run(own_sample_index, "status")["last_backup"] is None
    written = run(own_sample_index, "backup", tmp_path)["backup"]
    state = run(own_sample_index, "status")
    assert state["last_backup"].endswith("+00:00")
    assert state["ages"]["backup_s"] >= 0
    failed = run(own_sample_index, "backup", tmp_path / "nowhere" / "file", status=1)
    assert "could not be written" in failed
    assert run(own_sample_index, "status")["last_backup"] == state["last_backup"]
    shutil.rmtree(segments_of(own_sample_index, DEFAULT_COLLECTION))
    told = run(own_sample_index, "verify", status=1)
    assert [fault["part"] for fault in told["faults"]] == ["search"]
    assert "kiroku verify --repair" in told["faults"][0]["mend"]
    mended = run(own_sample_index, "verify", "--repair")
    assert (mended["ok"], len(mended["mended"])) == (True, 1)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "models").symlink_to(own_sample_index / "models")
    assert run(tmp_path / "new", "restore", written)["collections"] == ["main"]
    assert run(tmp_path / "new", "search", question)["hits"] == before
    assert run(tmp_path / "new", "status")["last_backup"] is None, "none was made of this folder"


def test_what_cannot_be_done_is_said_in_a_line(tmp_path, own_sample_index):
    """Nothing to back up, no backup, an index that is there, --keep without a folder."""
    assert "no index yet" in run(tmp_path / "none", "backup", tmp_path, status=1)
    assert "does not exist" in run(tmp_path / "none", "restore", tmp_path / "x", status=1)
    assert "--replace" in run(own_sample_index, "restore", tmp_path / "x", status=1)
    assert "is none" in run(own_sample_index, "backup", tmp_path / "x", "--keep", 1, status=2)
