"""What becomes of 👍 and 👎 under a reply, over real HTTP and a real websocket."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from bot.access.rules import FILE_NAME as RULES
from bot.feedback.given import Complaint, Given, Verdict
from bot.feedback.store import FILE_NAME, FeedbackStore
from bot.slack.buttons import Do
from bot.texts import EN, JA
from tests.bot.council import MINUTES, SAID, WIDER
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.slack_api import LocalSlack, late, refused, server_error

ASKER = "UAOKI"
GUEST = {"is_restricted": True}


def given(bot: BotProcess) -> list[Given]:
    """Return what the bot has kept, the newest first."""
    store = FeedbackStore(bot.data / FILE_NAME)
    try:
        return store.votes()
    finally:
        store.close()


def given_in(bot: BotProcess, channel: str) -> list[Given]:
    """Return what was said of the replies in a channel."""
    return [each for each in given(bot) if each.vote.id.channel == channel]


def told(slack: LocalSlack, channel: str) -> list[tuple[str, str]]:
    """Return what was said in a channel to one person only: who, and what."""
    said = [each for each in slack.workspace.ephemerals if each["channel"] == channel]
    return [(each["user"], each["text"]) for each in said]


def ask(slack: LocalSlack, channel: str, question: str = "街路樹は何本？") -> dict[str, Any]:
    """Ask in a channel and return the reply."""
    return slack.wait_for_reply(channel, slack.mention(channel, ASKER, question))


def standing(slack: LocalSlack, message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it stands now."""
    return next(m for m in slack.messages(message["channel"]) if m["ts"] == message["ts"])


def chosen(complaint: Complaint) -> dict[str, Any]:
    """Return what is put into the modal where a reason is chosen."""
    return {"why": {"selected_option": {"value": complaint.value}}}


def is_judged(message: dict[str, Any]) -> bool:
    """Tell whether a message has the two buttons."""
    return any(block["type"] == "context_actions" for block in message["blocks"])


def opened(slack: LocalSlack, reply: dict[str, Any], user: str) -> dict[str, Any]:
    """Press 👎 under a reply; return the modal that asks for the reason once it is there."""

    def there() -> list[dict[str, Any]]:
        views = [view for view in slack.workspace.views.values() if view["user"] == user]
        return [view for view in views if reply["ts"] in view.get("private_metadata", "")]

    before = len(there())
    slack.judge(reply, user, good=False)
    slack.wait_until(lambda: len(there()) > before)
    return there()[-1]


@pytest.fixture
def bot(shared_slack: LocalSlack, shared_bot: BotProcess) -> BotProcess:
    """Give the bot of the whole module."""
    shared_slack.send_twice = False
    return shared_bot


def thanked(slack: LocalSlack, channel: str) -> Callable[[], bool]:
    """Return what tells whether somebody was thanked in a channel."""
    return lambda: JA.feedback_thanks in [text for _, text in told(slack, channel)]


@pytest.mark.usefixtures("bot")
def test_what_answers_or_declines_is_judged_and_nothing_else(shared_slack: LocalSlack):
    """Answers, declines, one that may answer, several at once; not talk, nor a question back."""
    for question in ("街路樹は何本？", "ない話は？", "たぶんの話は？", "何本？ いつ植えた？"):
        assert is_judged(ask(shared_slack, "CJUDGED", question)), question
    for question in ("使い方", "どの審議会の街路樹？", "街路樹はこれまでどう議論された？"):
        assert not is_judged(ask(shared_slack, "CJUDGED", question)), question


def test_a_good_answer_is_kept_with_what_it_showed(shared_slack: LocalSlack, bot: BotProcess):
    """Question, who, the quote with document, page and passage; thanks are said to one alone."""
    reply = ask(shared_slack, "CGOOD")
    before = shared_slack.messages("CGOOD")
    click = shared_slack.judge(reply, "UBABA", good=True)
    shared_slack.wait_until(thanked(shared_slack, "CGOOD"))
    shared_slack.wait_until(lambda: click in shared_slack.acks)
    eventually(lambda: "CGOOD" in bot.said())
    [kept] = given_in(bot, "CGOOD")
    assert (kept.vote.user, kept.vote.verdict) == ("UBABA", Verdict.UP)
    assert (kept.vote.question, kept.edited) == ("街路樹は何本？", False)
    assert kept.shown is not None
    assert kept.shown.outcome == "answered"
    [passage] = kept.shown.passages
    assert (passage.document, passage.page) == (MINUTES.document, 4)
    assert (passage.quote, passage.at_a_glance, passage.near) == (SAID, True, False)
    assert told(shared_slack, "CGOOD") == [("UBABA", JA.feedback_thanks)]
    assert shared_slack.messages("CGOOD") == before


