"""`kiroku check` and `kiroku status` on who may see what."""

from pathlib import Path

import pytest

from bot.access.audit import FOLDER, AuditLog
from bot.access.rules import FILE_NAME
from cli.access_checks import check_access, check_audit
from cli.commands.status import access_state
from cli.health_checks import State
from cli.options import Place
from index.passage import Collection
from index.settings import read_settings
from index.writer import Writer
from tests.bot.access.test_audit import SHOWN
from tests.index.making import LIBRARY, CharacterEmbedder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a data folder without an index."""
    return Place(read_settings({}, tmp_path, tmp_path))


def told(place: Place) -> list[tuple[State, str]]:
    """Return the findings."""
    return [(finding.state, finding.message) for finding in check_access(place)]


def test_without_a_file_the_default_is_told(place: Place):
    """Who sees the default collection, and where."""
    message = "main: members; in every channel that is not shared"
    assert told(place) == [(State.OK, message)]
    assert access_state(place) == "default"


def test_each_collection_is_told_with_who_sees_it(place: Place):
    """A section that lets nobody in, and a collection that no section names, are told."""
    with Writer.open(place.data, CharacterEmbedder(), Collection("drafts")) as writer:
        writer.put([LIBRARY], root="/in", reader="1")
        writer.publish()
    text = (
        '[main]\nchannels = ["*"]\nexternal = true\n'
        '[personnel]\nchannels = ["C1"]\nusers = ["U1"]\nworkspaces = ["T2", "T1"]\n'
        '[closed]\nchannels = ["C1"]\n'
    )
    (place.data / FILE_NAME).write_text(text, encoding="utf-8")
    in_one = "in 1 channel(s) that is not shared"
    assert told(place) == [
        (State.OK, "main: people of other workspaces; in every channel"),
        (State.OK, f"personnel: 1 named; {in_one}; in the workspaces T1, T2 alone"),
        (
            State.UNSET,
            "[closed] lets nobody in: name members, groups or users (docs/access.md)",
        ),
        (State.UNSET, f"drafts is seen by nobody in Slack: {FILE_NAME} does not name it"),
    ]
    assert access_state(place) == FILE_NAME


def test_a_broken_file_is_a_fault_that_says_what_to_do(place: Place):
    """With file and key."""
    (place.data / FILE_NAME).write_text("[main]\nmembers = 1\n", encoding="utf-8")
    [(state, message)] = told(place)
    assert state is State.FAULT
    assert f"{FILE_NAME}: [main] members: set it to true or false" in message
    assert access_state(place) in message


def test_whether_the_audit_log_can_be_written_is_told(place: Place):
    """Before the first line and after it; a file in its way is a fault."""
    [finding] = check_audit(place.settings)
    assert finding.state is State.OK
    assert "without the words of questions, kept for 365 days" in finding.message
    assert not (place.data / FOLDER).exists()
    AuditLog(place.data).write(SHOWN)
    assert [each.state for each in check_audit(place.settings)] == [State.OK]
    for path in (place.data / FOLDER).iterdir():
        path.unlink()
    (place.data / FOLDER).rmdir()
    (place.data / FOLDER).write_text("in the way", encoding="utf-8")
    assert [each.state for each in check_audit(place.settings)] == [State.FAULT]
