"""Starting ``kiroku``: what it imports, how it ends, what it prints where."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, kiroku

pytestmark = pytest.mark.slow

HEAVY = {
    "bm25s",
    "docx",
    "faiss",
    "lxml",
    "numpy",
    "pypdf",
    "sentence_transformers",
    "slack_bolt",
    "slack_sdk",
    "sudachipy",
    "tokenizers",
    "torch",
    "transformers",
    "watchfiles",
}
LISTING = """
import sys
from cli.main import kiroku
try:
    kiroku.main({words!r}, prog_name="kiroku")
except SystemExit as end:
    status = end.code
print("\\n".join(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
sys.exit(status)
"""


def imported_by(*words: str) -> set[str]:
    """Run ``kiroku`` with these words and return the packages that it imported."""
    script = LISTING.format(words=list(words))
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    return set(ended.stderr.split())


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(word: str) -> None:
    """They answer at once: no model library, no Slack, no PDF, not even NumPy."""
    assert not imported_by(word) & HEAVY


def test_asking_imports_neither_slack_nor_readers() -> None:
    """A one-shot question does not wait for what it does not use; torch comes with the model."""
    unwanted = {"torch", "transformers", "slack_bolt", "slack_sdk", "pypdf", "docx", "watchfiles"}
    assert not imported_by("ask", "--help") & unwanted


@pytest.mark.parametrize("name", ["documents", "show", "status"])
def test_looking_imports_no_model(name: str) -> None:
    """Commands that only look at the index load neither model nor vectors."""
    assert not imported_by(name, "--help") & {"torch", "faiss", "slack_bolt", "pypdf"}


def test_help_lists_every_command() -> None:
    """Each command stands in the help with one line."""
    shown = CliRunner().invoke(kiroku, ["--help"])
    assert shown.exit_code == 0
    for name, line in COMMANDS.items():
        assert name in shown.output
        assert line in shown.output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_that_says_what_it_does(name: str) -> None:
    """`kiroku COMMAND --help` works for all and names --data."""
    shown = CliRunner().invoke(kiroku, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "--data" in shown.output


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["ask", "--nonsense"],
        ["ask", "何ですか", "--from", "いつか"],
        ["ask", "何ですか", "--limit", "0"],
        ["ask", "何ですか", "--kind", "poem"],
        ["ask", "  "],
        ["ask", "何ですか", "--batch", "-"],
        ["search"],
        ["search", " "],
        ["show"],
        ["remove"],
        ["ingest"],
        ["evaluate", "no-such-file.jsonl"],
        ["watch", "no-such-folder"],
    ],
)
def test_a_wrong_command_line_ends_with_2(words: list[str], tmp_path: Path) -> None:
    """Unknown words, bad dates and missing arguments end with 2 and an explanation."""
    ended = CliRunner().invoke(kiroku, [*words, *(["--data", str(tmp_path)] * (len(words) > 1))])
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert "Error" in ended.stderr


def test_no_question_and_no_terminal_ends_with_2(tmp_path: Path) -> None:
    """Where nobody can be prompted, the missing question is a wrong command line."""
    ended = CliRunner().invoke(kiroku, ["ask", "--data", str(tmp_path)], input="")
    assert ended.exit_code == 2
    assert "--batch" in ended.stderr


def test_an_error_is_one_line_on_standard_error_with_status_1(tmp_path: Path) -> None:
    """What failed and what to do stand in one line; standard output stays empty."""
    ended = CliRunner().invoke(kiroku, ["show", "missing.pdf", "--data", str(tmp_path)])
    assert ended.exit_code == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("kiroku: ")
    assert ended.stderr.count("\n") == 1
    assert "`kiroku documents`" in ended.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    """A value that a setting cannot have ends with 1 and the setting's name."""
    ended = CliRunner().invoke(
        kiroku, ["status", "--data", str(tmp_path)], env={"KIROKU_LANGUAGE": "fr"}
    )
    assert ended.exit_code == 1
    assert "KIROKU_LANGUAGE" in ended.stderr