def test_a_bad_answer_counts_at_once_and_its_reason_when_it_is_sent(
    shared_slack: LocalSlack, bot: BotProcess
):
    """The modal asks why; what is chosen and written there is kept beside the vote."""
    reply = ask(shared_slack, "CBAD")
    view = opened(shared_slack, reply, ASKER)
    eventually(lambda: given_in(bot, "CBAD"))
    [kept] = given_in(bot, "CBAD")
    assert (kept.vote.verdict, kept.vote.complaint) == (Verdict.DOWN, None)
    assert told(shared_slack, "CBAD") == []
    said = {**chosen(Complaint.WRONG_PLACE), "comment": {"value": " 第3回の方です \n"}}
    envelope = shared_slack.submit(view, said)
    shared_slack.wait_until(thanked(shared_slack, "CBAD"))
    shared_slack.wait_until(lambda: envelope in shared_slack.acks)
    [kept] = given_in(bot, "CBAD")
    assert kept.vote.complaint is Complaint.WRONG_PLACE
    assert kept.vote.comment == "第3回の方です"


def test_a_second_press_takes_the_place_of_the_first(shared_slack: LocalSlack, bot: BotProcess):
    """One person has one opinion of an answer, others have their own."""
    reply = ask(shared_slack, "CTWICE")
    view = opened(shared_slack, reply, ASKER)
    shared_slack.submit(view, chosen(Complaint.WRONG))
    shared_slack.wait_until(thanked(shared_slack, "CTWICE"))
    shared_slack.judge(reply, ASKER, good=True)
    shared_slack.judge(reply, "UBABA", good=False)
    eventually(lambda: len(given_in(bot, "CTWICE")) == 2)
    eventually(lambda: Verdict.UP in {each.vote.verdict for each in given_in(bot, "CTWICE")})
    votes = {each.vote.user: each.vote for each in given_in(bot, "CTWICE")}
    assert (votes[ASKER].verdict, votes[ASKER].complaint) == (Verdict.UP, None)
    assert votes["UBABA"].verdict is Verdict.DOWN


