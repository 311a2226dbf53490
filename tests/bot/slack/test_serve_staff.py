"""「担当に聞く」: what was not answered goes to the channel of the staff, over real HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.access.rules import FILE_NAME as RULES
from bot.slack.buttons import Do
from bot.texts import EN, JA
from tests.bot.council import MINUTES, SAID
from tests.bot.slack.bot_process import BotProcess, eventually, start_bot, wait_until_ready
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, refused, reply_lost, server_error

ASKER = "UAOKI"
STAFF = "CSTAFF"
BUTTON = f"{Do.STAFF}_ja"
SENT = JA.staff_sent.format(channel=f"<#{STAFF}>")
ALREADY = JA.staff_already.format(channel=f"<#{STAFF}>")


@pytest.fixture(scope="module")
def running(
    shared_slack: LocalSlack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotProcess]:
    """Give a bot that knows the channel of the staff, for the whole module."""
    shared_slack.workspace.messages[STAFF]
    folder = tmp_path_factory.mktemp("staff")
    bot = start_bot(shared_slack, folder, 0, KIROKU_ASK_CHANNEL=STAFF)
    wait_until_ready(shared_slack, bot)
    yield bot
    assert bot.stop() == 0


@pytest.fixture
def bot(shared_slack: LocalSlack, running: BotProcess) -> BotProcess:
    """Give that bot, with the rules and the workspace as they are at first."""
    (running.data / RULES).unlink(missing_ok=True)
    shared_slack.send_twice = False
    shared_slack.workspace.left.clear()
    return running


def declined(
    slack: LocalSlack, bot: BotProcess, channel: str, question: str = "ない話は？"
) -> dict[str, Any]:
    """Ask what is not answered and return the reply, once it is written down as well."""
    done = bot.said().count(f"{channel}:")
    reply = slack.wait_for_reply(channel, slack.mention(channel, ASKER, question))
    eventually(lambda: bot.said().count(f"{channel}:") > done)
    return reply


def told(slack: LocalSlack, channel: str) -> list[tuple[str, str]]:
    """Return what was said in a channel to one person only: who, and what."""
    said = [each for each in slack.workspace.ephemerals if each["channel"] == channel]
    return [(each["user"], each["text"]) for each in said]


def posted(slack: LocalSlack, channel: str) -> list[str]:
    """Return what the staff got of questions that were asked in a channel, as JSON."""
    shown = [json.dumps(each, ensure_ascii=False) for each in slack.messages(STAFF)]
    return [each for each in shown if f'"asked": "{channel}:' in each]


def has_button(message: dict[str, Any]) -> bool:
    """Tell whether a message has the button."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return any(each["action_id"].startswith(Do.STAFF) for row in rows for each in row["elements"])


def test_the_staff_gets_question_asker_link_and_what_is_near(
    shared_slack: LocalSlack, bot: BotProcess
):
    """And who pressed is told where it went, alone."""
    reply = declined(shared_slack, bot, "CASK", "ない話は？ <!channel>")
    before = shared_slack.messages("CASK")
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "CASK"))
    assert told(shared_slack, "CASK") == [(ASKER, SENT)]
    [message] = posted(shared_slack, "CASK")
    link = f"https://local.test/archives/CASK/p{reply['thread_ts'].replace('.', '')}"
    for part in (
        "ない話は？",
        f'"user_id": "{ASKER}"',
        link,
        MINUTES.title,
        "4ページ",
        "緑の審議会",
    ):
        assert part in message
    assert SAID not in message
    assert "<!channel>" not in shared_slack.messages(STAFF)[-1]["text"]
    assert shared_slack.messages("CASK") == before


