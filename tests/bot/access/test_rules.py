"""What `access.toml` says, and what is said where it cannot be understood."""

import os
from pathlib import Path

import pytest

from bot.access.rules import (
    DEFAULT_RULES,
    FILE_NAME,
    Rule,
    RulesFile,
    read_rules,
    rules_in,
    workspaces_named,
)
from index.errors import SettingError
from index.passage import Collection

EXAMPLE = """
[main]
channels = ["*"]
members = true
guests = false
external = false
[personnel]
channels = ["C0PERSONNEL"]
groups = ["S0MANAGERS"]
users = ["U01"]
model = false
"""


def written(folder: Path, text: str) -> Path:
    """Write the file and return its path."""
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_members_see_the_default_collection(tmp_path: Path):
    """The default of the contract."""
    rules = read_rules(tmp_path / FILE_NAME)
    assert rules == DEFAULT_RULES == {"main": Rule(frozenset("*"), members=True)}


def test_the_example_is_read_and_what_is_not_named_is_closed(tmp_path: Path):
    """Each key; a section opens nothing that it does not name."""
    rules = read_rules(written(tmp_path, EXAMPLE))
    assert rules[Collection("personnel")] == Rule(
        channels=frozenset({"C0PERSONNEL"}),
        groups=frozenset({"S0MANAGERS"}),
        users=frozenset({"U01"}),
        model=False,
    )
    assert rules[Collection("main")] == DEFAULT_RULES[Collection("main")]


def test_a_file_about_others_leaves_the_default_collection_as_it_is(tmp_path: Path):
    """Naming a further collection does not close the first; an empty section does."""
    assert Collection("main") in read_rules(written(tmp_path, "[personnel]\nmembers = true\n"))
    assert read_rules(written(tmp_path, "[main]\n"))[Collection("main")].names_nobody


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[main\n", "not TOML"),
        ("members = true\n", "members stands outside of a section"),
        ("[main]\nmember = true\n", "[main] member: there is no such key"),
        ('[main]\nmembers = "yes"\n', "[main] members: set it to true or false"),
        ('[main]\nchannels = "*"\n', "[main] channels: set it to a list"),
        ('[main]\nchannels = ["#総務"]\n', "[main] channels: '#総務' is not a channel's id"),
        ('[main]\nusers = ["aoki"]\n', "[main] users: 'aoki' is not a person's id"),
        ('[main]\ngroups = ["@managers"]\n', "[main] groups: '@managers' is not a user group's"),
        ("[main]\nusers = [1]\n", "[main] users: 1 is not"),
        ('[main]\nworkspaces = ["*"]\n', "[main] workspaces: '*' is not a workspace's id"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, text: str, told: str):
    """Nothing is guessed: the whole file counts for nothing."""
    with pytest.raises(SettingError) as raised:
        read_rules(written(tmp_path, text))
    assert told in str(raised.value)
    assert str(raised.value).startswith(FILE_NAME)


def test_a_rule_holds_in_the_workspaces_that_it_names_and_else_in_the_operators_own(tmp_path: Path):
    """Not in another one too; a rule that names no workspace at all holds nowhere."""
    text = '[personnel]\nmembers = true\nworkspaces = ["T0TOWN"]\n[drafts]\nworkspaces = []\n'
    rules = read_rules(written(tmp_path, text))
    assert set(rules_in(rules, "T0HALL", own=True)) == {"main"}
    assert set(rules_in(rules, "T0TOWN", own=False)) == {"personnel"}
    assert set(rules_in(rules, "T0TOWN", own=True)) == {"main", "personnel"}
    assert set(rules_in(rules, "T0ELSE", own=False)) == set()
    assert workspaces_named(rules) == {"T0TOWN"}


def test_the_file_is_read_again_when_it_changes(tmp_path: Path):
    """Changed, broken, mended, replaced and removed: what counts is what stands there now."""
    file = RulesFile(tmp_path / FILE_NAME)
    assert file.rules() == DEFAULT_RULES
    written(tmp_path, "[main]\nguests = true\n")
    assert file.rules()[Collection("main")].guests
    written(tmp_path, "[main\n")
    for _ in range(2):
        with pytest.raises(SettingError):
            file.rules()
    beside = tmp_path / "new"
    beside.write_text("[main]\nexternal = true\n", encoding="utf-8")
    os.replace(beside, tmp_path / FILE_NAME)  # noqa: PTH105  as editors do
    assert file.rules()[Collection("main")].external
    (tmp_path / FILE_NAME).unlink()
    assert file.rules() == DEFAULT_RULES
