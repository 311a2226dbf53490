"""Files that were damaged at random do no harm: to the run, to the others, to the disk."""

import pytest

from benchmarks.mutated import all_seeds, damaged, tried, without_ocr

pytestmark = pytest.mark.slow

FILES = 5
"""Of each format here; ``benchmarks/mutated.py`` tries thousands."""


def test_damaged_files_are_read_or_named_and_harm_nobody(tmp_path, tiny_embedder):
    """No process dies, none takes for ever, none is lost, nothing is written anywhere else."""
    files = {}
    for name, content in all_seeds(tmp_path).items():
        files |= damaged(name, content, FILES, "test")
    with without_ocr(tmp_path / "no-ocr"):
        outcome = tried(tmp_path / "run", files, tiny_embedder)
    assert outcome.faults == []
    assert outcome.read + outcome.warned > 0
    assert sum(outcome.unread.values()) > 0
