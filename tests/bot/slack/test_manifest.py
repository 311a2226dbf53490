"""The two manifests and the page for administrators name the same scopes, each with its reason."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.slack.receiving.connection import SCOPES
from bot.slack.receiving.http_mode import EVENTS_PATH

ROOT = Path(__file__).parents[3]
TOWN = "https://kiroku.town.example"
SCOPE_ROW = re.compile(r"^\| `([a-z_.]+:[a-z_.]+|commands)` \|(.+)\|(.+)\|$", re.MULTILINE)


def manifest(name: str) -> dict[str, Any]:
    """Return an app manifest."""
    return yaml.safe_load((ROOT / "slack" / name).read_text(encoding="utf-8"))


def test_the_page_names_each_scope_once_with_what_it_is_for():
    """No scope is asked for that the page does not explain, and none is explained in vain."""
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    rows = SCOPE_ROW.findall(page)
    assert [scope for scope, _, _ in rows] == sorted(SCOPES)
    assert all(reason.strip() and cost.strip() for _, reason, cost in rows)
    assert set(manifest("manifest.yaml")["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert set(manifest("manifest.yaml")["oauth_config"]["scopes"]) == {"bot"}


def test_the_manifest_of_http_mode_differs_in_the_address_alone():
    """Events, buttons and commands go to the address at which the bot listens."""
    socket, http = manifest("manifest.yaml"), manifest("manifest-http.yaml")
    address = f"{TOWN}{EVENTS_PATH}"
    settings = socket["settings"]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["socket_mode_enabled"] = False
    for command in socket["features"].get("slash_commands", []):
        command["url"] = address
    assert http == socket
