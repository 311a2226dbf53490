"""What becomes of the buttons under a reply, over real HTTP and a real websocket."""

import json
from typing import Any

import pytest

from bot.slack.buttons import Do
from bot.texts import JA
from tests.bot.council import ASKED, MINUTES, MORE, SAID, WIDER
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, rate_limited, refused, server_error

ASKER = "UAOKI"


def text_of(value: Any) -> str:
    """Return all that a message or a view holds, as JSON."""
    return json.dumps(value["blocks"], ensure_ascii=False)


def actions(message: dict[str, Any]) -> list[str]:
    """Return the buttons of a message."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button["action_id"] for row in rows for button in row["elements"]]


def payload_of(message: dict[str, Any]) -> dict[str, str]:
    """Return what a reply says of itself."""
    return message["metadata"]["event_payload"]


def told(slack: LocalSlack, channel: str) -> list[tuple[str, str]]:
    """Return what was said in a channel to one person only: who, and what."""
    said = [each for each in slack.workspace.ephemerals if each["channel"] == channel]
    return [(each["user"], each["text"]) for each in said]


@pytest.fixture
def bot(shared_slack: LocalSlack, shared_bot: BotProcess) -> BotProcess:
    """Give the bot of the whole module."""
    shared_slack.send_twice = False
    return shared_bot


def ask(slack: LocalSlack, channel: str, question: str = "街路樹は何本？") -> dict[str, Any]:
    """Ask in a channel and return the reply."""
    return slack.wait_for_reply(channel, slack.mention(channel, ASKER, question))


def standing(slack: LocalSlack, message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it stands now."""
    return next(m for m in slack.messages(message["channel"]) if m["ts"] == message["ts"])


@pytest.mark.usefixtures("bot")
def test_more_opens_the_passages_in_full(shared_slack: LocalSlack):
    """「続きを見る」 opens them with source and question, for anybody, and nobody else sees it."""
    reply = ask(shared_slack, "CMORE")
    before = shared_slack.messages("CMORE")
    envelope = shared_slack.press(reply, Do.MORE, "UBABA")
    view = shared_slack.wait_for_view("UBABA", SAID)
    for part in (SAID + MORE, ASKED, MINUTES.title, "緑政課長"):
        assert part in text_of(view)
    assert MORE not in text_of(reply)
    shared_slack.wait_until(lambda: envelope in shared_slack.acks)
    assert shared_slack.messages("CMORE") == before


def test_undo_answers_anew_in_the_same_message(shared_slack: LocalSlack, bot: BotProcess):
    """「絞り込みを外す」 puts the wider answer into the place of the narrow one, and says so."""
    reply = ask(shared_slack, "CWIDEN", "街路樹の寿命は？")
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(lambda: WIDER in text_of(standing(shared_slack, reply)))
    now = standing(shared_slack, reply)
    assert JA.widened in text_of(now)
    assert actions(now) == [Do.MORE, Do.NARROW]
    assert payload_of(now)["question"] == payload_of(reply)["question"]
    assert payload_of(now)["asked"] == payload_of(reply)["asked"]
    assert bot.asked().count("街路樹の寿命は？") == 2
    assert len(shared_slack.replies("CWIDEN", reply["thread_ts"])) == 1


def test_undo_and_the_way_back_can_be_gone_again(shared_slack: LocalSlack, bot: BotProcess):
    """To and fro in one message, as often as one likes; a press that comes twice counts once."""
    reply = ask(shared_slack, "CBACK", "街路樹の行き来は？")
    now = reply
    for press, told in [(Do.WIDEN, WIDER), (Do.NARROW, SAID), (Do.WIDEN, WIDER), (Do.NARROW, SAID)]:
        clicks = [shared_slack.press(now, press, ASKER) for _ in range(2)]
        shared_slack.wait_until(lambda told=told: told in text_of(standing(shared_slack, reply)))
        shared_slack.wait_until(lambda clicks=clicks: set(clicks) <= set(shared_slack.acks))
        now = standing(shared_slack, reply)
    assert actions(now) == [Do.MORE, Do.WIDEN]
    assert payload_of(now) == payload_of(reply)
    assert bot.asked().count("街路樹の行き来は？") == 5
    assert len(shared_slack.replies("CBACK", reply["thread_ts"])) == 1


