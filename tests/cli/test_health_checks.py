"""`kiroku check`: what it looks at, and that it shows no secret."""

import dataclasses
from contextlib import closing

import pytest

from bot.slack.receiving.connection import SCOPES
from bot.slack.threads.read import Identity
from bot.slack.workspaces.installations import Installation, Installations
from cli.health_checks import (
    State,
    check_data,
    check_readers,
    check_reranker,
    masked,
    settings_table,
)
from cli.options import Place
from cli.slack_checks import check_slack, compared_scopes
from index.settings import SETTINGS, Settings, read_settings
from ingest.ocr.tesseract import Tesseract
from tests.slack_api import LocalSlack, refused

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """Slack's SDK would take a proxy of the environment for the local Slack too."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def slack():
    """Give a local Slack that is up."""
    with LocalSlack() as slack:
        yield slack


def settings_for(slack, tmp_path):
    """Return the settings of a bot of that Slack."""
    return read_settings(slack.environment, tmp_path, tmp_path)


def states(findings):
    """Return the state of each finding by name."""
    return {finding.name: finding.state for finding in findings}


def test_tokens_that_slack_takes_are_ok(slack, tmp_path):
    """Both tokens are tried, and the scopes compared."""
    findings = list(check_slack(settings_for(slack, tmp_path)))
    assert states(findings) == {
        "SLACK_BOT_TOKEN": State.OK,
        "scopes": State.OK,
        "SLACK_APP_TOKEN": State.OK,
    }


def test_tokens_that_slack_refuses_are_faults_that_say_what_to_do(slack, tmp_path):
    """Slack's own word is given, with the way out, and no part of the token."""
    settings = dataclasses.replace(
        settings_for(slack, tmp_path),
        slack_bot_token="xoxb-wrong-secret",
        slack_app_token="xapp-wrong-secret",
    )
    findings = list(check_slack(settings))
    assert set(states(findings).values()) == {State.FAULT}
    for finding in findings:
        assert "invalid_auth" in finding.message
        assert "wrong-secret" not in finding.message


def test_swapped_tokens_are_told_without_asking_slack(slack, tmp_path):
    """The commonest mistake is seen from the tokens themselves."""
    settings = dataclasses.replace(
        settings_for(slack, tmp_path), slack_bot_token="xapp-1", slack_app_token="xoxb-1"
    )
    findings = list(check_slack(settings))
    assert [finding.state for finding in findings] == [State.FAULT, State.FAULT]
    assert all("swapped" in finding.message for finding in findings)


def test_missing_tokens_are_no_fault(tmp_path):
    """Without Slack all else still works: they are named with where to get them."""
    findings = list(check_slack(Settings(data=tmp_path)))
    assert states(findings) == {"SLACK_BOT_TOKEN": State.UNSET, "SLACK_APP_TOKEN": State.UNSET}
    assert all("kiroku serve" in finding.message for finding in findings)


def test_a_slack_that_cannot_be_reached_is_a_fault(tmp_path):
    """The address is named, as it may be the setting that is wrong."""
    with LocalSlack() as slack:
        settings = settings_for(slack, tmp_path)
    findings = list(check_slack(settings))
    assert {finding.state for finding in findings} == {State.FAULT}
    assert all("cannot be reached" in finding.message for finding in findings)


def test_socket_mode_that_is_off_is_told(slack, tmp_path):
    """Slack's refusal of the app token names what to switch on."""
    slack.trouble("apps.connections.open", refused("not_allowed_token_type"))
    by_name = {f.name: f for f in check_slack(settings_for(slack, tmp_path))}
    assert by_name["SLACK_APP_TOKEN"].state is State.FAULT
    assert "connections:write" in by_name["SLACK_APP_TOKEN"].message


