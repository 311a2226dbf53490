"""Posting once, against the local Slack without a bot process around it."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.private_file import PrivateFile
from bot.slack.incoming import Incoming, Way
from bot.slack.messages.layout import plain_message
from bot.slack.pace.client import PacedClient
from bot.slack.pace.limits import Limits
from bot.slack.pace.refusals import Refusals
from bot.slack.posting.draft import Again, Draft, Posted, Refused
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import asked_by
from bot.slack.threads.conversations import Conversations
from bot.slack.threads.read import Identity
from bot.slack.trouble import NotNow
from tests.slack_api import LocalSlack, late, rate_limited, refused, server_error
from tests.slack_workspace import BOT_ID, BOT_USER

REPLY = plain_message("300本です。")
IDENTITY = Identity(user=BOT_USER, bot=BOT_ID)


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSlack]:
    """Give a local Slack that is reached without a proxy."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def client(slack: LocalSlack, tmp_path: Path) -> Iterator[PacedClient]:
    """Give a client that keeps to Slack's times."""
    with closing(PrivateFile(tmp_path / "inbox.sqlite3", "the inbox")) as file:
        yield client_of(slack, file)


def client_of(slack: LocalSlack, file: PrivateFile) -> PacedClient:
    """Return a client that keeps what Slack says in ``file``."""
    limits = Limits(file, logging.getLogger("test"))
    return PacedClient(
        limits,
        Refusals().of("SLACK_BOT_TOKEN"),
        lambda _method, _result: None,
        token=slack.bot_token,
        base_url=slack.url,
        timeout=1,
        retry_handlers=[],
    )


@pytest.fixture
def poster(client: PacedClient) -> Poster:
    """Give a poster that talks to the local Slack."""
    return Poster(client, IDENTITY, logging.getLogger("test"))


@pytest.fixture
def conversations(client: PacedClient) -> Conversations:
    """Give what reads the local Slack's threads."""
    return Conversations(client, IDENTITY, logging.getLogger("test"))


@pytest.fixture
def question(slack: LocalSlack) -> Incoming:
    """Give a question that stands in a thread of the local Slack."""
    ts = slack.mention("CGREEN", "UAOKI", "樹は？")
    return Incoming("CGREEN", ts, ts, "UAOKI", "樹は？", Way.MENTION, "Ev1")


def draft_of(question: Incoming, **more: Any) -> Draft:
    """Return a reply on its way."""
    return Draft(question, REPLY, asked_by(question), **more)


def posted(poster: Poster, draft: Draft) -> tuple[Posted | Refused, list[float]]:
    """Attempt it as often as it takes, without the waits; return those, too."""
    waits: list[float] = []
    while isinstance(result := poster.attempt(draft), Again):
        waits.append(result.wait)
        draft = result.draft
        assert len(waits) < 20
    return result, waits


