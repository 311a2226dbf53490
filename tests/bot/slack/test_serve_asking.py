"""What a person sees of the running bot, over real HTTP and a real websocket."""

import json

import pytest

from bot.slack.buttons import Do
from bot.slack.incoming import LONGEST_QUESTION
from bot.texts import EN, JA
from bot.texts.private import JA_PRIVATE
from tests.bot.council import ASKED, MINUTES, SAID, WIDER
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack
from tests.slack_workspace import BOT_USER


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def shown(message: dict) -> str:
    """Return all that a message's blocks hold, as JSON."""
    return json.dumps(message["blocks"], ensure_ascii=False)


def test_a_mention_is_answered_in_its_thread(slack: LocalSlack):
    """A mention in a channel gets one answer with its source, in the thread of the mention."""
    ts = slack.mention("CMENTION", "UAOKI", "街路樹は何本植え替えますか？")
    reply = slack.wait_for_reply("CMENTION", ts)
    for part in (SAID, ASKED, MINUTES.title, "緑政課長", "令和5年11月15日", "4ページ"):
        assert part in shown(reply)
    assert SAID in reply["text"]


def test_a_mention_comes_as_two_events_and_is_answered_once(slack: LocalSlack):
    """``app_mention`` and ``message.channels`` of one message make one answer, both acked."""
    ts = slack.mention("CTWO", "UAOKI", "街路樹は何本ですか？")
    slack.wait_for_reply("CTWO", ts)
    slack.wait_until_acked()
    later = slack.mention("CTWO", "UAOKI", "では緑地は？")
    slack.wait_for_reply("CTWO", later)
    assert len(slack.replies("CTWO", ts)) == 1


def test_a_direct_message_is_answered(slack: LocalSlack):
    """A direct message needs no mention."""
    ts = slack.direct_message("UBABA", "街路樹は何本植え替えますか？")
    assert SAID in slack.wait_for_reply("DUBABA", ts)["text"]


def test_a_mention_deep_in_a_thread_is_answered_there(slack: LocalSlack):
    """The answer to a mention inside a thread goes to that thread, not below the mention."""
    root = slack.say("CDEEP", "UAOKI", "昼ごはんの話")
    slack.mention("CDEEP", "UBABA", "街路樹は？", thread_ts=root)
    assert SAID in slack.wait_for_reply("CDEEP", root)["text"]


def test_what_is_not_covered_is_declined_with_what_is_near(slack: LocalSlack):
    """A decline says so plainly and where it looked; the nearest passages are behind a button."""
    ts = slack.mention("CDECLINE", "UAOKI", "ここにない話は？")
    reply = slack.wait_for_reply("CDECLINE", ts)
    assert "見つかりませんでした" in shown(reply)
    assert "調べた範囲: 緑の審議会、令和5年、2件" in shown(reply)
    assert MINUTES.title not in shown(reply)
    slack.press(reply, Do.MORE, "UAOKI")
    slack.wait_for_view("UAOKI", MINUTES.title)


def test_a_status_is_shown_while_the_answer_is_sought(slack: LocalSlack):
    """The status stands on the question's thread, in the asker's language."""
    ts = slack.mention("CSTATUS", "UAOKI", "街路樹は何本ですか？")
    slack.wait_for_reply("CSTATUS", ts)
    english = slack.mention("CSTATUS", "UAOKI", "How many trees?")
    slack.wait_for_reply("CSTATUS", english)

    def seen() -> set[tuple[str, str]]:
        shown = [s for s in slack.workspace.statuses if s["channel_id"] == "CSTATUS"]
        return {(s["thread_ts"], s["status"]) for s in shown if s["status"]}

    slack.wait_until(lambda: len(seen()) > 1)
    assert seen() == {(ts, JA.working), (english, EN.working)}


