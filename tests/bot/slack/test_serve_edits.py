"""What becomes of the reply when its question is edited or deleted."""

import pytest

from bot.slack.buttons import Do
from bot.texts.private import JA_PRIVATE
from tests.bot.council import SAID, WIDER
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack, server_error
from tests.slack_workspace import BOT_USER

NOT_FOUND = "見つかりませんでした"


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def ask(slack: LocalSlack, channel: str, text: str = "街路樹は何本？") -> tuple[str, dict]:
    """Mention the bot; return the question's ``ts`` and the reply."""
    ts = slack.mention(channel, "UAOKI", text)
    return ts, slack.wait_for_reply(channel, ts)


def now(slack: LocalSlack, reply: dict) -> dict:
    """Return a reply as it stands now."""
    return next(m for m in slack.messages(reply["channel"]) if m["ts"] == reply["ts"])


def edit(slack: LocalSlack, channel: str, ts: str, text: str) -> None:
    """Edit a mention."""
    slack.edit(channel, ts, f"<@{BOT_USER}> {text}", raw=True)


@pytest.mark.parametrize("channel", ["CEDIT", "DUAOKI"])
def test_an_edited_question_is_answered_anew_in_the_same_place(
    slack: LocalSlack, shared_bot: BotProcess, channel: str
):
    """Each edit once, in a channel and in a direct message; nothing is posted beside it."""
    ts, reply = ask(slack, channel)
    edit(slack, channel, ts, "ここにはない話は？")
    slack.wait_until(lambda: NOT_FOUND in now(slack, reply)["text"])
    edit(slack, channel, ts, "では街路樹は？")
    slack.wait_until(lambda: SAID in now(slack, reply)["text"])
    assert shared_bot.asked()[-2:] == ["ここにはない話は？", "では街路樹は？"]
    assert len(slack.replies(channel, ts)) == 1


def test_what_leaves_the_words_as_they_are_is_no_edit(slack: LocalSlack, shared_bot: BotProcess):
    """A link that is unfolded, and our own change of the reply, ask nothing."""
    ts, reply = ask(slack, "CSAME")
    asked = len(shared_bot.asked())
    slack.unfold("CSAME", ts)
    slack.edit("CSAME", reply["ts"], "われわれの変更")
    edit(slack, "CSAME", ts, "街路樹は何本？")
    ask(slack, "CSAME", "おわりの質問")
    assert shared_bot.asked()[asked:] == ["おわりの質問"]


def test_a_button_works_before_and_after_an_edit(slack: LocalSlack):
    """The same button under the new answer is a new press."""
    ts, reply = ask(slack, "CPRESS")
    slack.press(reply, Do.WIDEN, "UAOKI")
    slack.wait_until(lambda: WIDER in now(slack, reply)["text"])
    edit(slack, "CPRESS", ts, "街路樹は何本ですか？")
    slack.wait_until(lambda: SAID in now(slack, reply)["text"])
    slack.press(now(slack, reply), Do.WIDEN, "UAOKI")
    slack.wait_until(lambda: WIDER in now(slack, reply)["text"])


def test_a_question_edited_while_it_is_answered_ends_with_its_new_words(slack: LocalSlack):
    """The first answer comes, and the second takes its place."""
    ts = slack.mention("CQUICK", "UAOKI", "待つ質問")
    edit(slack, "CQUICK", ts, "ここにはない話は？")
    slack.wait_until(lambda: any(NOT_FOUND in each["text"] for each in slack.replies("CQUICK", ts)))
    assert len(slack.replies("CQUICK", ts)) == 1


def test_where_the_reply_is_gone_an_edit_asks_nothing(slack: LocalSlack, shared_bot: BotProcess):
    """Somebody has deleted the answer: it does not come back."""
    ts, reply = ask(slack, "CGONE")
    slack.workspace.messages["CGONE"] = [m for m in slack.messages("CGONE") if m["ts"] == ts]
    edit(slack, "CGONE", ts, "では緑地は？")
    eventually(
        lambda: any(
            shared_bot.outcome(f"CGONE:{ts}/edit/{m['edited']['ts']}") == "gone"
            for m in slack.messages("CGONE")
        )
    )
    assert slack.replies("CGONE", ts) == []
    assert reply["ts"] not in {m["ts"] for m in slack.messages("CGONE")}


def test_a_mention_added_by_an_edit_is_answered(slack: LocalSlack):
    """Slack sends no mention for it, the bot hears it all the same, once."""
    ts = slack.say("CADDED", "UAOKI", "街路樹は何本？")
    edit(slack, "CADDED", ts, "街路樹は何本？")
    assert SAID in slack.wait_for_reply("CADDED", ts)["text"]
    edit(slack, "CADDED", ts, "ここにはない話は？")
    slack.wait_until(lambda: NOT_FOUND in slack.replies("CADDED", ts)[0]["text"])
    assert len(slack.replies("CADDED", ts)) == 1


def test_the_reply_to_a_deleted_question_is_withdrawn(slack: LocalSlack):
    """Also where Slack does not take it at first."""
    ts, _ = ask(slack, "CDEL")
    slack.trouble("conversations.replies", server_error(503))
    slack.delete("CDEL", ts)
    slack.wait_until(lambda: not slack.replies("CDEL", ts))


def test_where_others_have_replied_a_line_stands_in_its_place(slack: LocalSlack):
    """What they say would seem to speak of nothing."""
    ts, reply = ask(slack, "CTALK")
    slack.say("CTALK", "UBABA", "なるほど", thread_ts=ts)
    slack.delete("CTALK", ts)
    slack.wait_until(lambda: now(slack, reply)["text"] == JA_PRIVATE.withdrawn)
    assert now(slack, reply)["blocks"] == []


def test_a_question_deleted_before_its_answer_gets_none(slack: LocalSlack, shared_bot: BotProcess):
    """It leaves the inbox, with its words."""
    ts = slack.mention("CEARLY", "UAOKI", "待つ質問を消す")
    eventually(lambda: "待つ質問を消す" in shared_bot.asked())
    slack.delete("CEARLY", ts)
    eventually(lambda: shared_bot.outcome(f"CEARLY:{ts}/deleted") == "nothing_to_withdraw")
    assert shared_bot.outcome(f"CEARLY:{ts}") == "deleted"
    assert slack.replies("CEARLY", ts) == []


def test_what_people_say_among_themselves_may_be_edited_and_deleted(
    slack: LocalSlack, shared_bot: BotProcess
):
    """Nothing of it is read or written down."""
    ts = slack.say("CPEOPLE", "UAOKI", "昼ごはんの話")
    reads = len([m for m, _ in slack.calls if m == "conversations.replies"])
    slack.edit("CPEOPLE", ts, "夕ごはんの話")
    slack.delete("CPEOPLE", ts)
    slack.wait_until_acked()
    assert len([m for m, _ in slack.calls if m == "conversations.replies"]) == reads
    assert shared_bot.outcome(f"CPEOPLE:{ts}/deleted") is None