def test_the_button_stands_under_what_was_not_answered_only(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Under a decline and one passage that may answer; not under an answer or a question back."""
    assert has_button(declined(shared_slack, bot, "CWHERE"))
    assert has_button(declined(shared_slack, bot, "CWHERE", "たぶんの話は？"))
    for question in ("街路樹は何本？", "どの審議会の街路樹？", "使い方"):
        assert not has_button(declined(shared_slack, bot, "CWHERE", question))


def test_without_a_channel_there_is_no_such_button(slack: LocalSlack, start: Start):
    """Nothing is offered that leads nowhere."""
    bot = start()
    assert not has_button(declined(slack, bot, "CNONE"))


def test_once_for_each_question_and_person(shared_slack: LocalSlack, bot: BotProcess):
    """Double clicks and repeats send one; who presses again is told; another person may, too."""
    reply = declined(shared_slack, bot, "CONCE")
    shared_slack.send_twice = True
    clicks = {shared_slack.press(reply, BUTTON, ASKER) for _ in range(2)}
    shared_slack.wait_until(lambda: clicks <= set(shared_slack.acks))
    shared_slack.send_twice = False
    shared_slack.wait_until(lambda: (ASKER, SENT) in told(shared_slack, "CONCE"))
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: (ASKER, ALREADY) in told(shared_slack, "CONCE"))
    assert len(posted(shared_slack, "CONCE")) == 1
    shared_slack.press(reply, BUTTON, "UBABA")
    shared_slack.wait_until(lambda: ("UBABA", SENT) in told(shared_slack, "CONCE"))
    assert len(posted(shared_slack, "CONCE")) == 2


def test_what_the_channel_may_not_see_is_not_named_there(shared_slack: LocalSlack, bot: BotProcess):
    """Of a decline that is near a closed collection, the open documents alone."""
    (bot.data / RULES).write_text(
        '[main]\nchannels = ["*"]\nmembers = true\n'
        f'[personnel]\nchannels = ["CCLOSED"]\nusers = ["{ASKER}", "UBABA"]\n',
        encoding="utf-8",
    )
    reply = declined(shared_slack, bot, "CCLOSED", "人事の話は？")
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: (ASKER, SENT) in told(shared_slack, "CCLOSED"))
    [message] = posted(shared_slack, "CCLOSED")
    assert MINUTES.title in message
    assert "人事委員会" not in message
    # who may not see all that the reply showed hands nothing on
    shared_slack.press(reply, BUTTON, "UCHIDA")
    shared_slack.wait_until(lambda: ("UCHIDA", JA.refused) in told(shared_slack, "CCLOSED"))
    assert len(posted(shared_slack, "CCLOSED")) == 1


def test_a_channel_that_may_see_nothing_is_told_of_no_document(
    shared_slack: LocalSlack, bot: BotProcess
):
    """The question alone goes there, for that is the words of who hands it on."""
    (bot.data / RULES).write_text(
        '[main]\nchannels = ["CINSIDE"]\nmembers = true\n', encoding="utf-8"
    )
    reply = declined(shared_slack, bot, "CINSIDE")
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: (ASKER, SENT) in told(shared_slack, "CINSIDE"))
    [message] = posted(shared_slack, "CINSIDE")
    assert "ない話は？" in message
    assert MINUTES.title not in message
    assert "調べた範囲" not in message


def test_a_guest_hands_nothing_on(shared_slack: LocalSlack, bot: BotProcess):
    """Who is not let in is refused as by any other button."""
    shared_slack.workspace.people.users["UGUEST"] = {"is_restricted": True}
    reply = declined(shared_slack, bot, "CGUEST")
    shared_slack.press(reply, BUTTON, "UGUEST")
    shared_slack.wait_until(lambda: told(shared_slack, "CGUEST") == [("UGUEST", JA.refused)])
    assert posted(shared_slack, "CGUEST") == []


def test_a_bot_that_is_not_there_says_so_and_the_log_what_to_do(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Once it is invited, the same button sends."""
    reply = declined(shared_slack, bot, "COUT")
    shared_slack.workspace.left.add(STAFF)
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "COUT") == [(ASKER, JA.staff_refused)])
    assert f"KIROKU_ASK_CHANNEL {STAFF} takes nothing (not_in_channel): invite" in bot.said()
    shared_slack.workspace.left.clear()
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: (ASKER, SENT) in told(shared_slack, "COUT"))
    assert len(posted(shared_slack, "COUT")) == 1