def test_follow_ups_need_no_mention_until_a_third_person_speaks(slack: LocalSlack):
    """In its thread the bot answers the asker without a mention, until somebody else speaks."""
    root = slack.mention("CFOLLOW", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CFOLLOW", root)
    slack.say("CFOLLOW", "UAOKI", "いつまでですか？", thread_ts=root)
    slack.wait_for_reply("CFOLLOW", root, count=2)
    slack.say("CFOLLOW", "UBABA", "私も知りたい", thread_ts=root)
    slack.say("CFOLLOW", "UAOKI", "費用はいくらですか？", thread_ts=root)
    slack.mention("CFOLLOW", "UAOKI", "費用は？", thread_ts=root)
    slack.wait_for_reply("CFOLLOW", root, count=3)
    slack.wait_until_acked()
    assert len(slack.replies("CFOLLOW", root)) == 3


def test_a_follow_up_that_calls_a_colleague_is_not_for_the_bot(
    slack: LocalSlack, shared_bot: BotProcess
):
    """A reply to the bot's answer that mentions a person is left to that person."""
    root = slack.mention("CCALL", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CCALL", root)
    slack.say("CCALL", "UAOKI", "<@UBABA> これどう思いますか？", thread_ts=root, raw=True)
    slack.mention("CCALL", "UAOKI", "次の質問", thread_ts=root)
    slack.wait_for_reply("CCALL", root, count=2)
    slack.wait_until_acked()
    assert "これどう思いますか" not in "".join(shared_bot.asked())


def test_talk_that_is_not_for_the_bot_is_acked_and_left_alone(
    slack: LocalSlack, shared_bot: BotProcess
):
    """Other bots, its own messages, unfolded links, joins and plain talk get no answer."""
    asked_before = len(shared_bot.asked())
    question = slack.mention("CSILENT", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CSILENT", question)
    slack.say("CSILENT", "UOTHER", f"<@{BOT_USER}> ビルド完了", raw=True, bot_id="BOTHER")
    slack.say("CSILENT", BOT_USER, f"<@{BOT_USER}> 自分", raw=True, bot_id="BKIROKU")
    slack.unfold("CSILENT", question)
    slack.join("CSILENT", "UBABA")
    slack.say("CSILENT", "UBABA", "よろしくお願いします")
    slack.say("CSILENT", "UBABA", "スレッドの話", thread_ts="1.000001")
    slack.wait_until_acked()
    last = slack.mention("CSILENT", "UAOKI", "おわりの質問")
    slack.wait_for_reply("CSILENT", last)
    assert shared_bot.asked()[asked_before:] == ["街路樹は？", "おわりの質問"]


def test_a_message_with_a_file_is_heard(slack: LocalSlack, shared_bot: BotProcess):
    """The text beside a file is a question like any other."""
    ts = slack.say("DUCHIBA", "UCHIBA", "添付の件、街路樹は？", subtype="file_share", files=[{}])
    reply = slack.wait_for_reply("DUCHIBA", ts)
    assert "添付の件、街路樹は？" in shared_bot.asked()
    assert all(part in shown(reply) for part in (SAID, JA_PRIVATE.files_unread))
    alone = slack.say("DUCHIBA", "UCHIBA", "", subtype="file_share", files=[{}])
    told = slack.wait_for_reply("DUCHIBA", alone)["text"]
    assert told.startswith(JA_PRIVATE.files_unread)
    slack.press(reply, Do.WIDEN, "UCHIBA")
    slack.wait_until(lambda: WIDER in shown(slack.replies("DUCHIBA", ts)[0]))
    assert JA_PRIVATE.files_unread in shown(slack.replies("DUCHIBA", ts)[0])


def test_who_calls_in_a_way_that_is_not_answered_is_given_a_hint_once(
    slack: LocalSlack, shared_bot: BotProcess
):
    """``/me`` is no message to answer, a workflow's post neither; other bots are left alone."""
    asked = len(shared_bot.asked())
    call = f"<@{BOT_USER}> 街路樹は？"
    for _ in range(2):
        slack.say("CHINT", "UHINT", call, raw=True, subtype="me_message")
    flow = {"bot_id": "BFLOW", "bot_profile": {"is_workflow_bot": True}, "subtype": "bot_message"}
    posts = [slack.say("CHINT", "UFLOW", call, raw=True, **flow) for _ in range(2)]
    other = slack.say("CHINT", "UCI", call, raw=True, bot_id="BCI", subtype="bot_message")
    assert slack.wait_for_reply("CHINT", posts[0])["text"] == JA_PRIVATE.hint
    slack.wait_shown("UHINT", JA_PRIVATE.hint)
    last = slack.mention("CHINT", "UAOKI", "おわりの質問")
    slack.wait_for_reply("CHINT", last)
    assert len(slack.shown_to("UHINT")) == 1
    assert slack.replies("CHINT", posts[1]) == slack.replies("CHINT", other) == []
    assert shared_bot.asked()[asked:] == ["おわりの質問"]


def test_an_event_that_nobody_listens_to_is_acked(slack: LocalSlack):
    """What the bot has no use for is acknowledged, so that Slack does not send it again."""
    slack.send_payload({"type": "event_callback", "event_id": "Ev1", "event": {"type": "tokens"}})
    slack.wait_until_acked(timeout=2.5)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("slash_commands", {"command": "/other", "text": "街路樹の秘密", "user_id": "UAOKI"}),
        ("interactive", {"type": "shortcut", "callback_id": "ask", "user": {"id": "UAOKI"}}),
        ("interactive", {"type": "message_action", "callback_id": "ask", "message": {}}),
        (
            "interactive",
            {"type": "view_submission", "view": {"type": "modal", "callback_id": "old"}},
        ),
        ("interactive", {"type": "view_closed", "view": {"type": "modal", "callback_id": "old"}}),
        ("interactive", {"type": "block_suggestion", "action_id": "old", "value": "街路樹の秘密"}),
        ("interactive", {"type": "something_new"}),
        ("something_new", {"街路樹の秘密": 1}),
    ],
)
def test_what_nothing_listens_to_is_acked_without_a_word(
    slack: LocalSlack, shared_bot: BotProcess, kind: str, payload: dict
):
    """A command, a shortcut, a view: no warning in Slack, and no advice of a library in the log."""
    payload = {"team": {"id": "TLOCAL"}, "team_id": "TLOCAL", **payload}
    envelope = slack.send_interactive(kind, payload)
    slack.wait_until(lambda: envelope in slack.acks, timeout=3)
    said = shared_bot.said()
    assert "acknowledged, and nothing done" in said
    assert "nhandled request" not in said
    assert "街路樹の秘密" not in said


@pytest.mark.parametrize("text", ["", ":tada:", "🎉", "？", ":+1: :bow:"])
def test_a_message_that_asks_nothing_gets_help(slack: LocalSlack, text: str):
    """A bare mention, or one with nothing but emoji, is told how to ask."""
    ts = slack.mention("CHELP", "UAOKI", text)
    assert JA.help in slack.wait_for_reply("CHELP", ts)["text"]


def test_in_a_huge_message_the_question_is_found(slack: LocalSlack):
    """Of 100,000 characters the question is looked up, once, and the person is told which."""
    ts = slack.direct_message("UDAN", "街路樹と緑地について教えてください。" * 6_000)
    reply = slack.wait_for_reply("DUDAN", ts)
    assert SAID in shown(reply)
    assert JA.found_in.format(question="街路樹と緑地について教えてください。") in shown(reply)


def test_a_huge_message_without_a_question_is_cut(slack: LocalSlack):
    """Its beginning and its end are used, and the person is told so."""
    ts = slack.direct_message("UDEN", "街路樹と緑地のこと、" * 6_000)
    assert str(LONGEST_QUESTION) in shown(slack.wait_for_reply("DUDEN", ts))


def test_a_huge_mention_that_comes_as_two_events_is_answered(slack: LocalSlack):
    """Both deliveries of a mention of 100,000 characters are read, one right after the other."""
    ts = slack.mention("CHUGE", "UDAN", "街路樹と緑地について教えてください。" * 6_000)
    assert SAID in shown(slack.wait_for_reply("CHUGE", ts))


def test_slack_markup_is_read_as_the_person_meant_it(slack: LocalSlack, shared_bot: BotProcess):
    """Entities, links and channel names reach the answerer as plain text, mentions not at all."""
    text = f"<@{BOT_USER}> A&amp;B &lt;計画&gt; <https://x.test/a|議事録> <#C1|緑> <@UBABA>は？"
    ts = slack.say("CMARKUP", "UAOKI", text, raw=True)
    slack.wait_for_reply("CMARKUP", ts)
    assert "A&B <計画> 議事録 #緑 は？" in shared_bot.asked()


def test_a_fault_is_told_in_one_sentence_and_logged_whole(
    slack: LocalSlack, shared_bot: BotProcess
):
    """An exception reaches the person as one friendly sentence with a number, the log whole."""
    ts = slack.mention("CFAULT", "UAOKI", "こわれる質問")
    text = slack.wait_for_reply("CFAULT", ts)["text"]
    assert text.startswith("すみません")
    assert "secret" not in text
    assert "RuntimeError: a secret of the inside" in shared_bot.said()
    number = text.split("番号 ")[1][:6]
    assert f"fault {number}" in shared_bot.said()


def test_the_home_tab_says_what_is_in_the_index(slack: LocalSlack):
    """App Home tells how to ask, that nothing leaves the machine, and what can be searched."""
    slack.open_home("UEBI", "home")
    slack.wait_until(lambda: "UEBI" in slack.workspace.homes)
    home = json.dumps(slack.workspace.homes["UEBI"], ensure_ascii=False)
    for part in ("会議録: 1件", "Minutes: 1", "令和5年11月15日", "2023-11-15", "サーバーの外"):
        assert part in home


def test_the_messages_tab_suggests_questions_about_the_index(slack: LocalSlack):
    """Opening the conversation suggests questions made from what is in the index."""
    slack.open_home("UFUJI", "messages")
    mine = lambda: [p for p in slack.workspace.prompts if p["channel_id"] == "DUFUJI"]  # noqa: E731
    slack.wait_until(mine)
    asked = [prompt["message"] for prompt in mine()[0]["prompts"]]
    assert asked == [
        JA.prompt_history.format(topic="駅前の駐輪場の増設"),
        JA.prompt_ordinance.format(title="緑地条例"),
        JA.prompt_index,
    ]


def test_nothing_secret_and_no_question_stands_in_the_log(
    slack: LocalSlack, shared_bot: BotProcess
):
    """Tokens, questions and documents stay out of the log, even where DEBUG is on."""
    ts = slack.mention("CLOG", "UAOKI", "ひみつの質問")
    slack.wait_for_reply("CLOG", ts)
    eventually(lambda: f"CLOG:{ts}: answered" in shared_bot.said())
    for secret in (slack.bot_token, slack.app_token, "ひみつの質問", SAID):
        assert secret not in shared_bot.said()
