"""HTTP mode: the same bot, called by Slack; what Slack did not sign, or long ago, is refused."""

import asyncio
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.buttons import Do
from bot.slack.health import is_healthy
from bot.slack.receiving.tokens import tokens
from bot.texts import JA
from index.errors import SettingError
from index.settings import Settings
from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually, start_bot, wait_until_ready
from tests.bot.slack.conftest import Start
from tests.bot.viewer.serving import fetch, free_port
from tests.slack_api import LocalSlack
from tests.slack_http import HttpDelivery

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def slack_over_http() -> LocalSlack:
    """Return a Slack that delivers to a free port of this machine."""
    return LocalSlack(http=HttpDelivery(f"http://127.0.0.1:{free_port()}/slack/events", SECRET))


@pytest.fixture(scope="module", params=["socket", "http"])
def either(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[LocalSlack, BotProcess]]:
    """Give a Slack and a bot, in each of the two modes."""
    with LocalSlack() if request.param == "socket" else slack_over_http() as slack:
        bot = start_bot(slack, tmp_path_factory.mktemp("bot"), 0)
        wait_until_ready(slack, bot)
        yield slack, bot
        assert bot.stop() == 0


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """Give a Slack that delivers over HTTP."""
    with slack_over_http() as slack:
        yield slack


def status_of(slack: LocalSlack, body: bytes, **changed: str | float | None) -> int:
    """Return how the bot answers a body signed as Slack signs it, but for what is changed.

    ``at`` is when it is signed; a header that is ``None`` is left out.
    """
    assert slack.http is not None
    at = changed.pop("at", None)
    delivery = slack.http.signed(body, "application/json", at)
    for name, value in changed.items():
        header = name.replace("_", "-").title()
        del delivery.headers[header]
        if value is not None:
            delivery.headers[header] = str(value)
    return asyncio.run(slack.http.post(delivery))[0]


def question(text: str, ts: str = "1700000001.000001") -> bytes:
    """Return the body of a direct message, as Slack delivers it."""
    message = {"type": "message", "channel_type": "im", "channel": "DUMAL", "user": "UMAL"}
    event = {**message, "text": text, "ts": ts}
    body = {"type": "event_callback", "team_id": "TLOCAL", "event_id": "EvMAL", "event": event}
    return json.dumps(body, ensure_ascii=False).encode()


def test_a_mention_is_answered_in_its_thread(either: tuple[LocalSlack, BotProcess]):
    """In both modes."""
    slack, _ = either
    ts = slack.mention("CASK", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CASK", ts)["text"]
    slack.wait_until_acked()


def test_a_button_is_acknowledged_and_does_its_work(either: tuple[LocalSlack, BotProcess]):
    """In both modes: the passages in full, and asking again without narrowing."""
    slack, _ = either
    ts = slack.mention("CPRESS", "UAOKI", "街路樹は？")
    reply = slack.wait_for_reply("CPRESS", ts)
    pressed = slack.press(reply, Do.MORE, "UBABA")
    slack.wait_until(lambda: pressed in slack.acks)
    slack.wait_for_view("UBABA", SAID)
    slack.press(reply, Do.WIDEN, "UAOKI")
    slack.wait_until(lambda: JA.widened in slack.replies("CPRESS", ts)[0]["text"])


def test_what_is_sent_again_is_answered_once(either: tuple[LocalSlack, BotProcess]):
    """In both modes: two deliveries at once, and a later one of the same event."""
    slack, bot = either
    slack.send_twice = True
    ts = slack.direct_message("UTWICE", "二度とどく街路樹は？")
    slack.wait_for_reply("DUTWICE", ts)
    slack.wait_until_acked()
    slack.send_twice = False
    sent = [frame for frame in slack.deliveries if "UTWICE" in json.dumps(frame["payload"])]
    slack.send_payload(sent[0]["payload"])
    later = slack.direct_message("UTWICE", "緑地は？")
    slack.wait_for_reply("DUTWICE", later)
    slack.wait_until_acked()
    assert len(slack.replies("DUTWICE", ts)) == 1
    assert bot.asked().count("二度とどく街路樹は？") == 1


def test_a_question_outlives_a_kill(slack: LocalSlack, start: Start):
    """Killed after the ack, the bot answers once after its restart, as over a connection."""
    bot = start()
    ts = slack.mention("CKILL", "UAOKI", "すこし待つ街路樹の質問")
    eventually(bot.asked)
    slack.wait_until_acked()
    bot.kill()
    start()
    assert SAID in slack.wait_for_reply("CKILL", ts)["text"]
    assert len(slack.replies("CKILL", ts)) == 1


def test_what_is_asked_while_the_bot_is_away_is_sent_again(slack: LocalSlack, start: Start):
    """An address at which nobody answers is called again, as the retry that it is."""
    slack.resend_after = 1.0
    ts = slack.direct_message("UAWAY", "街路樹は？")
    eventually(lambda: slack.deliveries)
    start()
    assert SAID in slack.wait_for_reply("DUAWAY", ts)["text"]
    assert slack.deliveries[-1]["retry_attempt"] > 0


def test_on_a_full_disk_a_question_is_not_acked_and_comes_again(slack: LocalSlack, start: Start):
    """What cannot be written down is answered with 503: Slack keeps it until there is room."""
    slack.resend_after = 0.5
    bot = start()
    hard = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)[1]
    room = (bot.data / "inbox.sqlite3-wal").stat().st_size
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (room, hard))
    ts = slack.direct_message("UFULL", "街路樹は？")
    eventually(lambda: "Slack will send it again" in bot.said())
    assert slack.acks == []
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert SAID in slack.wait_for_reply("DUFULL", ts)["text"]


