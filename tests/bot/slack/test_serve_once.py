"""Every question is answered exactly once, over repeats, kills, lost replies and a full disk."""

import resource
import signal

import pytest

from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way
from bot.texts import JA
from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.bot.slack.set_back_bot import SET_BACK
from tests.slack_api import (
    LocalSlack,
    late,
    made_late,
    rate_limited,
    refused,
    reply_lost,
    server_error,
)


@pytest.mark.usefixtures("shared_bot")
def test_a_delivery_that_comes_twice_is_answered_once(shared_slack: LocalSlack):
    """The same envelope sent twice, over two connections, makes one answer."""
    shared_slack.send_twice = True
    ts = shared_slack.mention("CTWICE", "UAOKI", "街路樹は？")
    shared_slack.wait_for_reply("CTWICE", ts)
    shared_slack.wait_until_acked()
    shared_slack.send_twice = False
    later = shared_slack.mention("CTWICE", "UAOKI", "緑地は？")
    shared_slack.wait_for_reply("CTWICE", later)
    assert len(shared_slack.replies("CTWICE", ts)) == 1


def test_a_question_outlives_a_kill_between_ack_and_answer(slack: LocalSlack, start: Start):
    """Killed after the ack and before the reply, the bot answers once it is started again."""
    bot = start()
    ts = slack.mention("CKILL", "UAOKI", "すこし待つ街路樹の質問")
    eventually(bot.asked)
    slack.wait_until_acked()
    bot.kill()
    assert slack.replies("CKILL", ts) == []
    start()
    assert SAID in slack.wait_for_reply("CKILL", ts)["text"]
    slack.wait_until(lambda: "conversations.replies" in [method for method, _ in slack.calls])
    assert len(slack.replies("CKILL", ts)) == 1


def test_what_was_left_is_taken_up_though_the_clock_was_set_back(slack: LocalSlack, start: Start):
    """By a year, while the bot runs: what lies in the inbox does not lie there for a year."""
    bot = start(module="tests.bot.slack.set_back_bot")
    ts = slack.workspace.say("CBACK", "UAOKI", "街路樹は？")["ts"]
    (bot.data / SET_BACK).touch()
    left = Inbox(bot.data / "inbox.sqlite3")
    left.add(Incoming("CBACK", ts, ts, "UAOKI", "街路樹は？", Way.MENTION, "Ev1"))
    left.close()
    assert SAID in slack.wait_for_reply("CBACK", ts, timeout=40)["text"]