def test_a_reply_is_found_on_any_page_of_a_long_thread(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """A reply far down in the thread keeps a second one from being posted."""
    for n in range(450):
        slack.workspace.say("CGREEN", "UBABA", f"{n}", thread_ts=question.root)
    first = poster.attempt(draft_of(question))
    assert isinstance(first, Posted)
    assert poster.attempt(draft_of(question, look_first=True)) == first
    assert len(slack.replies("CGREEN", question.ts)) == 1


def test_a_forged_reply_does_not_count(slack: LocalSlack, poster: Poster, question: Incoming):
    """Another app's message with our metadata does not keep the answer back."""
    forged = {"event_type": "kiroku_reply", "event_payload": {"question": question.key}}
    slack.workspace.say(
        "CGREEN", "UEVIL", "にせもの", thread_ts=question.root, bot_id="BEVIL", metadata=forged
    )
    poster.attempt(draft_of(question, look_first=True))
    assert len(slack.replies("CGREEN", question.ts)) == 1


def test_a_thread_that_may_not_be_read_does_not_keep_the_answer_back(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """Rather an answer too many than none, where Slack does not let us look."""
    slack.trouble("conversations.replies", refused("missing_scope"))
    assert isinstance(poster.attempt(draft_of(question, look_first=True)), Posted)


def test_looking_is_tried_again(slack: LocalSlack, poster: Poster, question: Incoming):
    """An error while looking is waited out: nothing is posted unseen."""
    slack.trouble("conversations.replies", server_error(), rate_limited(0))
    assert isinstance(posted(poster, draft_of(question, look_first=True))[0], Posted)
    methods = [method for method, _ in slack.calls]
    assert methods == ["conversations.replies"] * 3 + ["chat.postMessage"]


@pytest.mark.parametrize(
    ("trouble", "wait"), [(rate_limited(600), 600), (refused("token_revoked"), 0.5)]
)
def test_a_limit_and_a_refused_token_hold_all_of_the_channel(
    slack: LocalSlack, poster: Poster, question: Incoming, trouble: Any, wait: float
):
    """However long the limit: it is waited for."""
    slack.trouble("chat.postMessage", trouble)
    result = poster.attempt(draft_of(question))
    assert isinstance(result, Again)
    assert (result.wait, result.all_wait) == (wait, True)
    assert slack.replies("CGREEN", question.ts) == []


@pytest.mark.parametrize("reason", ["not_in_channel", "restricted_action"])
def test_what_does_not_help_is_not_repeated(
    slack: LocalSlack, poster: Poster, question: Incoming, reason: str
):
    """A refused message is given up."""
    slack.trouble("chat.postMessage", refused(reason))
    assert poster.attempt(draft_of(question)) == Refused(reason)


def test_the_plain_text_can_be_refused_too(slack: LocalSlack, poster: Poster, question: Incoming):
    """Refused with blocks and without, the reply is given up."""
    slack.trouble("chat.postMessage", refused("invalid_blocks"), refused("invalid_blocks"))
    assert posted(poster, draft_of(question)) == (Refused("invalid_blocks"), [0.0])


def test_a_channels_limit_is_kept_by_the_next_process_too(
    slack: LocalSlack, question: Incoming, tmp_path: Path
):
    """In that channel nothing is posted before it is over, in others it is."""
    slack.trouble("chat.postMessage", rate_limited(120))
    other = replace(question, channel="COTHER")
    slack.workspace.messages["COTHER"]
    for _ in range(2):
        with closing(PrivateFile(tmp_path / "limits.sqlite3", "the limits")) as file:
            poster = Poster(client_of(slack, file), IDENTITY, logging.getLogger("test"))
            result = poster.attempt(draft_of(question))
            assert isinstance(result, Again)
            assert result.all_wait
            assert 100 < result.wait <= 120
            assert isinstance(poster.attempt(draft_of(other)), Posted)
    posts = [given["channel"] for method, given in slack.calls if method == "chat.postMessage"]
    assert posts == ["CGREEN", "COTHER", "COTHER"]


def test_a_post_that_is_not_confirmed_is_looked_for_half_a_minute(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """Only then it is posted anew, as one that may stand twice."""
    slack.trouble("chat.postMessage", late(1.5))  # the client waits for 1 s
    result, waits = posted(poster, draft_of(question))
    assert isinstance(result, Posted)
    assert result.repeated
    assert 25 < sum(waits) < 35
    posts = [method for method, _ in slack.calls if method == "chat.postMessage"]
    assert len(posts) == 2


def test_a_post_that_could_not_be_sent_is_not_looked_for(
    slack: LocalSlack, poster: Poster, question: Incoming
):
    """Without a connection nothing can have been made; all of the channel waits."""
    slack.stop()
    result = poster.attempt(draft_of(question))
    slack.start()
    assert isinstance(result, Again)
    assert result.all_wait
    assert posted(poster, result.draft)[0] == Posted(slack.replies("CGREEN", question.ts)[0]["ts"])
    assert [method for method, _ in slack.calls] == ["chat.postMessage"]


def test_of_two_replies_the_newer_is_deleted(slack: LocalSlack, poster: Poster, question: Incoming):
    """Where the earlier post was made after all; another's reply and a single one stay."""
    other = replace(question, ts=slack.mention("CGREEN", "UAOKI", "では？", question.root))
    poster.attempt(draft_of(other))
    first, second = (poster.attempt(draft_of(question)) for _ in range(2))
    assert isinstance(first, Posted)
    assert first != second
    for _ in range(2):
        poster.tidy(question)
        standing = [each["ts"] for each in slack.replies("CGREEN", question.root)]
        assert standing[1:] == [first.ts]
        assert len(standing) == 2


def test_a_follow_up_waits_while_the_thread_cannot_be_read(
    slack: LocalSlack, conversations: Conversations, question: Incoming
):
    """Whether a message is for the bot is not guessed: an outage is waited out."""
    slack.trouble("conversations.replies", server_error(503))
    assert conversations.is_between_us(question) == NotNow("HTTP 503")
    slack.trouble("conversations.replies", refused("missing_scope"))
    assert conversations.is_between_us(question) is None
    assert conversations.is_between_us(question) is True
