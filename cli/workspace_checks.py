"""Checks of installing the app into workspaces: where, and whether Slack takes the tokens."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.receiving.tokens import AppSecret, app_secret
from bot.slack.workspaces.exchange import INSTALL_PATH, REDIRECT_PATH
from bot.slack.workspaces.installations import FILE_NAME, Installation, Installations
from cli.health_checks import Finding, State
from index.errors import KirokuError, SettingError
from index.settings import Settings

_NAME = "workspaces"
_SECONDS = 10


def check_workspaces(settings: Settings) -> Iterator[Finding]:
    """Tell where the app is installed; nothing where that is not wanted."""
    try:
        app = app_secret(settings)
        held = _installed(settings) if app else []
    except SettingError as error:
        yield Finding("SLACK_CLIENT_ID", State.FAULT, str(error))
        return
    except KirokuError as error:
        yield Finding(_NAME, State.FAULT, str(error))
        return
    if app is not None:
        yield _addresses(app)
        yield from (_token(settings, each) for each in held)


def _addresses(app: AppSecret) -> Finding:
    message = (
        f"put {app.public_url}{REDIRECT_PATH} into the app's page “OAuth & Permissions” as "
        f"Redirect URL; the app is installed at {app.public_url}{INSTALL_PATH}"
    )
    if not app.public_url.startswith("https:"):
        return Finding(_NAME, State.FAULT, f"Slack leads back to https only; {message}")
    return Finding(_NAME, State.OK, message)


def _installed(settings: Settings) -> list[Installation]:
    if not (settings.data / FILE_NAME).exists():
        return []
    with closing(Installations(settings.data)) as installations:
        return installations.all()


def _token(settings: Settings, installed: Installation) -> Finding:
    """Ask Slack whether it takes the token of a workspace."""
    client = WebClient(
        token=installed.token, base_url=settings.slack_api_url, timeout=_SECONDS, retry_handlers=[]
    )
    try:
        name = client.auth_test().get("team", "")
    except SlackApiError as error:
        message = f"Slack refuses it ({error.response['error']}): install the app there again"
        return Finding(f"workspace {installed.team}", State.FAULT, message)
    except (SlackClientError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        message = f"Slack cannot be reached ({reason}): check the network or proxy"
        return Finding(f"workspace {installed.team}", State.FAULT, message)
    return Finding(f"workspace {installed.team}", State.OK, f"its token is accepted: {name}")
