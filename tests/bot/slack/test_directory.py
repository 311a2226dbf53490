"""What Slack's own words make of people and channels, and for how long that counts."""

import logging
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.access.visible import Channel, Standing
from bot.slack.access.directory import Directory, UncheckedError, is_shared, standing_of
from tests.slack_api import LocalSlack, refused

MEMBER = {"id": "U1", "team_id": "T1", "is_restricted": False, "is_ultra_restricted": False}


@pytest.fixture
def directory(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Directory]:
    """Give a directory that asks the local Slack."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    client = WebClient(token=slack.bot_token, base_url=slack.url, retry_handlers=[])
    return Directory(client, "TLOCAL", logging.getLogger("kiroku.test"))


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True}, Standing.GUEST),
        ({"is_restricted": None}, Standing.GUEST),
        ({"team_id": "T2"}, Standing.EXTERNAL),
        ({"team_id": None}, Standing.EXTERNAL),
        ({"is_stranger": True}, Standing.EXTERNAL),
        ({"is_stranger": True, "is_restricted": True}, Standing.EXTERNAL),
        ({"team_id": "E1", "enterprise_user": {"teams": ["T1", "T2"]}}, Standing.MEMBER),
        ({"team_id": "E1", "enterprise_user": {"teams": ["T2"]}}, Standing.EXTERNAL),
        ({"deleted": True}, Standing.UNKNOWN),
        ({"is_bot": True}, Standing.UNKNOWN),
        ({"is_workflow_bot": True}, Standing.UNKNOWN),
    ],
)
def test_a_member_is_who_slack_says_is_one(told, standing):
    """What is left out counts against."""
    assert standing_of({**MEMBER, **told}, "T1") is standing


def test_what_slack_does_not_say_of_a_user_is_against_them():
    """An empty user is nobody; one without its flags is no member."""
    assert standing_of({}, "T1") is Standing.UNKNOWN
    assert standing_of({"id": "U1", "team_id": "T1"}, "T1") is Standing.GUEST


def test_a_channel_counts_as_shared_unless_slack_says_that_it_is_not():
    """Open invitations and channels of one enterprise, too."""
    assert is_shared({})
    assert not is_shared({"is_shared": False, "is_ext_shared": False})
    assert is_shared({"is_shared": False, "is_pending_ext_shared": True})
    assert is_shared({"is_org_shared": True})


def test_slack_is_asked_once_in_a_while(slack: LocalSlack, directory: Directory):
    """What it said is kept; of a direct message it is not asked at all."""
    slack.workspace.messages["C1"]
    for _ in range(3):
        assert directory.asker("U1").standing is Standing.MEMBER
        assert directory.channel("C1") == Channel("C1", shared=False)
        assert directory.channel("DU1") is None
    assert [method for method, _ in slack.calls] == ["users.info", "conversations.info"]


def test_a_trouble_is_not_kept(slack: LocalSlack, directory: Directory):
    """It is told, and the next call asks again."""
    slack.trouble("users.info", refused("internal_error"))
    with pytest.raises(UncheckedError, match="internal_error"):
        directory.asker("U1")
    assert directory.asker("U1").standing is Standing.MEMBER


def test_a_group_that_cannot_be_read_now_is_no_empty_group(slack: LocalSlack, directory: Directory):
    """What may pass is told; a group that is gone has nobody in it."""
    slack.workspace.people.groups["S1"] = ["U1"]
    slack.trouble("usergroups.users.list", refused("ratelimited"))
    with pytest.raises(UncheckedError):
        directory.in_group("S1", "U1")
    assert directory.in_group("S1", "U1")
    assert not directory.in_group("S1", "U2")
    assert not directory.in_group("SGONE", "U1")
