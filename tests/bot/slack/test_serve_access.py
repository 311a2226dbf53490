"""Who is let in, over real HTTP and a real websocket; what is refused is not even searched."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.access.rules import FILE_NAME
from bot.slack.buttons import Do
from bot.texts import EN, JA
from tests.bot.council import MINUTES, SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, late, rate_limited, refused, reply_lost, server_error

STRANGER = {"team_id": "TOTHER", "is_stranger": True}
GUEST = {"is_restricted": True}


def shown_to(slack: LocalSlack, user: str) -> str:
    """Return all that Slack shows of the bot to one person alone, as JSON."""
    views = [view for view in slack.workspace.views.values() if view["user"] == user]
    homes = slack.workspace.homes.get(user, {})
    told = [each for each in slack.workspace.ephemerals if each["user"] == user]
    return json.dumps([views, homes, told], ensure_ascii=False)


def audited(bot: BotProcess) -> list[dict[str, Any]]:
    """Return the lines of the audit log."""
    files = sorted((bot.data / "audit").glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    "person",
    [
        GUEST,
        {"is_restricted": True, "is_ultra_restricted": True},
        STRANGER,
        {"team_id": "TOTHER"},
        {"is_stranger": True},
        {"deleted": True},
        {"is_bot": True},
        None,
    ],
    ids=["guest", "single channel", "stranger", "other team", "unnamed", "gone", "bot", "nobody"],
)
def test_who_is_no_member_is_refused_in_one_sentence(
    shared_slack: LocalSlack, shared_bot: BotProcess, person: dict[str, Any] | None
):
    """By mention, alone and at home; nothing is searched, and nothing is told of what there is."""
    user = f"UNO{len(shared_bot.asked())}{abs(hash(str(person)))}"
    shared_slack.workspace.people.users[user] = person
    asked = len(shared_bot.asked())
    for question in (
        "街路樹は何本？",
        "どんな資料がある？",
        "使い方",
        "街路樹はこれまでどう議論された？",
    ):
        ts = shared_slack.mention("COPEN", user, question)
        assert shared_slack.wait_for_reply("COPEN", ts)["text"] == JA.refused
        ts = shared_slack.direct_message(user, question)
        assert shared_slack.wait_for_reply(f"D{user}", ts)["text"] == JA.refused
    ts = shared_slack.direct_message(user, "How many trees?")
    assert shared_slack.wait_for_reply(f"D{user}", ts)["text"] == EN.refused
    shared_slack.open_home(user, "messages")
    shared_slack.open_home(user, "home")
    shared_slack.wait_until(lambda: user in shared_slack.workspace.homes)
    home = shown_to(shared_slack, user)
    assert JA.refused in home
    assert JA.home_index not in home
    assert not [each for each in shared_slack.workspace.prompts if each["channel_id"] == f"D{user}"]
    assert len(shared_bot.asked()) == asked


@pytest.mark.parametrize(
    "flag", ["is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared"]
)
def test_in_a_shared_channel_strangers_read_along(
    shared_slack: LocalSlack, shared_bot: BotProcess, flag: str
):
    """A member gets nothing there, also where the invitation is still open, and is told where."""
    channel = f"C{flag.upper().replace('_', '')}"
    shared_slack.workspace.people.shared[channel] = flag
    asked = len(shared_bot.asked())
    ts = shared_slack.mention(channel, "UAOKI", "街路樹は何本？")
    assert shared_slack.wait_for_reply(channel, ts)["text"] == JA.refused_here
    assert len(shared_bot.asked()) == asked
    ts = shared_slack.direct_message("UAOKI", "街路樹は何本？")
    assert SAID in shared_slack.wait_for_reply("DUAOKI", ts)["text"]


@pytest.mark.usefixtures("shared_bot")
def test_a_button_is_no_way_round(shared_slack: LocalSlack):
    """A guest who presses a button under a member's answer gets neither passages nor an answer."""
    shared_slack.workspace.people.users["UGUEST"] = GUEST
    ts = shared_slack.mention("CBUTTON", "UAOKI", "街路樹は何本？")
    reply = shared_slack.wait_for_reply("CBUTTON", ts)
    shared_slack.press(reply, Do.MORE, "UGUEST")
    shared_slack.wait_for_view("UGUEST", JA.refused)
    click = shared_slack.press(reply, Do.WIDEN, "UGUEST")
    shared_slack.wait_until(lambda: click in shared_slack.acks)
    shared_slack.wait_until(lambda: JA.not_yours in shown_to(shared_slack, "UGUEST"))
    assert SAID not in shown_to(shared_slack, "UGUEST")
    assert MINUTES.title not in shown_to(shared_slack, "UGUEST")
    follow = shared_slack.say("CBUTTON", "UGUEST", "<@UKIROKU> もっと詳しく", ts, raw=True)
    shared_slack.wait_until(lambda: len(shared_slack.replies("CBUTTON", ts)) == 2)
    assert shared_slack.replies("CBUTTON", ts)[1]["text"].endswith(JA.refused), follow


