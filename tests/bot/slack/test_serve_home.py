"""What a person finds in the Home tab of the running bot, and what its buttons do."""

import json

import pytest

from bot.texts import JA
from bot.texts.private import JA_PRIVATE
from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack, refused


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def opened(slack: LocalSlack, user: str) -> str:
    """Open the tab; return what it shows, as JSON."""
    slack.workspace.homes.pop(user, None)
    slack.open_home(user, "home")
    slack.wait_until(lambda: user in slack.workspace.homes)
    return json.dumps(slack.workspace.homes[user], ensure_ascii=False)


def test_a_button_that_asks_is_answered_in_the_conversation(slack: LocalSlack):
    """The answer stands in the bot's direct messages, with its question."""
    opened(slack, "UASKS")
    question = JA.prompt_ordinance.format(title="緑地条例")
    slack.press_home("UASKS", question)
    slack.wait_until(lambda: slack.messages("DUASKS"))
    [told] = slack.messages("DUASKS")
    assert all(part in told["text"] for part in (question, SAID))
    assert JA_PRIVATE.share not in json.dumps(told["blocks"], ensure_ascii=False)
    slack.press(told, "kiroku_private_kiroku_widen", "UASKS")
    slack.wait_until(lambda: slack.messages("DUASKS")[0]["text"] != told["text"])


def test_the_last_five_questions_are_shown_with_links(slack: LocalSlack):
    """Read from the person's own conversation, without thanks, and nobody else's."""
    assert JA_PRIVATE.home_no_questions in opened(slack, "ULAST")
    for number in range(6):
        ts = slack.direct_message("ULAST", f"街路樹の質問{number}は？")
        slack.wait_for_reply("DULAST", ts)
    slack.direct_message("ULAST", "ありがとうございます")
    other = slack.direct_message("UNOSY", "よその質問は？")
    slack.wait_for_reply("DUNOSY", other)
    home = opened(slack, "ULAST")
    assert [f"街路樹の質問{number}" in home for number in range(6)] == [False] + [True] * 5
    assert f"archives/DULAST/p{ts.replace('.', '')}" in home
    assert "ありがとう" not in home
    assert "よその質問" not in home
    slack.trouble("conversations.history", refused("missing_scope"))
    assert JA_PRIVATE.home_no_questions in opened(slack, "ULAST")


def test_administrators_are_shown_what_was_declined_and_judged(
    slack: LocalSlack, shared_bot: BotProcess
):
    """Others see nothing of that, and nothing of it says who asked."""
    for _ in range(2):
        ts = slack.mention("CDECL", "UDECL", "ここにはない話は？")
        reply = slack.wait_for_reply("CDECL", ts)
        eventually(lambda ts=ts: f"CDECL:{ts}: declined" in shared_bot.said())
    slack.judge(reply, "UDECL", good=True)
    slack.wait_until(lambda: any(e["channel"] == "CDECL" for e in slack.shown_to("UDECL")))
    slack.workspace.people.users["UADMIN"] = {"is_admin": True}
    slack.workspace.people.users["UOWNER"] = {"is_owner": True}
    for user in ("UADMIN", "UOWNER"):
        home = opened(slack, user)
        assert "ここにはない話は？ (2)" in home
        assert JA_PRIVATE.home_votes.format(up=1, down=0) in home
        assert "UDECL" not in home
    assert JA_PRIVATE.home_admin not in opened(slack, "UPLAIN")
    slack.workspace.people.users["UGUEST"] = {"is_admin": True, "is_restricted": True}
    closed = opened(slack, "UGUEST")
    assert (JA.refused in closed, JA_PRIVATE.home_admin in closed) == (True, False)
