"""`kiroku check` and the viewer: links, key and port."""

import socket

import pytest

from bot.viewer.links import KEY_FILE, load_key
from cli.health_checks import State
from cli.viewer_checks import check_viewer
from index.settings import read_settings
from tests.bot.viewer.serving import free_port, town
from tests.index.making import CharacterEmbedder


def found(tmp_path, **environment):
    """Return each finding's state and message by name."""
    settings = read_settings(environment, tmp_path, tmp_path)
    return {each.name: (each.state, each.message) for each in check_viewer(settings)}


def test_without_a_public_address_it_says_how_sources_open(tmp_path):
    """That is no fault."""
    state, message = found(tmp_path)["links"]
    assert state is State.UNSET
    assert "KIROKU_PUBLIC_URL" in message


def test_what_is_in_order_is_ok(tmp_path):
    """Links, and a port that is free."""
    public, viewer = "https://kiroku.town.example", f"127.0.0.1:{free_port()}"
    states = found(tmp_path, KIROKU_PUBLIC_URL=public, KIROKU_VIEWER=viewer)
    assert {state for state, _ in states.values()} == {State.OK}
    assert set(states) == {"links", "viewer"}


def test_http_across_a_network_is_told(tmp_path):
    """On this machine alone it is fine."""
    assert "https" in found(tmp_path, KIROKU_PUBLIC_URL="http://kiroku.town.example")
    assert "https" not in found(tmp_path, KIROKU_PUBLIC_URL="http://localhost:8377")


def test_a_damaged_key_is_a_fault(tmp_path):
    """With what to do about it."""
    load_key(tmp_path)
    (tmp_path / KEY_FILE).write_text("00")
    state, message = found(tmp_path, KIROKU_PUBLIC_URL="https://kiroku.town.example")["links"]
    assert state is State.FAULT
    assert KEY_FILE in message


def test_a_port_that_somebody_else_holds_is_a_fault(tmp_path):
    """Whoever it is, it is not Kiroku."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        viewer = f"127.0.0.1:{taken.getsockname()[1]}"
        states = found(tmp_path, KIROKU_VIEWER=viewer)
    assert states["viewer"][0] is State.FAULT


@pytest.mark.slow
def test_a_viewer_that_runs_is_ok(tmp_path):
    """Its port is taken by itself."""
    made = town(tmp_path, CharacterEmbedder())
    with made.server():
        made.wait()
        state, message = found(tmp_path, KIROKU_VIEWER=f"127.0.0.1:{made.port}")["viewer"]
    assert state is State.OK
    assert "answers" in message
