"""What the bot says in a conversation: courtesies, help, follow-ups, several questions at once."""

import json
from typing import Any

import pytest

from bot.slack.buttons import Do
from bot.texts import EN, JA
from tests.bot.council import MINUTES, MORE, SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack

pytestmark = pytest.mark.usefixtures("shared_bot")


def shown(message: dict[str, Any]) -> str:
    """Return all that a message shows."""
    return json.dumps(message["blocks"], ensure_ascii=False)


def actions(message: dict[str, Any]) -> list[str]:
    """Return the buttons of a message."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button["action_id"] for row in rows for button in row["elements"]]


@pytest.fixture
def slack(shared_slack: LocalSlack) -> LocalSlack:
    """Give the Slack of the whole module."""
    return shared_slack


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("ありがとうございます！助かりました", JA.thanks),
        ("Thanks a lot!", EN.thanks),
        ("こんにちは", JA.greeting),
        ("了解です", JA.noted),
        ("要約して", JA.no_summary),
        ("もっと詳しく", JA.nothing_before),
        ("他の年は？", JA.nothing_before),
    ],
)
def test_words_that_ask_nothing_get_a_line_where_the_bot_is_spoken_to(
    slack: LocalSlack, shared_bot: BotProcess, text: str, reply: str
):
    """Nothing is searched for, whether it is mentioned or written to alone."""
    asked = shared_bot.asked()
    ts = slack.mention("CTHANKS", "UAOKI", text)
    assert slack.wait_for_reply("CTHANKS", ts)["text"] == reply
    ts = slack.direct_message("UTHANKS", text)
    assert slack.wait_for_reply("DUTHANKS", ts)["text"] == reply
    assert shared_bot.asked() == asked


def test_words_that_ask_nothing_get_no_reply_in_a_thread(slack: LocalSlack, shared_bot: BotProcess):
    """Without a mention thanks and plans are left alone; a question after them is answered."""
    root = slack.mention("CQUIET", "UAOKI", "街路樹の数は？")
    slack.wait_for_reply("CQUIET", root)
    for text in ("ありがとうございます", "了解です", ":+1:", "来週の会議で使います", "Thanks!"):
        ts = slack.say("CQUIET", "UAOKI", text, thread_ts=root)
        eventually(lambda ts=ts: shared_bot.outcome(f"CQUIET:{ts}") == "asks_nothing")
    slack.say("CQUIET", "UAOKI", "緑地条例の目的は何ですか？", thread_ts=root)
    slack.wait_for_reply("CQUIET", root, count=2)
    assert len(slack.replies("CQUIET", root)) == 2


@pytest.mark.parametrize(("text", "words"), [("使い方", JA), ("What can I ask?", EN)])
def test_help_has_examples_from_the_index(slack: LocalSlack, text: str, words: Any):
    """How to ask, and questions that these documents answer: no item that nobody spoke of."""
    ts = slack.mention("CHELPME", "UAOKI", text)
    told = slack.wait_for_reply("CHELPME", ts)["text"]
    assert words.help in told
    assert words.prompt_history.format(topic="駅前の駐輪場の増設") in told
    assert "街路樹" not in told


def test_what_documents_there_are_is_told_at_a_glance(slack: LocalSlack):
    """Kinds, bodies, years and counts, and when documents were last taken in."""
    ts = slack.mention("CINDEX", "UAOKI", "どんな資料がある？")
    told = slack.wait_for_reply("CINDEX", ts)["text"].splitlines()
    assert told == [
        "いま調べられる資料は2件です。",
        "会議録 1件、条例・規則 1件",
        "会議: 緑の審議会 1件",
        "年: 令和5年",
        "最後の取り込み: 令和6年4月1日",
    ]


def test_only_what_stands_beside_the_courtesies_is_searched(
    slack: LocalSlack, shared_bot: BotProcess
):
    """「ありがとう。ところで給食費は？」 is a question on a subject of its own."""
    root = slack.mention("CBESIDE", "UAOKI", "街路樹の更新計画は？")
    slack.wait_for_reply("CBESIDE", root)
    slack.say("CBESIDE", "UAOKI", "ありがとう。ところで給食費は？", thread_ts=root)
    reply = slack.wait_for_reply("CBESIDE", root, count=2)
    assert shared_bot.asked()[-1] == "給食費は？"
    assert JA.taken_over.partition("「")[0] not in shown(reply)


def test_a_follow_up_goes_on_from_the_thread_and_can_be_taken_by_itself(slack: LocalSlack):
    """What was taken over is shown; a button asks it apart from that, another the way back."""
    root = slack.mention("CGOON", "UAOKI", "街路樹の更新計画は？")
    slack.wait_for_reply("CGOON", root)
    slack.say("CGOON", "UAOKI", "それはいつ？", thread_ts=root)
    reply = slack.wait_for_reply("CGOON", root, count=2)
    line = JA.taken_over.format(what="街路樹 更新計画")
    assert line in shown(reply)
    assert Do.ALONE in actions(reply)

    def standing() -> dict[str, Any]:
        return slack.replies("CGOON", root)[1]

    slack.press(reply, Do.ALONE, "UAOKI")
    slack.wait_until(lambda: JA.taken_alone in shown(standing()))
    assert line not in shown(standing())
    slack.press(standing(), Do.ALONE, "UAOKI")
    slack.wait_until(lambda: line in shown(standing()))
    assert len(slack.replies("CGOON", root)) == 2


def test_a_mention_in_a_thread_goes_on_from_what_others_asked(slack: LocalSlack):
    """Whoever asked; where there are two, the reply calls the one whom it answers."""
    root = slack.mention("CTWO", "UAOKI", "街路樹の更新計画は？")
    first = slack.wait_for_reply("CTWO", root)
    assert '"user_id"' not in shown(first)
    slack.mention("CTWO", "UBABA", "費用は？", thread_ts=root)
    second = slack.wait_for_reply("CTWO", root, count=2)
    assert JA.taken_over.format(what="街路樹 更新計画") in shown(second)
    assert '"user_id": "UBABA"' in shown(second)
    slack.mention("CTWO", "UAOKI", "もっと詳しく", thread_ts=root)
    third = slack.wait_for_reply("CTWO", root, count=3)
    assert '"user_id": "UAOKI"' in shown(third)


def test_a_follow_up_in_a_direct_conversation_needs_no_thread(slack: LocalSlack):
    """Who writes below each other, and not into the thread of an answer, goes on all the same."""
    ts = slack.direct_message("UDIRECT", "街路樹の更新計画は？")
    slack.wait_for_reply("DUDIRECT", ts)
    ts = slack.direct_message("UDIRECT", "それはいつ？")
    line = JA.taken_over.format(what="街路樹 更新計画")
    reply = slack.wait_for_reply("DUDIRECT", ts)
    assert line in shown(reply)
    slack.press(reply, Do.WIDEN, "UDIRECT")
    slack.wait_until(lambda: JA.widened in shown(slack.replies("DUDIRECT", ts)[0]))
    assert line in shown(slack.replies("DUDIRECT", ts)[0])


def test_without_the_scope_to_read_it_is_answered_by_itself(slack: LocalSlack):
    """Where the thread may not be read, a mention is answered as it stands."""
    scopes = slack.workspace.scopes
    slack.workspace.scopes = scopes - {"channels:history"}
    try:
        root = slack.mention("CBLINDTALK", "UAOKI", "街路樹の更新計画は？")
        slack.wait_for_reply("CBLINDTALK", root)
        slack.mention("CBLINDTALK", "UAOKI", "それはいつ？", thread_ts=root)
        reply = slack.wait_for_reply("CBLINDTALK", root, count=2)
    finally:
        slack.workspace.scopes = scopes
    assert SAID in shown(reply)
    assert JA.taken_over.partition("「")[0] not in shown(reply)


def test_more_goes_on_where_the_quote_ended(slack: LocalSlack):
    """「もっと詳しく」 gives the passages whole, as the button does, with their source."""
    root = slack.mention("CMORETALK", "UAOKI", "街路樹の更新計画は？")
    assert MORE not in shown(slack.wait_for_reply("CMORETALK", root))
    slack.say("CMORETALK", "UAOKI", "ありがとう。もっと詳しく", thread_ts=root)
    more = slack.wait_for_reply("CMORETALK", root, count=2)
    assert SAID + MORE in shown(more)
    assert MINUTES.title in shown(more)


def test_more_is_of_the_last_answer_and_not_of_a_decline(slack: LocalSlack):
    """Nobody wants more of what does not answer."""
    root = slack.mention("CMOREPAST", "UAOKI", "街路樹の更新計画は？")
    slack.wait_for_reply("CMOREPAST", root)
    slack.say("CMOREPAST", "UAOKI", "それで見つからないものは？", thread_ts=root)
    slack.wait_for_reply("CMOREPAST", root, count=2)
    slack.say("CMOREPAST", "UAOKI", "もっと詳しく", thread_ts=root)
    assert SAID + MORE in shown(slack.wait_for_reply("CMOREPAST", root, count=3))


def test_who_said_it_is_told_of_the_last_answer(slack: LocalSlack):
    """「誰が言ったの？」 is answered by the source, above the words."""
    root = slack.mention("CWHOSAID", "UAOKI", "街路樹の更新計画は？")
    slack.wait_for_reply("CWHOSAID", root)
    slack.say("CWHOSAID", "UAOKI", "それは誰が言ったの？", thread_ts=root)
    told = slack.wait_for_reply("CWHOSAID", root, count=2)
    assert shown(told).index(MINUTES.title) < shown(told).index(SAID)
    assert MORE not in shown(told)


def test_other_years_are_the_history_of_the_threads_matter(slack: LocalSlack):
    """「他の年は？」 tells at which meetings it came up."""
    root = slack.mention("CYEARS", "UAOKI", "駐輪場はどうなりましたか？")
    slack.wait_for_reply("CYEARS", root)
    slack.say("CYEARS", "UAOKI", "他の年は？", thread_ts=root)
    told = slack.wait_for_reply("CYEARS", root, count=2)
    assert told["text"].startswith("「駐輪場」は")


def test_several_questions_are_answered_one_by_one(slack: LocalSlack, shared_bot: BotProcess):
    """Up to three, each with its own buttons, which open what belongs to it."""
    text = (
        "街路樹は何本ですか？給食費は値上げされますか？ここにない話はどうなりましたか？"
        "もう一つ聞けますか？"
    )
    reply = slack.wait_for_reply("CSEVERAL", slack.mention("CSEVERAL", "UAOKI", text))
    for head in ("1. 街路樹は何本ですか？", "2. 給食費は値上げされますか？", "3. ここにない話は"):
        assert head in shown(reply)
    assert JA.questions_left.format(most=3, count=1) in shown(reply)
    assert actions(reply) == [f"{Do.MORE}_{part}" for part in range(3)]
    slack.press(reply, f"{Do.MORE}_1", "UBABA")
    slack.wait_for_view("UBABA", SAID + MORE)
    assert shared_bot.asked()[-1] == "給食費は値上げされますか？"


def test_a_choice_under_one_of_several_questions_is_answered_below(
    slack: LocalSlack, shared_bot: BotProcess
):
    """The button asks that question again, and none of the others."""
    text = "街路樹は何本ですか？\nどの審議会で決まりましたか？"
    root = slack.mention("CPART", "UAOKI", text)
    reply = slack.wait_for_reply("CPART", root)
    slack.press(reply, f"{Do.CHOOSE}_1_0", "UAOKI")
    below = slack.wait_for_reply("CPART", root, count=2)
    assert f"緑の審議会では、{SAID}" in shown(below)
    assert shared_bot.asked()[-1] == "どの審議会で決まりましたか？"


def test_the_question_in_a_long_message_is_found(slack: LocalSlack, shared_bot: BotProcess):
    """At the end of 9,000 characters, and it is said which it was."""
    told = "先日の会議では、資料をもとに担当から説明があり、さまざまな意見が出されました。\n" * 250
    ts = slack.direct_message("ULONG", told + "街路樹の植え替えはいつまでに終わりますか？")
    reply = slack.wait_for_reply("DULONG", ts)
    question = "街路樹の植え替えはいつまでに終わりますか？"
    assert shared_bot.asked()[-1] == question
    assert JA.found_in.format(question=question) in shown(reply)