def test_missing_scopes_are_found_in_the_header():
    """The header's name may be written in any way; without it nothing is claimed."""
    all_but_one = ",".join(sorted(SCOPES)[1:])
    assert compared_scopes({"X-OAuth-Scopes": all_but_one}) == (sorted(SCOPES)[:1], [])
    assert compared_scopes({"x-oauth-scopes": ", ".join(SCOPES)}) == ([], [])
    more = ",".join([*SCOPES, "files:read"])
    assert compared_scopes({"x-oauth-scopes": more}) == ([], ["files:read"])
    assert compared_scopes({}) == ([], [])


def test_scopes_that_are_not_used_are_named(tmp_path):
    """No fault, but more than the app may need."""
    with LocalSlack(scopes=frozenset({*SCOPES, "files:read"})) as slack:
        by_name = {f.name: f for f in check_slack(settings_for(slack, tmp_path))}
    assert by_name["scopes"].state is State.UNSET
    assert "more than needed: files:read" in by_name["scopes"].message


@pytest.mark.parametrize(
    ("changed", "state", "words"),
    [
        ({}, State.UNSET, "127.0.0.1:8377"),
        ({"public_url": "https://kiroku.town.example"}, State.OK, "example/slack/events"),
        ({"public_url": "http://kiroku.town.example"}, State.FAULT, "https only"),
        ({"viewer": "off"}, State.FAULT, "KIROKU_VIEWER is off"),
    ],
)
def test_in_http_mode_the_address_for_slack_is_told(slack, tmp_path, changed, state, words):
    """No app token is asked for; the secret and the address are looked at instead."""
    settings = dataclasses.replace(
        settings_for(slack, tmp_path), slack_mode="http", slack_app_token=None, **changed
    )
    by_name = {f.name: f for f in check_slack(settings)}
    assert by_name["request URL"].state is state
    assert words in by_name["request URL"].message
    assert by_name["SLACK_SIGNING_SECRET"].state is State.UNSET
    with_secret = dataclasses.replace(settings, slack_signing_secret="0123456789abcdef")
    by_name = {f.name: f for f in check_slack(with_secret)}
    assert by_name["SLACK_SIGNING_SECRET"].state is State.OK
    assert "SLACK_APP_TOKEN" not in by_name


def test_each_workspace_with_the_app_is_told_with_whether_its_token_is_taken(slack, tmp_path):
    """And at which address the app is installed; no bot token is missed where each has its own."""
    settings = dataclasses.replace(
        settings_for(slack, tmp_path), slack_bot_token=None, slack_client_id="1.2"
    )
    by_name = {f.name: f for f in check_slack(settings)}
    assert by_name["SLACK_CLIENT_ID"].state is State.FAULT
    assert "SLACK_CLIENT_SECRET is not set" in by_name["SLACK_CLIENT_ID"].message
    settings = dataclasses.replace(
        settings, slack_client_secret="c0ffee", public_url="https://kiroku.town.example"
    )
    with closing(Installations(tmp_path)) as installations:
        for team, token in (("T0GOOD", slack.bot_token), ("T0GONE", "xoxb-gone-secret")):
            installations.keep(Installation(Identity("U1", "B1", team), token, 1.0))
    found = list(check_slack(settings))
    assert states(found) == {
        "SLACK_BOT_TOKEN": State.UNSET,
        "SLACK_APP_TOKEN": State.OK,
        "workspaces": State.OK,
        "workspace T0GOOD": State.OK,
        "workspace T0GONE": State.FAULT,
    }
    told = " ".join(finding.message for finding in found)
    assert "https://kiroku.town.example/slack/install" in told
    assert "gone-secret" not in told
    at_home = dataclasses.replace(settings, public_url="http://kiroku.town.example")
    assert states(list(check_slack(at_home)))["workspaces"] is State.FAULT


def test_a_data_folder_that_can_be_written_is_ok(tmp_path):
    """It is made where it is missing, and the free space is told."""
    findings = list(check_data(Place(Settings(data=tmp_path / "new"))))
    assert states(findings)["data folder"] is State.OK
    assert (tmp_path / "new").is_dir()
    assert list((tmp_path / "new").iterdir()) == []


