"""The whole way in Slack: the real ``kiroku serve`` on the sample council, with the real model."""

import json
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.texts import EN, JA
from samples import questions
from tests.end_to_end.conftest import SOCKETS
from tests.end_to_end.serving import Served, answer_in, folded
from tests.slack_api import late
from tests.sockets import heard

pytestmark = pytest.mark.slow


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
    slack.trouble("conversations.info", late(5))
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


def test_nothing_but_slack_is_ever_reached(served: Served):
    """In all that the tests above had it do, the bot looked up and connected to Slack alone."""
    slack = urlsplit(served.slack.environment["SLACK_API_URL"])
    addresses = {address for _, address in heard(served.data.parent / SOCKETS)}
    assert slack.netloc in addresses
    assert addresses <= {slack.netloc, slack.hostname}