@pytest.mark.parametrize("method", ["users.info", "conversations.info"])
@pytest.mark.parametrize(
    "trouble",
    [
        refused("fatal_error"),
        refused("ratelimited"),
        refused("missing_scope"),
        rate_limited(30),
        server_error(500),
        server_error(502),
        reply_lost(),
        late(12),
    ],
    ids=["fatal", "limited", "scope", "429", "500", "502", "lost", "late"],
)
def test_what_cannot_be_checked_is_refused(
    shared_slack: LocalSlack, shared_bot: BotProcess, method: str, trouble: Any
):
    """Whatever Slack does at that call: nothing is searched, the asker is told so."""
    name = f"{method[0]}{trouble.kind}{trouble.value}".replace("_", "").replace("None", "")
    channel, user = f"C{name.upper()}", f"U{name.upper()}"
    asked = len(shared_bot.asked())
    shared_slack.trouble(method, trouble)
    ts = shared_slack.mention(channel, user, "街路樹は何本？")
    assert shared_slack.wait_for_reply(channel, ts, timeout=25)["text"] == JA.unchecked
    assert len(shared_bot.asked()) == asked
    ts = shared_slack.mention(channel, user, "街路樹は何本？")
    assert SAID in shared_slack.wait_for_reply(channel, ts)["text"]


@pytest.mark.usefixtures("shared_bot")
def test_a_direct_message_among_several_sees_what_each_of_them_may(shared_slack: LocalSlack):
    """A mention is answered like in a channel, follow-ups too; with one guest in it, nothing is."""
    people = shared_slack.workspace.people
    people.group_messages["GTEAM"] = ["UAOKI", "UBABA", "UCHIBA"]
    root = shared_slack.mention("GTEAM", "UAOKI", "街路樹は何本？")
    assert SAID in shared_slack.wait_for_reply("GTEAM", root)["text"]
    shared_slack.say("GTEAM", "UAOKI", "ところで、緑地条例の目的は何ですか？", thread_ts=root)
    assert SAID in shared_slack.wait_for_reply("GTEAM", root, count=2)["text"]
    shared_slack.say("GTEAM", "UBABA", "こんにちは")
    people.users["UGUESTDM"] = GUEST
    people.group_messages["GMIXED"] = ["UAOKI", "UBABA", "UGUESTDM"]
    ts = shared_slack.mention("GMIXED", "UAOKI", "街路樹は何本？")
    assert shared_slack.wait_for_reply("GMIXED", ts)["text"] == JA.refused_here
    people.group_messages["GUNREAD"] = ["UAOKI", "UBABA"]
    shared_slack.trouble("conversations.members", refused("missing_scope"))
    ts = shared_slack.mention("GUNREAD", "UAOKI", "街路樹は何本？")
    assert shared_slack.wait_for_reply("GUNREAD", ts)["text"] == JA.unchecked
    shared_slack.wait_until_acked()
    assert len(shared_slack.replies("GTEAM", root)) == 2


def test_rules_count_as_they_stand_now(slack: LocalSlack, start: Start):
    """Broken while the bot runs: nothing for anybody. Mended: at once, without a restart."""
    bot = start()
    rules = bot.data / FILE_NAME
    slack.workspace.people.users["UGUEST"] = GUEST

    def told(user: str) -> str:
        ts = slack.direct_message(user, "街路樹は何本？")
        return slack.wait_for_reply(f"D{user}", ts)["text"]

    assert SAID in told("UAOKI")
    rules.write_text("[main\n", encoding="utf-8")
    assert told("UAOKI") == JA.unchecked
    assert f"{FILE_NAME} is not TOML" in bot.said()
    rules.write_text("[main]\nguests = true\n", encoding="utf-8")
    assert told("UAOKI") == JA.refused
    assert SAID in told("UGUEST")


def test_a_right_that_is_withdrawn_ends_the_buttons(slack: LocalSlack, start: Start):
    """The answer stays where it stood; what would show more of it does not."""
    bot = start()
    reply = slack.wait_for_reply("CGONE", slack.mention("CGONE", "UAOKI", "街路樹は何本？"))
    eventually(lambda: "answered" in bot.said())
    (bot.data / FILE_NAME).write_text("[main]\n", encoding="utf-8")
    slack.press(reply, Do.WIDEN, "UAOKI")
    below = slack.wait_for_reply("CGONE", reply["thread_ts"], count=2)
    assert below["text"] == JA.refused
    slack.press(reply, Do.MORE, "UAOKI")
    slack.wait_for_view("UAOKI", JA.refused)
    assert slack.messages("CGONE")[1] == reply


