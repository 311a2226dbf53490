"""Busy threads: who speaks there is heard, and not read again for each message."""

import sqlite3
from contextlib import closing

from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, server_error

CHATTER = "こちらの件は課内の雑談です"


def reads(slack: LocalSlack) -> int:
    """Return how often a thread was read."""
    return [method for method, _ in slack.calls].count("conversations.replies")


def held(bot: BotProcess) -> str:
    """Return all that stands in the files of the inbox."""
    files = bot.data.glob("inbox.sqlite3*")
    return b"".join(file.read_bytes() for file in files).decode("utf-8", "replace")


def rows(bot: BotProcess) -> int:
    """Return how many messages the inbox has taken."""
    with closing(sqlite3.connect(bot.data / "inbox.sqlite3")) as inbox:
        return int(inbox.execute("SELECT count(*) FROM question").fetchone()[0])


def test_follow_ups_and_chatter_cost_no_call(slack: LocalSlack, start: Start):
    """Follow-ups of the asker are answered without reading the thread; so is a closed one left.

    What others say there is never written to disk.
    """
    bot = start()
    root = slack.mention("CBUSY", "UAOKI", "街路樹は何本ですか？")
    slack.wait_for_reply("CBUSY", root)
    slack.say("CBUSY", "UAOKI", "ところで、緑地条例の目的は何ですか？", thread_ts=root)
    slack.wait_for_reply("CBUSY", root, count=2)
    slack.say("CBUSY", "UBABA", CHATTER, thread_ts=root)
    slack.wait_until_acked()  # what comes within the same moment may overtake it
    for n in range(30):
        slack.say("CBUSY", "UBABA", f"{CHATTER} {n}", thread_ts=root)
        slack.say("CBUSY", "UAOKI", f"{CHATTER} そうですね {n}", thread_ts=root)
    slack.wait_until_acked()
    slack.mention("CBUSY", "UAOKI", "ところで、おわりの質問の件数は？", thread_ts=root)
    slack.wait_for_reply("CBUSY", root, count=3)
    assert len(slack.replies("CBUSY", root)) == 3
    assert reads(slack) == 0
    assert CHATTER not in held(bot)
    assert rows(bot) == 3


def test_after_a_restart_a_thread_is_read_once(slack: LocalSlack, start: Start):
    """Somebody may have spoken meanwhile; where nobody did, the asker goes on without a mention."""
    bot = start()
    open_ = slack.mention("COPEN", "UAOKI", "街路樹は何本ですか？")
    joined = slack.mention("CJOINED", "UAOKI", "街路樹は何本ですか？")
    closed = slack.mention("CCLOSED", "UAOKI", "街路樹は何本ですか？")
    slack.wait_for_reply("CCLOSED", closed)
    slack.say("CCLOSED", "UBABA", CHATTER, thread_ts=closed)
    slack.wait_until_acked()
    eventually(lambda: bot.said().count(": answered") == 3)
    bot.kill()
    slack.wait_gone()
    slack.workspace.say("CJOINED", "UBABA", CHATTER, thread_ts=joined)
    bot = start()
    for channel, root in (("COPEN", open_), ("CJOINED", joined), ("CCLOSED", closed)):
        for text in ("ところで、緑地条例の目的は何ですか？", "ところで、緑地は何か所ありますか？"):
            slack.say(channel, "UAOKI", text, thread_ts=root)
    slack.wait_for_reply("COPEN", open_, count=3)
    slack.say("COPEN", "UAOKI", "ところで、公園は何か所ありますか？", thread_ts=open_)
    slack.wait_for_reply("COPEN", open_, count=4)
    slack.wait_until_acked()
    read = [given["channel"] for method, given in slack.calls if method == "conversations.replies"]
    assert sorted(read) == ["CJOINED", "COPEN"]
    assert len(slack.replies("CJOINED", joined)) == len(slack.replies("CCLOSED", closed)) == 1
    assert rows(bot) == 6


def test_a_thread_begun_among_people_is_read_before_it_is_followed(slack: LocalSlack, start: Start):
    """What may not be for the bot waits in memory while the thread cannot be read."""
    bot = start()
    root = slack.say("CMINE", "UAOKI", "街路樹の話をはじめます")
    slack.mention("CMINE", "UAOKI", "街路樹は？", thread_ts=root)
    slack.wait_for_reply("CMINE", root)
    slack.trouble("conversations.replies", server_error(503))
    ts = slack.say("CMINE", "UAOKI", "ところで、緑地条例の目的は何ですか？", thread_ts=root)
    eventually(lambda: f"CMINE:{ts}: not known yet" in bot.said())
    assert "緑地条例の目的" not in held(bot)
    assert SAID in slack.wait_for_reply("CMINE", root, count=2)["text"]
    others = slack.say("CTHEIRS", "UBABA", "街路樹の話をはじめます")
    slack.wait_until_acked()  # heard after the mention, it would close the thread unread
    slack.mention("CTHEIRS", "UAOKI", "街路樹は？", thread_ts=others)
    slack.wait_for_reply("CTHEIRS", others)
    before = reads(slack)
    slack.say("CTHEIRS", "UAOKI", CHATTER, thread_ts=others)
    slack.wait_until(lambda: reads(slack) > before)
    slack.say("CTHEIRS", "UAOKI", CHATTER, thread_ts=others)
    slack.wait_until_acked()
    slack.mention("CTHEIRS", "UAOKI", "ところで、緑地の件数は？", thread_ts=others)
    slack.wait_for_reply("CTHEIRS", others, count=2)
    assert (reads(slack), len(slack.replies("CTHEIRS", others))) == (before + 1, 2)
    assert CHATTER not in held(bot)


def test_another_app_that_speaks_closes_the_thread(slack: LocalSlack, start: Start):
    """As a third person does."""
    start()
    root = slack.mention("CAPP", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CAPP", root)
    slack.say("CAPP", "UCI", "ビルド完了", thread_ts=root, bot_id="BCI", subtype="bot_message")
    slack.wait_until_acked()
    slack.say("CAPP", "UAOKI", "ところで、緑地条例の目的は何ですか？", thread_ts=root)
    slack.mention("CAPP", "UAOKI", "ところで、緑地の件数は？", thread_ts=root)
    slack.wait_for_reply("CAPP", root, count=2)
    slack.wait_until_acked()
    assert len(slack.replies("CAPP", root)) == 2


def test_a_follow_up_of_who_is_alone_with_the_bot_outlives_a_kill(slack: LocalSlack, start: Start):
    """It is written down before it is acknowledged."""
    bot = start()
    root = slack.mention("CKILLED", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CKILLED", root)
    slack.say("CKILLED", "UAOKI", "ところで、すこし待つ緑地の件数は？", thread_ts=root)
    eventually(lambda: len(bot.asked()) == 2)
    slack.wait_until_acked()
    bot.kill()
    start()
    assert SAID in slack.wait_for_reply("CKILLED", root, count=2)["text"]
