"""Reading documents and answering need no network, and nothing tries to reach one."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import samples
from tests.sockets import heard, listening, processes

pytestmark = pytest.mark.slow

KIROKU = (sys.executable, "-m", "cli")
APART = ("unshare", "--map-root-user", "--net")
MEETING = "公共交通審議会/R040721_第5回公共交通審議会_議事録.pdf"
QUESTION = "車いすのまま乗れる車両はありますか？"
ANSWER = "２台のうち１台を、リフト付きの車両とする予定です。"
PATIENCE_S = 90


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of an ingest and a question; ``sockets`` is what so many ``processes`` told.

    ``unreachable``: how many packets found no way, as the system counted where there was none.
    """

    reply: dict
    processes: int
    sockets: set[tuple[str, str]]
    unreachable: int


def is_possible() -> bool:
    """Say whether a process may be put apart from every network here."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*APART, "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def ran(model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Ingest one meeting and ask, in a namespace of the network that has no interface up."""
    room = tmp_path_factory.mktemp("apart")
    (room / "data").mkdir()
    (room / "data" / "models").symlink_to(model_cache)
    told = room / "sockets.txt"
    kept = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    environment = {**kept, **listening(told), "KIROKU_DATA": str(room / "data")}
    script = (
        'meeting=$1 question=$2; shift 2; "$@" ingest --strict "$meeting" >&2'
        ' && "$@" ask --json "$question"'
        " && if [ -r /proc/net/snmp ]; then cat /proc/net/snmp >&2; fi"
    )
    words = ["sh", "-c", script, "sh", samples.council() / MEETING, QUESTION, *KIROKU]
    ended = subprocess.run(
        [*(APART if is_possible() else ()), *words],
        cwd=Path(__file__).parents[2],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ended.returncode == 0, ended.stderr
    return Ran(json.loads(ended.stdout), len(processes(told)), heard(told), no_routes(ended.stderr))


def no_routes(text: str) -> int:
    """Return how often there was no way, as /proc/net/snmp tells of IPv4; 0 where it is not."""
    lines = [line.split() for line in text.splitlines() if line.startswith("Ip:")]
    return int(dict(zip(*lines, strict=True))["OutNoRoutes"]) if lines else 0


@pytest.mark.skipif(not is_possible(), reason="unshare --net is not there or not allowed")
def test_without_any_network_a_meeting_is_ingested_and_asked(ran: Ran) -> None:
    """The answer is cited as ever, and the system counted no packet that wanted out.

    That counts the libraries in other languages as well, such as onnxruntime.
    """
    assert [citation["quote"] for citation in ran.reply["citations"]] == [ANSWER]
    assert ran.unreachable == 0


def test_neither_reading_nor_answering_opens_a_socket(ran: Ran) -> None:
    """No process looked a name up or connected, by Python's own account; all of them gave one."""
    assert ran.processes >= 3, "the ingest, its reader and the question"
    assert ran.sockets == set()
