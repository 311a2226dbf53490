"""Signing in, losing the connection, and being away."""

import json
from pathlib import Path

import pytest

from bot.slack.health import Health, is_healthy, read_health
from bot.slack.receiving.tokens import tokens
from index.errors import SettingError
from index.settings import Settings
from tests.bot.council import SAID
from tests.bot.slack.bot_process import eventually, wait_until_ready
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, refused, server_error

WITHIN_S = 20.0


def test_a_renewed_connection_loses_nothing(slack: LocalSlack, start: Start):
    """Told by Slack that the connection ends, the bot opens a new one and goes on."""
    start()
    slack.disconnect()
    slack.wait_connected(count=1)
    ts = slack.mention("CRENEW", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CRENEW", ts)["text"]


def test_a_cut_connection_is_back_within_20_s(slack: LocalSlack, start: Start):
    """Cut at TCP, the bot is connected again in time and answers what was asked meanwhile."""
    start()
    slack.cut()
    ts = slack.mention("CCUT", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CCUT", ts, timeout=WITHIN_S)["text"]


@pytest.mark.slow
def test_a_silent_connection_is_replaced_within_20_s(slack: LocalSlack, start: Start):
    """A peer that keeps the connection open and says nothing is left in time for a new one."""
    start()
    slack.go_silent()
    ts = slack.mention("CMUTE", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CMUTE", ts, timeout=WITHIN_S + slack.resend_after)["text"]


def test_slack_away_at_start_is_waited_for(start: Start, slack: LocalSlack):
    """With Slack away the bot says so, is not healthy, and comes up once Slack is there."""
    slack.stop()
    bot = start(ready=False)
    eventually(lambda: "Slack cannot be reached" in bot.said())
    assert not is_healthy(bot.data)
    slack.start()
    slack.trouble("apps.connections.open", server_error(503))
    wait_until_ready(slack, bot)
    ts = slack.mention("CAWAY", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CAWAY", ts)["text"]


def test_a_question_waits_while_slack_is_away(slack: LocalSlack, start: Start):
    """An answer that cannot be posted stays in the inbox and is posted after a restart."""
    bot = start()
    slack.trouble("chat.postMessage", refused("invalid_auth"))
    ts = slack.mention("CHELD", "UAOKI", "街路樹は？")
    eventually(lambda: f"CHELD:{ts}: waits" in bot.said())
    assert bot.stop() == 0
    assert not is_healthy(bot.data)
    start()
    assert SAID in slack.wait_for_reply("CHELD", ts)["text"]


def test_a_bot_token_that_is_revoked_is_told_and_waited_for(slack: LocalSlack, start: Start):
    """The state names it; what is asked meanwhile is answered once the token works again."""
    bot = start()
    slack.revoked[slack.bot_token] = "token_revoked"
    slack.wait_until_acked()
    asked = [slack.mention("CREVOKED", user, "街路樹は？") for user in ("UAOKI", "UBABA")]
    eventually(lambda: read_health(bot.data).trouble)
    assert read_health(bot.data) == Health(
        connected=True, trouble="Slack refuses SLACK_BOT_TOKEN (token_revoked)"
    )
    assert not is_healthy(bot.data)
    slack.wait_until_acked()
    assert slack.messages("CREVOKED")[0]["ts"] == asked[0]
    slack.revoked.clear()
    for ts in asked:
        assert SAID in slack.wait_for_reply("CREVOKED", ts, timeout=25)["text"]
    eventually(lambda: is_healthy(bot.data))
    assert bot.process.poll() is None


@pytest.mark.slow
def test_an_app_token_that_is_refused_is_tried_ever_less_often(slack: LocalSlack, start: Start):
    """On reconnecting: told in the state, asked again after growing pauses, taken once it works."""
    bot = start()
    slack.revoked[slack.app_token] = "invalid_auth"
    slack.cut()
    eventually(lambda: "asking again in 2 s" in bot.said())
    assert read_health(bot.data) == Health(
        connected=False, trouble="Slack refuses SLACK_APP_TOKEN (invalid_auth)"
    )
    opened = [method for method, _ in slack.calls].count("apps.connections.open")
    assert opened == 1 + 2
    slack.revoked.clear()
    ts = slack.mention("CAGAIN", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CAGAIN", ts, timeout=25)["text"]
    eventually(lambda: is_healthy(bot.data))


@pytest.mark.parametrize(
    ("name", "token"),
    [("SLACK_BOT_TOKEN", ""), ("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")],
)
def test_a_missing_or_refused_token_ends_with_one_line(
    slack: LocalSlack, start: Start, name: str, token: str
):
    """The bot ends with status 1 and one line that names the setting and not the token."""
    bot = start(ready=False, **{name: token})
    assert bot.wait() == 1
    lines = [line for line in bot.said().splitlines() if line.startswith("error:")]
    assert len(lines) == 1
    assert name in lines[0]
    assert not token or token not in bot.said()
    assert "Traceback" not in bot.said()
    assert slack.acks == []


@pytest.mark.parametrize(
    ("bot_token", "app_token", "named"),
    [
        (None, "xapp-1", "SLACK_BOT_TOKEN is not set"),
        ("xoxb-1", None, "SLACK_APP_TOKEN is not set"),
        ("xapp-1", "xoxb-1", "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ("xoxb-1", "secret", "SLACK_APP_TOKEN does not begin with xapp-"),
    ],
)
def test_tokens_are_told_apart_before_slack_is_asked(
    tmp_path: Path, bot_token: str | None, app_token: str | None, named: str
):
    """A token that is missing or is the other one is named at once, without its value."""
    settings = Settings(data=tmp_path, slack_bot_token=bot_token, slack_app_token=app_token)
    with pytest.raises(SettingError, match=named) as raised:
        tokens(settings)
    assert "secret" not in str(raised.value)


def test_a_second_bot_on_the_same_data_is_refused(start: Start):
    """Two bots on one inbox would answer twice what a third left: the second ends at once."""
    first = start()
    second = start(ready=False)
    assert second.wait() == 1
    assert "another `kiroku serve` runs" in second.said()
    assert is_healthy(first.data)


def test_health_ends_with_the_process(start: Start):
    """A killed bot is not healthy any longer once its last word is no longer fresh."""
    bot = start()
    bot.kill()
    assert is_healthy(bot.data)
    state = bot.data / "serve.json"
    long_ago = json.loads(state.read_text()) | {"written_at": 1_600_000_000.0}
    state.write_text(json.dumps(long_ago))
    assert not is_healthy(bot.data)