def test_a_right_that_is_withdrawn_ends_a_history_too(slack: LocalSlack, start: Start):
    """Neither a page nor a file; what was shown before stands in the audit log by its way."""
    bot = start()
    ts = slack.mention("CPAST", "UAOKI", "駐輪場はこれまでどう議論されてきましたか？")
    reply = slack.wait_for_reply("CPAST", ts)
    slack.press(reply, Do.HISTORY, "UAOKI")
    view = slack.wait_for_view("UAOKI", "5件のうち4〜5件目")
    eventually(lambda: audited(bot)[-1]["way"] == "history_page")
    assert [len(line["passages"]) for line in audited(bot)] == [6, 2]
    (bot.data / FILE_NAME).write_text("[main]\n", encoding="utf-8")
    slack.press_in_view(view, f"{Do.HISTORY}_later", "UAOKI")
    slack.wait_for_view("UAOKI", JA.refused)
    slack.press(reply, Do.TABLE, "UAOKI")
    eventually(lambda: JA.refused in str(slack.workspace.ephemerals))
    assert not slack.workspace.files


def test_a_user_group_lets_in_and_a_group_that_is_gone_does_not(slack: LocalSlack, start: Start):
    """Members of the group alone; without the scope nobody, and the others go on."""
    bot = start()
    (bot.data / FILE_NAME).write_text(
        '[main]\nchannels = ["*"]\ngroups = ["SMAN", "SGONE"]\nusers = ["UNAMED"]\n', "utf-8"
    )
    slack.workspace.people.groups["SMAN"] = ["UMAN"]
    for user, told in (("UMAN", SAID), ("UAOKI", JA.refused), ("UNAMED", SAID)):
        ts = slack.mention("CGROUP", user, "街路樹は何本？")
        assert told in slack.wait_for_reply("CGROUP", ts)["text"]
    assert "user group SGONE of access.toml: no_such_subteam" in bot.said()


def test_every_answer_decline_and_refusal_is_written_down(slack: LocalSlack, start: Start):
    """Who, where, when, which passages; not the words. What was shown by a button, too."""
    bot = start()
    slack.workspace.people.users["UGUEST"] = GUEST
    ts = slack.mention("CAUDIT", "UAOKI", "街路樹は何本？")
    reply = slack.wait_for_reply("CAUDIT", ts)
    slack.press(reply, Do.MORE, "UBABA")
    slack.wait_for_view("UBABA", SAID)
    slack.direct_message("UAOKI", "ない話は？")
    slack.direct_message("UGUEST", "街路樹は何本？")
    eventually(lambda: len(audited(bot)) == 4)
    lines = {(each["user"], each["way"]): each for each in audited(bot)}
    answered = lines["UAOKI", "mention"]
    assert (answered["channel"], answered["message"]) == ("CAUDIT", ts)
    assert answered["team"] == "TLOCAL"
    assert answered["collections"] == ["main"]
    assert [each["document"] for each in answered["passages"]] == [MINUTES.document]
    outcomes = {key: each["outcome"] for key, each in lines.items()}
    assert outcomes == {
        ("UAOKI", "mention"): "answered",
        ("UBABA", "more"): "shown",
        ("UAOKI", "direct"): "declined",
        ("UGUEST", "direct"): "refused",
    }
    assert lines["UBABA", "more"]["passages"] == answered["passages"]
    assert lines["UGUEST", "direct"]["passages"] == lines["UGUEST", "direct"]["collections"] == []
    assert "街路樹" not in json.dumps([{**each, "passages": 0} for each in lines.values()])


def test_what_slack_did_not_take_was_shown_to_nobody(slack: LocalSlack, start: Start):
    """An answer that could not be posted is told as just that."""
    bot = start()
    slack.workspace.archived.add("CARCHIVED")
    slack.mention("CARCHIVED", "UAOKI", "街路樹は何本？")
    eventually(lambda: audited(bot))
    [line] = audited(bot)
    assert (line["outcome"], line["passages"]) == ("not_posted", [])


def test_an_audit_log_that_cannot_be_written_keeps_nobody_from_an_answer(
    slack: LocalSlack, start: Start
):
    """The log tells it; the asker is not bothered."""
    bot = start()
    Path(bot.data / "audit").write_text("in the way", encoding="utf-8")
    ts = slack.mention("CNOAUDIT", "UAOKI", "街路樹は何本？")
    assert SAID in slack.wait_for_reply("CNOAUDIT", ts)["text"]
    eventually(lambda: "not in the audit log" in bot.said())