def test_a_reply_made_before_a_kill_is_not_made_again(slack: LocalSlack, start: Start):
    """Killed after the post and before it was written down, the bot finds its reply in Slack."""
    bot = start()
    ts = slack.mention("CPOSTED", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CPOSTED", ts)
    eventually(lambda: f"CPOSTED:{ts}: answered" in bot.said())
    bot.kill()
    forget_that_it_is_done(bot)
    again = start()
    eventually(lambda: f"CPOSTED:{ts}: answered" in again.said())
    assert len(slack.replies("CPOSTED", ts)) == 1


def forget_that_it_is_done(bot: BotProcess) -> None:
    """Put the inbox back to the moment before the reply was marked."""
    inbox = Inbox(bot.data / "inbox.sqlite3")
    # that moment is too short to be hit
    inbox.file.write("UPDATE question SET done_at = NULL, text = '街路樹は？'")
    inbox.close()


def test_a_question_that_kills_the_process_is_told_as_a_fault_in_the_end(
    slack: LocalSlack, start: Start
):
    """A question that brings the bot down each time is given up, and the person is told."""
    first = start()
    ts = slack.mention("CDEADLY", "UAOKI", "いつも倒れる質問")
    assert first.wait() == -signal.SIGKILL
    for _ in range(3):
        assert start(ready=False).wait() == -signal.SIGKILL
    start()
    assert slack.wait_for_reply("CDEADLY", ts)["text"].startswith("すみません")


def test_a_post_whose_answer_is_lost_is_not_repeated(
    shared_slack: LocalSlack, shared_bot: BotProcess
):
    """When the connection breaks after Slack took the post, the bot looks before it posts again."""
    shared_slack.trouble("chat.postMessage", reply_lost())
    ts = shared_slack.mention("CLOST", "UAOKI", "街路樹は？")
    eventually(lambda: f"CLOST:{ts}: answered" in shared_bot.said())
    assert len(shared_slack.replies("CLOST", ts)) == 1


def test_a_post_that_slack_makes_late_is_waited_for(
    shared_slack: LocalSlack, shared_bot: BotProcess
):
    """Nothing was confirmed, but the reply comes to stand: there is one, posted once."""
    shared_slack.trouble("chat.postMessage", made_late(2))
    ts = shared_slack.mention("CMADELATE", "UAOKI", "街路樹は？")
    beside = shared_slack.mention("CMADELATE", "UAOKI", "緑地は？")
    shared_slack.wait_for_reply("CMADELATE", beside)
    eventually(lambda: f"CMADELATE:{ts}: answered" in shared_bot.said())
    assert len(shared_slack.replies("CMADELATE", ts)) == 1
    posts = [given for method, given in shared_slack.calls if method == "chat.postMessage"]
    assert len([each for each in posts if each["channel"] == "CMADELATE"]) == 2


@pytest.mark.slow
def test_of_two_replies_one_is_deleted_in_the_end(slack: LocalSlack, start: Start):
    """Killed while its post was under way, the bot finds nothing and posts again: both come."""
    bot = start()
    slack.trouble("chat.postMessage", made_late(10))
    ts = slack.mention("CBOTH", "UAOKI", "街路樹は？")
    slack.wait_until(lambda: "chat.postMessage" in [method for method, _ in slack.calls])
    bot.kill()
    start()
    slack.wait_for_reply("CBOTH", ts, count=2)
    first = slack.replies("CBOTH", ts)[0]
    slack.wait_until(
        lambda: [each["ts"] for each in slack.replies("CBOTH", ts)] == [first["ts"]], 50
    )


def test_trouble_while_posting_is_waited_out(shared_slack: LocalSlack, shared_bot: BotProcess):
    """A rate limit, a page of HTML and an internal error delay the answer and do not double it."""
    shared_slack.trouble(
        "chat.postMessage", rate_limited(1), server_error(502), refused("internal_error")
    )
    ts = shared_slack.mention("CBUSY", "UAOKI", "街路樹は？")
    assert SAID in shared_slack.wait_for_reply("CBUSY", ts)["text"]
    eventually(lambda: f"CBUSY:{ts}: answered" in shared_bot.said())
    assert len(shared_slack.replies("CBUSY", ts)) == 1
    posts = [arguments for method, arguments in shared_slack.calls if method == "chat.postMessage"]
    assert len([post for post in posts if post["channel"] == "CBUSY"]) == 4


@pytest.mark.usefixtures("shared_bot")
def test_blocks_that_slack_refuses_are_posted_plain(shared_slack: LocalSlack):
    """Where a workspace refuses the blocks, the same answer with its source comes as text."""
    # the second time without the newest kind of block
    shared_slack.trouble("chat.postMessage", *[refused("invalid_blocks")] * 2)
    ts = shared_slack.mention("CPLAIN", "UAOKI", "街路樹は？")
    reply = shared_slack.wait_for_reply("CPLAIN", ts)
    assert reply["blocks"] == []
    for part in (SAID, "[1]", "緑政課長", "4ページ"):
        assert part in reply["text"]


@pytest.mark.usefixtures("shared_bot")
def test_a_status_that_slack_refuses_does_not_keep_the_answer_back(shared_slack: LocalSlack):
    """Without the status the answer comes all the same."""
    shared_slack.trouble("assistant.threads.setStatus", server_error(500))
    ts = shared_slack.mention("CBARE", "UAOKI", "街路樹は？")
    assert SAID in shared_slack.wait_for_reply("CBARE", ts)["text"]


@pytest.mark.usefixtures("shared_bot")
def test_a_status_that_takes_long_does_not_hold_the_answer_up(shared_slack: LocalSlack):
    """The answer stands before Slack has taken the status, which is then taken back."""
    shared_slack.trouble("assistant.threads.setStatus", late(2))
    ts = shared_slack.mention("CSLOW", "UAOKI", "街路樹は？")
    shared_slack.wait_for_reply("CSLOW", ts)
    statuses = shared_slack.workspace.statuses
    assert not [s for s in statuses if s["channel_id"] == "CSLOW" and s["status"]]
    shared_slack.wait_until(
        lambda: [s["status"] for s in statuses if s.get("thread_ts") == ts][1:] == [""]
    )


def test_a_reply_that_slack_will_never_take_is_given_up(
    shared_slack: LocalSlack, shared_bot: BotProcess
):
    """In an archived channel the bot goes on no more, and tells the asker alone, without words."""
    shared_slack.workspace.archived.add("CGONE")
    ts = shared_slack.mention("CGONE", "UGONE", "街路樹は？")
    alone = shared_slack.workspace.messages["DUGONE"]
    shared_slack.wait_until(lambda: [message["text"] for message in alone] == [JA.not_posted])
    eventually(lambda: f"CGONE:{ts}: Slack refuses the reply: is_archived" in shared_bot.said())
    inbox = Inbox(shared_bot.data / "inbox.sqlite3")
    assert inbox.waiting(before=4e9) == []
    inbox.close()


def test_on_a_full_disk_a_question_is_not_acked_and_comes_again(slack: LocalSlack, start: Start):
    """What cannot be written down is not acknowledged: Slack keeps it until there is room."""
    slack.resend_after = 0.5
    bot = start()
    hard = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)[1]
    room = (bot.data / "inbox.sqlite3-wal").stat().st_size
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (room, hard))
    ts = slack.direct_message("UFULL", "街路樹は？")
    eventually(lambda: "Slack will send it again" in bot.said())
    assert slack.acks == []
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert SAID in slack.wait_for_reply("DUFULL", ts)["text"]
    slack.wait_until_acked()
    assert len(slack.replies("DUFULL", ts)) == 1


def test_follow_ups_are_left_when_the_thread_may_not_be_read(slack: LocalSlack, start: Start):
    """Of a thread that people began the bot has to know who spoke: it is silent if it may not."""
    slack.workspace.scopes -= {"channels:history"}
    bot = start()
    root = slack.say("CBLIND", "UAOKI", "街路樹の話")
    slack.mention("CBLIND", "UAOKI", "街路樹は？", thread_ts=root)
    slack.wait_for_reply("CBLIND", root)
    ts = slack.say("CBLIND", "UAOKI", "いつまでですか？", thread_ts=root)
    eventually(lambda: f"CBLIND:{ts}: not to be read: missing_scope" in bot.said())
    assert "lacks the scope channels:history" in bot.said()
    assert len(slack.replies("CBLIND", root)) == 1
