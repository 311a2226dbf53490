"""Checks of Slack: tokens that are taken, scopes, the way in, the channel of the staff."""

from collections.abc import Iterator, Mapping
from http.client import HTTPException
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.receiving.connection import SCOPES
from bot.slack.receiving.http_mode import EVENTS_PATH
from cli.health_checks import Finding, State
from cli.workspace_checks import check_workspaces
from index.settings import HTTP, OFF, Settings

_SECONDS = 10
_SCOPES_HEADER = "x-oauth-scopes"
_BOT = "SLACK_BOT_TOKEN"
_APP = "SLACK_APP_TOKEN"
_SIGNING = "SLACK_SIGNING_SECRET"
_MANIFESTS = {False: "slack/manifest.yaml", True: "slack/manifest-http.yaml"}
_ASK = ("KIROKU_ASK_CHANNEL", "「担当に聞く」 sends to {channel}")
_REPORT = ("KIROKU_REPORT_CHANNEL", "reports and digests go to {channel}")


def check_slack(settings: Settings) -> Iterator[Finding]:
    """Ask Slack whether it takes the tokens, and which scopes the bot's has.

    In HTTP mode there is no app token: instead the secret and the address that Slack calls are
    looked at. Which events the app is subscribed to, Slack tells no bot.
    """
    client = WebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=_SECONDS
    )
    if settings.slack_bot_token is None and settings.slack_client_id:
        message = "each workspace into which the app is installed has its own"
        yield Finding(_BOT, State.UNSET, message)
    elif settings.slack_bot_token is None:
        yield _unset(_BOT, "xoxb-, from the app's page “OAuth & Permissions”")
    elif not settings.slack_bot_token.startswith("xoxb-"):
        yield Finding(_BOT, State.FAULT, "it must begin with xoxb-: the two tokens may be swapped")
    else:
        yield from _check_bot_token(client, settings)
    if settings.slack_mode == HTTP:
        yield from _check_way_in(settings)
    elif settings.slack_app_token is None:
        yield _unset(_APP, "xapp-, with connections:write, from “Basic Information”")
    elif not settings.slack_app_token.startswith("xapp-"):
        yield Finding(_APP, State.FAULT, "it must begin with xapp-: the two tokens may be swapped")
    else:
        yield _check_app_token(client, settings.slack_app_token)
    yield from check_workspaces(settings)


def compared_scopes(headers: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the scopes that the bot needs and Slack's answer does not list, and the reverse."""
    listed = {name.lower(): value for name, value in headers.items()}.get(_SCOPES_HEADER)
    if listed is None:  # not every server says
        return [], []
    granted = {scope.strip() for scope in listed.split(",")} - {""}
    return sorted(SCOPES.keys() - granted), sorted(granted - SCOPES.keys())


def _check_bot_token(client: WebClient, settings: Settings) -> Iterator[Finding]:
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield Finding(_BOT, State.FAULT, _refused(error, "install the app anew and copy its token"))
        return
    except (SlackClientError, OSError, HTTPException) as error:
        yield Finding(_BOT, State.FAULT, _unreachable(client, error))
        return
    who = f"{answer.get('user', 'bot')} in {answer.get('team', 'the workspace')}"
    yield Finding(_BOT, State.OK, f"accepted: {who}")
    yield _check_scopes(answer.headers, _MANIFESTS[settings.slack_mode == HTTP])
    for (name, use), channel in ((_ASK, settings.ask_channel), (_REPORT, settings.report_channel)):
        if channel is not None:
            yield _check_channel(client, channel, name, use)


def _check_scopes(headers: Mapping[str, str], manifest: str) -> Finding:
    missing, needless = compared_scopes(headers)
    mend = f"put {manifest} into the app's manifest page and install the app anew"
    if missing:
        costs = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
        return Finding("scopes", State.FAULT, f"missing {costs}: {mend}")
    if needless:
        message = f"more than needed: {', '.join(needless)}; to take back what is not used, {mend}"
        return Finding("scopes", State.UNSET, message)
    return Finding("scopes", State.OK, f"as in {manifest}")


def _check_way_in(settings: Settings) -> Iterator[Finding]:
    """Look at what HTTP mode needs, and say which address belongs into the app's page."""
    if not (settings.slack_signing_secret or "").strip():
        yield _unset(_SIGNING, "“Signing Secret”, from the app's page “Basic Information”")
    else:
        message = "set; whether it is the right one shows when Slack verifies the address"
        yield Finding(_SIGNING, State.OK, message)
    where = "as Request URL of Event Subscriptions and of Interactivity"
    if settings.viewer == OFF:
        message = "KIROKU_VIEWER is off, and Slack is listened to there: set it to HOST:PORT"
        yield Finding("request URL", State.FAULT, message)
    elif settings.public_url is None:
        message = (
            f"put https://…{EVENTS_PATH}, with the address at which your proxy hands on to "
            f"{settings.viewer}, into the app's page {where}"
        )
        yield Finding("request URL", State.UNSET, message)
    elif urlsplit(settings.public_url).scheme != "https":
        message = f"Slack calls https only, and KIROKU_PUBLIC_URL is {settings.public_url}"
        yield Finding("request URL", State.FAULT, message)
    else:
        message = f"{settings.public_url}{EVENTS_PATH}, {where}, if Slack reaches that address"
        yield Finding("request URL", State.OK, message)


def _check_channel(client: WebClient, channel: str, name: str, use: str) -> Finding:
    """Look whether the bot can write into a channel that a setting names."""
    invite = f"invite the bot into {channel} (/invite @kiroku), or set another channel"
    try:
        told = client.conversations_info(channel=channel).get("channel") or {}
    except SlackApiError as error:
        return Finding(name, State.FAULT, _refused(error, invite))
    except (SlackClientError, OSError, HTTPException) as error:
        return Finding(name, State.FAULT, _unreachable(client, error))
    if told.get("is_archived"):
        message = f"{channel} is archived: set another channel"
        return Finding(name, State.FAULT, message)
    if not told.get("is_member"):
        return Finding(name, State.FAULT, f"the bot is not in it: {invite}")
    return Finding(name, State.OK, use.format(channel=channel))


def _check_app_token(client: WebClient, token: str) -> Finding:
    try:
        client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        mend = "make a new app-level token with connections:write, and switch Socket Mode on"
        return Finding(_APP, State.FAULT, _refused(error, mend))
    except (SlackClientError, OSError, HTTPException) as error:
        return Finding(_APP, State.FAULT, _unreachable(client, error))
    return Finding(_APP, State.OK, "accepted: Socket Mode can be opened")


def _unset(name: str, which: str) -> Finding:
    message = f"needed for `kiroku serve` only: {which}; put it into .env"
    return Finding(name, State.UNSET, message)


def _refused(error: SlackApiError, mend: str) -> str:
    return f"Slack refuses it ({error.response['error']}): {mend}"


def _unreachable(client: WebClient, error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return f"Slack cannot be reached at {client.base_url} ({reason}): check the network or proxy"
