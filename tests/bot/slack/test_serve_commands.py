"""What one person asks and sees alone: ``/kiroku``, the shortcut at a message, and sharing."""

import json

import pytest

from bot.texts import JA
from bot.texts.private import JA_PRIVATE
from tests.bot.council import MINUTES, MORE, SAID, WIDER
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack, refused, server_error

SHARE = "kiroku_private_share"


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def shown(message: dict) -> str:
    """Return all that a message's blocks hold, as JSON."""
    return json.dumps(message["blocks"], ensure_ascii=False)


def asked_in(slack: LocalSlack, channel: str, user: str, text: str) -> dict:
    """Ask by command; return what is shown."""
    slack.workspace.messages[channel]
    before = len(slack.shown_to(user))
    envelope = slack.command(channel, user, text)
    slack.wait_until(lambda: len(slack.shown_to(user)) > before)
    slack.wait_until(lambda: envelope in slack.acks)
    return slack.shown_to(user)[-1]


def test_a_command_is_answered_to_the_asker_alone(slack: LocalSlack):
    """The answer comes with its question and source, and nobody else sees any of it."""
    reply = asked_in(slack, "CALONE", "UALONE", "街路樹は何本植え替えますか？")
    for part in ("街路樹は何本植え替えますか", SAID, MINUTES.title, "4ページ", JA_PRIVATE.share):
        assert part in shown(reply)
    assert slack.messages("CALONE") == []


@pytest.mark.parametrize("text", ["", "help", "使い方"])
def test_help_names_the_subcommands(slack: LocalSlack, text: str):
    """The command alone, or with a call for help, says what can be asked."""
    reply = asked_in(slack, "CHELP", f"UHELP{len(text)}", text)
    assert all(line in shown(reply) for line in JA_PRIVATE.command_help)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("article 緑地条例 第6条", "緑地条例 第6条は？"),
        ("speaker 林委員 街路樹", "林委員は街路樹について何と言いましたか？"),
        ("speaker 林委員", "林委員は何と言いましたか？"),
        ("speaker", "speaker"),
        ("meeting of May?", "meeting of May?"),
        ("街路樹 何本", "街路樹 何本"),
    ],
)
def test_subcommands_are_asked_in_words(
    slack: LocalSlack, shared_bot: BotProcess, text: str, asked: str
):
    """A subcommand is put as a question; what is none is a question as it stands."""
    asked_in(slack, "CWORDS", "UWORDS", text)
    assert asked in shared_bot.asked()


@pytest.mark.parametrize("what", ["第2回緑の審議会", "緑の審議会", "2023年11月15日", "令和5年度"])
def test_a_meeting_is_told_from_its_data(slack: LocalSlack, what: str):
    """By name or date: its agenda with its source; what could not be read is said to be so."""
    case = what.encode().hex()[:8].upper()  # what is shown late is shown to another one
    channel, user = f"CMEET{case}", f"UMEET{case}"
    reply = asked_in(slack, channel, user, f"meeting {what}")
    for part in (MINUTES.title, "令和5年11月15日", "(1) 街路樹の更新計画について", "4ページ"):
        assert part in shown(reply)
    assert JA_PRIVATE.meeting_unread.format(what="出席者、議決") in shown(reply)
    slack.press(reply, SHARE, user)
    slack.wait_until(lambda: what in str(slack.messages(channel)))


def test_a_meeting_of_which_there_are_no_minutes_is_told_plainly(slack: LocalSlack):
    """Neither another body nor another day is taken in its place."""
    for what in ("財政審議会", "2023年11月16日", "第3回緑の審議会"):
        reply = asked_in(slack, "CNOMEET", "UNOMEET", f"meeting {what}")
        assert reply["text"] == JA_PRIVATE.meeting_none.format(what=what)


def test_a_history_is_told_alone(slack: LocalSlack):
    """The prior discussions of a topic come to the asker alone, and can be shared."""
    reply = asked_in(slack, "CHIST", "UHIST", "history 駐輪場")
    assert "「駐輪場」はこれまで4回の会議で" in shown(reply)
    assert JA_PRIVATE.share in shown(reply)


def test_the_buttons_of_a_private_answer_work(slack: LocalSlack):
    """Reading on opens a modal; widening and narrowing replace what only the asker sees."""
    reply = asked_in(slack, "CBTN", "UBTN", "街路樹は何本？")
    slack.press(reply, "kiroku_private_kiroku_more", "UBTN")
    slack.wait_for_view("UBTN", MORE)
    slack.press(reply, "kiroku_private_kiroku_widen", "UBTN")
    wider = slack.wait_shown("UBTN", WIDER)
    assert wider["ts"] == reply["ts"]
    slack.press(wider, "kiroku_private_kiroku_narrow", "UBTN")
    assert slack.wait_shown("UBTN", SAID)["ts"] == reply["ts"]
    assert len(slack.shown_to("UBTN")) == 1