def test_double_clicks_and_repeats_count_and_are_thanked_once(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Two clicks, each delivered twice, and one more later are one opinion."""
    reply = ask(shared_slack, "CDOUBLE")
    shared_slack.send_twice = True
    clicks = {shared_slack.judge(reply, ASKER, good=True) for _ in range(2)}
    shared_slack.wait_until(lambda: clicks <= set(shared_slack.acks))
    shared_slack.send_twice = False
    shared_slack.wait_until(thanked(shared_slack, "CDOUBLE"))
    again = shared_slack.judge(reply, ASKER, good=True)
    shared_slack.wait_until(lambda: again in shared_slack.acks)
    ask(shared_slack, "CDOUBLE", "おわりの質問")
    assert len(given_in(bot, "CDOUBLE")) == 1
    assert told(shared_slack, "CDOUBLE") == [(ASKER, JA.feedback_thanks)]


def test_a_modal_that_comes_too_late_leaves_the_vote(shared_slack: LocalSlack, bot: BotProcess):
    """Where Slack opens no modal any more, 👎 counts without a reason, and thanks are said."""
    reply = ask(shared_slack, "CEXPIRED")
    shared_slack.trouble("views.open", refused("expired_trigger_id"))
    shared_slack.judge(reply, ASKER, good=False)
    shared_slack.wait_until(thanked(shared_slack, "CEXPIRED"))
    [kept] = given_in(bot, "CEXPIRED")
    assert (kept.vote.verdict, kept.vote.complaint) == (Verdict.DOWN, None)


def test_who_is_not_let_in_has_no_say(shared_slack: LocalSlack, bot: BotProcess):
    """A guest is refused as by any other button, also in the modal, and nothing is kept."""
    shared_slack.workspace.people.users["UGUEST"] = GUEST
    reply = ask(shared_slack, "CGUEST")
    shared_slack.judge(reply, "UGUEST", good=True)
    shared_slack.wait_until(lambda: ("UGUEST", JA.refused) in told(shared_slack, "CGUEST"))
    shared_slack.judge(reply, "UGUEST", good=False)
    view = dict(shared_slack.wait_for_view("UGUEST", JA.refused))
    assert SAID not in json.dumps(view, ensure_ascii=False)
    view = opened(shared_slack, reply, ASKER)
    shared_slack.submit({**view, "user": "UGUEST"}, chosen(Complaint.WRONG))
    shared_slack.wait_until(lambda: len(told(shared_slack, "CGUEST")) == 2)
    assert told(shared_slack, "CGUEST")[1] == ("UGUEST", JA.refused)
    # what the asker pressed is worked on beside what the guest did
    shared_slack.wait_until(lambda: bool(given_in(bot, "CGUEST")))
    assert {each.vote.user for each in given_in(bot, "CGUEST")} == {ASKER}


def test_a_wider_answer_is_judged_apart_from_the_one_it_replaced(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Each opinion is of what stood there when it was given."""
    reply = ask(shared_slack, "CREPLACED")
    opened(shared_slack, reply, ASKER)
    shared_slack.press(reply, Do.WIDEN, ASKER)
    shared_slack.wait_until(
        lambda: WIDER in json.dumps(standing(shared_slack, reply), ensure_ascii=False)
    )
    eventually(lambda: bot.said().count("CREPLACED") >= 2)
    shared_slack.judge(standing(shared_slack, reply), ASKER, good=True)
    eventually(lambda: len(given_in(bot, "CREPLACED")) == 2)
    quotes = {e.vote.verdict: e.shown and e.shown.passages[0].quote for e in given(bot)[:2]}
    assert quotes == {Verdict.UP: WIDER, Verdict.DOWN: SAID}


def test_a_question_that_was_edited_since_is_marked(shared_slack: LocalSlack, bot: BotProcess):
    """Its new words are not what was answered: no evaluation is to be made of them."""
    reply = ask(shared_slack, "CEDITED")
    shared_slack.edit("CEDITED", reply["thread_ts"], "街路樹の病気は？")
    shared_slack.judge(reply, ASKER, good=True)
    shared_slack.wait_until(thanked(shared_slack, "CEDITED"))
    eventually(lambda: "CEDITED" in bot.said())
    [kept] = given_in(bot, "CEDITED")
    assert (kept.vote.question, kept.edited) == ("街路樹の病気は？", True)


def test_what_cannot_be_known_is_not_kept_and_told(shared_slack: LocalSlack, bot: BotProcess):
    """Where the question is gone, or Slack says nothing at present, who presses is told so."""
    reply = ask(shared_slack, "CMISSING")
    shared_slack.trouble("conversations.replies", server_error(500))
    shared_slack.judge(reply, ASKER, good=True)
    shared_slack.wait_until(lambda: told(shared_slack, "CMISSING") == [(ASKER, JA.not_now)])
    shared_slack.delete("CMISSING", reply["thread_ts"])
    shared_slack.judge(reply, ASKER, good=False)
    shared_slack.wait_for_view(ASKER, JA.gone)
    assert given_in(bot, "CMISSING") == []


@pytest.mark.usefixtures("bot")
def test_an_english_answer_is_judged_in_english(shared_slack: LocalSlack):
    """The modal speaks the language of the reply, and so do thanks."""
    reply = ask(shared_slack, "CENGLISH", "nothing on trees?")
    view = opened(shared_slack, reply, ASKER)
    assert EN.feedback_why in json.dumps(view)
    shared_slack.submit(view, {})
    shared_slack.wait_until(lambda: told(shared_slack, "CENGLISH"))
    assert told(shared_slack, "CENGLISH") == [(ASKER, EN.feedback_thanks)]


def test_a_workspace_without_these_buttons_gets_ordinary_ones(
    shared_slack: LocalSlack, bot: BotProcess
):
    """Where Slack does not know the block, the reply comes whole, with two buttons that work."""
    shared_slack.trouble("chat.postMessage", refused("invalid_blocks"))
    reply = ask(shared_slack, "COLD")
    assert SAID in json.dumps(reply["blocks"], ensure_ascii=False)
    assert not is_judged(reply)
    shared_slack.press(reply, f"{Do.BAD}_ja", "UOLD")
    shared_slack.wait_for_view("UOLD", JA.feedback_why)
    shared_slack.press(reply, f"{Do.GOOD}_ja", "UOLD")
    eventually(lambda: [e.vote.verdict for e in given_in(bot, "COLD")] == [Verdict.UP])


def test_modals_that_we_never_made_are_acked_and_ignored(shared_slack: LocalSlack, bot: BotProcess):
    """Whatever comes back from outside is checked."""
    reply = ask(shared_slack, "CFORGED")
    view = opened(shared_slack, reply, ASKER)
    eventually(lambda: given_in(bot, "CFORGED"))
    place = json.loads(view["private_metadata"])
    forged = ["", "[]", "{}", json.dumps({**place, "turn": "x"})]
    sent = {
        shared_slack.submit({**view, "private_metadata": each}, chosen(Complaint.WRONG))
        for each in forged
    }
    sent.add(shared_slack.submit(view, {"why": {"selected_option": {"value": "no such"}}}))
    shared_slack.wait_until(lambda: sent <= set(shared_slack.acks))
    assert SAID in json.dumps(ask(shared_slack, "CFORGED")["blocks"], ensure_ascii=False)
    [kept] = given_in(bot, "CFORGED")
    assert kept.vote.complaint is None


def test_declined_questions_are_kept_without_who_asked(slack: LocalSlack, start: Start):
    """What was answered is not kept, and nothing is any more once it is switched off."""
    bot = start()
    ts = slack.mention("CDECLINED", ASKER, "ない話は？")
    slack.wait_for_reply("CDECLINED", ts)
    slack.wait_for_reply("DUBABA", slack.direct_message("UBABA", "「ない話」は"))
    slack.wait_for_reply("CDECLINED", slack.mention("CDECLINED", ASKER, "街路樹は何本？"))
    eventually(lambda: bot.said().count("answered") + bot.said().count("declined") >= 3)
    path = bot.data / FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    store = FeedbackStore(path)
    [often] = store.most_declined()
    assert (often.question, often.count, often.reason) == ("「ない話」は", 2, "not_covered")
    kept = b"".join(each.read_bytes() for each in bot.data.glob(f"{FILE_NAME}*"))
    assert ASKER.encode() not in kept
    assert "街路樹は何本".encode() not in kept
    bot.stop()
    start(KIROKU_DECLINED_QUESTIONS="off")
    eventually(lambda: not store.most_declined())
    slack.wait_for_reply("CDECLINED", slack.mention("CDECLINED", ASKER, "ない話は？"))
    assert store.most_declined() == []
    store.close()


def test_votes_work_after_a_restart_and_a_right_that_is_withdrawn_ends_them(
    slack: LocalSlack, start: Start
):
    """What was shown is known to the next process; who may see nothing any more has no say."""
    bot = start()
    reply = ask(slack, "CRESTART")
    eventually(lambda: "answered" in bot.said())
    bot.kill()
    bot = start()
    slack.judge(reply, ASKER, good=True)
    slack.wait_until(thanked(slack, "CRESTART"))
    [kept] = given(bot)
    assert kept.shown is not None
    (bot.data / RULES).write_text("[main]\n", encoding="utf-8")
    slack.judge(reply, ASKER, good=False)
    slack.wait_for_view(ASKER, JA.refused)
    [kept] = given(bot)
    assert kept.vote.verdict is Verdict.UP


def test_a_file_that_cannot_be_written_keeps_nobody_from_an_answer(slack: LocalSlack, start: Start):
    """The log tells it; who presses is told that it is not kept."""
    bot = start()
    store = FeedbackStore(bot.data / FILE_NAME)
    store._file.write("DROP TABLE shown")  # noqa: SLF001  a damage, made by hand
    store.close()
    reply = ask(slack, "CBROKEN")
    assert SAID in json.dumps(reply["blocks"], ensure_ascii=False)
    eventually(lambda: "not written down for feedback" in bot.said())
    slack.judge(reply, ASKER, good=True)
    slack.wait_until(lambda: told(slack, "CBROKEN") == [(ASKER, JA.not_now)])


def test_a_press_that_a_crash_left_is_worked_on_after_the_restart(slack: LocalSlack, start: Start):
    """It is on disk before it is acknowledged: a vote, and a question for the staff, once each."""
    bot = start(KIROKU_ASK_CHANNEL="CSTAFF")
    slack.workspace.messages["CSTAFF"]
    reply = ask(slack, "CCRASH", "ないものは何？")
    slack.wait_until_acked()
    slack.trouble("conversations.replies", late(20), late(20))
    slack.judge(reply, "UBABA", good=True)
    slack.press(reply, f"{Do.STAFF}_ja", "UCHIBA")
    slack.wait_until_acked()
    bot.kill()
    assert given(bot) == []
    again = start(KIROKU_ASK_CHANNEL="CSTAFF")
    eventually(lambda: given_in(again, "CCRASH"))
    assert [each.vote.user for each in given(again)] == ["UBABA"]
    slack.wait_until(lambda: len(told(slack, "CCRASH")) == 2)
    assert len(slack.messages("CSTAFF")) == 1
    again.stop()
    assert "ないものは何" not in (again.data / "inbox.sqlite3").read_bytes().decode(
        "utf-8", "ignore"
    )
    with closing(sqlite3.connect(again.data / "inbox.sqlite3")) as inbox:
        rows = inbox.execute("SELECT text, outcome FROM question WHERE way = 'feedback'").fetchall()
    assert rows == [("", "judged")] * 2
