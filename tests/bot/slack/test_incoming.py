"""Which of Slack's events are questions, and what is asked in them."""

from typing import Any

import pytest

from bot.slack.incoming import (
    LONGEST_QUESTION,
    Way,
    incoming_from,
    kept,
    mentions_others,
    plain_text,
)
from bot.slack.threads.read import Identity, only_asker_and_bot

BOT = "UKIROKU"


def body(**event: Any) -> dict[str, Any]:
    """Return a delivery of a person's message, changed by ``event``."""
    usual = {"type": "message", "user": "UAOKI", "text": "樹は？", "ts": "2.0", "channel": "C1"}
    return {"event_id": "Ev1", "event": {**usual, "channel_type": "channel", **event}}


@pytest.mark.parametrize(
    ("event", "way"),
    [
        ({"type": "app_mention", "text": f"<@{BOT}> 樹は？"}, Way.MENTION),
        ({"text": f"<@{BOT}|kiroku> 樹は？"}, Way.MENTION),
        ({"channel_type": "im", "channel": "D1"}, Way.DIRECT),
        ({"channel_type": "im", "subtype": "file_share"}, Way.DIRECT),
        ({"channel_type": "im", "thread_ts": "1.0"}, Way.DIRECT),
        ({"thread_ts": "1.0"}, Way.FOLLOW_UP),
        ({"thread_ts": "1.0", "subtype": "thread_broadcast"}, Way.FOLLOW_UP),
    ],
)
def test_questions_are_told_by_how_they_come(event: dict[str, Any], way: Way):
    """Mentions, direct messages and thread replies are taken, each as what it is."""
    incoming = incoming_from(body(**event), BOT)
    assert incoming is not None
    assert (incoming.way, incoming.text) == (way, "樹は？")
    assert incoming.root == event.get("thread_ts", "2.0")


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"thread_ts": "2.0"},
        {"type": "reaction_added"},
        {"type": "app_mention", "bot_id": "B2"},
        {"type": "app_mention", "user": BOT},
        {"type": "app_mention", "user": None},
        {"type": "app_mention", "user": "USLACKBOT"},
        {"type": "app_mention", "edited": {"ts": "3.0"}},
        {"channel_type": "im", "subtype": "message_changed"},
        {"channel_type": "im", "subtype": "message_deleted"},
        {"channel_type": "im", "subtype": "channel_join"},
        {"channel_type": "im", "hidden": True},
        {"channel_type": "im", "ts": None},
    ],
)
def test_everything_else_is_let_pass(event: dict[str, Any]):
    """Plain talk, bots, the bot itself, edits, deletions and joins are no questions."""
    assert incoming_from(body(**event), BOT) is None


def test_a_body_without_an_event_is_no_question():
    """A click or a command has no event."""
    assert incoming_from({"type": "block_actions"}, BOT) is None


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (f"<@{BOT}> 樹は？", "樹は？"),
        ("<@UX|青木>さん", "@青木さん"),
        ("<https://a.test/x|議事録>と<https://a.test/y>", "議事録とhttps://a.test/y"),
        ("<mailto:a@b.test|a@b.test> <mailto:a@b.test>", "a@b.test a@b.test"),
        ("<#C1|緑> <#C2> <!date^1^{date}|昨日> <!subteam^S1|@緑課> <!here>", "#緑  昨日 @緑課"),
        ("&amp;lt; &lt;3 &gt; A&amp;B", "&lt; <3 > A&B"),
    ],
)
def test_markup_becomes_what_the_person_saw(raw: str, plain: str):
    """Labels stand for links, entities for their characters, the bot's name goes."""
    assert plain_text(raw, BOT).split() == plain.split()


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (f"<@{BOT}> 樹は？", False),
        ("<@UBABA> どう？", True),
        ("<!here> 見て", True),
        ("<!subteam^S1|@緑課> 見て", True),
        ("<https://a.test|@x> <#C1|緑>", False),
    ],
)
def test_calling_others_is_noticed(text: str, others: bool):  # noqa: FBT001  a case of the table
    """A person, a group or the whole channel called means that others are spoken to."""
    assert mentions_others(text, BOT) is others


MINE = {"user": "UAOKI", "text": f"<@{BOT}> 樹は？"}
OURS = {"user": BOT, "bot_id": "BKIROKU", "text": "300本です。"}


@pytest.mark.parametrize(
    ("thread", "between_us"),
    [
        ([MINE, OURS, MINE], True),
        ([MINE, {"bot_id": "BKIROKU"}, MINE], True),
        ([MINE, OURS, {"user": "UBABA", "text": "へえ"}, MINE], False),
        ([{"user": "UBABA", "text": "はじまり"}, MINE, OURS], False),
        ([MINE, OURS, {"user": "UBOT2", "bot_id": "B2", "text": "CI"}], False),
        ([MINE, {**MINE, "text": "<@UBABA> どう？"}, OURS], False),
        ([MINE, OURS, {**MINE, "bot_id": "B2"}], False),
    ],
)
def test_a_thread_is_between_us_until_a_third_comes_in(
    thread: list[dict[str, str]],
    between_us: bool,  # noqa: FBT001  a case of the table
):
    """Anybody else who speaks or is called ends the talk of two."""
    identity = Identity(user=BOT, bot="BKIROKU")
    assert only_asker_and_bot(thread, "UAOKI", identity) is between_us


def test_of_a_long_message_beginning_and_end_are_kept():
    """A question stands at its end more often than in its middle."""
    long = "はじめ" + "あ" * 2 * LONGEST_QUESTION + "いつですか？"
    short = kept(long)
    assert len(short) == LONGEST_QUESTION
    assert short.startswith("はじめ")
    assert short.endswith("いつですか？")
    assert kept("短い") == "短い"