@pytest.mark.usefixtures("bot")
def test_the_way_back_stands_below_an_answer_that_could_not_be_replaced(shared_slack: LocalSlack):
    """Where the wider answer had to be posted below, that one is narrowed again; no third comes."""
    reply = ask(shared_slack, "CFROZENBACK")
    shared_slack.trouble("chat.update", refused("edit_window_closed"))
    shared_slack.press(reply, Do.WIDEN, ASKER)
    below = shared_slack.wait_for_reply("CFROZENBACK", reply["thread_ts"], count=2)
    shared_slack.press(below, Do.NARROW, ASKER)
    shared_slack.wait_until(lambda: WIDER not in text_of(standing(shared_slack, below)))
    assert SAID in text_of(standing(shared_slack, below))
    assert standing(shared_slack, reply) == reply
    assert len(shared_slack.replies("CFROZENBACK", reply["thread_ts"])) == 2


@pytest.mark.usefixtures("bot")
def test_the_buttons_work_in_a_direct_message(shared_slack: LocalSlack):
    """Alone with the bot the same buttons do the same."""
    reply = shared_slack.wait_for_reply(f"D{ASKER}", shared_slack.direct_message(ASKER, "何本？"))
    shared_slack.press(reply, Do.MORE, ASKER)
    shared_slack.wait_for_view(ASKER, SAID + MORE)
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(lambda: WIDER in text_of(standing(shared_slack, reply)))


@pytest.mark.usefixtures("bot")
def test_more_under_a_widened_answer_shows_what_that_one_cites(shared_slack: LocalSlack):
    """The button asks as the answer above it was asked, not as the first one was."""
    reply = ask(shared_slack, "CWIDEMORE")
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(lambda: WIDER in text_of(standing(shared_slack, reply)))
    shared_slack.press(standing(shared_slack, reply), Do.MORE, "UWIDE")
    assert SAID not in text_of(shared_slack.wait_for_view("UWIDE", WIDER))


@pytest.mark.usefixtures("bot")
def test_each_choice_asks_again_with_what_it_means(shared_slack: LocalSlack):
    """A chosen meaning is answered below; the choices stay, and the other one can be had too."""
    reply = ask(shared_slack, "CCHOOSE", "どの審議会の街路樹？")
    assert actions(reply) == [f"{Do.CHOOSE}_0", f"{Do.CHOOSE}_1"]
    root = reply["thread_ts"]
    shared_slack.press(reply, f"{Do.CHOOSE}_1", ASKER)
    second = shared_slack.wait_for_reply("CCHOOSE", root, count=2)
    assert f"景観の審議会では、{SAID}" in text_of(second)
    shared_slack.press(reply, f"{Do.CHOOSE}_0", ASKER)
    assert "緑の審議会では" in text_of(shared_slack.wait_for_reply("CCHOOSE", root, count=3))
    shared_slack.press(second, Do.MORE, "UCHOOSE")
    shared_slack.wait_for_view("UCHOOSE", "景観の審議会では")


def test_a_double_click_answers_once(shared_slack: LocalSlack, bot: BotProcess):
    """Two clicks on a choice, each delivered twice, make one answer; all are acknowledged."""
    reply = ask(shared_slack, "CDOUBLE", "どの審議会の街路樹か二度")
    shared_slack.send_twice = True
    clicks = [shared_slack.press(reply, f"{Do.CHOOSE}_0", ASKER) for _ in range(2)]
    shared_slack.wait_for_reply("CDOUBLE", reply["thread_ts"], count=2)
    shared_slack.wait_until(lambda: set(clicks) <= set(shared_slack.acks))
    shared_slack.send_twice = False
    ask(shared_slack, "CDOUBLE", "おわりの質問")
    assert len(shared_slack.replies("CDOUBLE", reply["thread_ts"])) == 2
    assert bot.asked().count("どの審議会の街路樹か二度") == 2


