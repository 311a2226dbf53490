"""What is asked in private is answered once, whatever becomes of the process."""

from bot.texts import JA
from bot.texts.private import JA_PRIVATE
from tests.bot.council import SAID
from tests.bot.slack.bot_process import eventually
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack


def test_a_question_that_a_crash_left_is_answered_in_a_direct_message(
    slack: LocalSlack, start: Start
):
    """The way back is kept in memory only; neither it nor the words stay on disk."""
    bot = start()
    slack.command("CCRASH", "UCRASH", "落ちる質問")
    bot.wait()
    held = b"".join(each.read_bytes() for each in bot.data.glob("inbox*")) + bot.log.read_bytes()
    assert "落ちる質問".encode() in held
    assert not any(name.encode() in held for name in slack.workspace.response_urls.given)
    again = start()
    slack.wait_until(lambda: slack.messages("DUCRASH"))
    [told] = slack.messages("DUCRASH")
    assert all(part in told["text"] for part in ("落ちる質問", SAID))
    inbox = again.data / "inbox.sqlite3"
    eventually(lambda: "落ちる".encode() not in inbox.read_bytes())


def test_what_would_be_answered_otherwise_now_is_not_shared(slack: LocalSlack, start: Start):
    """The documents have changed since: neither shared nor opened under the old answer."""
    bot = start()
    slack.workspace.messages["COLD"]
    slack.command("COLD", "UOLD", "街路樹は何本？")
    reply = slack.wait_shown("UOLD", SAID)
    (bot.data / "changed").touch()
    slack.press(reply, "kiroku_private_share", "UOLD")
    slack.wait_shown("UOLD", JA_PRIVATE.share_differs)
    slack.press(reply, "kiroku_private_kiroku_more", "UOLD")
    slack.wait_for_view("UOLD", JA.changed)
    assert slack.messages("COLD") == []


def test_what_was_shared_is_not_shared_again_after_a_restart(slack: LocalSlack, start: Start):
    """The button stands there still; what it did is on disk."""
    bot = start()
    slack.workspace.messages["CONCE"]
    slack.command("CONCE", "UONCE", "街路樹は何本？")
    reply = slack.wait_shown("UONCE", SAID)
    slack.press(reply, "kiroku_private_share", "UONCE")
    slack.wait_shown("UONCE", JA_PRIVATE.shared)
    bot.kill()
    start()
    slack.press(reply, "kiroku_private_share", "UONCE")
    slack.press(reply, "kiroku_private_kiroku_more", "UONCE")  # worked on after it
    slack.wait_for_view("UONCE", SAID)
    assert len(slack.messages("CONCE")) == 1