def test_a_post_whose_answer_is_lost_is_not_repeated(shared_slack: LocalSlack, bot: BotProcess):
    """It is looked for before it is sent again."""
    reply = declined(shared_slack, bot, "CLOST")
    shared_slack.trouble("chat.postMessage", reply_lost())
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "CLOST") == [(ASKER, SENT)])
    assert len(posted(shared_slack, "CLOST")) == 1


def test_where_slack_takes_nothing_it_can_be_pressed_again(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Also where the first post was made after all, unknown to us."""
    reply = declined(shared_slack, bot, "CLATER")
    shared_slack.trouble("chat.postMessage", reply_lost())
    shared_slack.trouble("conversations.history", server_error(500))
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "CLATER") == [(ASKER, JA.not_now)])
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: (ASKER, SENT) in told(shared_slack, "CLATER"))
    assert len(posted(shared_slack, "CLATER")) == 1


def test_without_a_link_the_question_goes_all_the_same(shared_slack: LocalSlack, bot: BotProcess):
    """Slack gives no link: the staff can still ask who asked."""
    reply = declined(shared_slack, bot, "CNOLINK")
    shared_slack.trouble("chat.getPermalink", refused("message_not_found"))
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "CNOLINK") == [(ASKER, SENT)])
    [message] = posted(shared_slack, "CNOLINK")
    assert JA.staff_link not in message


def test_in_a_direct_message_and_in_english(shared_slack: LocalSlack, bot: BotProcess):
    """Alone with the bot it works the same; the texts are in the language of the question."""
    ts = shared_slack.direct_message(ASKER, "nothing on trees?")
    reply = shared_slack.wait_for_reply(f"D{ASKER}", ts)
    eventually(lambda: f"D{ASKER}:{ts}: declined" in bot.said())
    shared_slack.press(reply, f"{Do.STAFF}_en", ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, f"D{ASKER}"))
    sent = EN.staff_sent.format(channel=f"<#{STAFF}>")
    assert told(shared_slack, f"D{ASKER}") == [(ASKER, sent)]
    [message] = posted(shared_slack, f"D{ASKER}")
    assert EN.staff_link in message


def test_what_was_named_to_the_staff_stands_in_the_audit_log(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Who handed it on, and which passages were named."""
    reply = declined(shared_slack, bot, "CAUDITED")
    shared_slack.press(reply, BUTTON, ASKER)
    shared_slack.wait_until(lambda: told(shared_slack, "CAUDITED"))
    lines = [
        json.loads(line)
        for file in (bot.data / "audit").glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
    ]
    [line] = [each for each in lines if each["channel"] == "CAUDITED" and each["way"] == "staff"]
    assert (line["user"], line["outcome"]) == (ASKER, "sent")
    assert [each["document"] for each in line["passages"]] == [MINUTES.document]


def test_sent_is_known_after_a_restart(slack: LocalSlack, start: Start):
    """Another process sends nothing twice."""
    slack.workspace.messages[STAFF]
    bot = start(KIROKU_ASK_CHANNEL=STAFF)
    reply = declined(slack, bot, "CAGAIN")
    slack.press(reply, BUTTON, ASKER)
    slack.wait_until(lambda: (ASKER, SENT) in told(slack, "CAGAIN"))
    bot.kill()
    start(KIROKU_ASK_CHANNEL=STAFF)
    slack.press(reply, BUTTON, ASKER)
    slack.wait_until(lambda: (ASKER, ALREADY) in told(slack, "CAGAIN"))
    assert len(posted(slack, "CAGAIN")) == 1
