"""Posting once, against the local Slack without a bot process around it."""

import logging
import threading
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.slack.incoming import Incoming, Way
from bot.slack.messages.layout import plain_message
from bot.slack.poster import Posted, Poster, Refused
from bot.slack.threads.conversations import Conversations
from bot.slack.threads.read import Identity
from bot.slack.trouble import NotNow
from tests.slack_api import LocalSlack, rate_limited, refused, server_error
from tests.slack_workspace import BOT_ID, BOT_USER

pytestmark = pytest.mark.slow

REPLY = plain_message("300本です。")


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSlack]:
    """Give a local Slack that is reached without a proxy."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def stopping() -> threading.Event:
    """Give what ends every wait."""
    return threading.Event()


@pytest.fixture
def poster(slack: LocalSlack, stopping: threading.Event) -> Poster:
    """Give a poster that talks to the local Slack."""
    client = WebClient(token=slack.bot_token, base_url=slack.url, retry_handlers=[])
    identity = Identity(user=BOT_USER, bot=BOT_ID)
    return Poster(client, identity, stopping, logging.getLogger("test"))


@pytest.fixture
def conversations(slack: LocalSlack) -> Conversations:
    """Give what reads the local Slack's threads."""
    client = WebClient(token=slack.bot_token, base_url=slack.url, retry_handlers=[])
    identity = Identity(user=BOT_USER, bot=BOT_ID)
    return Conversations(client, identity, logging.getLogger("test"))


@pytest.fixture
def question(slack: LocalSlack) -> Incoming:
    """Give a question that stands in a thread of the local Slack."""
    ts = slack.mention("CGREEN", "UAOKI", "樹は？")
    return Incoming("CGREEN", ts, ts, "UAOKI", "樹は？", Way.MENTION, "Ev1")


def test_a_reply_is_found_on_any_page_of_a_long_thread(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """A reply far down in the thread keeps a second one from being posted."""
    for n in range(450):
        slack.workspace.say("CGREEN", "UBABA", f"{n}", thread_ts=question.root)
    first = poster.post(question, REPLY, look_first=False)
    assert isinstance(first, Posted)
    assert poster.post(question, REPLY, look_first=True) == first
    assert len(slack.replies("CGREEN", question.ts)) == 1


def test_a_forged_reply_does_not_count(slack: LocalSlack, poster: Poster, question: Incoming):
    """Another app's message with our metadata does not keep the answer back."""
    forged = {"event_type": "kiroku_reply", "event_payload": {"question": question.key}}
    slack.workspace.say(
        "CGREEN", "UEVIL", "にせもの", thread_ts=question.root, bot_id="BEVIL", metadata=forged
    )
    poster.post(question, REPLY, look_first=True)
    assert len(slack.replies("CGREEN", question.ts)) == 1


def test_a_thread_that_may_not_be_read_does_not_keep_the_answer_back(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """Rather an answer too many than none, where Slack does not let us look."""
    slack.trouble("conversations.replies", refused("missing_scope"))
    assert isinstance(poster.post(question, REPLY, look_first=True), Posted)


def test_looking_is_tried_again(slack: LocalSlack, poster: Poster, question: Incoming):
    """An error while looking is waited out: nothing is posted unseen."""
    slack.trouble("conversations.replies", server_error(), rate_limited(0))
    assert isinstance(poster.post(question, REPLY, look_first=True), Posted)
    methods = [method for method, _ in slack.calls]
    assert methods == ["conversations.replies"] * 3 + ["chat.postMessage"]


@pytest.mark.parametrize(
    ("trouble", "result"),
    [
        (rate_limited(600), NotNow("ratelimited")),
        (refused("token_revoked"), NotNow("token_revoked")),
        (refused("not_in_channel"), Refused("not_in_channel")),
        (refused("restricted_action"), Refused("restricted_action")),
    ],
)
def test_what_does_not_help_is_not_repeated(
    slack: LocalSlack, poster: Poster, question: Incoming, trouble: object, result: object
):
    """A long limit and a refused token wait for later; a refused message is given up."""
    slack.trouble("chat.postMessage", trouble)
    assert poster.post(question, REPLY, look_first=False) == result


def test_the_plain_text_can_be_refused_too(slack: LocalSlack, poster: Poster, question: Incoming):
    """Refused with blocks and without, the reply is given up."""
    slack.trouble("chat.postMessage", refused("invalid_blocks"), refused("invalid_blocks"))
    assert poster.post(question, REPLY, look_first=False) == Refused("invalid_blocks")


def test_after_five_tries_it_waits_for_later(
    slack: LocalSlack, poster: Poster, question: Incoming, stopping: threading.Event
):
    """An outage ends the attempts; a process that is to stop does not begin one."""
    slack.trouble("chat.postMessage", *[rate_limited(0)] * 5)
    assert poster.post(question, REPLY, look_first=False) == NotNow("ratelimited")
    stopping.set()
    assert poster.post(question, REPLY, look_first=False) == NotNow("stopping")
    assert slack.replies("CGREEN", question.ts) == []


def test_a_follow_up_waits_while_the_thread_cannot_be_read(
    slack: LocalSlack, conversations: Conversations, question: Incoming
):
    """Whether a message is for the bot is not guessed: an outage is waited out."""
    slack.trouble("conversations.replies", server_error(503))
    assert conversations.is_between_us(question) == NotNow("HTTP 503")
    slack.trouble("conversations.replies", refused("missing_scope"))
    assert conversations.is_between_us(question) is False
    assert conversations.is_between_us(question) is True
