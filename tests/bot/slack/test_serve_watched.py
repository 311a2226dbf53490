"""What operators see of the running bot: its numbers, and a log for machines."""

import json
import re
from pathlib import Path

from bot.slack.buttons import Do
from bot.slack.health import activity_told, read_activity
from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.conftest import Start
from tests.bot.viewer.serving import fetch, free_port
from tests.slack_api import LocalSlack, rate_limited, refused

NAMES = ["time", "level", "logger", "event", "key", "outcome", "ms", "message", "error", "trace"]


def numbers(port: int) -> dict[str, float]:
    """Return what monitoring reads, by name and labels."""
    lines = fetch(f"http://127.0.0.1:{port}/metrics").text.splitlines()
    told = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in told}


def records(bot: BotProcess) -> list[dict[str, object]]:
    """Return the lines of the log; each is one object."""
    return [json.loads(line) for line in bot.said().splitlines()]


def test_monitoring_is_told_what_waits_and_how_slack_takes_it(slack: LocalSlack, start: Start):
    """Without a public address: queue, oldest question, time to answer, calls by their result."""
    port = free_port()
    bot = start(KIROKU_VIEWER=f"127.0.0.1:{port}")
    slack.trouble("chat.postMessage", rate_limited(1))
    ts = slack.mention("CLIMITED", "UAOKI", "街路樹は？")
    assert SAID in slack.wait_for_reply("CLIMITED", ts)["text"]
    slack.workspace.archived.add("CCLOSED")
    closed = slack.mention("CCLOSED", "UAOKI", "街路樹は？")
    eventually(lambda: bot.outcome(f"CCLOSED:{closed}"))
    eventually(lambda: numbers(port)["kiroku_questions_waiting"] == 0)
    posts = 'kiroku_slack_calls_total{method="chat.postMessage",result="%s"}'
    told = numbers(port)
    assert told[posts % "rate_limited"] == 1
    assert told[posts % "refused"] == 1
    assert told[posts % "ok"] == 2
    assert told["kiroku_answer_seconds_count"] == 1
    assert 1 <= told["kiroku_answer_seconds_sum"] < 60
    assert told["kiroku_oldest_question_seconds"] == 0
    slack.trouble("chat.postMessage", rate_limited(60))
    slack.mention("CWAITS", "UAOKI", "街路樹は？")
    eventually(lambda: numbers(port)["kiroku_questions_waiting"] == 1)
    eventually(lambda: numbers(port)["kiroku_oldest_question_seconds"] > 0)
    health = json.loads(fetch(f"http://127.0.0.1:{port}/healthz").text)
    assert health["slack"] == "connected"


def test_monitoring_is_told_of_queue_errors_and_tokens(slack: LocalSlack, start: Start):
    """The same at /healthz, for `kiroku status` and as numbers; no word of what was asked."""
    port = free_port()
    bot = start(KIROKU_VIEWER=f"127.0.0.1:{port}")

    def health() -> dict:
        return json.loads(fetch(f"http://127.0.0.1:{port}/healthz").text)

    eventually(lambda: health()["queue"] == {"waiting": 0, "oldest_s": 0})
    assert health()["tokens"] == {"SLACK_APP_TOKEN": "ok", "SLACK_BOT_TOKEN": "ok"}
    assert health()["errors"] == []
    slack.wait_for_reply("CTOLD", slack.mention("CTOLD", "UAOKI", "こわれる質問"))
    eventually(lambda: health()["errors"])
    [error] = health()["errors"]
    assert (list(error), error["kind"]) == (["at", "kind"], "RuntimeError")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", error["at"])
    assert numbers(port)['kiroku_errors_total{kind="RuntimeError"}'] == 1
    assert numbers(port)["kiroku_slack_tokens_refused"] == 0
    slack.revoked[slack.bot_token] = "token_revoked"
    slack.mention("CREVOKED", "UAOKI", "こわれる質問")
    eventually(lambda: health()["tokens"]["SLACK_BOT_TOKEN"] == "token_revoked")
    eventually(lambda: health()["queue"]["waiting"] == 1)
    assert numbers(port)["kiroku_slack_tokens_refused"] == 1
    activity = read_activity(bot.data)
    assert activity is not None
    assert activity.tokens["SLACK_BOT_TOKEN"] == "token_revoked"
    assert "こわれる" not in json.dumps(activity_told(bot.data), ensure_ascii=False)
    assert bot.stop() == 0
    assert read_activity(bot.data) is None


def test_the_log_for_machines_says_what_became_of_each_question(slack: LocalSlack, start: Start):
    """One object a line, with the same names throughout, from the first line to the last."""
    bot = start(KIROKU_LOG="json")
    slack.trouble("chat.postMessage", refused("invalid_auth"))
    ts = slack.mention("CTOLD", "UAOKI", "街路樹は？")
    slack.wait_for_reply("CTOLD", ts)
    broken = slack.mention("CTOLD", "UAOKI", "こわれる質問")
    slack.wait_for_reply("CTOLD", broken)
    eventually(lambda: len([r for r in records(bot) if r["event"] == "replied"]) == 2)
    assert all(list(record) == NAMES for record in records(bot))
    by_event = {str(record["event"]): record for record in records(bot) if record["key"]}
    [first] = [r for r in records(bot) if r["event"] == "replied" and r["key"] == f"CTOLD:{ts}"]
    assert (first["level"], first["outcome"]) == ("info", "answered")
    assert isinstance(first["ms"], int)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(first["time"]))
    assert by_event["waits"]["outcome"] == "invalid_auth"
    fault = by_event["fault"]
    assert (fault["key"], fault["error"]) == (f"CTOLD:{broken}", "RuntimeError")
    assert str(fault["outcome"]) in slack.replies("CTOLD", broken)[0]["text"]
    assert "canned_bot.py" in str(fault["trace"])


def test_no_log_holds_words_or_secrets(slack: LocalSlack, start: Start, tmp_path: Path):
    """Neither the question, nor what an error says of it, nor a token stands in any line."""
    bot = start(KIROKU_LOG="json")
    for text in ("街路樹は？", "こわれる合言葉の質問", "人事の秘密は？"):
        ts = slack.mention("CSILENT", "UAOKI", text)
        slack.wait_for_reply("CSILENT", ts)
    slack.press(slack.replies("CSILENT", ts)[0], Do.MORE, "UBABA")
    slack.wait_until_acked()
    assert bot.stop() == 0
    log = bot.said()
    words = ("街路樹", "合言葉", "人事", "a secret of the inside", SAID[:8])
    secrets = (slack.bot_token, slack.app_token, str(tmp_path))
    told = "".join(str(value) for record in records(bot) for value in record.values())
    assert [word for word in (*words, *secrets) if word in log or word in told] == []
    assert "CSILENT" in log