def test_another_person_is_told_that_the_asker_decides(shared_slack: LocalSlack, bot: BotProcess):
    """Nobody but the asker changes an answer; who tries is told, alone, and the asker still can."""
    reply = ask(shared_slack, "COTHER", "人の街路樹")
    shared_slack.press(reply, Do.WIDEN, "UBABA")
    shared_slack.wait_until(lambda: told(shared_slack, "COTHER"))
    assert told(shared_slack, "COTHER") == [("UBABA", JA.not_yours)]
    assert standing(shared_slack, reply) == reply
    assert bot.asked().count("人の街路樹") == 1
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(lambda: WIDER in text_of(standing(shared_slack, reply)))


@pytest.mark.usefixtures("bot")
def test_a_press_on_what_is_deleted_says_so(shared_slack: LocalSlack):
    """Where the question or the reply is gone, who pressed is told to ask again.

    In the place of a question that has replies Slack puts a message of its own.
    """
    delete, bury = shared_slack.delete, shared_slack.workspace.bury
    for channel, gone, deleted in (
        ("CNOREPLY", delete, "ts"),
        ("CNOQUESTION", delete, "thread_ts"),
        ("CBURIED", bury, "thread_ts"),
    ):
        reply = ask(shared_slack, channel)
        gone(channel, reply[deleted])
        shared_slack.press(reply, Do.WIDEN, ASKER)
        shared_slack.wait_until(lambda channel=channel: told(shared_slack, channel))
        assert told(shared_slack, channel) == [(ASKER, JA.gone)]
        shared_slack.press(reply, Do.MORE, channel)
        shared_slack.wait_for_view(channel, JA.gone)


@pytest.mark.usefixtures("bot")
def test_a_thread_that_cannot_be_read_now_is_not_called_deleted(shared_slack: LocalSlack):
    """The button works again once Slack does; what asks again waits for that by itself."""
    reply = ask(shared_slack, "CUNREAD")
    shared_slack.trouble("conversations.replies", server_error(503))
    shared_slack.press(reply, Do.MORE, "UUNREAD")
    shared_slack.wait_for_view("UUNREAD", JA.unread)
    shared_slack.press(reply, Do.MORE, "UUNREAD")
    shared_slack.wait_for_view("UUNREAD", SAID + MORE)
    shared_slack.trouble("conversations.replies", rate_limited(1), server_error(503))
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(lambda: WIDER in text_of(standing(shared_slack, reply)))


@pytest.mark.usefixtures("bot")
def test_a_reply_that_can_no_longer_be_changed_is_followed_by_another(shared_slack: LocalSlack):
    """Where Slack does not let the message be changed, the wider answer stands below."""
    reply = ask(shared_slack, "CFROZEN")
    shared_slack.trouble("chat.update", refused("edit_window_closed"))
    shared_slack.press(reply, Do.WIDEN, ASKER)
    below = shared_slack.wait_for_reply("CFROZEN", reply["thread_ts"], count=2)
    assert WIDER in text_of(below)
    assert standing(shared_slack, reply) == reply


@pytest.mark.usefixtures("bot")
def test_a_fault_does_not_take_the_place_of_an_answer(shared_slack: LocalSlack):
    """Where asking again fails, the answer stays and the fault is told below it."""
    reply = ask(shared_slack, "CWORSE", "広げるとどうなる？")
    shared_slack.press(reply, Do.WIDEN, ASKER)
    below = shared_slack.wait_for_reply("CWORSE", reply["thread_ts"], count=2)
    assert below["text"].startswith("すみません")
    assert standing(shared_slack, reply) == reply


