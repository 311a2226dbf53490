"""The viewer beside the bot: a busy port, faults, and how it stands."""

import json
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.viewer.server import STATE_FILE, ViewerServer, is_wanted, viewer_state
from index.settings import read_settings
from tests.bot.slack.bot_process import eventually
from tests.bot.viewer.serving import Town, fetch, free_port, town
from tests.index.making import CharacterEmbedder


def state_in(data: Path) -> str:
    """Return how the viewer says that it stands; nothing where it says nothing."""
    path = data / STATE_FILE
    return json.loads(path.read_text("utf-8"))["state"] if path.exists() else ""


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"KIROKU_PUBLIC_URL": "https://kiroku.town.example"}, True),
        ({"KIROKU_PUBLIC_URL": "https://kiroku.town.example", "KIROKU_VIEWER": "off"}, False),
        ({"KIROKU_VIEWER": "127.0.0.1:9000"}, True),
        ({"KIROKU_VIEWER": "off"}, False),
    ],
)
def test_it_is_off_without_a_public_address(environment, wanted, tmp_path):
    """Unless it was given an address of its own: then it answers monitoring."""
    assert is_wanted(read_settings(environment, tmp_path, tmp_path)) is wanted


def test_a_busy_port_is_told_and_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """The log says what to do; once the port is free, the viewer is there."""
    caplog.set_level(logging.INFO)
    made = town(tmp_path, CharacterEmbedder())
    with socket.create_server(("127.0.0.1", made.port)) as taken:
        with made.server():
            eventually(lambda: state_in(made.data).startswith("failing"))
            assert "free the port, or set KIROKU_VIEWER" in caplog.text
            assert "Address already in use" in viewer_state(made.settings)
            taken.close()
            eventually(lambda: state_in(made.data) == "serving")
            made.wait()
        assert state_in(made.data) == ""


def test_what_a_killed_bot_left_behind_is_not_taken_for_one(tmp_path: Path):
    """Its file names a process that there is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    about = {"pid": ended.pid, "address": "127.0.0.1:8377", "state": "serving"}
    (tmp_path / STATE_FILE).write_text(json.dumps(about))
    settings = read_settings({"KIROKU_VIEWER": "127.0.0.1:8377"}, tmp_path, tmp_path)
    assert viewer_state(settings) == "not running"
    (tmp_path / STATE_FILE).write_text(json.dumps(about | {"pid": os.getpid()}))
    assert viewer_state(settings) == "serving at 127.0.0.1:8377"
    (tmp_path / STATE_FILE).write_text("{")
    assert viewer_state(settings) == "not running"


def test_a_server_that_breaks_off_is_started_again(tmp_path: Path):
    """Whatever was raised in it."""
    made = town(tmp_path, CharacterEmbedder())
    server = made.server()
    with server:
        made.wait()
        assert server._server is not None  # noqa: SLF001  nothing else can be broken from outside
        for listening in server._server.servers:  # noqa: SLF001  the same
            listening.close()
        server._server.should_exit = True  # noqa: SLF001  the same
        eventually(lambda: _is_another(server))
        made.wait()


def _is_another(server: ViewerServer) -> bool:
    return server._server is not None and not server._server.should_exit  # noqa: SLF001  as above


def test_a_fault_tells_nothing_of_itself(tmp_path: Path):
    """Somebody with a genuine link is told to come back; the log has the rest."""
    made: Town = town(tmp_path, CharacterEmbedder())
    url = made.url("例規/犬猫の適正飼養条例.txt", "第1条")
    with made.server():
        made.wait()
        (made.data / "kiroku.sqlite3").write_bytes(b"no database" * 500)
        for name in ("kiroku.sqlite3-wal", "kiroku.sqlite3-shm"):
            (made.data / name).unlink(missing_ok=True)
        answer = fetch(url)
        assert answer.status == 500
        assert "Traceback" not in answer.text
        assert str(tmp_path) not in answer.text
        assert "管理者に連絡" in answer.text
        assert fetch(f"{made.root}/healthz").status == 503


def test_an_address_of_the_sixth_version_is_served(tmp_path: Path):
    """[::1]:PORT."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    made = town(tmp_path, CharacterEmbedder())
    port = free_port()
    server = ViewerServer(made.server().app, f"[::1]:{port}", made.data)
    with server:
        eventually(lambda: state_in(made.data) != "")
        if state_in(made.data) != "serving":
            pytest.skip("this machine has no IPv6")
        assert fetch(f"http://[::1]:{port}/healthz").status == 200
