"""From a question in Slack to the page of its source: the real ``kiroku serve`` and its viewer."""

import io
import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bot.slack.buttons import Do
from tests.bot.slack.bot_process import eventually
from tests.bot.viewer.serving import fetch, free_port
from tests.end_to_end.serving import Served, answer_in
from tests.slack_api import LocalSlack

pytestmark = pytest.mark.slow

QUESTION = "図書館の金曜の延長で職員は増やしますか？"
ANSWER = "早番と遅番の交代制で対応いたします"


@pytest.fixture
def data(sample_index: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample council's index."""
    folder = tmp_path / "data"
    shutil.copytree(sample_index, folder, symlinks=True)
    return folder


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """Give a local Slack that is up."""
    with LocalSlack() as slack:
        yield slack


def links_in(blocks: list[dict]) -> list[str]:
    """Return the addresses of the links in a message, each once."""
    found = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") == "link":
                found.append(value["url"])
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                look(each)

    look(blocks)
    return list(dict.fromkeys(found))


def viewer_at(port: int) -> dict[str, str]:
    """Return the settings of a viewer on this machine."""
    return {
        "KIROKU_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KIROKU_VIEWER": f"127.0.0.1:{port}",
    }


def test_a_source_in_slack_opens_at_its_page(slack: LocalSlack, data: Path):
    """A citation's link shows the words that were quoted; it is counted, and never logged."""
    port = free_port()
    served = Served(slack, data, **viewer_at(port))
    eventually(lambda: fetch(f"http://127.0.0.1:{port}/healthz").status == 200)
    ts = slack.mention("CLIB", "UAOKI", QUESTION)
    (link,) = links_in(answer_in(slack, "CLIB", ts)["blocks"])
    page = fetch(link, accept_language="ja")
    assert page.status == 200
    assert ANSWER in page.text
    assert page.hrefs("page")
    told = fetch(f"http://127.0.0.1:{port}/metrics").text
    assert 'kiroku_answers_total{outcome="answered"} 1.0' in told
    assert "kiroku_slack_connected 1.0" in told
    state = json.loads(served.run("status", "--json"))
    assert state["viewer"] == f"serving at 127.0.0.1:{port}"
    assert served.stop() == 0
    log = (data / "stderr.txt").read_text("utf-8")
    assert link.rpartition("s=")[2] not in log
    assert "Traceback" not in log


def test_without_a_public_address_the_page_comes_as_a_picture(slack: LocalSlack, data: Path):
    """「原本を見る」 sends the page of the minutes with the quoted words marked."""
    served = Served(slack, data)
    ts = slack.direct_message("UAOKI", QUESTION)
    reply = answer_in(slack, "DUAOKI", ts)
    assert links_in(reply["blocks"]) == []
    slack.press(reply, Do.ORIGINAL, "UAOKI")
    slack.wait_until(lambda: "title" in next(iter(slack.workspace.files.values()), {}))
    (file,) = slack.workspace.files.values()
    assert file["title"] == "文教厚生委員会記録 / 令和4年12月12日 / 1ページ"
    picture = Image.open(io.BytesIO(file["content"])).convert("RGB")
    colours = picture.getcolors(maxcolors=1 << 24)
    assert colours is not None
    marked = sum(count for count, (red, _, blue) in colours if red - blue > 80)
    assert 0.005 < marked / (picture.width * picture.height) < 0.03
    assert served.stop() == 0


def test_a_busy_port_does_not_keep_the_bot_from_answering(slack: LocalSlack, data: Path):
    """The log and the status say so."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = Served(slack, data, **viewer_at(port))
        answer_in(slack, "CLIB", slack.mention("CLIB", "UAOKI", QUESTION))
        assert "failing" in json.loads(served.run("status", "--json"))["viewer"]
        assert served.stop() == 0
    assert "set KIROKU_VIEWER" in (data / "stderr.txt").read_text("utf-8")
