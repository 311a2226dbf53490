"""Attacks by the content of a file, from the folder to the published index."""

import pytest

from benchmarks.mutated import tried

SPEECH = "○議長（山田太郎君）　これより会議を開きます。"
FILES = {
    "half.eml": b"From: a@example.jp\nMIME-Version: 1.0\nSubject: =?utf-7?Q?+2AA-x?=\n"
    b"Content-Type: text/plain; charset=utf-7\n\nThe motion +2AA- was carried.\n",
    "escape.txt": f"{SPEECH}\n本日の\x1b[2J議題は、予算です。\n".encode(),
    "script.html": f"<body><p>{SPEECH}</p><script>steal()</script>".encode(),
    "page.pdf": f"<html><body><p>{SPEECH}</p></body></html>".encode(),
}


@pytest.fixture
def outcome(tmp_path, tiny_embedder):
    """Give what came of the files between two whole ones."""
    return tried(tmp_path / "run", FILES, tiny_embedder)


def test_nothing_in_a_file_ends_the_run_or_steers_a_terminal(outcome):
    """Halves of characters, escapes, scripts and wrong names are text, or are left out."""
    assert outcome.faults == []
    words = "".join(outcome.texts[name] for name in FILES)
    assert words.isprintable() or not set(words) & set("\x1b\x00\ud800")
    assert "carried" in words
    assert "steal" not in words
    assert "議長" in outcome.texts["page.pdf"]