def test_what_slack_did_not_sign_is_refused_unread(slack: LocalSlack, start: Start):
    """A wrong signature, none, another secret, an old or odd timestamp: 401, nothing is asked.

    What was sent does not stand in the log.
    """
    bot = start()
    now, forged = time.time(), question("街路樹を伐採したのはだれ？")
    assert slack.http is not None
    other = HttpDelivery(slack.http.url, "another secret").signed(forged, "application/json")
    assert asyncio.run(slack.http.post(other))[0] == 401
    refused = [
        status_of(slack, forged, x_slack_signature="v0=0"),
        status_of(slack, forged, x_slack_signature="v0=é"),
        status_of(slack, forged, x_slack_signature=None),
        status_of(slack, forged, x_slack_request_timestamp=None),
        status_of(slack, forged, x_slack_request_timestamp="soon"),
        status_of(slack, forged, at=now - 301),
        status_of(slack, forged, at=now + 310),
        status_of(slack, b"\xff\xfe", x_slack_signature="v0=0"),
    ]
    assert refused == [401] * len(refused)
    assert fetch(slack.http.url).status == 404
    assert status_of(slack, b"x" * 1_100_000) == 413
    assert bot.asked() == []
    assert "a delivery is refused" in bot.said()
    assert "伐採" not in bot.said()
    assert status_of(slack, question("街路樹は？"), at=now - 290) == 200
    eventually(lambda: bot.asked() == ["街路樹は？"])


def test_the_address_is_verified_as_slack_asks_it(slack: LocalSlack, start: Start):
    """Slack's challenge is answered once the bot is signed in; monitoring is at the same port."""
    start()
    assert slack.http is not None
    root = slack.http.url.removesuffix("/slack/events")
    health = json.loads(fetch(f"{root}/healthz").text)
    assert health["slack"] == "connected"
    counted = fetch(f"{root}/metrics").text
    assert 'kiroku_http_requests_total{route="slack",status="200"}' in counted


def test_a_port_that_is_taken_is_not_healthy(slack: LocalSlack, start: Start, tmp_path: Path):
    """Where Slack cannot be listened to, the bot is not connected, and says what to do."""
    assert slack.http is not None
    port = int(slack.http.url.split(":")[2].split("/")[0])
    with LocalSlack(port=port):
        bot = start(ready=False)
        eventually(lambda: "free the port" in bot.said())
        eventually((bot.data / "serve.json").exists)
        assert not is_healthy(tmp_path / "data")
    wait_until_ready(slack, bot)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"slack_signing_secret": None}, "SLACK_SIGNING_SECRET is not set"),
        ({"slack_signing_secret": "  "}, "SLACK_SIGNING_SECRET is not set"),
        ({"viewer": "off"}, "KIROKU_VIEWER is off"),
        ({"slack_bot_token": None}, "SLACK_BOT_TOKEN is not set"),
    ],
)
def test_what_http_mode_needs_is_named_at_the_start(tmp_path: Path, changed, named):
    """Without a secret anybody could ask: the bot does not start."""
    needed = {"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET, "slack_mode": "http"}
    assert tokens(Settings(data=tmp_path, **needed)) == ("xoxb-1", SECRET)
    with pytest.raises(SettingError, match=named):
        tokens(Settings(data=tmp_path, **{**needed, **changed}))