@pytest.mark.usefixtures("bot")
def test_values_that_we_never_made_are_acked_and_ignored(shared_slack: LocalSlack):
    """A button of another kind, or one with a forged value, is acknowledged and does nothing."""
    reply = ask(shared_slack, "CFORGED")
    row = next(block for block in reply["blocks"] if block["type"] == "actions")
    forged = ("", "{}", "[]", '{"do": "kiroku_widen", "narrow": 1, "filters": {}}', "x" * 5_000)
    clicks = []
    for value in forged:
        buttons = [{**button, "value": value} for button in row["elements"]]
        message = {**reply, "blocks": [{**row, "elements": buttons}]}
        clicks += [shared_slack.press(message, button, ASKER) for button in (Do.WIDEN, Do.MORE)]
    shared_slack.wait_until(lambda: set(clicks) <= set(shared_slack.acks))
    ask(shared_slack, "CFORGED", "おわりの質問")
    assert standing(shared_slack, reply) == reply


@pytest.mark.usefixtures("bot")
def test_a_modal_that_slack_refuses_leaves_the_bot_well(shared_slack: LocalSlack):
    """Where the modal comes too late, the next question is answered all the same."""
    reply = ask(shared_slack, "CLATE")
    shared_slack.trouble("views.open", refused("expired_trigger_id"))
    click = shared_slack.press(reply, Do.MORE, ASKER)
    shared_slack.wait_until(lambda: click in shared_slack.acks)
    assert SAID in text_of(ask(shared_slack, "CLATE"))


def test_buttons_work_after_a_restart(slack: LocalSlack, start: Start):
    """All that a button needs stands in Slack: another process answers as this one would."""
    bot = start()
    reply = ask(slack, "CRESTART")
    eventually(lambda: "CRESTART" in bot.said())
    bot.kill()
    start()
    slack.press(reply, Do.MORE, ASKER)
    slack.wait_for_view(ASKER, SAID)
    slack.press(reply, Do.WIDEN, ASKER)
    slack.wait_until(lambda: WIDER in text_of(standing(slack, reply)))


def test_a_press_outlives_a_kill_between_ack_and_answer(slack: LocalSlack, start: Start):
    """Killed while it answers a choice, the bot answers it, once, when it is started again."""
    bot = start()
    reply = ask(slack, "CKILLED", "どの審議会が待つ？")
    slack.press(reply, f"{Do.CHOOSE}_0", ASKER)
    eventually(lambda: len(bot.asked()) == 2)
    slack.wait_until_acked()
    bot.kill()
    again = start()
    slack.wait_for_reply("CKILLED", reply["thread_ts"], count=2)
    eventually(lambda: "answered" in again.said())
    assert len(slack.replies("CKILLED", reply["thread_ts"])) == 2


def test_the_buttons_of_an_old_answer_show_what_it_cited(slack: LocalSlack, start: Start):
    """Where another answer would be given now, that is said; what is no more there is not shown."""
    bot = start(DRAWN="1")
    reply = ask(slack, "COLDONE")
    declined = ask(slack, "COLDONE", "ここにない話は？")
    (bot.data / "changed").touch()
    for user, message, words in (("UONE", reply, SAID + MORE), ("UTWO", declined, SAID)):
        slack.press(message, Do.MORE, user)
        view = text_of(slack.wait_for_view(user, words))
        assert (JA.as_cited in view) == (message is reply)
        assert WIDER not in view
    (bot.data / "gone").touch()
    slack.press(reply, Do.MORE, "UTHREE")
    slack.wait_for_view("UTHREE", JA.changed)
    slack.press(reply, Do.ORIGINAL, "UFOUR")
    slack.wait_until(lambda: told(slack, "COLDONE"))
    assert told(slack, "COLDONE") == [("UFOUR", JA.changed)]
    slack.press(reply, Do.WIDEN, ASKER)
    slack.wait_until(lambda: WIDER in text_of(standing(slack, reply)))
    slack.press(standing(slack, reply), Do.MORE, "UFIVE")
    assert JA.as_cited not in text_of(slack.wait_for_view("UFIVE", WIDER))
