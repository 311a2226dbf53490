"""The manifest asks for what the listeners use, and for no more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt import App
from slack_sdk import WebClient

from bot.slack.buttons import Do
from bot.slack.commands.listeners import PrivateListeners
from bot.slack.feedback.listeners import FeedbackListeners
from bot.slack.histories.listeners import HistoryListeners
from bot.slack.listeners import Listeners
from bot.slack.receiving.connection import SCOPES
from bot.slack.workspaces.workspaces import REVOKED, UNINSTALLED
from tests.slack_api import LocalSlack

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "slack.md"


@pytest.fixture
def manifest() -> dict[str, Any]:
    """Give the app manifest."""
    return yaml.safe_load((ROOT / "slack" / "manifest.yaml").read_text(encoding="utf-8"))


def heard() -> tuple[set[str], list[re.Pattern[str]], set[str]]:
    """Return the events, buttons, commands and shortcuts that listeners were hung on."""
    names: set[str] = set()
    commands: set[str] = set()
    actions: list[re.Pattern[str]] = []

    class Recorder:
        def middleware(self, listener: object) -> None:
            assert listener

        def error(self, listener: object) -> None:
            assert listener

        def event(self, name: str | re.Pattern[str]) -> Any:
            if isinstance(name, str):
                names.add(name)
            return lambda listener: listener

        def action(self, name: re.Pattern[str]) -> Any:
            actions.append(name)
            return lambda listener: listener

        def view(self, name: str) -> Any:
            assert name
            return lambda listener: listener

        def command(self, name: str) -> Any:
            commands.add(name)
            return lambda listener: listener

        def message_shortcut(self, name: str) -> Any:
            commands.add(name)
            return lambda listener: listener

    FeedbackListeners(*[None] * 5).register(Recorder())  # type: ignore[arg-type]  nothing is called
    HistoryListeners(None).register(Recorder())  # type: ignore[arg-type]  nothing is called
    PrivateListeners(*[None] * 5).register(Recorder())  # type: ignore[arg-type]  nothing is called
    listeners = Listeners(*[None] * 6)  # type: ignore[arg-type]  nothing is called
    listeners.register(Recorder())  # type: ignore[arg-type]  stands in for an App
    return names, actions, commands


def test_every_event_of_the_manifest_has_a_listener_and_the_other_way_round(
    manifest: dict[str, Any],
):
    """An event nobody hears is not asked for, and no listener waits for one that never comes."""
    subscribed = {
        name.partition(".")[0] for name in manifest["settings"]["event_subscriptions"]["bot_events"]
    }
    assert subscribed == heard()[0] | {UNINSTALLED, REVOKED}


def test_every_button_has_a_listener_and_the_manifest_lets_it_be_pressed(
    manifest: dict[str, Any],
):
    """Whatever a button does, a listener is hung on it before the one that only acknowledges."""
    *ours, _ = heard()[1]
    assert all(any(pattern.match(do) for pattern in ours) for do in Do)
    assert manifest["settings"]["interactivity"]["is_enabled"] is True


def test_every_command_and_shortcut_of_the_manifest_has_a_listener(manifest: dict[str, Any]):
    """Slack knows exactly the command and the shortcut that the bot hears."""
    features = manifest["features"]
    told = {each["command"] for each in features["slash_commands"]}
    assert told | {each["callback_id"] for each in features["shortcuts"]} == heard()[2]


def test_the_scopes_of_the_manifest_are_those_the_bot_checks_for(manifest: dict[str, Any]):
    """What the bot names as missing at start is what the manifest grants."""
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)


def test_every_scope_and_event_is_explained(manifest: dict[str, Any]):
    """The page for administrators says what each scope and event is for."""
    page = DOCS.read_text(encoding="utf-8")
    for name in (
        *manifest["oauth_config"]["scopes"]["bot"],
        *manifest["settings"]["event_subscriptions"]["bot_events"],
    ):
        assert f"`{name}`" in page


def test_socket_mode_is_on_and_no_address_is_named(manifest: dict[str, Any]):
    """The bot is reached through Socket Mode alone: no address on the internet is needed."""
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in str(manifest)


def test_texts_fit_into_the_manifest(manifest: dict[str, Any]):
    """Slack's reference: description 140 characters, agent description 300."""
    assert len(manifest["display_information"]["description"]) <= 140
    assert len(manifest["features"]["agent_view"]["agent_description"]) <= 300


def test_listeners_hang_on_a_real_app(monkeypatch: pytest.MonkeyPatch):
    """Bolt takes every listener as it is registered."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with LocalSlack() as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.url)
        app = App(client=client, signing_secret="")
        PrivateListeners(*[None] * 5).register(app)  # type: ignore[arg-type]  nothing is called
        Listeners(*[None] * 6).register(app)  # type: ignore[arg-type]  nothing is called
        assert ("auth.test", {}) in slack.calls
