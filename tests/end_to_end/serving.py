"""The real ``kiroku serve`` on the sample council, for the tests of the whole way in Slack."""

import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

from bot.slack.health import is_healthy
from bot.texts import EN, JA
from tests.bot.slack.bot_process import eventually
from tests.slack_api import LocalSlack
from tests.slack_blocks import complaints

KIROKU = Path(sys.executable).with_name("kiroku")
FIRST_WORDS_WITHIN_S = 60.0


class Served:
    """A data folder with the sample council, and ``kiroku serve`` on it."""

    def __init__(self, slack: LocalSlack, data: Path, **settings: str) -> None:
        self.slack = slack
        self.data = data
        # the SDK would take a proxy for the local Slack too, whatever NO_PROXY says
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        self.environment = {**kept, **slack.environment, "KIROKU_DATA": str(data), **settings}
        self.start()

    def start(self) -> None:
        """Start ``kiroku serve`` and wait until it is connected."""
        with (self.data / "stderr.txt").open("ab") as stderr:
            self.process = subprocess.Popen(
                [KIROKU, "serve"], cwd=self.data, env=self.environment, stderr=stderr
            )
        self.slack.wait_connected(timeout=FIRST_WORDS_WITHIN_S)
        eventually(lambda: is_healthy(self.data))

    def kill(self) -> None:
        """End it as a power cut would, and wait until Slack has noticed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self.slack.wait_gone()

    def stop(self) -> int:
        """End it in good order."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def run(self, *arguments: str) -> str:
        """Run another ``kiroku`` command on the same data; return its standard output."""
        return subprocess.run(
            [KIROKU, *arguments],
            cwd=self.data,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        ).stdout


def answer_in(slack: LocalSlack, channel: str, ts: str) -> dict:
    """Return the reply to a question; a fault is none."""
    reply = slack.wait_for_reply(channel, ts, timeout=FIRST_WORDS_WITHIN_S)
    assert not reply["text"].startswith((JA.fault[:4], EN.fault[:5])), reply["text"]
    assert complaints(reply["blocks"]) == []
    return reply


def folded(value: object) -> str:
    """Return all words of a message without their white space and width."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(unicodedata.normalize("NFKC", text).split())
