"""The whole way in Slack: the real ``kiroku serve`` on the sample council, with the real model."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.health import is_healthy
from bot.texts import EN, JA
from samples import questions
from tests.bot.slack.bot_process import eventually
from tests.slack_api import LocalSlack, late
from tests.slack_blocks import complaints

pytestmark = pytest.mark.slow

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


@pytest.fixture(scope="module")
def served(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give the bot on a copy of the sample council's index."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(sample_index, data, symlinks=True)
    with LocalSlack() as slack:
        served = Served(slack, data)
        yield served
        assert served.stop() == 0


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


def asked_of_the_samples(answerable: bool) -> list[dict]:  # noqa: FBT001  names a half of the file
    """Return the sample questions of one half."""
    lines = questions().read_text(encoding="utf-8").splitlines()
    return [item for item in map(json.loads, lines) if item["answerable"] is answerable]


def test_questions_get_their_answers_with_sources(served: Served):
    """Of ten sample questions asked at once by ten people, each gets one reply of its own.

    Most of them quote the words that the sample's authors had in mind.
    """
    slack = served.slack
    asked = asked_of_the_samples(answerable=True)[:10]
    sent = [slack.direct_message(f"U{n}", item["question"]) for n, item in enumerate(asked)]
    met = 0
    for n, (item, ts) in enumerate(zip(asked, sent, strict=True)):
        reply = answer_in(slack, f"DU{n}", ts)
        met += any(folded(gold["contains"]) in folded(reply["blocks"]) for gold in item["gold"])
    slack.wait_until_acked()
    assert met >= 5
    assert all(len(slack.replies(f"DU{n}", ts)) == 1 for n, ts in enumerate(sent))


def test_what_nobody_ever_discussed_is_declined(served: Served):
    """A question far from all materials is declined in its own language."""
    slack = served.slack
    ts = slack.mention("CFAR", "UAOKI", "火星への有人探査の打ち上げ日は？")
    reply = answer_in(slack, "CFAR", ts)
    assert JA.sources not in reply["text"]
    ts = slack.mention("CFAR", "UAOKI", "When will the crewed mission to Mars be launched?")
    reply = answer_in(slack, "CFAR", ts)
    assert EN.sources not in reply["text"]
    assert EN.searched.partition("{")[0] in reply["text"]


def test_a_question_outlives_a_kill(served: Served):
    """Killed while it has not answered yet, the bot answers once after its restart."""
    slack = served.slack
    item = asked_of_the_samples(answerable=True)[0]
    slack.trouble("assistant.threads.setStatus", late(5))
    ts = slack.mention("CKILLED", "UAOKI", item["question"])
    slack.wait_until_acked()
    served.kill()
    assert slack.replies("CKILLED", ts) == []
    served.start()
    answer_in(slack, "CKILLED", ts)
    time.sleep(0.5)
    assert len(slack.replies("CKILLED", ts)) == 1


def test_a_new_document_is_answered_from_without_a_restart(served: Served, tmp_path: Path):
    """What is ingested while the bot runs is in its next answer."""
    (tmp_path / "天文台条例.txt").write_text(
        "ほしぞら天文台条例\n\n令和6年3月25日条例第9号\n\n（目的）\n"
        "第1条　この条例は、ほしぞら天文台の設置について定める。\n\n（休館日）\n"
        "第2条　ほしぞら天文台の休館日は、毎週火曜日及び新月の日とする。\n",
        encoding="utf-8",
    )
    served.run("ingest", str(tmp_path))
    slack = served.slack
    ts = slack.mention("CNEW", "UAOKI", "ほしぞら天文台の休館日はいつですか？")
    reply = answer_in(slack, "CNEW", ts)
    assert folded("毎週火曜日及び新月の日とする") in folded(reply["blocks"])
    assert "第2条" in reply["text"]