def test_what_a_choice_asks_stands_below(slack: LocalSlack):
    """Of what a question may mean, the chosen one is answered below, to the asker alone."""
    reply = asked_in(slack, "CWHICH", "UWHICH", "どの街路樹？")
    slack.press(reply, "kiroku_private_kiroku_choose_0", "UWHICH")
    slack.wait_until(lambda: len(slack.shown_to("UWHICH")) == 2)
    assert SAID in slack.shown_to("UWHICH")[1]["text"]


def test_an_answer_is_shared_once_with_who_shared_it(slack: LocalSlack):
    """Sharing posts question and answer for all; a second press posts nothing."""
    reply = asked_in(slack, "CSHARE", "USHARE", "街路樹は何本？")
    slack.press(reply, SHARE, "USHARE")
    slack.wait_shown("USHARE", JA_PRIVATE.shared)
    slack.press(reply, SHARE, "USHARE")
    slack.wait_until_acked()
    asked_in(slack, "CSHARE", "USHARE", "緑地は？")
    [posted] = slack.messages("CSHARE")
    assert {"type": "user", "user_id": "USHARE"} in posted["blocks"][0]["elements"][0]["elements"]
    assert all(part in shown(posted) for part in ("街路樹は何本？", SAID, MINUTES.title))
    slack.press(posted, "kiroku_private_kiroku_more", "UOTHER")
    assert slack.wait_for_view("UOTHER", MORE)


def test_what_was_widened_is_shared_as_it_is_seen(slack: LocalSlack):
    """The shared answer is the one that stands above the button, not the first one."""
    reply = asked_in(slack, "CSHARE2", "USHARE2", "街路樹は何本？")
    slack.press(reply, "kiroku_private_kiroku_widen", "USHARE2")
    slack.press(slack.wait_shown("USHARE2", WIDER), SHARE, "USHARE2")
    slack.wait_shown("USHARE2", JA_PRIVATE.shared)
    assert WIDER in slack.messages("CSHARE2")[0]["text"]


def test_where_the_bot_is_not_a_member_nothing_is_shared_but_all_is_answered(slack: LocalSlack):
    """A command is answered in any channel; to share there, the bot has to be invited."""
    slack.workspace.messages["CNOTIN"]
    slack.workspace.left.add("CNOTIN")
    reply = asked_in(slack, "CNOTIN", "UNOTIN", "街路樹は何本？")
    slack.workspace.left.discard("CNOTIN")
    slack.trouble("chat.postMessage", refused("not_in_channel"))
    slack.press(reply, SHARE, "UNOTIN")
    slack.wait_shown("UNOTIN", JA_PRIVATE.share_not_in)
    assert slack.messages("CNOTIN") == []


def test_what_the_channel_may_not_see_is_not_shared(slack: LocalSlack):
    """In a channel that is shared with others, the private answer stays private."""
    slack.workspace.people.shared["CEXT"] = "is_ext_shared"
    reply = asked_in(slack, "CEXT", "UEXT", "街路樹は何本？")
    assert SAID in reply["text"]
    slack.press(reply, SHARE, "UEXT")
    slack.wait_shown("UEXT", JA.refused_here)
    assert slack.messages("CEXT") == []


def test_a_guest_is_told_that_there_is_nothing(slack: LocalSlack):
    """The gate stands before commands as before all else."""
    slack.workspace.people.users["UGUEST"] = {"is_restricted": True}
    reply = asked_in(slack, "CGUEST", "UGUEST", "街路樹は何本？")
    assert reply["text"] == JA.refused
    assert SHARE not in shown(reply)


def test_a_message_is_looked_up_in_its_thread_for_one_person(slack: LocalSlack):
    """The shortcut asks what somebody wrote; the answer is seen in that thread by who used it."""
    root = slack.say("CLOOK", "UAOKI", "来週の資料です")
    ts = slack.say("CLOOK", "UBABA", "街路樹を植え替える話はどうなった", thread_ts=root)
    slack.look_up("CLOOK", ts, "ULOOK")
    reply = slack.wait_shown("ULOOK", SAID)
    assert (reply["channel"], len(slack.messages("CLOOK"))) == ("CLOOK", 2)


def test_an_address_that_is_used_up_is_no_way_and_the_answer_comes_as_a_direct_message(
    slack: LocalSlack,
):
    """After half an hour Slack takes nothing by it: then the answer stands in the bot's DM."""
    slack.trouble("response_url", server_error(500))
    slack.command("CLATE", "ULATE", "街路樹は何本？")
    slack.workspace.response_urls.expire()
    slack.wait_until(lambda: slack.messages("DULATE"))
    assert SAID in slack.messages("DULATE")[0]["text"]


def test_neither_words_nor_addresses_stand_in_the_log(slack: LocalSlack, shared_bot: BotProcess):
    """Also where DEBUG is on."""
    reply = asked_in(slack, "CLOG", "ULOG", "ひみつの質問")
    eventually(lambda: "CLOG:command/" in shared_bot.said())
    slack.press(reply, "kiroku_private_kiroku_widen", "ULOG")
    slack.wait_until(lambda: WIDER in slack.shown_to("ULOG")[0]["text"])
    said = shared_bot.said()
    assert "ひみつの質問" not in said
    assert not any(name in said for name in slack.workspace.response_urls.given)
