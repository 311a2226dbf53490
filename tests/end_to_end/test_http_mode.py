"""The real ``kiroku serve`` in HTTP mode: one port for Slack, for links and for monitoring."""

import json
import shutil
from pathlib import Path

import pytest

from tests.bot.viewer.serving import fetch, free_port
from tests.end_to_end.serving import Served, answer_in
from tests.end_to_end.test_viewer import QUESTION, links_in
from tests.slack_api import LocalSlack
from tests.slack_http import HttpDelivery

pytestmark = pytest.mark.slow


def test_slack_links_and_monitoring_share_a_port_below_a_path(sample_index: Path, tmp_path: Path):
    """A question over HTTP gets its answer, the answer's link opens, and it is all counted."""
    data = tmp_path / "data"
    shutil.copytree(sample_index, data, symlinks=True)
    root = f"http://127.0.0.1:{free_port()}"
    http = HttpDelivery(f"{root}/kiroku/slack/events", "0123456789abcdef")
    with LocalSlack(http=http) as slack:
        served = Served(slack, data, KIROKU_PUBLIC_URL=f"{root}/kiroku", KIROKU_LOG="json")
        reply = answer_in(slack, "CWEB", slack.mention("CWEB", "UAOKI", QUESTION))
        slack.wait_until_acked()
        link = links_in(reply["blocks"])[0]
        assert link.startswith(f"{root}/kiroku/p/")
        assert fetch(link).status == 200
        assert fetch(f"{root}/healthz").status == 200
        assert "kiroku_answer_seconds_count 1.0" in fetch(f"{root}/metrics").text
        assert fetch(f"{root}/slack/events").status == 404
        assert served.stop() == 0
    lines = (data / "stderr.txt").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines].count("replied") == 1