def test_a_data_folder_that_cannot_be_written_is_a_fault(tmp_path):
    """The message names the setting."""
    (tmp_path / "file").write_text("in the way")
    (finding,) = check_data(Place(Settings(data=tmp_path / "file" / "data")))
    assert finding.state is State.FAULT
    assert "KIROKU_DATA" in finding.message


@pytest.mark.parametrize(
    ("reranker", "state", "told"),
    [
        ("off", State.UNSET, "KIROKU_RERANKER is off"),
        ("embedded", State.UNSET, "not on this machine"),
        ("no/such/model", State.FAULT, "CrossEncoder"),
    ],
)
def test_a_reranker_that_is_not_there_is_told(tmp_path, reranker, state, told):
    """Off and missing are no faults; a name that leads nowhere is one, with what to do."""
    settings = Settings(data=tmp_path, reranker=reranker, models=tmp_path / "none")
    (finding,) = check_reranker(Place(settings))
    assert finding.state is state
    assert told in finding.message


def test_what_some_formats_need_is_told_where_it_is_missing(tmp_path, monkeypatch):
    """Nothing is broken without it; the message says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("ingest.ocr.page._ENGINES", (Tesseract(),))
    found = {finding.name: finding for finding in check_readers()}
    assert {finding.state for finding in found.values()} == {State.UNSET}
    assert "apt-get install tesseract-ocr" in found["OCR"].message
    assert "apt-get install libreoffice" in found["LibreOffice"].message


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("xoxb-1234567890-abcdefghij", "xoxb-…ghij"),
        ("xapp-short", "xapp-…"),
        ("0123456789abcdef0123456789abcdef", "…cdef"),
        ("password", "…"),
        ("", "…"),
    ],
)
def test_secrets_are_masked(secret, shown):
    """At most the kind and four characters of a long secret are shown."""
    assert masked(secret) == shown


def test_all_settings_are_listed_with_their_origin(tmp_path):
    """Command line, environment, .env and default are told apart; secrets are masked."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-12345678901234567890\n")
    settings = read_settings({"KIROKU_LANGUAGE": "en"}, tmp_path, tmp_path)
    table = {name: (value, origin) for name, value, origin in settings_table(settings)}
    assert list(table) == [setting.name for setting in SETTINGS]
    assert table["KIROKU_DATA"] == (str(tmp_path), "--data")
    assert table["KIROKU_LANGUAGE"] == ("en", "environment")
    assert table["KIROKU_STORE"] == ("embedded", "default")
    assert table["SLACK_BOT_TOKEN"] == ("xoxb-…7890", ".env")
    assert table["KIROKU_CHAT_API_KEY"] == ("", "not set")


@pytest.mark.parametrize(
    ("channel", "gone", "state", "words"),
    [
        ("CSTAFF", "", State.OK, "sends to CSTAFF"),
        ("CSTAFF", "left", State.FAULT, "/invite @kiroku"),
        ("GSTAFF", "left", State.FAULT, "/invite @kiroku"),
        ("CSTAFF", "archived", State.FAULT, "archived"),
        ("CNOWHERE", "", State.FAULT, "channel_not_found"),
    ],
)
def test_the_channels_that_are_written_to_are_looked_at(  # noqa: PLR0913, PLR0917  cases and fixtures
    slack, tmp_path, channel, gone, state, words
):
    """Whether the bot can write there; where not, what to do."""
    slack.workspace.messages["CSTAFF"], slack.workspace.messages["GSTAFF"]
    if gone:
        getattr(slack.workspace, gone).add(channel)
    both = {"ask_channel": channel, "report_channel": channel}
    settings = dataclasses.replace(settings_for(slack, tmp_path), **both)
    names = {"KIROKU_ASK_CHANNEL", "KIROKU_REPORT_CHANNEL"}
    found = [f for f in check_slack(settings) if f.name in names]
    assert [finding.state for finding in found] == [state, state]
    assert words in found[0].message
    assert words.replace("sends to", "go to") in found[1].message
