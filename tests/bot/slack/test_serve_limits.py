"""What a channel that takes no posts costs the others: nothing."""

from typing import Any

import pytest

from bot.slack.buttons import Do
from tests.bot.council import SAID
from tests.bot.slack.bot_process import eventually
from tests.bot.slack.conftest import Start
from tests.bot.slack.load import Load, bear
from tests.slack_api import LocalSlack

MANY = 40
"""More than there are threads for any kind of work."""


def posts_in(slack: LocalSlack, channel: str) -> list[dict[str, Any]]:
    """Return the posts that were tried in a channel."""
    tried = [given for method, given in slack.calls if method == "chat.postMessage"]
    return [given for given in tried if given["channel"] == channel]


def test_a_frozen_channel_holds_up_nobody_else(slack: LocalSlack, start: Start):
    """Buttons and questions elsewhere are served while one channel takes nothing; then it is too.

    Each of its questions gets one answer, and Slack is left alone for as long as it said.
    """
    start()
    reply = slack.wait_for_reply("CELSE", slack.mention("CELSE", "UAOKI", "街路樹は？"))
    slack.posts.freeze("CFROZEN", 4)
    asked = [slack.mention("CFROZEN", f"U{n}", f"街路樹の{n}は？") for n in range(MANY)]
    slack.wait_until(lambda: posts_in(slack, "CFROZEN"))
    click = slack.press(reply, Do.MORE, "UBABA")
    slack.wait_until(lambda: click in slack.acks)
    slack.wait_for_view("UBABA", SAID)
    slack.wait_for_reply("CELSE", slack.mention("CELSE", "UAOKI", "緑地は？"))
    assert [slack.replies("CFROZEN", ts) for ts in asked] == [[]] * MANY
    assert len(posts_in(slack, "CFROZEN")) == 1
    for ts in asked:
        slack.wait_for_reply("CFROZEN", ts, timeout=30)
    assert {len(slack.replies("CFROZEN", ts)) for ts in asked} == {1}
    assert len(posts_in(slack, "CFROZEN")) <= MANY + 3


def test_a_long_limit_is_kept_over_a_restart(slack: LocalSlack, start: Start):
    """Slack says two minutes: the next process does not post there before, and does elsewhere."""
    bot = start()
    slack.posts.freeze("CLONG", 120)
    ts = slack.mention("CLONG", "UAOKI", "街路樹は？")
    eventually(lambda: f"CLONG:{ts}: waits" in bot.said())
    assert bot.stop() == 0
    slack.posts.freeze("CLONG", 0)
    again = start()
    eventually(lambda: f"CLONG:{ts}: waits" in again.said())
    assert (
        SAID in slack.wait_for_reply("CSHORT", slack.mention("CSHORT", "UAOKI", "樹は？"))["text"]
    )
    assert len(posts_in(slack, "CLONG")) == 1
    assert slack.replies("CLONG", ts) == []


@pytest.mark.slow
def test_many_people_on_a_bad_day_are_each_answered_once(slack: LocalSlack, start: Start):
    """200 questions of 20 people, repeated deliveries, a cut, limits and a frozen channel."""
    bot = start()
    slack.posts.a_second = 10
    measured = bear(slack, Load())
    assert {len(slack.replies(channel, ts)) for channel, ts in measured.asked} == {1}
    assert len(measured.acks) == 5
    slack.wait_until(
        lambda: len([v for v in slack.workspace.views.values() if SAID in str(v)]) == 5
    )
    eventually(lambda: bot.said().count(": answered") >= 201)
    assert bot.said().count("fault") == 0
